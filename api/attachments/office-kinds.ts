/** Office documents are archives. The names inside tell their kind, and whether they hold macros. */
import type { FileHandle } from 'node:fs/promises';
import { XLSX } from '../../lib/media-types.js';
import { zipNames, zipText } from '../../lib/zip.js';
import { DOCX, OPEN_DOCUMENT, PPTX } from './kinds.js';
import { namesInCfb, sectorOf } from './names-in-cfb.js';

const CFB_MACROS = '_VBA_PROJECT';
const MESSAGE = '__properties_version1.0';
/** Of documents with a password: those of today, and old presentations. */
const CFB_ENCRYPTED = ['EncryptedPackage', 'EncryptedSummary'];
const COMPOUND: Readonly<Record<string, string>> = {
  WordDocument: 'application/msword',
  Workbook: 'application/vnd.ms-excel',
  Book: 'application/vnd.ms-excel',
  'PowerPoint Document': 'application/vnd.ms-powerpoint',
  [MESSAGE]: 'mail',
  VisioDocument: 'application/vnd.visio',
};

/** Old Office files, and whatever else is kept in such archives: mails, installers. */
export async function compoundKind(file: FileHandle, head: Buffer): Promise<string> {
  const names = await namesInCfb(file, ['Root Entry', CFB_MACROS, ...CFB_ENCRYPTED, ...Object.keys(COMPOUND)]);
  if (names.size === 0) return 'damaged';
  if (names.has(CFB_MACROS)) return 'macros';
  if (CFB_ENCRYPTED.some((name) => names.has(name))) return 'encrypted';
  const main = [...names.keys()].find((name) => Object.hasOwn(COMPOUND, name));
  if (main === undefined) return 'compound';
  return hasPassword(await sectorOf(file, head, names.get(main)!)) ? 'encrypted' : COMPOUND[main]!;
}

/** A Word document has a flag ([MS-DOC] 2.5.2, fEncrypted), a workbook a record ([MS-XLS] 2.4.117, FilePass). */
function hasPassword(start: Buffer): boolean {
  if (start.length < 12) return false;
  if (start.readUInt16LE(0) === 0xa5ec) return (start.readUInt16LE(10) & 0x100) !== 0;
  if (start.readUInt16LE(0) !== 0x0809) return false;
  for (let at = 0; at + 4 <= start.length; at += 4 + start.readUInt16LE(at + 2))
    if (start.readUInt16LE(at) === 0x2f) return true;
  return false;
}

const ZIP_MACROS = /(^|\/)vbaProject\.bin$|^Basic\//i;
const FOLDERS: Readonly<Record<string, string>> = { word: DOCX, xl: XLSX, ppt: PPTX, visio: 'application/vnd.visio' };
const MANIFEST = 'META-INF/manifest.xml';

/** `type` as file-type tells it. It gives up on a document whose list of contents comes after large pictures. */
export async function zippedKind(type: string, file: FileHandle): Promise<string> {
  const names = await zipNames(file.fd).catch(() => undefined);
  if (names === undefined) return 'damaged';
  if (names.some((name) => ZIP_MACROS.test(name))) return 'macros';
  if (names.includes('xl/workbook.bin')) return 'workbook-binary';
  if (names.includes('OFD.xml')) return 'application/ofd';
  if (names.some((name) => /^Index\/\w+\.iwa$|^Index\.zip$/.test(name))) return 'iwork';
  if (isLivePhoto(names)) return 'live-photo';
  if (type.startsWith(OPEN_DOCUMENT)) return (await isEncrypted(file)) ? 'encrypted' : type;
  if (names.length === 0 || type !== 'application/zip' || !names.includes('[Content_Types].xml')) return type;
  const folder = Object.keys(FOLDERS).find((one) => names.some((name) => name.startsWith(`${one}/`)));
  return FOLDERS[folder ?? ''] ?? type;
}

/** A telephone keeps a photograph and the short video around it together. */
const isLivePhoto = (names: readonly string[]): boolean =>
  names.length === 2 &&
  names.some((name) => /\.mov$/i.test(name)) &&
  names.some((name) => /\.(heic|jpe?g)$/i.test(name));

const isEncrypted = async (file: FileHandle): Promise<boolean> =>
  (await zipText(file.fd, MANIFEST).catch(() => ''))?.includes('encryption-data') ?? false;
