/**
 * Expressions that name control characters by number. `\p{Cc}` would be shorter, but the first two stand in the OpenAPI
 * document, and its readers in other languages do not know it. Biome's rule against such expressions is off for this file.
 */

/** A text without control characters but tab and line breaks: PostgreSQL takes no NUL, and nobody sees the others. */
export const WRITABLE = /^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$/u;

/** A text without any of them. */
export const ONE_LINE = /^[^\u0000-\u001F\u007F-\u009F]*$/u;

/** One that no file of text has. */
export const NOT_WRITTEN = /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/;
