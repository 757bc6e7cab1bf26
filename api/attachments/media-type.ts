/** The kind of a file, told from its bytes alone. */
import { type FileHandle, open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { heifType } from './heif.js';
import { OPEN_DOCUMENT, OPEN_XML } from './kinds.js';
import { compoundKind, zippedKind } from './office-kinds.js';
import { textKind } from './text-kind.js';

const HEAD_BYTES = 4096;
/** Readers of PDF look for its header so far (ISO 32000-1, annex H.3.4.1): mail programs and scanners put lines before it. */
const PDF_WITHIN = 1024 + '%PDF-'.length;

/** A media type, or the word in kinds.ts for a kind that has none. */
export async function fileKindOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    // A file that file-type fails on has no type that it knows.
    const type = (await fileTypeFromFile(path).catch(() => undefined))?.mime ?? '';
    return await refined(type, file, buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Corrects what file-type tells by the first bytes alone. */
async function refined(type: string, file: FileHandle, head: Buffer): Promise<string> {
  if (type === 'application/x-cfb') return compoundKind(file, head);
  if (type === 'application/zip' || type.startsWith(OPEN_XML) || type.startsWith(OPEN_DOCUMENT))
    return zippedKind(type, file);
  if (type === 'image/apng') return 'image/png';
  if (type === 'image/bmp' && isBitmap(head)) return type;
  if (['', 'application/xml', 'image/bmp'].includes(type) || UTF16.test(head.toString('latin1', 0, 2)))
    return untold(head);
  return heifType(head) ?? type;
}

function untold(head: Buffer): string {
  const heif = heifType(head);
  if (heif) return heif;
  const text = textKind(head, head.length < HEAD_BYTES);
  if (text === undefined || !MARKED.includes(text)) {
    const start = head.subarray(0, PDF_WITHIN).toString('latin1').trimStart();
    if (start.includes('%PDF-')) return 'application/pdf';
    if (start.startsWith('{\\rtf')) return 'application/rtf';
  }
  return text ?? (head.every((byte) => byte === 0) ? 'zeros' : 'unknown');
}

/** Its mark looks like sound to file-type. */
const UTF16 = /^(\xff\xfe|\xfe\xff)/;

const MARKED = ['web-page', 'saved-page', 'word-xml', 'excel-xml', 'drawing', 'script'];

/** The size of the header that follows, and nothing where nothing may be: a text may begin with “BM”. */
const isBitmap = (head: Buffer): boolean =>
  head.length >= 18 && [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14));
