/** Receipts of gateways: whether a message that they took has arrived. */
import { HOUR } from '../../plan/rules/calendar.js';
import { arrivesBy } from '../../plan/rules/ways.js';
import type { DeliveryReceipt, Instant } from '../commands.js';
import type { EntryData } from '../entries.js';
import type { EpisodeState, Message } from '../state-types.js';

/** Real hours for which a receipt is awaited, whatever the episode's time scale. Gateways give up after one to three days. */
const PATIENCE_HOURS = 24;

export const receiptsDue = ({ clock }: EpisodeState, now: Instant): Instant =>
  now + PATIENCE_HOURS * HOUR * clock.timeScale;

/** A receipt may have overtaken the outcome. */
export const awaiting = (
  { receipts, receiptsBy }: Message,
  key: string,
  until: Instant,
): Pick<Message, 'receipts' | 'receiptsBy'> => ({
  receipts: { [key]: 'awaited', ...receipts },
  receiptsBy: receiptsBy ?? until,
});

/** Whether a person, or the program of public media, has what was taken: where a receipt is awaited, not before it says so. */
export function isArrival(
  { messages }: Pick<EpisodeState, 'messages'>,
  { to, message, contact, channel, awaitsReceipt }: EntryData['notification.sent'],
): boolean {
  if (!arrivesBy(to, channel)) return false;
  return !awaitsReceipt || messages[message]?.receipts?.[`${contact}/${channel}`] === 'delivered';
}

export function countDelivered(state: EpisodeState, unitId: string | undefined): EpisodeState {
  if (unitId === undefined) return state;
  const { unreachable: _, ...unit } = state.units[unitId]!;
  const deliveries = { ...unit.deliveries, delivered: unit.deliveries.delivered + 1, reached: true as const };
  return { ...state, units: { ...state.units, [unitId]: { ...unit, deliveries } } };
}

export function countUndelivered(
  state: EpisodeState,
  { channel, reason }: EntryData['notification.undelivered'],
  unitId: string | undefined,
  at: Instant,
): EpisodeState {
  if (unitId === undefined) return state;
  const before = state.units[unitId]!;
  const { undelivered } = before.deliveries;
  const deliveries = { ...before.deliveries, undelivered: undelivered + 1, lastFailure: { at, channel, reason } };
  return { ...state, units: { ...state.units, [unitId]: { ...before, deliveries } } };
}

/** What was not delivered is due again at once, for the next channel. */
export function receipted(
  state: EpisodeState,
  { message: key, contact, channel, final }: EntryData['notification.delivered'],
  outcome: DeliveryReceipt['outcome'],
  now: Instant,
): EpisodeState {
  const { [key]: message, ...others } = state.messages;
  if (!message || final) return { ...state, messages: others };
  const receipts = { ...message.receipts, [`${contact}/${channel}`]: outcome };
  if (outcome === 'delivered')
    return { ...state, messages: { ...others, [key]: { ...message, receipts, reached: true } } };
  const { waitsBecause: _, ...waiting } = message;
  return { ...state, messages: { ...others, [key]: { ...waiting, receipts, notBefore: now } } };
}
