/** Invariants of the days of a response: their reports and digests (§5.1). */
import { addDays, beijingDate, beijingInstant, endOfDay, HOUR, MINUTE } from '../../plan/rules/calendar.js';
import type { QuietHours, WarningLevel } from '../../plan/types.js';
import type { Entry } from '../entries.js';
import { verdict } from './deadline-invariants.js';
import { of, time } from './entries-of.js';
import { isAtNight, valuesAt } from './level-invariants.js';
import { enteredNotices } from './notice-invariants.js';
import { isDayPaused } from './suspension-invariants.js';

/** The end of the response for the units: lifting, or the end of a drill that nobody touched. */
function responseEndOf(entries: readonly Entry[]): number {
  const [ended] = of(entries, 'response.ended');
  if (ended) return time(ended.data.effectiveAt);
  const [abandoned] = of(entries, 'drill.abandoned');
  return abandoned ? time(abandoned.data.abandonedAt) : Number.POSITIVE_INFINITY;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The level that was entered and in force before the end of a day. */
function levelOfDay(entries: readonly Entry[], date: string): WarningLevel {
  const announced = of(entries, 'warning.issued', 'level.adjusted');
  // One that was overtaken never took effect.
  const taken = new Set(of(entries, 'response.started', 'response.adjusted').map(({ data }) => data.noticeId));
  const known = announced.filter(
    ({ data, episodeTime }) =>
      taken.has(data.noticeId) && Math.max(time(data.notice.effectiveAt), time(episodeTime)) < endOfDay(date),
  );
  return (known.at(-1) ?? announced[0]!).data.level;
}

/**
 * A day's report is due at the policy's hour the day after, or at the first such hour after the entry of the notice that
 * began it (§5.1); in quiet hours that move it, at their end.
 */
export function reportDueOf(entries: readonly Entry[], date: string): number {
  const { policy } = of(entries, 'warning.issued')[0]!.data;
  const { dailyReportTime, quiet } = valuesAt(policy, levelOfDay(entries, date));
  const began = of(entries, 'response.started')[0]!.data.noticeId;
  const entered = enteredNotices(entries).find(({ data }) => data.noticeId === began)!;
  let dueAt = endOfDay(date) + minutesOf(dailyReportTime) * MINUTE;
  while (dueAt <= time(entered.episodeTime)) dueAt += 24 * HOUR;
  return quiet.moves.includes('report') ? minuteAfterNight(dueAt, quiet) : dueAt;
}

/** The moment itself, or the end of the night around it. */
function minuteAfterNight(moment: number, quiet: QuietHours): number {
  let later = moment;
  while (isAtNight(later, quiet)) later += MINUTE;
  return later;
}

/** Days by intersection with the half-open response (§5.1). */
export function reportFaults(entries: readonly Entry[], now: number): string[] {
  const started = of(entries, 'response.started')[0];
  if (!started) return of(entries, 'report.missed', 'report.submitted').map(({ seq }) => `${seq} before any response`);
  const until = responseEndOf(entries);
  const closed = of(entries, 'episode.closed').length > 0;
  const joined = new Map(of(entries, 'unit.added').map((entry) => [entry.unitId, time(entry.episodeTime)]));
  const units = new Set(of(entries, 'task.assigned').map(({ unitId }) => unitId));
  const faults: string[] = [];
  for (const unitId of units) {
    const from = Math.max(time(started.data.effectiveAt), joined.get(unitId) ?? Number.NEGATIVE_INFINITY);
    const mine = entries.filter((entry) => entry.unitId === unitId);
    for (let date = addDays(beijingDate(from), -2); date <= addDays(beijingDate(now), 1); date = addDays(date, 1)) {
      const onDay = mine.filter((entry) => 'date' in entry.data && entry.data.date === date);
      const submitted = of(onDay, 'report.submitted');
      const outcomes = {
        inTime: submitted.filter(({ data }) => !data.late).length,
        late: submitted.filter(({ data }) => data.late).length,
        missed: of(onDay, 'report.missed').length,
        withdrawn: of(onDay, 'deadline.withdrawn').length,
      };
      for (const { seq, data } of of(onDay, 'report.missed', 'report.submitted'))
        if (time(data.dueAt) !== reportDueOf(entries, date)) faults.push(`${seq} has another due time`);
      const isDayOf = Math.max(from, beijingInstant(date)) < Math.min(until, endOfDay(date)) && from < until;
      const owed = isDayOf && !isDayPaused(entries, unitId, date, { from, until });
      const dueAt = reportDueOf(entries, date);
      if (owed) faults.push(...verdict(`report ${unitId} ${date}`, outcomes, dueAt < now || closed));
      else if (outcomes.missed > outcomes.withdrawn) faults.push(`report ${unitId} ${date} missed though not owed`);
      if (outcomes.inTime + outcomes.late > 1 || outcomes.missed > 1 || outcomes.withdrawn > 1)
        faults.push(`report ${unitId} ${date} twice`);
    }
  }
  return faults;
}

/** §5.1: one digest for each day owed, in order, none before the hour. */
export function digestFaults(entries: readonly Entry[], now: number): string[] {
  const started = of(entries, 'response.started')[0];
  const digests = of(entries, 'digest.compiled');
  if (!started) return digests.map(({ seq }) => `${seq} sums up no response`);
  const from = time(started.data.effectiveAt);
  const issued = of(entries, 'warning.issued')[0]!;
  const until = responseEndOf(entries);
  const published = of(entries, 'review.published')[0];
  const abandoned = of(entries, 'drill.abandoned')[0];
  const end = published ? time(published.episodeTime) : abandoned ? time(abandoned.data.abandonedAt) : now;
  const days = digests.map(({ data }) => data.date);
  const faults = days.flatMap((date, i) =>
    date === addDays(beijingDate(from), i) ? [] : [`digest of ${date} out of order`],
  );
  let at = from;
  for (let date = beijingDate(from); beijingInstant(date) < Math.min(until, end); date = addDays(date, 1)) {
    const dueAt = reportDueOf(entries, date);
    const { digestTime } = valuesAt(issued.data.policy, levelOfDay(entries, date));
    // In order: a day at yellow that is summed up in the evening holds up the next, at red, of the morning.
    at = Math.max(at, beijingInstant(beijingDate(dueAt), digestTime), dueAt + 1);
    if (from < until && at < end && !days.includes(date)) faults.push(`no digest of ${date}`);
  }
  return faults;
}
