/**
 * The rules of a gate (docs/decisions/0029-channel-health.md): how a way out stands after each message that was sent and each
 * answer, and how many messages may be under way. Pure.
 */
import { isOfTheWay } from '../../episode/faults.js';
import type { Illness } from '../../ledger/channel-health.js';
import type { WayFault } from '../../plan/types.js';
import type { ChannelAnswer, ChannelMessage, Refused } from './channel.js';

type KnownIllness = Pick<Illness, 'fault' | 'reason' | 'since' | 'failures' | 'nextTryAt'>;

export interface WayState {
  illness: KnownIllness | undefined;
  /** Whom the last refusal may be about that did not say whose fault it was. */
  doubt: string | undefined;
  /** At once, while it is well. */
  width: number;
  /** The other side may bear fewer at once: half as many after each illness, and slowly more again. */
  most: number;
  takenInARow: number;
  sent: number;
  /** Answers to the messages sent until this one say nothing of how the way is now. */
  changedAt: number;
  /** The last try said nothing of the way: another message may say more. */
  triesAnother: boolean;
  lastKey: string | undefined;
}

/** At once to one way: as many as the pool of connections to a mail server has. */
const MOST_AT_ONCE = 8;
const ONE_MORE_AFTER = 16;
export const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Pauses between tries of a way that is ill. The last one repeats. */
const PAUSES: Record<WayFault, readonly number[]> = {
  // Each try with a wrong password brings the account nearer to being locked.
  account: [0.5, 1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE),
  policy: [0.25, 0.5, 1, 2].map((minutes) => minutes * MINUTE),
  server: [0.25, 0.5, 1, 2, 5, 5, 5, 10, 15].map((minutes) => minutes * MINUTE),
};
/** A new message may try a way that is ill so soon after the last try, however long the pause has grown. */
const NEW_MAY_TRY_AFTER = 30 * SECOND;
/** Drills leave the first try to real episodes. */
export const DRILLS_AFTER = 10 * SECOND;

export const UNTRIED: WayState = {
  illness: undefined,
  doubt: undefined,
  width: MOST_AT_ONCE,
  most: MOST_AT_ONCE,
  takenInARow: 0,
  sent: 0,
  changedAt: 0,
  triesAnother: false,
  lastKey: undefined,
};

/** How many messages may be under way. */
export const mostNow = ({ illness, doubt, width }: WayState): number => (illness || doubt !== undefined ? 1 : width);

export const pauseAfter = ({ fault, failures }: Pick<Illness, 'fault' | 'failures'>): number => {
  const pauses = PAUSES[fault];
  return pauses[Math.min(failures, pauses.length) - 1]!;
};

/** How much before the next try is due a message may try a way that is ill; a drill's only after it. */
export function leadOf(illness: KnownIllness, { drill, isNew }: ChannelMessage): number {
  if (drill) return -DRILLS_AFTER;
  return isNew ? Math.max(0, pauseAfter(illness) - NEW_MAY_TRY_AFTER) : 0;
}

export const afterSending = (way: WayState, key: string): WayState => ({
  ...way,
  sent: way.sent + 1,
  lastKey: key,
  triesAnother: false,
});

/** The record of all workers says so. */
export function afterLearning(way: WayState, found: KnownIllness | undefined): WayState {
  if (found && way.illness) return { ...way, illness: found };
  if (found) return { ...way, illness: found, changedAt: way.sent, triesAnother: false };
  return way.illness ? { ...way, illness: undefined, width: 1 } : way;
}

interface Answered {
  answer: ChannelAnswer;
  /** The number of the message among those sent. */
  place: number;
  /** Whom a refusal may be about that does not say whose fault it is. */
  about: string;
  now: number;
}

export function afterAnswer(way: WayState, { answer, place, about, now }: Answered): WayState {
  const isNews = place > way.changedAt;
  if (answer.outcome === 'taken') return isNews ? taken(way) : way;
  const fault = faultOfTheWay(way, answer, about);
  if (fault) return isNews ? refused(way, fault, answer, now) : way;
  return {
    ...way,
    doubt: answer.fault === 'unclear' ? about : way.doubt,
    triesAnother: isNews && way.illness !== undefined,
  };
}

function taken(way: WayState): WayState {
  const takenInARow = way.takenInARow + 1;
  const most = takenInARow % ONE_MORE_AFTER === 0 ? Math.min(way.most + 1, MOST_AT_ONCE) : way.most;
  const well = { ...way, doubt: undefined, takenInARow, most, width: Math.min(way.width * 2, most) };
  return way.illness ? { ...well, illness: undefined, width: 1, changedAt: way.sent } : well;
}

/** Two different messages in a row that are refused without a word of whose fault it is: it is hardly that of either. */
function faultOfTheWay({ illness, doubt }: WayState, { fault }: Refused, about: string): WayFault | undefined {
  if (fault !== 'unclear') return isOfTheWay(fault) ? fault : undefined;
  return illness || (doubt !== undefined && doubt !== about) ? 'policy' : undefined;
}

function refused(way: WayState, fault: WayFault, { reason, retryAfter = 0 }: Refused, now: number): WayState {
  const failures = (way.illness?.failures ?? 0) + 1;
  const pause = Math.max(pauseAfter({ fault, failures }), retryAfter * SECOND);
  return {
    ...way,
    illness: { since: way.illness?.since ?? now, fault, reason, failures, nextTryAt: now + pause },
    doubt: undefined,
    most: way.illness ? way.most : Math.max(1, Math.floor(way.most / 2)),
    takenInARow: 0,
    changedAt: way.sent,
    triesAnother: false,
  };
}
