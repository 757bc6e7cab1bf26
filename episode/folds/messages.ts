/** Messages that are to go out, and their outcomes. */
import type { PolicyAtLevel } from '../../plan/rules/policy.js';
import { byMailAlone } from '../../plan/rules/ways.js';
import type { Actor, Instant, Through } from '../commands.js';
import { SERVER_BACK } from '../deadline-names.js';
import type { EntryData, Recipient } from '../entries.js';
import { policyInForce } from '../policy.js';
import type { DeadlineReference, EpisodeState, Message, UnitState } from '../state-types.js';
import { awaiting, isArrival, receiptsDue } from './receipts.js';
import { changeUnit } from './units.js';

export const without = <T>(all: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key)));

interface Ahead extends Pick<Message, 'announces' | 'suspensionId' | 'urged'> {
  /** The deadlines that make the message needless once they are met. */
  deadlines?: DeadlineReference[];
  /** Of the level by whose ways it goes; the one in force where it is absent. */
  policy?: Pick<PolicyAtLevel, 'noticeWays' | 'leadNoticeWays'>;
}

export const addMessage = (
  state: EpisodeState,
  key: string,
  to: Recipient,
  seq: number,
  notBefore: Instant,
  { deadlines = [], policy = policyInForce(state), ...further }: Ahead = {},
): EpisodeState => ({
  ...state,
  messages: {
    ...state.messages,
    [key]: {
      key,
      to,
      about: [seq],
      attempt: 0,
      notBefore,
      settled: [],
      ways: policy.noticeWays,
      ...(to.kind === 'unit' ? { leadWays: policy.leadNoticeWays } : {}),
      deadlines,
      ...further,
    },
  },
});

/** A task is told of, and needs not be once it is done in its time. */
export const toldOfTask = (
  state: EpisodeState,
  unitId: string,
  seq: number,
  now: Instant,
  { taskId, dueAt }: { taskId: string; dueAt?: string },
): EpisodeState =>
  addMessage(state, `unit:${unitId}:${seq}`, { kind: 'unit', unitId }, seq, now, {
    deadlines: dueAt === undefined ? [] : [{ deadline: 'task', unitId, subject: taskId, stepsTaken: 0 }],
  });

/** No message if the unit did it itself or asked for it by phone. */
export const toldOfTaskUnlessItself = (
  state: EpisodeState,
  unitId: string,
  seq: number,
  now: Instant,
  { actor, data }: { actor: Actor; data: { taskId: string; dueAt?: string } & Through },
): EpisodeState => (actor.role === 'unit' || data.onBehalf ? state : toldOfTask(state, unitId, seq, now, data));

export function settleDelivery(
  state: EpisodeState,
  data: EntryData['notification.sent'] & Pick<EntryData['notification.failed'], 'passedOn'>,
  reached: boolean,
  now: Instant,
): EpisodeState {
  const { [data.message]: message, ...others } = state.messages;
  if (!message || data.final) return { ...state, messages: others };
  const key = `${data.contact}/${data.channel}`;
  const marked = {
    ...(reached ? { reached: true as const } : {}),
    ...(data.passedOn ? { passedOn: true as const } : {}),
    ...(data.awaitsReceipt ? awaiting(message, key, receiptsDue(state, now)) : {}),
  };
  const settled = [...message.settled, key];
  return { ...state, messages: { ...others, [message.key]: { ...message, settled, ...marked } } };
}

type Deferral = EntryData['notification.deferred']['messages'][number];

export function deferred(message: Message, { attempt, notBefore, reason, refusedSince = {} }: Deferral): Message {
  const refusals = Object.entries(refusedSince).map(([key, since]) => [key, Date.parse(since)] as const);
  return {
    ...message,
    attempt,
    notBefore: Date.parse(notBefore),
    ...(reason === SERVER_BACK ? {} : { waitsBecause: reason }),
    ...(refusals.length > 0 && { refusedSince: { ...message.refusedSince, ...Object.fromEntries(refusals) } }),
  };
}

/** Counts a delivery. One that reached a person makes the unit reachable again. */
export function countSent(
  state: EpisodeState,
  data: EntryData['notification.sent'],
  unitId: string | undefined,
  at: Instant,
): EpisodeState {
  if (unitId === undefined) return state;
  const { unreachable, ...unit } = state.units[unitId]!;
  const deliveries = { ...unit.deliveries, sent: unit.deliveries.sent + 1 };
  const counted: UnitState = isArrival(state, data)
    ? { ...unit, deliveries: { ...deliveries, reached: true } }
    : { ...unit, deliveries, ...(unreachable && { unreachable }), ...lost(state, data, state.units[unitId]!, at) };
  return { ...state, units: { ...state.units, [unitId]: counted } };
}

export function countFailed(
  state: EpisodeState,
  data: EntryData['notification.failed'],
  unitId: string | undefined,
  at: Instant,
): EpisodeState {
  if (unitId === undefined) return state;
  const { channel, reason = 'unknown' } = data;
  return changeUnit(state, unitId, (unit) => {
    const deliveries = { ...unit.deliveries, failed: unit.deliveries.failed + 1, lastFailure: { at, channel, reason } };
    return { deliveries, ...lost(state, data, { ...unit, deliveries }, at) };
  });
}

/** The message ends now, or passes on for want of a person. What then becomes of its robot says nothing new. */
const isLost = ({ message, final, passedOn }: Lost, messages: EpisodeState['messages']): boolean => {
  const before = messages[message];
  return (final || passedOn === true) && before !== undefined && !before.reached && !before.passedOn && !before.again;
};

type Lost = Pick<EntryData['notification.failed'], 'message' | 'final' | 'passedOn'>;

/**
 * A message to the whole unit that ends without a person reached makes the unit unreachable, until a later one reaches
 * somebody. One person out of reach does not.
 */
function lost(
  state: EpisodeState,
  data: Lost,
  { deliveries: { reached, lastFailure }, unreachable }: Pick<UnitState, 'deliveries' | 'unreachable'>,
  at: Instant,
): Pick<UnitState, 'unreachable'> {
  if (!isLost(data, state.messages)) return {};
  const { to } = state.messages[data.message]!;
  if (to.kind !== 'unit' || (to.whom !== undefined && reached)) return {};
  return { unreachable: { since: unreachable?.since ?? at, reason: lastFailure?.reason ?? 'no-channel' } };
}

/**
 * A body that is no unit: out of reach since a message to it ended without a person reached, until one reaches somebody. One
 * that was sent again says nothing new: it may have gone to one contact.
 */
export function bodyTold(
  state: EpisodeState,
  { to, reason = 'no-channel', ...data }: Lost & Pick<EntryData['notification.failed'], 'to' | 'reason'>,
  isReached: boolean,
  at: Instant,
): EpisodeState {
  if (to === 'unit') return state;
  const { [to]: before, ...others } = state.unreachable;
  if (isReached) return before ? { ...state, unreachable: others } : state;
  if (!isLost(data, state.messages)) return state;
  return { ...state, unreachable: { ...others, [to]: { since: before?.since ?? at, reason } } };
}

/** Acknowledged notices whose text still goes by mail: nothing chases it, and nobody of the unit has to be found. */
export const mailAlone = (messages: Record<string, Message>, keys: readonly string[]): Record<string, Message> => ({
  ...messages,
  ...Object.fromEntries(
    keys.map((key) => {
      const { leadWays, ...message } = messages[key]!;
      const narrowed = {
        ...message,
        ways: byMailAlone(message.ways),
        ...(leadWays && { leadWays: byMailAlone(leadWays) }),
        deadlines: [],
        reached: true as const,
        mailAlone: true as const,
      };
      return [key, narrowed];
    }),
  ),
});
