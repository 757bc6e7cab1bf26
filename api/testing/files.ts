/** Small files of every kind, made as their formats say. For tests alone. */
import { crc32 } from 'node:zlib';

const u16 = (...values: number[]) => Buffer.concat(values.map((value) => Buffer.from(Uint16Array.of(value).buffer)));
const u32 = (...values: number[]) => Buffer.concat(values.map((value) => Buffer.from(Uint32Array.of(value).buffer)));

export interface ZipEntry {
  name: string;
  content: string | Buffer;
  /** Sizes follow the content, as in archives that are written in one pass. */
  streamed?: boolean;
}

/** A ZIP archive that compresses nothing. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, streamed = false } of entries) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(content)];
    const flags = streamed ? 8 : 0;
    const sums = u32(crc32(bytes), bytes.length, bytes.length);
    const lengths = u16(path.length, 0);
    const local = [u32(0x04034b50), u16(20, flags, 0, 0, 0), streamed ? u32(0, 0, 0) : sums, lengths, path, bytes];
    const body = Buffer.concat(streamed ? [...local, u32(0x08074b50), sums] : local);
    directory.push(
      Buffer.concat([u32(0x02014b50), u16(20, 20, flags, 0, 0, 0), sums, lengths, u16(0, 0, 0), u32(0, offset), path]),
    );
    bodies.push(body);
    offset += body.length;
  }
  const central = Buffer.concat(directory);
  const count = entries.length;
  return Buffer.concat([
    ...bodies,
    central,
    u32(0x06054b50),
    u16(0, 0, count, count),
    u32(central.length, offset),
    u16(0),
  ]);
}

/** The list of contents of an Office document. */
export const contents = (type: string): ZipEntry => ({
  name: '[Content_Types].xml',
  content: `<Types><Override PartName="/main.xml" ContentType="application/vnd.${type}.main+xml"/></Types>`,
});

const OPEN_XML = 'openxmlformats-officedocument';
const document = (type: string, part: string) =>
  zip([contents(`${OPEN_XML}.${type}`), { name: part, content: '<x/>' }]);
const openDocument = (type: string) =>
  zip([
    { name: 'mimetype', content: `application/vnd.oasis.opendocument.${type}` },
    { name: 'content.xml', content: '<x/>' },
  ]);

/** An old Office file: header, and a directory of these names below its root. */
export function compound(...names: string[]): Buffer {
  const header = Buffer.alloc(512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  const entries = ['Root Entry', ...names].map((name, i) => {
    const entry = Buffer.alloc(128);
    entry.write(name, 'utf16le');
    entry.writeUInt16LE(2 * name.length + 2, 64);
    entry[66] = i === 0 ? 5 : 2;
    return entry;
  });
  return Buffer.concat([header, ...entries]);
}

const pngChunk = (type: string, data: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
};

export const pdf = (text = ''): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
const heif = (brand: string) =>
  Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from(`ftyp${brand}`), Buffer.alloc(12)]);

/** Files that are taken, by ending and media type. */
export const TAKEN: ReadonlyArray<[string, string, Buffer]> = [
  ['jpg', 'image/jpeg', Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')],
  [
    'png',
    'image/png',
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      pngChunk('IHDR', Buffer.alloc(13)),
      pngChunk('IDAT', Buffer.alloc(10)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  ],
  ['webp', 'image/webp', Buffer.concat([Buffer.from('RIFF'), u32(20), Buffer.from('WEBPVP8 '), Buffer.alloc(12)])],
  ['gif', 'image/gif', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')],
  ['heic', 'image/heic', heif('heic')],
  ['heif', 'image/heif', heif('mif1')],
  ['pdf', 'application/pdf', pdf()],
  [
    'docx',
    `application/vnd.${OPEN_XML}.wordprocessingml.document`,
    document('wordprocessingml.document', 'word/document.xml'),
  ],
  ['xlsx', `application/vnd.${OPEN_XML}.spreadsheetml.sheet`, document('spreadsheetml.sheet', 'xl/workbook.xml')],
  [
    'pptx',
    `application/vnd.${OPEN_XML}.presentationml.presentation`,
    document('presentationml.presentation', 'ppt/presentation.xml'),
  ],
  ['doc', 'application/msword', compound('1Table', 'WordDocument')],
  ['xls', 'application/vnd.ms-excel', compound('Workbook')],
  ['ppt', 'application/vnd.ms-powerpoint', compound('PowerPoint Document')],
  ['odt', 'application/vnd.oasis.opendocument.text', openDocument('text')],
  ['ods', 'application/vnd.oasis.opendocument.spreadsheet', openDocument('spreadsheet')],
  ['odp', 'application/vnd.oasis.opendocument.presentation', openDocument('presentation')],
];

const page = '<!DOCTYPE html><script>alert(1)</script>';
const docm = (type: string, macros: string) => zip([contents(type), { name: macros, content: 'x' }]);

/** Files that are refused under any name, by what they are. */
export const REFUSED: ReadonlyArray<[string, Buffer]> = [
  ['a page', Buffer.from(page)],
  ['a page with a mark of its encoding', Buffer.from(`\ufeff${page}`)],
  ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['XML', Buffer.from('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>')],
  ['text', Buffer.from('停工情况')],
  ['a Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
  ['a Linux program', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(200)])],
  ['a script', Buffer.from('#!/bin/sh\nrm -rf /\n')],
  ['an archive', zip([{ name: 'photo.jpg', content: 'x' }])],
  ['an archive with a document’s folder', zip([{ name: 'word/document.xml', content: '<x/>' }])],
  ['a Java program', zip([{ name: 'META-INF/MANIFEST.MF', content: 'Main-Class: X' }])],
  ['an archive without its directory', document('wordprocessingml.document', 'word/document.xml').subarray(0, -22)],
  ['an archive with an empty directory', Buffer.concat([zip([contents('x')]).subarray(0, 40), zip([])])],
  ['a document of macros', docm('ms-word.document.macroEnabled', 'word/vbaProject.bin')],
  ['a document that hides its macros', docm(`${OPEN_XML}.wordprocessingml.document`, 'word/vbaProject.bin')],
  ['a template of macros', docm('ms-excel.template.macroEnabled', 'xl/x.xml')],
  [
    'an open document with macros',
    zip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
      { name: 'Basic/Standard/Module1.xml', content: 'x' },
    ]),
  ],
  ['an old document with macros', compound('WordDocument', 'Macros', 'VBA', '_VBA_PROJECT')],
  ['an installer', compound('SummaryInformation')],
  ['an encrypted document', compound('EncryptionInfo', 'EncryptedPackage')],
  ['an old Office file cut off', compound('WordDocument').subarray(0, 512)],
];
