/** Messages that are to go out, and what became of them. */
import type { Instant } from '../commands.js';
import type { EntryData, Recipient } from '../entries.js';
import type { DeadlineReference, EpisodeState } from '../state-types.js';
import { changeUnit } from './units.js';

export const without = <T>(all: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key)));

/** Since the second rules a message says which ways it may take, and which deadlines it is about. */
export const addDelivery = (
  state: EpisodeState,
  key: string,
  to: Recipient,
  seq: number,
  notBefore: Instant,
  about?: DeadlineReference[],
): EpisodeState => ({
  ...state,
  deliveries: {
    ...state.deliveries,
    [key]: {
      key,
      to,
      about: [seq],
      attempt: 0,
      notBefore,
      settled: [],
      ...(about === undefined || state.rulesVersion === 1 ? {} : { ways: state.policy.noticeWays }),
      ...(about === undefined || about.length === 0 || state.rulesVersion === 1 ? {} : { deadlines: about }),
    },
  },
});

export function settleContact(
  state: EpisodeState,
  data: EntryData['notification.sent'],
  reached: boolean,
): EpisodeState {
  const { [data.delivery]: delivery, ...others } = state.deliveries;
  if (!delivery || data.final) return { ...state, deliveries: others };
  const settled = [...delivery.settled, `${data.contact}/${data.channel}`];
  const marked = reached && state.rulesVersion > 1 ? { reached: true as const } : {};
  return { ...state, deliveries: { ...others, [delivery.key]: { ...delivery, settled, ...marked } } };
}

/** Since the second rules a unit's messages are counted; one that reaches somebody ends that it is unreachable. */
export function countSent(state: EpisodeState, unitId: string | undefined): EpisodeState {
  if (unitId === undefined || state.rulesVersion === 1) return state;
  const { unreachable: _, ...unit } = state.units[unitId]!;
  const { messages = NONE } = unit;
  const counted = { ...unit, messages: { ...messages, sent: messages.sent + 1 } };
  return { ...state, units: { ...state.units, [unitId]: counted } };
}

/** A message to all of a unit that ends without having reached anybody leaves it unreachable until one does. */
export function countFailed(
  state: EpisodeState,
  { delivery, final, channel, reason }: EntryData['notification.failed'],
  unitId: string | undefined,
  at: Instant,
): EpisodeState {
  if (unitId === undefined || state.rulesVersion === 1) return state;
  const message = state.deliveries[delivery];
  const isLost = final && message !== undefined && !message.reached;
  const isToAll = message?.to.kind === 'unit' && message.to.whom === undefined;
  const why = reason ?? 'unknown';
  return changeUnit(state, unitId, ({ messages = NONE }) => ({
    messages: { ...messages, failed: messages.failed + 1, lastFailure: { at, channel, reason: why } },
    // That one person cannot be called does not mean that nobody can.
    ...(isLost && (isToAll || messages.sent === 0) ? { unreachable: { since: at, reason: why } } : {}),
  }));
}

const NONE = { sent: 0, failed: 0 };
