/** Names the files that are no workbook and no text, by what their bytes are, and says what to do with each. */

const SAVE_AS = '请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后重新上传。';
const COPY = '请把其中的表格复制到从本系统下载的 xlsx 中，再上传那个文件。';
const PHOTO = '请把名单填到从本系统下载的 xlsx 中，再上传那个文件。';

/** What a file is, and what to do. */
type Told = readonly [is: string, todo: string];

const sentence = ([is, todo]: Told): string => `这是${is}，本系统读 xlsx 和 CSV。${todo}`;

/** By the first bytes, in hexadecimal. */
const BEGINNINGS: ReadonlyArray<readonly [hex: RegExp, told: Told]> = [
  [/^25504446/, ['PDF 文件', COPY]],
  [/^7b5c727466/, ['RTF 文档', COPY]],
  [/^(ffd8ff|89504e47|47494638|424d|49492a00|4d4d002a|.{8}66747970(hei|mif|avi))/, ['图片', PHOTO]],
  [/^(52617221|377abcaf271c|1f8b|425a68)/, ['压缩包', '请解压后，上传里面的 xlsx 或 CSV 文件。']],
  [/^53514c69746520/, ['数据库文件', '请导出为 xlsx 或 CSV 后重新上传。']],
  [/^4d5a/, ['程序文件', '请上传 xlsx 或 CSV 文件。']],
];

/** Files of a zip archive that tell what it is. */
const IN_ZIP: ReadonlyArray<readonly [name: RegExp, told: Told]> = [
  [/^word\//i, ['Word 文档', COPY]],
  [/^ppt\//i, ['演示文稿', COPY]],
  [/^xl\/workbook\.bin$/i, ['二进制工作簿（xlsb）', SAVE_AS]],
  [/^(content\.xml|mimetype)$/i, ['OpenDocument 文件（ods、odt）', SAVE_AS]],
  [/^ofd\.xml$/i, ['OFD 版式文件', COPY]],
  [/\.iwa$/i, ['苹果 Numbers 文件', '请在 Numbers 中导出为 xlsx 后重新上传。']],
  [/\.(xlsx?|csv|et)$/i, ['压缩包', '请解压后，上传里面的 xlsx 或 CSV 文件。']],
];

/** Streams of a compound file, as the older office programs save them. */
const IN_COMPOUND: ReadonlyArray<readonly [stream: string, told: string]> = [
  [
    'EncryptedPackage',
    `这个文件设了打开密码，读不了。请用 Excel 或 WPS 打开，取消密码（文件－信息－保护工作簿），${'另存为 xlsx 后重新上传。'}`,
  ],
  ['WordDocument', sentence(['旧版 Word 或 WPS 文字（doc、wps）文档', COPY])],
  ['PowerPoint Document', sentence(['旧版演示文稿（ppt、dps）', COPY])],
  ['Workbook', `这是旧版表格（xls、et），本系统读新版的。${SAVE_AS}`],
  ['Book', `这是旧版表格（xls、et），本系统读新版的。${SAVE_AS}`],
];

const BY_TEXT: ReadonlyArray<readonly [text: RegExp, told: string]> = [
  [
    /^\s*<\?xml[\s\S]{0,2000}urn:schemas-microsoft-com:office:spreadsheet/i,
    `这是“XML 表格 2003”，本系统读新版的。${SAVE_AS}`,
  ],
  [
    /^\s*<(!doctype html|html|head|meta|table|style|div|body)\b/i,
    `这是网页格式的表格（名称虽然可能是 xls），不是 Excel 文件。${SAVE_AS}`,
  ],
  [
    /^\s*(<!--[\s\S]*?-->\s*)?<[\s\S]{0,4000}<table\b/i,
    `这是网页格式的表格（名称虽然可能是 xls），不是 Excel 文件。${SAVE_AS}`,
  ],
  [/^\s*<\?xml/i, sentence(['XML 文件', COPY])],
  [/^MIME-Version:/i, sentence(['网页归档或邮件', COPY])],
  [/^BEGIN:VCARD/i, sentence(['手机通讯录（vCard）', PHOTO])],
  [/^\s*[{[]\s*["{[\]}]/, sentence(['JSON 数据', '请上传 xlsx 或 CSV 文件。'])],
];

const COMPOUND = 'd0cf11e0a1b11ae1';
/** Workbooks of Excel 2 to 4 begin without a container. */
const OLDEST = /^09(00|02|04|08)(04|06|08|10)00/;

export function refusalByBytes(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return '文件是空的，请选择要上传的 xlsx 或 CSV 文件。';
  const hex = bytes.subarray(0, 16).toString('hex');
  if (hex.startsWith(COMPOUND)) {
    const stream = IN_COMPOUND.find(([name]) => bytes.includes(Buffer.from(name, 'utf16le')));
    return stream?.[1] ?? `这是旧版办公软件的文件，本系统读不了。${SAVE_AS}`;
  }
  if (OLDEST.test(hex)) return `这是旧版表格（xls），本系统读新版的。${SAVE_AS}`;
  const beginning = BEGINNINGS.find(([pattern]) => pattern.test(hex));
  return beginning && sentence(beginning[1]);
}

export function refusalByNames(names: readonly string[]): string | undefined {
  if (names.some((name) => /^xl\/workbook\.xml$/i.test(name))) return undefined;
  const known = IN_ZIP.find(([pattern]) => names.some((name) => pattern.test(name)));
  return known ? sentence(known[1]) : `这个压缩文件里没有表格。请上传 xlsx 或 CSV 文件，格式可以照从本系统下载的。`;
}

export const refusalByText = (text: string): string | undefined =>
  BY_TEXT.find(([pattern]) => pattern.test(text.slice(0, 8_192)))?.[1];
