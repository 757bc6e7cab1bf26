/** Messages that are to go out, and their outcomes. */
import type { Ways } from '../../plan/types.js';
import type { Instant } from '../commands.js';
import type { EntryData, Recipient } from '../entries.js';
import { policyInForce } from '../policy.js';
import type { DeadlineReference, EpisodeState } from '../state-types.js';
import { changeUnit } from './units.js';

export const without = <T>(all: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key)));

/** `about`: the deadlines that make the message needless once they are met. */
export const addMessage = (
  state: EpisodeState,
  key: string,
  to: Recipient,
  seq: number,
  notBefore: Instant,
  about: DeadlineReference[] = [],
  ways: Ways = policyInForce(state).noticeWays,
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
      ways,
      deadlines: about,
    },
  },
});

export function settleDelivery(
  state: EpisodeState,
  data: EntryData['notification.sent'],
  reached: boolean,
): EpisodeState {
  const { [data.message]: message, ...others } = state.messages;
  if (!message || data.final) return { ...state, messages: others };
  const settled = [...message.settled, `${data.contact}/${data.channel}`];
  const marked = reached ? { reached: true as const } : {};
  return { ...state, messages: { ...others, [message.key]: { ...message, settled, ...marked } } };
}

/** Counts a delivery that reached somebody: the unit is reachable again. */
export function countSent(state: EpisodeState, unitId: string | undefined): EpisodeState {
  if (unitId === undefined) return state;
  const { unreachable: _, ...unit } = state.units[unitId]!;
  const counted = { ...unit, deliveries: { ...unit.deliveries, sent: unit.deliveries.sent + 1 } };
  return { ...state, units: { ...state.units, [unitId]: counted } };
}

/** A message to the whole unit that reaches nobody makes the unit unreachable, until a later one arrives. */
export function countFailed(
  state: EpisodeState,
  { message: key, final, channel, reason }: EntryData['notification.failed'],
  unitId: string | undefined,
  at: Instant,
): EpisodeState {
  if (unitId === undefined) return state;
  const message = state.messages[key];
  const isLost = final && message !== undefined && !message.reached;
  const isToAll = message?.to.kind === 'unit' && message.to.whom === undefined;
  const why = reason ?? 'unknown';
  return changeUnit(state, unitId, ({ deliveries }) => ({
    deliveries: { ...deliveries, failed: deliveries.failed + 1, lastFailure: { at, channel, reason: why } },
    // One person out of reach does not make the unit unreachable.
    ...(isLost && (isToAll || deliveries.sent === 0) ? { unreachable: { since: at, reason: why } } : {}),
  }));
}
