/** Invariants of the digests that go to the city, judged from the entries alone. */
import { beijingDate, beijingInstant } from '../../plan/rules/calendar.js';
import { WARNING_LEVELS } from '../../plan/types.js';
import type { Entry } from '../entries.js';
import { of, time } from './entries-of.js';
import { isAtNight, valuesAt } from './level-invariants.js';
import { reportDueOf } from './report-invariants.js';

/**
 * A day goes to the city only after it was summed up, and each correction names the text before it. The office is reminded
 * of a day once, neither before the hour nor at night, and not once the day has gone.
 */
export function submissionFaults(entries: readonly Entry[]): string[] {
  const [issued] = of(entries, 'warning.issued');
  if (!issued) return [];
  const { policy } = issued.data;
  const atEachLevel = WARNING_LEVELS.map((level) => valuesAt(policy, level));
  const compiled = new Set<string>();
  const submitted = new Map<string, number>();
  const reminded = new Set<string>();
  return of(entries, 'digest.compiled', 'digest.submitted', 'digest.reminded').flatMap(
    ({ kind, seq, data, episodeTime }) => {
      const { date } = data;
      if (kind === 'digest.compiled') {
        compiled.add(date);
        return [];
      }
      const faults = compiled.has(date) ? [] : [`${seq} ${kind} ${date}, which is not summed up`];
      if (kind === 'digest.submitted') {
        if ('corrects' in data ? data.corrects !== submitted.get(date) : submitted.has(date))
          faults.push(`${seq} does not name the text of ${date} that it corrects`);
        submitted.set(date, seq);
        return faults;
      }
      const day = beijingDate(reportDueOf(entries, date));
      const at = time(episodeTime);
      if (atEachLevel.every(({ digestSubmissionTime }) => at < beijingInstant(day, digestSubmissionTime)))
        faults.push(`${seq} reminds of ${date} before the hour`);
      if (atEachLevel.every(({ quiet }) => isAtNight(at, quiet))) faults.push(`${seq} reminds of ${date} at night`);
      if (submitted.has(date) || reminded.has(date)) faults.push(`${seq} reminds of ${date} again or for nothing`);
      reminded.add(date);
      return faults;
    },
  );
}
