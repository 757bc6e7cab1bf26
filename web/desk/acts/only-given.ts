/** Only what was filled in. */
export const onlyGiven = <K extends string>(values: Record<K, string>): Partial<Record<K, string>> =>
  Object.fromEntries(Object.entries<string>(values).filter(([, value]) => value.trim() !== '')) as Partial<
    Record<K, string>
  >;
