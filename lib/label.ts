import { z } from 'zod';
import { ONE_LINE } from './control-characters.js';
import { tidy } from './normal/text.js';

const UNPRINTABLE = /[\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]/u;

/** A name or a label: one line, and such that a spreadsheet (XML) can hold it. */
export const label = (max: number) =>
  z
    .string()
    .overwrite(tidy)
    .max(max)
    .regex(ONE_LINE, { error: '不能换行，也不能有控制字符，请改为一行' })
    .regex(/\S/u, { error: '不能为空，请填写' })
    .refine((text) => !UNPRINTABLE.test(text), { error: '含有乱码，请重新输入' });
