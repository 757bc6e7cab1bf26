/** When a message that was not taken is tried again. Pure. */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import type { DeliveryResult, Instant } from '../commands.js';
import { isOfTheWay } from '../faults.js';
import type { Message } from '../state-types.js';

/**
 * Pauses in real minutes, whatever the episode's time scale: servers recover in real time. About a day in all, and never
 * long: a message soon follows once its server is back.
 */
const PAUSES = [0.5, 1, 2, 5, 10, ...Array<number>(95).fill(15)];

/** Minutes from the first refusal to the end of each pause. */
const ENDS = PAUSES.map((_, i) => PAUSES.slice(0, i + 1).reduce((sum, pause) => sum + pause));

/** A delivery that is tried again, and when. */
interface Wait {
  of: DeliveryResult;
  notBefore: Instant;
  /** Of one that its recipient does not get for now: since when. */
  refusedSince?: Instant;
}

export const placeKey = ({ contact, channel }: Pick<DeliveryResult, 'contact' | 'channel'>): string =>
  `${contact}/${channel}`;

/**
 * What its recipient does not get for now is tried for about a day, each contact and channel by itself: somebody who comes
 * on duty when a colleague's mailbox has been full for 23 hours has a day of his own. What waits for an ill way waits as
 * long as the message is of use: nothing is lost to a wrong password.
 */
export const waitsAmong = (
  { refusedSince = {} }: Pick<Message, 'refusedSince'>,
  news: readonly DeliveryResult[],
  now: Instant,
  timeScale: number,
): Wait[] =>
  news.flatMap((of): Wait[] => {
    if (of.outcome !== 'deferred') return [];
    const after = (minutes: number) => now + minutes * MINUTE * timeScale;
    if (isOfTheWay(of.fault)) return [{ of, notBefore: after((of.retryAfter ?? 60) / 60) }];
    const since = refusedSince[placeKey(of)] ?? now;
    const minutes = (now - since) / timeScale / MINUTE;
    const pause = PAUSES[ENDS.filter((end) => end <= minutes).length];
    return pause === undefined ? [] : [{ of, notBefore: after(pause), refusedSince: since }];
  });

/** The earliest. Tries of an ill way are not counted beyond the first. */
export function nextTry(
  { attempt }: Pick<Message, 'attempt'>,
  waits: readonly Wait[],
): { attempt: number; notBefore: string; reason: string } | undefined {
  const [next] = waits.toSorted((one, other) => one.notBefore - other.notBefore);
  if (!next) return undefined;
  const { of, notBefore } = next;
  const count = isOfTheWay(of.fault) ? Math.max(1, attempt) : attempt + 1;
  return { attempt: count, notBefore: beijingIso(notBefore), reason: of.reason ?? '' };
}

/** The recipients that refuse for the first time. */
export function refusalsIn(
  { refusedSince = {} }: Pick<Message, 'refusedSince'>,
  waits: readonly Wait[],
): { refusedSince?: Record<string, string> } {
  const first = waits.filter(({ of, refusedSince: since }) => since !== undefined && !refusedSince[placeKey(of)]);
  if (first.length === 0) return {};
  return { refusedSince: Object.fromEntries(first.map((one) => [placeKey(one.of), beijingIso(one.refusedSince!)])) };
}
