/** Invariants of drills that nobody touches, judged from the entries alone. */
import { HOUR } from '../../plan/rules/calendar.js';
import type { Entry, EntryKind } from '../entries.js';
import { of, time } from './entries-of.js';

/** What may still be written of an abandoned drill. */
const AFTERWARDS: ReadonlySet<EntryKind> = new Set([
  'deadline.withdrawn',
  'notification.withdrawn',
  'notification.deferred',
  'notification.sent',
  'notification.failed',
  'episode.closed',
]);

/** A drill ends by itself just when nobody has touched it for so many days, and takes no command after; a real one never. */
export function abandonmentFaults(entries: readonly Entry[], now: number): string[] {
  const [issued] = of(entries, 'warning.issued');
  if (!issued) return [];
  const idle = issued.data.policy.abandonedDrillDays * 24 * HOUR;
  const [abandoned, ...again] = of(entries, 'drill.abandoned');
  const touched = entries.filter(({ actor }) => actor.role !== 'system').map(({ episodeTime }) => time(episodeTime));
  const faults = again.map(({ seq }) => `${seq} abandons the drill again`);
  const isOver = of(entries, 'episode.closed').length > 0;
  const moments = abandoned || isOver ? touched : [...touched, now];
  const tooLong = moments.some((at, i) => i > 0 && at - touched[i - 1]! >= idle);
  if (issued.data.drill && tooLong) faults.push('nobody touches the drill, and it goes on');
  if (!abandoned) return faults;
  if (!issued.data.drill) faults.push(`${abandoned.seq} abandons a real episode`);
  if (time(abandoned.episodeTime) < touched.at(-1)! + idle)
    faults.push(`${abandoned.seq} abandons the drill too early`);
  if (time(abandoned.data.abandonedAt) !== touched.at(-1)! + idle) faults.push(`${abandoned.seq} has another end`);
  const later = entries.slice(abandoned.seq);
  for (const { seq, kind } of later)
    if (!AFTERWARDS.has(kind)) faults.push(`${seq} goes on after the drill was abandoned`);
  return faults;
}
