import { type FileHandle, open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { XLSX } from '../../lib/media-types.js';
import { zipNames } from '../../lib/zip.js';
import { namesInCfb } from './names-in-cfb.js';

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';
const DOCX = `${OPEN_XML}.wordprocessingml.document`;
const PPTX = `${OPEN_XML}.presentationml.presentation`;
const ODF = 'application/vnd.oasis.opendocument';

/** Media types that may be evidence, with the endings of their file names; the first is the usual one. */
export const ENDINGS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/heic': ['heic', 'heif'],
  'image/heif': ['heif', 'heic'],
  'application/pdf': ['pdf'],
  [DOCX]: ['docx'],
  [XLSX]: ['xlsx'],
  [PPTX]: ['pptx'],
  'application/msword': ['doc', 'wps'],
  'application/vnd.ms-excel': ['xls', 'et'],
  'application/vnd.ms-powerpoint': ['ppt', 'dps'],
  [`${ODF}.text`]: ['odt'],
  [`${ODF}.spreadsheet`]: ['ods'],
  [`${ODF}.presentation`]: ['odp'],
};

/**
 * Tells the media type from the bytes alone. `undefined` for files that may not be evidence, such as those with macros.
 */
export async function mediaTypeOf(path: string): Promise<string | undefined> {
  // A file that file-type fails on has no type that is allowed here.
  const mime = (await fileTypeFromFile(path).catch(() => undefined))?.mime ?? '';
  const file = await open(path, 'r');
  try {
    const type = await refined(mime, file);
    return Object.hasOwn(ENDINGS, type) ? type : undefined;
  } finally {
    await file.close();
  }
}

/** Office documents are archives. The names inside tell their type and whether they hold macros. */
async function refined(mime: string, file: FileHandle): Promise<string> {
  if (mime === 'application/x-cfb') return compound(await namesInCfb(file, [...Object.keys(COMPOUND), CFB_MACROS]));
  if (mime === 'application/zip' || mime.startsWith(OPEN_XML) || mime.startsWith(ODF))
    return zipped(mime, await zipNames(file.fd).catch(() => []));
  return mime;
}

const CFB_MACROS = '_VBA_PROJECT';
const COMPOUND: Record<string, string> = {
  WordDocument: 'application/msword',
  Workbook: 'application/vnd.ms-excel',
  Book: 'application/vnd.ms-excel',
  'PowerPoint Document': 'application/vnd.ms-powerpoint',
};

/** An installer (.msi) is such a file too. */
function compound(names: string[]): string {
  return names.includes(CFB_MACROS) ? '' : (COMPOUND[names[0] ?? ''] ?? '');
}

const ZIP_MACROS = /(^|\/)vbaProject\.bin$|^Basic\//i;
const FOLDERS: Record<string, string> = { word: DOCX, xl: XLSX, ppt: PPTX };

/** file-type gives up on a document whose list of contents comes after large pictures. Its folders tell the type. */
function zipped(mime: string, names: string[]): string {
  if (names.length === 0 || names.some((name) => ZIP_MACROS.test(name))) return '';
  if (mime !== 'application/zip' || !names.includes('[Content_Types].xml')) return mime;
  const folder = Object.keys(FOLDERS).find((one) => names.some((name) => name.startsWith(`${one}/`)));
  return FOLDERS[folder ?? ''] ?? mime;
}
