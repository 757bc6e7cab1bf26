/** Invariants of notices: their numbers, their effects, and the question about the expected end. */
import { HOUR } from '../../plan/rules/calendar.js';
import type { Policy, WarningLevel } from '../../plan/types.js';
import type { Entry } from '../entries.js';
import { type Of, of, time } from './entries-of.js';
import { isAtNight, LEVELS, valuesAt } from './level-invariants.js';

type EnteredNotice = Of<'warning.issued' | 'level.adjusted' | 'warning.lifted'>;
export const enteredNotices = (entries: readonly Entry[]): EnteredNotice[] =>
  of(entries, 'warning.issued', 'level.adjusted', 'warning.lifted');
const effectOf = ({ data }: EnteredNotice): number => time(data.notice.effectiveAt);

/**
 * Notices take effect in the order of their effect, each once. One that was entered before another that took effect never
 * does so after it, and nothing that has come is left out.
 */
export function effectFaults(entries: readonly Entry[], now: number): string[] {
  const taken: EnteredNotice[] = [];
  const isLive = (notice: EnteredNotice) => !taken.some(({ seq }) => seq >= notice.seq);
  const faults = of(entries, 'response.started', 'response.adjusted', 'response.ended', 'response.cancelled').flatMap(
    ({ seq, data, episodeTime }) => {
      const known = enteredNotices(entries.slice(0, seq - 1));
      const notice = known.find((one) => one.data.noticeId === data.noticeId);
      if (!notice || !isLive(notice)) return [`${seq} gives ${data.noticeId} effect, though it was overtaken`];
      const earlier = known.filter((one) => isLive(one) && effectOf(one) < effectOf(notice));
      taken.push(notice);
      const isEarly = effectOf(notice) > time(episodeTime);
      return isEarly || earlier.length > 0 ? [`${seq} gives ${data.noticeId} effect out of order`] : [];
    },
  );
  const [abandoned] = of(entries, 'drill.abandoned');
  const end = abandoned ? time(abandoned.data.abandonedAt) : now;
  const late = enteredNotices(entries).filter((notice) => isLive(notice) && effectOf(notice) < end);
  return [...faults, ...late.map(({ data }) => `${data.noticeId} has not taken effect`)];
}

/** Before the expected end, at it and at every pause after it the office is asked, until a notice is entered. */
export function endQuestionFaults(entries: readonly Entry[], now: number): string[] {
  const policy = of(entries, 'warning.issued')[0]?.data.policy;
  if (!policy) return [];
  const before = policy.endQuestionBeforeHours * HOUR;
  const again = policy.endQuestionAgainHours * HOUR;
  const abandoned = of(entries, 'drill.abandoned')[0];
  const over = abandoned ? time(abandoned.data.abandonedAt) : now;
  const notices = enteredNotices(entries);
  return notices.flatMap((notice, i) => {
    const until = notices[i + 1]?.seq ?? Number.POSITIVE_INFINITY;
    const asked = of(entries, 'end.asked').filter(({ seq }) => seq > notice.seq && seq < until);
    const end = notice.kind === 'warning.lifted' ? undefined : notice.data.expectedEndAt;
    if (end === undefined) return asked.map(({ seq }) => `${seq} asks about an end that nobody expects`);
    const next = notices[i + 1];
    const last = next ? time(next.episodeTime) : over;
    const moments = [time(end) - before, time(end)];
    while (moments.at(-1)! < last) moments.push(moments.at(-1)! + again);
    const due = moments.filter((moment) => moment > time(notice.episodeTime) && moment < last);
    const times = asked.map(({ episodeTime }) => time(episodeTime));
    // Moments that passed while nobody worked are asked about once, those of a night in the morning.
    const written = entries.map(({ episodeTime }) => time(episodeTime));
    const worked = [...written, ...(abandoned ? [] : [over])].filter((at) => isByDay(policy, at));
    const unasked = due.filter(
      (moment) => worked.some((at) => at >= moment && at <= last) && !times.some((at) => at >= moment),
    );
    const atNight = asked.filter(({ seq, episodeTime }) => {
      const level = levelInForce(entries, seq);
      const isAgain = times.some((at) => at >= time(end) && at < time(episodeTime));
      return isAgain && level !== 'red' && isAtNight(time(episodeTime), valuesAt(policy, level).quiet);
    });
    const needless = times.filter(
      (at, n) => !due.concat(last).some((moment) => moment <= at && moment > (times[n - 1] ?? 0)),
    );
    return [
      ...unasked.map((at) => `not asked at ${at}`),
      ...needless.map((at) => `asked at ${at} for nothing`),
      ...atNight.map(({ seq }) => `${seq} asks at night`),
    ];
  });
}

/** In the night of no level. */
const isByDay = (policy: Policy, moment: number): boolean =>
  !LEVELS.some((level) => isAtNight(moment, valuesAt(policy, level).quiet));

const levelInForce = (entries: readonly Entry[], before: number): WarningLevel =>
  (
    of(entries, 'response.started', 'response.adjusted').findLast(({ seq }) => seq < before) ??
    of(entries, 'warning.issued')[0]!
  ).data.level;

/** At no moment have two notices one number, and each entry names its notice by the number it had then. */
export function numberFaults(entries: readonly Entry[]): string[] {
  const numbers = new Map<string, string | undefined>();
  return entries.flatMap((entry) => {
    const { data, seq } = entry;
    if ('notice' in data && 'noticeId' in data) numbers.set(data.noticeId, data.notice.number);
    if (entry.kind === 'notice.numbered' && entry.data.number !== undefined)
      numbers.set(entry.data.noticeId, entry.data.number);
    const given = [...numbers.values()].filter((number) => number !== undefined);
    if (new Set(given).size < given.length) return [`${seq} gives a number twice`];
    const isNamed = 'noticeId' in data && !('notice' in data) && !('number' in data);
    const named = isNamed && 'noticeNumber' in data ? data.noticeNumber : undefined;
    return isNamed && named !== numbers.get(data.noticeId) ? [`${seq} names ${data.noticeId} by another number`] : [];
  });
}
