/** The name of an uploaded file, out of all that browsers, telephones and programs wrap it in. */
import { decoded } from '../../lib/text-in.js';

/** `filename`, `filename*` (RFC 5987) and its parts `filename*0*` (RFC 2231), in quotes or without. */
const PARAMETER = /;\s*filename(\*(?:\d+\*?)?)?\s*=\s*(?:"(.*?)"\s*(?=;|$)|([^;]*))/gis;

/** From a `Content-Disposition` whose bytes are one character each. `undefined`: it has no name at all. */
export function givenName(disposition: string): string | undefined {
  const given = new Map<string, string>();
  for (const [, mark = '', quoted, bare = ''] of disposition.matchAll(PARAMETER))
    given.set(mark, quoted?.replaceAll(/\\(["\\])/g, '$1') ?? bare.trim());
  const parts = [...given].filter(([mark]) => /^\*\d/.test(mark)).map(([, value]) => value);
  const extended = given.get('*') ?? (parts.length > 0 ? parts.join('') : undefined);
  const plain = given.get('');
  if (extended === undefined) return plain === undefined ? undefined : undressed(plain);
  return extendedValue(extended) ?? undressed(plain ?? extended);
}

/** `UTF-8''%E7%85%A7.jpg`. */
function extendedValue(value: string): string | undefined {
  const [, charset, text = ''] = /^([\w-]+)'[^']*'(.*)$/s.exec(value) ?? [];
  return charset === undefined ? undefined : decoded(unescaped(text), charset);
}

function undressed(value: string): string {
  const text = withEncodedWords(textOf(Buffer.from(value, 'latin1')));
  // A program that took UTF-8 or GBK for Latin-1 and wrote it as UTF-8.
  const bytes = Buffer.from(text, 'latin1');
  const gbk = IN_PAIRS.test(text) ? decoded(bytes, 'gb18030') : undefined;
  const again = isBytes(text) ? (decoded(bytes, 'utf-8') ?? gbk ?? text) : text;
  return withCharacterNumbers(withPercents(again));
}

/** Latin letters stand alone among ASCII, the bytes of Chinese in pairs. */
function textOf(bytes: Buffer): string {
  const latin = bytes.toString('latin1');
  return decoded(bytes, 'utf-8') ?? (/[\x80-\xff]{2}/.test(latin) ? decoded(bytes, 'gb18030') : undefined) ?? latin;
}

/** Two characters of GB 2312 or more, and nothing else beside ASCII. */
const IN_PAIRS = /^[\0-\x7f]*(?:[\xa1-\xf7][\xa1-\xfe]){2,}(?:[\0-\x7f]|[\xa1-\xf7][\xa1-\xfe])*$/;

const isBytes = (text: string): boolean => /^[\0-\xff]*[\x80-\xff][\0-\xff]*$/.test(text);

const ENCODED_WORD = /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/gi;

/** RFC 2047, as mail programs write it. A character may be cut in two by the end of a word. */
function withEncodedWords(text: string): string {
  const joined = text.replaceAll(/(=\?([\w-]+)\?([bq])\?[^?]*)\?=\s+=\?\2\?\3\?/gi, '$1\0');
  return joined.replaceAll(ENCODED_WORD, (word, charset: string, way: string, content: string) => {
    const parts = content.split('\0').map((part) => (/b/i.test(way) ? Buffer.from(part, 'base64') : quotedBytes(part)));
    return decoded(Buffer.concat(parts), charset) ?? word;
  });
}

const quotedBytes = (text: string): Buffer =>
  unescaped(
    text
      .replaceAll('_', ' ')
      .replaceAll('%', '%25')
      .replaceAll(/=([\da-f]{2})/gi, '%$1'),
  );

/** Programs that escape a name escape all of it: `100%20%.pdf` and `增长20%25.pdf` are names as they are. */
function withPercents(text: string): string {
  const isEscaped = /^(?:[!-$&-~ ]|%[\da-f]{2})+$/i.test(text) && text.includes('%');
  return isEscaped ? textOf(unescaped(text)) : text.replaceAll(/%(22|0[ad])/gi, ' ');
}

const unescaped = (text: string): Buffer =>
  Buffer.from(
    Buffer.from(text, 'utf8')
      .toString('latin1')
      .replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** `&#29031;`: pages in another encoding send so what it lacks. */
const withCharacterNumbers = (text: string): string =>
  text.replaceAll(/&#(\d{2,6});/g, (all, code: string) => {
    const point = Number(code);
    return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : all;
  });
