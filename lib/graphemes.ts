const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A character as a person sees one may have several parts: an emoji of four people, a letter with its accents. */
const MOST_PARTS = 64;

/**
 * The longest beginning of at most so many UTF-16 units that ends between two characters as a person sees them. A
 * character with very many parts is cut between two of them.
 */
export function beginningOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const from = Math.max(0, limit - MOST_PARTS);
  const around = text.slice(from, limit + MOST_PARTS);
  const end = segmenter.segment(around).containing(limit - from)?.index ?? 0;
  if (end === 0 && from > 0) return text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return text.slice(0, from + end);
}

/** The last so many UTF-16 units, without a half of a character at their begin. */
export const endOf = (text: string, limit: number): string => text.slice(-limit).replace(/^[\udc00-\udfff]/, '');

/** A text that is too long loses its end, and shows it. */
export const inShort = (text: string, limit: number): string =>
  text.length > limit ? `${beginningOf(text, limit)}…` : text;
