/** What an address says in its search parameters. */

/** One of these, or nothing. */
export const oneOf = <T extends string>(known: readonly T[], given: unknown): T | undefined =>
  known.find((word) => word === given);

/** Of a link that filters: it is current only where the address says the same and no more. */
export const EXACT = { exact: true } as const;

/** Its words. The router reads 4.2 as a number. */
export const wordIn = (given: unknown): string | undefined => {
  const words = typeof given === 'number' ? String(given) : given;
  return typeof words === 'string' && words !== '' ? words : undefined;
};

/** As an address may filter by them. */
export const ACCOUNT_ROLES = ['office', 'unit', 'supervisor', 'administrator'] as const;
