/**
 * The kinds of files: what may be evidence, and what is said of the others. Data alone; media-type.ts tells a file's kind
 * from its bytes.
 */
import { XLSX } from '../../lib/media-types.js';

export const OPEN_XML = 'application/vnd.openxmlformats-officedocument';
export const DOCX = `${OPEN_XML}.wordprocessingml.document`;
export const PPTX = `${OPEN_XML}.presentationml.presentation`;
export const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';

interface TakenKind {
  /** The word for it in a sentence. */
  what: string;
  /** Endings of file names that fit. The first is the usual one. */
  endings: readonly [string, ...string[]];
  /** Endings that name this kind too, but that few programs open. The usual one takes their place. */
  odd?: readonly string[];
  /** For the sender, of every file of this kind. */
  remark?: string;
}

const HEIC_REMARK =
  '这是 HEIC 照片，旧版 Windows 打不开；如要给别人看，请在手机“设置-相机-格式”中选“兼容性最佳”，或转成 JPG 后另传一份。';
const HEIF_KIND = { what: 'HEIF 照片', endings: ['heif', 'heic'], odd: ['hif'], remark: HEIC_REMARK } as const;
const HEIC_KIND = { what: 'HEIC 照片', endings: ['heic', 'heif'], odd: ['hif', 'heics'], remark: HEIC_REMARK } as const;

/** What may be evidence, by media type. */
export const TAKEN_KINDS: Readonly<Record<string, TakenKind>> = {
  'image/jpeg': { what: 'JPG 图片', endings: ['jpg', 'jpeg'], odd: ['jfif', 'jpe', 'pjpeg', 'pjp'] },
  'image/png': { what: 'PNG 图片', endings: ['png'], odd: ['apng'] },
  'image/webp': { what: 'WebP 图片', endings: ['webp'] },
  'image/gif': { what: 'GIF 图片', endings: ['gif'] },
  'image/bmp': { what: 'BMP 图片', endings: ['bmp'], odd: ['dib'] },
  'image/tiff': {
    what: 'TIFF 图片',
    endings: ['tif', 'tiff'],
    remark: '这是 TIFF 图片（扫描件或传真），手机和浏览器大多打不开；如要给别人看，请另存为 PDF 后另传一份。',
  },
  'image/heic': HEIC_KIND,
  'image/heic-sequence': HEIC_KIND,
  'image/heif': HEIF_KIND,
  'image/heif-sequence': HEIF_KIND,
  'image/avif': {
    what: 'AVIF 图片',
    endings: ['avif'],
    odd: ['avifs'],
    remark: '这是 AVIF 图片，旧版 Windows 和许多看图软件打不开；如要给别人看，请转成 JPG 后另传一份。',
  },
  'application/pdf': { what: 'PDF', endings: ['pdf'] },
  'application/ofd': {
    what: 'OFD 版式文件',
    endings: ['ofd'],
    remark: '这是 OFD 版式文件，要用 OFD 阅读器或 WPS 打开；对方可能没有的，请另存为 PDF 后另传一份。',
  },
  [DOCX]: { what: 'Word 文档', endings: ['docx'] },
  [XLSX]: { what: 'Excel 工作簿', endings: ['xlsx'] },
  [PPTX]: { what: 'PowerPoint 演示文稿', endings: ['pptx'] },
  'application/msword': { what: 'Word 97-2003 文档', endings: ['doc', 'wps'] },
  'application/vnd.ms-excel': { what: 'Excel 97-2003 工作簿', endings: ['xls', 'et'] },
  'application/vnd.ms-powerpoint': { what: 'PowerPoint 97-2003 演示文稿', endings: ['ppt', 'dps'] },
  'application/rtf': { what: 'RTF 文档', endings: ['rtf'] },
  [`${OPEN_DOCUMENT}.text`]: { what: 'ODT 文档', endings: ['odt'] },
  [`${OPEN_DOCUMENT}.spreadsheet`]: { what: 'ODS 表格', endings: ['ods'] },
  [`${OPEN_DOCUMENT}.presentation`]: { what: 'ODP 演示文稿', endings: ['odp'] },
};

export const ACCEPTED =
  '能上传的有：图片（JPG、PNG、WebP、GIF、BMP、TIFF、HEIC、AVIF）、PDF、OFD 和 Office 文档（doc、docx、xls、xlsx、ppt、pptx、wps、et、dps、rtf、odt、ods、odp）。';

/** Kinds that have no media type of their own. */
export type OwnKind =
  | 'macros'
  | 'encrypted'
  | 'damaged'
  | 'zeros'
  | 'web-page'
  | 'saved-page'
  | 'word-xml'
  | 'excel-xml'
  | 'drawing'
  | 'mail'
  | 'script'
  | 'shortcut'
  | 'table'
  | 'text'
  | 'live-photo'
  | 'workbook-binary'
  | 'iwork'
  | 'compound'
  | 'unknown';

interface RefusedKind {
  what: string;
  /** What the sender does now. */
  instead: string;
}

const WORD_OR_PRINT = '请用 Word 或 WPS 打开后另存为 docx，或在浏览器中打开后打印为 PDF';

export const REFUSED_KINDS: Readonly<Record<OwnKind, RefusedKind>> = {
  macros: { what: '带宏的文档', instead: '请用 Office 或 WPS 另存为不带宏的 docx、xlsx 或 pptx' },
  encrypted: { what: '设了打开密码的文档', instead: '请取消密码' },
  damaged: { what: '不完整或已损坏的文件', instead: '请先在电脑或手机上确认能打开' },
  zeros: { what: '没有内容的文件（可能没有下载完）', instead: '请先在电脑或手机上确认能打开' },
  'web-page': { what: '网页格式的文件', instead: WORD_OR_PRINT },
  'saved-page': { what: '单个文件的网页（MHT）', instead: WORD_OR_PRINT },
  'word-xml': { what: 'XML 格式的 Word 文档', instead: '请用 Word 或 WPS 打开后另存为 docx' },
  'excel-xml': { what: 'XML 格式的表格', instead: '请用 Excel 或 WPS 打开后另存为 xlsx' },
  drawing: { what: 'SVG 矢量图', instead: '请转成 PNG 或 JPG，或截图' },
  mail: { what: '邮件', instead: '请把邮件打印为 PDF，把邮件里的附件另存' },
  script: { what: '程序或脚本', instead: '请换成照片、扫描件或文档' },
  shortcut: { what: '快捷方式，不是文件本身', instead: '请选择它所指的文件本身' },
  table: { what: '文本格式的表格（CSV）', instead: '请用 Excel 或 WPS 打开后另存为 xlsx' },
  text: { what: '纯文本文件', instead: '请用 Word 或 WPS 打开后另存为 docx' },
  'live-photo': { what: '苹果手机的实况照片（livp）', instead: '请在手机相册中导出为普通照片' },
  'workbook-binary': { what: '二进制格式的 Excel 工作簿（xlsb）', instead: '请用 Excel 另存为 xlsx' },
  iwork: { what: '苹果 Pages、Numbers 或 Keynote 文档', instead: '请在其中导出为 PDF、Word 或 Excel' },
  compound: { what: '不认识的旧格式文件', instead: '请用原来的软件打开后另存为 PDF' },
  unknown: { what: '不认识的文件', instead: '请确认选对了文件，其他格式请先转成 PDF 或图片' },
};

const PROGRAM = REFUSED_KINDS.script;

/** Other media types that file-type tells. The first that fits counts. */
const REFUSED_TYPES: ReadonlyArray<readonly [RegExp, RefusedKind]> = [
  [/macroenabled/, REFUSED_KINDS.macros],
  [/^video\//, { what: '视频', instead: '请截取关键画面存为图片' }],
  [/^audio\/|^application\/ogg/, { what: '录音', instead: '请写成文字填写在说明里，或整理成 docx' }],
  [/photoshop/, { what: 'Photoshop 图片', instead: '请导出为 JPG 或 PNG' }],
  [/dwg/, { what: 'CAD 图纸', instead: '请打印为 PDF' }],
  [
    /^image\/x-(canon|olympus|sony|adobe|nikon|panasonic|fujifilm)/,
    { what: '相机的原始格式照片（RAW）', instead: '请导出为 JPG' },
  ],
  [/^image\//, { what: '少见格式的图片', instead: '请转成 JPG 或 PNG' }],
  [/epub|mobipocket|htmlhelp/, { what: '电子书', instead: '请转成 PDF' }],
  [
    /zip|rar|7z|tar$|bzip|x-xz|zstd|lzh|lzip|lz4|compress|cab-|arj|ace-|cpio|diskimage/,
    { what: '压缩包', instead: '请先解压，把其中的文件逐个存好' },
  ],
  [/visio/, { what: 'Visio 图', instead: '请另存为 PDF' }],
  [/postscript|eps/, { what: 'PostScript 文件', instead: '请转成 PDF' }],
  [/outlook/, REFUSED_KINDS.mail],
  [/shortcut|alias/, REFUSED_KINDS.shortcut],
  [/vcard/, { what: '联系人名片', instead: '请把内容填写在说明里，或截图' }],
  [/calendar/, { what: '日程', instead: '请把内容填写在说明里，或截图' }],
  [/template|slideshow|opendocument/, { what: '模板或放映格式的文档', instead: '请另存为普通的 docx、xlsx 或 pptx' }],
  [/elf|mach-binary|msdownload|java|android|x-deb|x-rpm|extension|xpinstall|wasm|flash|regedit/, PROGRAM],
];

export const refusedKind = (kind: string): RefusedKind =>
  (REFUSED_KINDS as Record<string, RefusedKind>)[kind] ??
  REFUSED_TYPES.find(([types]) => types.test(kind))?.[1] ??
  REFUSED_KINDS.unknown;
