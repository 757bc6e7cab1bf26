/** Invariants of rolling broadcast (§3.1.4), judged from the entries alone. */
import { MINUTE } from '../../plan/rules/calendar.js';
import { policyAt } from '../../plan/rules/policy.js';
import type { Entry } from '../entries.js';
import { of, time } from './entries-of.js';

/**
 * The media are told of no notice that a later one in force has overtaken; the same text is repeated no sooner than the pause of
 * the level in force, and not after the lifting, at which whoever was told gets one last word.
 */
export function broadcastFaults(entries: readonly Entry[]): string[] {
  const entered = of(entries, 'warning.issued', 'level.adjusted', 'warning.lifted').map(({ data }) => data.noticeId);
  const [start] = of(entries, 'warning.issued');
  let level = start?.data.level ?? 'yellow';
  let inForce = -1;
  let isLifted = false;
  let isLastWordOwed = false;
  let onAir: { seq: number; notice: string; at: number; isOff: boolean } | undefined;
  const isBehind = (notice: string) => entered.indexOf(notice) < inForce;
  return entries.flatMap(({ kind, data, seq, episodeTime }): string[] => {
    const at = time(episodeTime);
    const faults = isLastWordOwed && kind !== 'broadcast.ended' ? [`${seq} comes before the last word`] : [];
    switch (kind) {
      case 'response.started':
      case 'response.adjusted':
        inForce = entered.indexOf(data.noticeId);
        level = data.level;
        return faults;
      case 'response.ended':
      case 'response.cancelled':
        inForce = entered.indexOf(data.noticeId);
        isLifted = true;
        isLastWordOwed = onAir !== undefined;
        return faults;
      case 'text.issued': {
        if (data.audience !== 'public') return faults;
        if (data.broadcast && isBehind(data.notice)) faults.push(`${seq} tells the media what is overtaken`);
        if (data.broadcast && !isLifted) onAir = { seq, notice: data.notice, at, isOff: false };
        else if (onAir) onAir.isOff = true;
        return faults;
      }
      case 'broadcast.repeated': {
        if (!onAir || onAir.isOff || isLifted || isBehind(onAir.notice))
          return [...faults, `${seq} repeats what is not on the air`];
        const pause = policyAt(start!.data.policy, level).broadcastEveryMinutes * MINUTE;
        if (data.text !== onAir.seq) faults.push(`${seq} repeats another text`);
        if (at < onAir.at + pause) faults.push(`${seq} repeats too soon`);
        onAir.at = at;
        return faults;
      }
      case 'broadcast.ended':
        if (!isLastWordOwed) faults.push(`${seq} is the last word of nothing`);
        isLastWordOwed = false;
        onAir = undefined;
        return faults;
      default:
        return faults;
    }
  });
}
