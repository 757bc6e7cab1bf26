import type { Plan } from '../plan/edition/schema.js';
import type { Paper } from './paper.js';
import { inThread } from './threads.js';

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

type Papers = Plan['papers'];
type Fonts = Required<Omit<NonNullable<Papers>, 'by' | 'why'>>;

/** The fonts of GB/T 9704. They are not free, so a paper only names them; the edition may know them by other names. */
const FONTS: Fonts = {
  bodyFont: '仿宋_GB2312',
  titleFont: '方正小标宋简体',
  headingFont: '黑体',
  subheadingFont: '楷体_GB2312',
  pageNumberFont: '宋体',
};

const write = inThread<{ paper: Paper; fonts: Fonts }>('docx-thread.mjs', 'docx', 512);

/** The paper as an official document (GB/T 9704—2012). The same paper is the same bytes. */
export const docxOf = (paper: Paper, papers?: Papers): Promise<Buffer> => write({ paper, fonts: fontsOf(papers) });

/** Those that the edition names, and for the others the standard's. What else the edition says of its papers is no font. */
export const fontsOf = (papers: Papers): Fonts => ({
  bodyFont: papers?.bodyFont ?? FONTS.bodyFont,
  titleFont: papers?.titleFont ?? FONTS.titleFont,
  headingFont: papers?.headingFont ?? FONTS.headingFont,
  subheadingFont: papers?.subheadingFont ?? FONTS.subheadingFont,
  pageNumberFont: papers?.pageNumberFont ?? FONTS.pageNumberFont,
});
