/** The shape of `holidays.yaml`: the State Council's days off of each year, and the weekend days worked for them. */
import { z } from 'zod';
import { addDays } from '../rules/calendar.js';
import { isWeekend } from '../rules/workdays.js';
import type { Holidays } from '../types.js';

/** What is no date ends here: the days up to it would never end. */
const date = z.iso.date({ error: '应为日期，如 2026-02-15', abort: true });

const year = z
  .strictObject({
    year: z.int().min(1992).max(2199),
    /** The notice that says so. */
    source: z.string().min(1),
    /** First and last day of each holiday. */
    off: z.array(z.tuple([date, date]).refine(([from, until]) => from <= until, '最后一天不能早于第一天')).min(1),
    worked: z.array(date.refine(isWeekend, '只有周六、周日才需要写明上班')),
  })
  .superRefine(({ year: of, off, worked }, context) => {
    const days = [...off.flatMap(daysOf), ...worked];
    for (const day of days.filter((one) => !one.startsWith(`${of}-`)))
      context.addIssue({ code: 'custom', message: `“${day}”不在${of}年，请核对` });
    for (const day of days.filter((one, i) => days.indexOf(one) < i))
      context.addIssue({ code: 'custom', message: `“${day}”写了两次，请删去一处` });
  });

export const holidaysSchema = z.strictObject({
  years: z
    .array(year)
    .refine((all) => new Set(all.map((one) => one.year)).size === all.length, '同一年写了两次，请合并'),
});
export type HolidayYears = z.infer<typeof holidaysSchema>;

/** Every day of all years, in order. */
export const holidaysOf = ({ years }: HolidayYears): Holidays => ({
  off: years.flatMap(({ off }) => off.flatMap(daysOf)).sort(),
  worked: years.flatMap(({ worked }) => worked).sort(),
});

function daysOf([from, until]: [string, string]): string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}
