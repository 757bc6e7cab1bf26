import type { BodyFont } from '../plan/edition/schema.js';
import type { Paper } from './paper.js';
import { inThread } from './threads.js';

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const write = inThread<{ paper: Paper; bodyFont: BodyFont }>('docx-thread.mjs', 'docx', 512);

/** The paper as an official document (GB/T 9704—2012). The same paper is the same bytes. */
export const docxOf = (paper: Paper, bodyFont: BodyFont = '仿宋_GB2312'): Promise<Buffer> => write({ paper, bodyFont });
