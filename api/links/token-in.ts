import querystring from 'node:querystring';

/** White space in any of the ways in which mail programs, editors and chats write it or wrap a line. */
const GAPS = /(?:[\s\p{Cf}=+>]|<\/?w?br\s*\/?>|&(?:amp;)*#?\w+;)+/giu;

/**
 * The beginning of an object in JSON, the dot, and an HS256 signature. Bounded, so that an address that only repeats its
 * beginning costs nothing.
 */
const TOKEN = /(?<![\w-])e ?y ?J[\w -]{1,1000}\.(?: ?[\w-]){43}/;

/**
 * The token of a link (ledger/people/links.ts) in the address that arrived: people and programs glue marks and words to
 * a link, encode it again, and cut it at the end of a line. Example: `TOKEN。请确认` holds TOKEN. Pure.
 */
export const tokenIn = (address: string): string | undefined =>
  TOKEN.exec(querystring.unescape(querystring.unescape(address)).replace(GAPS, ' '))?.[0].replaceAll(' ', '');
