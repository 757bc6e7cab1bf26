/** One step from the bytes of a file to tables of cells, or to a refusal that names what the file is. */
import { textIn } from '../text-in.js';
import { openArchive } from '../zip.js';
import { refusalByBytes, refusalByNames, refusalByText } from './file-kind.js';
import { type Table, UnreadableTable } from './table.js';
import { tableInText } from './text-table.js';
import { tablesInWorkbook } from './workbook.js';

const MOST_TEXT_MIB = 5;

/** @throws UnreadableTable */
export async function tablesIn(bytes: Buffer, titles: (cells: readonly string[]) => number): Promise<Table[]> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return workbookTables(bytes);
  refuse(refusalByBytes(bytes));
  if (bytes.length > MOST_TEXT_MIB * 1_048_576)
    throw new UnreadableTable(`文件超过 ${MOST_TEXT_MIB} MiB，请分成几个文件后重新上传。`, true);
  const text = textIn(bytes);
  if (text === undefined)
    throw new UnreadableTable('看不出这是什么文件。请上传 xlsx 或 CSV 文件，格式可以照从本系统下载的。');
  refuse(refusalByText(text));
  return [await tableInText(text, titles)];
}

async function workbookTables(bytes: Buffer): Promise<Table[]> {
  try {
    const archive = await openArchive(bytes);
    refuse(refusalByNames(archive.names));
    return await tablesInWorkbook(archive);
  } catch (error) {
    if (error instanceof UnreadableTable) throw error;
    throw new UnreadableTable(
      '这个 Excel 文件不完整或已损坏，可能没有传完。请用 Excel 或 WPS 打开检查，另存为 xlsx 后重新上传。',
    );
  }
}

function refuse(why: string | undefined): void {
  if (why !== undefined) throw new UnreadableTable(why);
}
