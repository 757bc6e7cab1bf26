/** Small files of every kind, made as their formats say. For tests alone. */
import { u16, u32, type ZipEntry, zip } from './zip.js';

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
/** A picture of a telephone by its brands: the major one, then the compatible ones. */
export function heif(major: string, ...compatible: string[]): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(16 + 4 * compatible.length);
  return Buffer.concat([size, Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`), Buffer.alloc(16)]);
}

/** The beginning of a bitmap: its size, nothing, where its points begin, and the size of the header that follows. */
const bitmap = Buffer.concat([Buffer.from('BM'), u32(58, 0, 54, 40), Buffer.alloc(40)]);

const openDocumentLocked = zip([
  { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
  { name: 'META-INF/manifest.xml', content: '<manifest:encryption-data/>' },
]);

/** An old Office file whose main stream begins with these bytes. */
function compoundWith(name: string, start: Buffer): Buffer {
  const file = compound(name);
  const directory = Buffer.concat([file.subarray(512), Buffer.alloc(512 - (file.length - 512))]);
  directory.writeUInt32LE(1, 128 + 116);
  return Buffer.concat([file.subarray(0, 512), directory, start, Buffer.alloc(512 - start.length)]);
}
const wordFlags = (flags: number) => Buffer.concat([u16(0xa5ec, 0xc1, 0, 0x804, 0, flags), Buffer.alloc(32)]);
const workbook = (...records: number[]) => u16(0x0809, 4, 0x600, 5, ...records);

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
  ['hevc', 'image/heic-sequence', heif('hevc')],
  ['avif', 'image/avif', heif('avif', 'mif1', 'miaf')],
  ['tif', 'image/tiff', Buffer.concat([Buffer.from('II*\0'), u32(8), u16(1, 256, 3), u32(1, 1, 0)])],
  ['bmp', 'image/bmp', bitmap],
  ['ofd', 'application/ofd', zip([{ name: 'OFD.xml', content: '<x/>' }])],
  ['rtf', 'application/rtf', Buffer.from('{\\rtf1\\ansi\\ansicpg936 \\u33853?}')],
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
  ['doc', 'application/msword', compoundWith('WordDocument', wordFlags(0x200))],
  ['xls', 'application/vnd.ms-excel', compoundWith('Workbook', workbook(0x42, 2, 1200, 0x0a, 0))],
  ['ppt', 'application/vnd.ms-powerpoint', compound('PowerPoint Document')],
  ['odt', 'application/vnd.oasis.opendocument.text', openDocument('text')],
  ['ods', 'application/vnd.oasis.opendocument.spreadsheet', openDocument('spreadsheet')],
  ['odp', 'application/vnd.oasis.opendocument.presentation', openDocument('presentation')],
];

const page = '<!DOCTYPE html><script>alert(1)</script>';
const docm = (type: string, macros: string) => zip([contents(type), { name: macros, content: 'x' }]);

/** Files that are refused under any name, by what they are, each with the word for it. */
export const REFUSED: ReadonlyArray<[string, string, Buffer]> = [
  ['a page', '网页', Buffer.from(page)],
  ['a page with a mark of its encoding', '网页', Buffer.from(`\ufeff${page}`)],
  [
    'a drawing with a script',
    'SVG',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  ],
  ['XML', '网页', Buffer.from('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>')],
  ['text', '纯文本', Buffer.from('停工情况')],
  ['a Windows program', '程序', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
  ['a Linux program', '程序', Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(200)])],
  ['a script', '脚本', Buffer.from('#!/bin/sh\nrm -rf /\n')],
  ['an archive', '压缩包', zip([{ name: 'photo.jpg', content: 'x' }])],
  ['an archive with a document’s folder', '压缩包', zip([{ name: 'word/document.xml', content: '<x/>' }])],
  ['a Java program', '程序', zip([{ name: 'META-INF/MANIFEST.MF', content: 'Main-Class: X' }])],
  [
    'an archive without its directory',
    '不完整',
    document('wordprocessingml.document', 'word/document.xml').subarray(0, -22),
  ],
  ['an archive with an empty directory', '压缩包', Buffer.concat([zip([contents('x')]).subarray(0, 40), zip([])])],
  ['a document of macros', '带宏', docm('ms-word.document.macroEnabled', 'word/vbaProject.bin')],
  ['a document that hides its macros', '带宏', docm(`${OPEN_XML}.wordprocessingml.document`, 'word/vbaProject.bin')],
  ['a template of macros', '带宏', docm('ms-excel.template.macroEnabled', 'xl/x.xml')],
  [
    'an open document with macros',
    '带宏',
    zip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
      { name: 'Basic/Standard/Module1.xml', content: 'x' },
    ]),
  ],
  ['an old document with macros', '带宏', compound('WordDocument', 'Macros', 'VBA', '_VBA_PROJECT')],
  ['an installer', '不认识的旧格式', compound('SummaryInformation')],
  ['an encrypted document', '密码', compound('EncryptionInfo', 'EncryptedPackage')],
  ['an old Office file cut off', '不完整', compound('WordDocument').subarray(0, 512)],
  ['a page in GBK', '网页', Buffer.from('\r\n<HTML><title>\xb1\xa8\xb1\xed</title>', 'latin1')],
  ['a page that Excel saved', '网页', Buffer.from('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>')],
  [
    'a page in one file',
    'MHT',
    Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n'),
  ],
  ['a mail', '邮件', Buffer.from('From: a@example.org\r\nSubject: x\r\n\r\nx')],
  ['a document in XML', 'Word', Buffer.from('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w/>')],
  ['a workbook in XML', '表格', Buffer.from('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<w/>')],
  ['text in GB18030', '纯文本', Buffer.from('\xcd\xa3\xb9\xa4\r\n', 'latin1')],
  ['text in UTF-16', '纯文本', Buffer.from('\ufeff停工', 'utf16le')],
  ['a table in UTF-16 without a mark', 'CSV', Buffer.from('单位,姓名\n一中,王伟\n', 'utf16le')],
  ['text that begins as a bitmap does', '纯文本', Buffer.from('BMW 4S 店已停止喷漆')],
  ['a table in text', 'CSV', Buffer.from('单位,姓名\n一中,王伟\n')],
  ['a shortcut', '快捷方式', Buffer.from('[InternetShortcut]\r\nURL=https://example.org/\r\n')],
  ['a video of a telephone', '视频', heif('qt  ', 'qt  ')],
  ['a video', '视频', heif('isom', 'isom', 'mp42')],
  ['a video of an old telephone', '视频', heif('3gp4', '3gp4')],
  ['a recording', '录音', heif('M4A ', 'M4A ')],
  ['a recording of an old telephone', '录音', Buffer.from('#!AMR\n\x3c')],
  ['an archive of another kind', '压缩包', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1')],
  [
    'a live photograph',
    '实况照片',
    zip([
      { name: 'IMG_1.HEIC', content: 'x' },
      { name: 'IMG_1.MOV', content: 'x' },
    ]),
  ],
  ['a binary workbook', 'xlsb', zip([contents('x'), { name: 'xl/workbook.bin', content: 'x' }])],
  ['an open document with a password', '密码', openDocumentLocked],
  ['an old document with a password', '密码', compoundWith('WordDocument', wordFlags(0x100))],
  ['an old workbook with a password', '密码', compoundWith('Workbook', workbook(0x2f, 2, 0))],
  ['an old presentation with a password', '密码', compound('PowerPoint Document', 'EncryptedSummary')],
  ['a mail of Outlook', '邮件', compound('__properties_version1.0')],
  ['zeros alone', '没有内容', Buffer.alloc(2000)],
  ['other bytes', '不认识', Buffer.from([1, 2, 3, 4, 0xff, 0xfe, 0xfd, 0, 0, 9])],
];
