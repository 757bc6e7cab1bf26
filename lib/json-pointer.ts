/** A place in JSON that another program answered with (JSON Pointer, RFC 6901; empty: the whole). */

/** A sign: one of these values at a place. */
export interface Sign {
  at: string;
  equals: ReadonlyArray<string | number | boolean>;
}

export const valueAt = (said: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, part) => (isHolder(node) && Object.hasOwn(node, part) ? node[part] : undefined), said);

/** Programs write the same code as a number or as text. */
export const isOneOf = (code: unknown, { equals }: Sign): boolean => equals.map(String).includes(String(code));

/**
 * An id as text; `undefined` where there is none. Two numbers beyond 2^53 may be read as the same one: they are none, and
 * neither is a text that no id is, which a database might not take.
 */
export const idAt = (said: unknown, pointer: string): string | undefined => {
  const id = valueAt(said, pointer);
  const text = typeof id === 'string' || Number.isSafeInteger(id) ? String(id) : '';
  return IN_ONE_LINE.test(text) ? text : undefined;
};

const IN_ONE_LINE = /^\P{Cc}{1,200}$/u;

const isHolder = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null;
