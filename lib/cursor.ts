/** Cursors of pages. They hold the key of the last item, and callers do not look inside. */

/** The cursor does not come from one of our pages. */
export class CursorUnknown extends Error {
  override name = 'CursorUnknown';
}

export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

type Key = Array<string | number>;

/** The key in a cursor, whose parts have the given types. Throws `CursorUnknown`. */
export function keyIn(cursor: string, ...types: Array<'string' | 'number'>): Key {
  const key = parsed(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(key) || key.length !== types.length || !types.every((type, i) => isPart(key[i], type))) {
    throw new CursorUnknown('游标无效，请从第一页重新读取。');
  }
  return key;
}

const isPart = (part: unknown, type: 'string' | 'number'): boolean =>
  type === 'number' ? Number.isSafeInteger(part) : typeof part === 'string' && !part.includes('\0');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes a page of up to `limit` rows. One row more tells that there is a next page. */
export function pageOf<T>(rows: T[], limit: number, keyOf: (row: T) => Key): Page<T> {
  const items = rows.slice(0, limit);
  if (rows.length <= limit) return { items };
  return { items, nextCursor: cursorOf(keyOf(items[limit - 1]!)) };
}

export const cursorOf = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');
