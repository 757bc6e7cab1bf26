import { z } from 'zod';
import { addDays, beijingIso } from '../../plan/rules/calendar.js';
import { RESPONSE_LEVELS, TASK_ROLES, WARNING_LEVELS } from '../../plan/types.js';

/** No control characters but tab and line breaks, because PostgreSQL takes no NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: written out, because `\p{Cc}` is unknown to many who read the OpenAPI document
const WRITABLE = /^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$/u;
/** Text with half a surrogate pair has no canonical bytes (RFC 8785). */
const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

/** Text that a person writes, possibly empty. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(WRITABLE, { error: '含有不能保存的控制字符' })
    .refine(isWellFormed, { error: '含有不完整的字符，请重新输入' });

/** One line of text, not blank. */
export const line = text(200).regex(/\S/, { error: '不能为空' });

/** Long text. */
export const prose = text(10_000).regex(/\S/, { error: '不能为空' });

export const instant = z.iso.datetime({ offset: true }).meta({ description: 'ISO 8601 with offset' });
export const day = z.iso.date().meta({ description: 'A Beijing day, YYYY-MM-DD' });

/** 1992 to 2199. Other years are mistakes in typing, and the calendar's arithmetic holds only in between. */
const YEARS = /^(199[2-9]|2[01]\d\d)-/;

const WITHOUT_SECONDS = /T(\d\d:\d\d)(?=Z|[+-]|$)/;
const END_OF_DAY = /^(\d{4}-\d\d-\d\d)T24:00:00(?:\.0+)?/;

/** Notices of the city say 14时 and 24时: `2026-01-10T24:00+08:00` is 00:00:00 of the 11th. */
const inFull = (time: string): string =>
  time.replace(WITHOUT_SECONDS, 'T$1:00').replace(END_OF_DAY, (whole, date: string) => {
    const isDay = z.iso.date().safeParse(date).success;
    return isDay ? `${addDays(date, 1)}T00:00:00` : whole;
  });

/** A time is of no use without its zone: the same clock may stand in Beijing and in Ürümqi. */
const noOffset = ({ input }: { input?: unknown }): string | undefined =>
  typeof input === 'string' && /T\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(input)
    ? `“${input.slice(0, 40)}”没有写时区，请在后面加上 +08:00，例如 2026-01-10T14:00:00+08:00`
    : undefined;

/** A time or day in a request. Answers may lie outside the range. */
export const givenInstant = z
  .string()
  .overwrite(inFull)
  .datetime({ offset: true, error: noOffset })
  .regex(YEARS, { error: '不是有效的时间，请核对年份' })
  // A moment written in another zone is the same content. The format rejects values that are no time.
  .overwrite((time) => (Number.isNaN(Date.parse(time)) ? time : beijingIso(Date.parse(time))))
  .meta({
    format: 'date-time',
    description: 'ISO 8601 with offset, e.g. `2026-01-10T14:00+08:00`; `24:00` is 00:00 of the next day',
  });
export const givenDay = day.regex(YEARS, { error: '不是有效的日期，请核对年份' });

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
  .max(20, { error: '最多 20 个附件' })
  .refine((ids) => new Set(ids).size === ids.length, { error: '同一个附件请只填一次' })
  .meta({ uniqueItems: true });
