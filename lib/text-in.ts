/** The text in bytes, in whatever encoding it was saved. */
import { NOT_WRITTEN } from './control-characters.js';

const MARKS: ReadonlyArray<readonly [mark: string, encoding: string]> = [
  ['efbbbf', 'utf-8'],
  ['84319533', 'gb18030'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/**
 * By its mark, else as UTF-8, UTF-16, or GB 18030, as a Chinese Excel saves “CSV”. `undefined`: this is no text. The
 * beginning of a file (`isWhole: false`) may end within a character.
 */
export function textIn(bytes: Buffer, isWhole = true): string | undefined {
  const marked = MARKS.find(([mark]) => bytes.subarray(0, mark.length / 2).toString('hex') === mark)?.[1];
  for (const encoding of marked ? [marked] : [...wideIn(bytes), 'utf-8', 'gb18030']) {
    const text = decoded(bytes, encoding, isWhole);
    if (text !== undefined && !NOT_WRITTEN.test(text)) return text.replace(/^\uFEFF/, '');
  }
  return undefined;
}

/** `undefined`: there is no such encoding, or the bytes are not in it. */
export function decoded(bytes: Buffer, encoding: string, isWhole = true): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return undefined;
  }
}

/** In UTF-16 the line breaks, digits and commas have a zero byte each, on the same side; few other characters have one (一, U+4E00). */
function wideIn(bytes: Buffer): string[] {
  const beginning = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [i, byte] of beginning.entries()) if (byte === 0) zeros[i % 2]! += 1;
  if (zeros[0] === zeros[1]) return [];
  return [zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be'];
}
