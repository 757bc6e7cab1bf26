/** Messages that are to go out, and what became of them. */
import type { DeadlineReference, EntryData, EpisodeState, Instant, Recipient, UnitState } from '../types.js';
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

export function reachable(state: EpisodeState, unitId: string | undefined): EpisodeState {
  const { unreachable, ...unit } = state.units[unitId ?? ''] ?? {};
  return unreachable ? { ...state, units: { ...state.units, [unitId!]: unit as UnitState } } : state;
}

/** A message to a unit that ends without having reached anybody leaves it unreachable until one does. */
export function unreachable(
  state: EpisodeState,
  { delivery, final, reason = '' }: EntryData['notification.failed'],
  unitId: string | undefined,
  since: Instant,
): EpisodeState {
  const isLost = final && state.rulesVersion > 1 && !state.deliveries[delivery]?.reached;
  if (!isLost || unitId === undefined) return state;
  return changeUnit(state, unitId, () => ({ unreachable: { since, reason } }));
}
