// Reads and writes workbooks in a thread. JavaScript as it is: threads load neither TypeScript nor what jest makes of
// it.
import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';

export const read = (bytes) => readXlsxFile(Buffer.from(bytes));
export const write = (sheets) => writeXlsxFile(sheets).toBuffer();
