import { z } from 'zod';
import { WRITABLE } from '../../lib/control-characters.js';
import { dayIn } from '../../lib/normal/day.js';
import { momentIn } from '../../lib/normal/instant.js';
import { quoted } from '../../lib/quoted.js';
import { addDays, beijingIso } from '../../plan/rules/calendar.js';
import { RESPONSE_LEVELS, TASK_ROLES, WARNING_LEVELS } from '../../plan/types.js';

/** Text with half a surrogate pair has no canonical bytes (RFC 8785). */
const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

/** Text that a person writes, possibly empty. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(WRITABLE, { error: '含有看不见的控制字符，请删去后重新输入' })
    .refine(isWellFormed, { error: '含有不完整的字符，请重新输入' });

/** One line of text, not blank. */
export const line = text(200).regex(/\S/, { error: '不能为空，请填写' });

/** Long text. */
export const prose = text(10_000).regex(/\S/, { error: '不能为空，请填写' });

export const instant = z.iso.datetime({ offset: true }).meta({ description: 'ISO 8601 with offset' });
export const day = z.iso.date().meta({ description: 'A Beijing day, YYYY-MM-DD' });

/** 1992 to 2199. Other years are mistakes in typing, and the calendar's arithmetic holds only in between. */
const YEARS = /^(199[2-9]|2[01]\d\d)-/;

/** Notices of the city say 14时 and 24时: `2026-01-10T24:00+08:00` is 00:00:00 of the 11th. */
function inFull(typed: string): string {
  const { clock, offset } = momentIn(typed) ?? {};
  if (clock === undefined || offset === undefined) return typed;
  const [date = '', time = ''] = clock.split('T');
  return time.startsWith('24') ? `${addDays(date, 1)}T00:00:00${offset}` : clock + offset;
}

/** A time is of no use without its zone: the same clock may stand in Beijing and in Ürümqi. */
function noTime({ input }: { input?: unknown }): string | undefined {
  if (typeof input !== 'string') return undefined;
  const said = momentIn(input);
  if (said && said.offset === undefined)
    return `${quoted(input)}没有写时区，请在后面加上 +08:00，例如 2026-01-10T14:00:00+08:00`;
  const day = dayIn(input);
  const example = typeof day === 'string' ? day : '2026-01-10';
  return `${quoted(input)}不是带时区的时间，请写明年月日、时分和时区，例如 ${example}T14:00:00+08:00`;
}

/** A time or day in a request. Answers may lie outside the range. */
export const givenInstant = z
  .string()
  .overwrite(inFull)
  .datetime({ offset: true, error: noTime })
  .regex(YEARS, { error: '年份应在 1992 至 2199 之间，请核对，例如 2026-01-10T14:00:00+08:00' })
  // A moment written in another zone is the same content. The format rejects values that are no time.
  .overwrite((time) => (Number.isNaN(Date.parse(time)) ? time : beijingIso(Date.parse(time))))
  .meta({
    format: 'date-time',
    description: 'ISO 8601 with offset, e.g. `2026-01-10T14:00+08:00`; `24:00` is 00:00 of the next day',
  });

const noDay = ({ input }: { input?: unknown }): string | undefined => {
  const day = typeof input === 'string' ? dayIn(input) : undefined;
  return typeof day === 'object' ? `${quoted(String(input))}${day.why}，请写明年月日，例如 2026-01-10` : undefined;
};

export const givenDay = z
  .string()
  .overwrite((typed) => {
    const day = dayIn(typed);
    return typeof day === 'string' ? day : typed;
  })
  .date({ error: noDay })
  .regex(YEARS, { error: '年份应在 1992 至 2199 之间，请核对，例如 2026-01-10' })
  .meta({ format: 'date', description: 'A Beijing day, `2026-01-10`; 2026/1/10 and 2026年1月10日 are read too' });

export const warningLevel = z.enum(WARNING_LEVELS).meta({ id: 'WarningLevel' });
export const responseLevel = z.enum(RESPONSE_LEVELS).meta({ id: 'ResponseLevel' });
export const unitKind = z.enum(['department', 'street']).meta({ id: 'UnitKind' });
export const taskRole = z.enum(TASK_ROLES).meta({ id: 'TaskRole' });
export const accountRole = z.enum(['office', 'unit', 'supervisor', 'administrator']).meta({ id: 'AccountRole' });

export const limit = z.coerce.number().int().min(1).max(200).default(50);
export const cursor = z.string().max(500);

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

export const nothing = z.strictObject({});

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    clause: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; the last part of `type` is stable' });

export const count = z.number().int().min(0);
export const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const attachmentIds = z
  .array(z.string().regex(/^[0-9a-f]{64}$/, { error: '应为上传附件后得到的 attachmentId' }))
  .max(20, { error: '最多 20 个附件，请删减' })
  .refine((ids) => new Set(ids).size === ids.length, { error: '同一个附件请只填一次' })
  .meta({ uniqueItems: true });
