// Writes workbooks in a thread. JavaScript as it is: threads load neither TypeScript nor what jest makes of
// it.
import writeXlsxFile from 'write-excel-file/node';

export const write = (sheets) => writeXlsxFile(sheets).toBuffer();
