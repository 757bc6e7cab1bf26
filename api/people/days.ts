import { addDays, beijingDate } from '../../plan/rules/calendar.js';
import { invalidFields } from '../http/fields.js';

const MOST_DAYS = 366;

/** The requested days, first and last included. The default begins today. */
export function daysAsked(
  { from, until }: { from?: string; until?: string },
  now: number,
  usually: number,
  most = MOST_DAYS,
): { from: string; until: string } {
  const first = from ?? beijingDate(now);
  const days = { from: first, until: until ?? addDays(first, usually - 1) };
  if (days.until < days.from)
    throw invalidFields([{ field: 'until', detail: `结束日期“${days.until}”早于开始日期“${days.from}”，请核对` }]);
  if (days.until >= addDays(days.from, most))
    throw invalidFields([{ field: 'until', detail: `一次最多 ${most} 天，请缩短日期范围` }]);
  return days;
}
