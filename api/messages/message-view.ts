/** A message as the office sees it: what became of it, why, and what to do next. Pure. */
import type { Entry } from '../../episode/entries.js';
import { readKey } from '../../episode/message-keys.js';
import { nameOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { ListedMessage } from '../../ledger/reading/messages.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { failureInWords, MESSAGE_IN_WORDS, WITHDRAWN_IN_WORDS } from '../../plan/wording/delivery-failures.js';

export interface DeliveryView {
  contactId: string;
  name?: string;
  channel: string;
  state: 'taken' | 'delivered' | 'undelivered' | 'failed';
  at: string;
  seq: number;
  reason?: string;
  detail: string;
  perhapsTwice?: true;
}

export interface Names {
  /** Of units and bodies. */
  holder(holder: string): string;
  /** Of a contact, while he is in the list. */
  contact(holder: string, contactId: string): string | undefined;
}

type Resent = Extract<Entry, { kind: 'message.resent' }>;

const resentIn = ({ entries: [first] }: ListedMessage): Resent | undefined =>
  first.kind === 'message.resent' ? first : undefined;

/** The entries that messages which were sent again report: they are told by others. */
export const reportedBy = (messages: readonly ListedMessage[]): number[] =>
  messages.flatMap((one) => resentIn(one)?.data.about[0] ?? []);

export function messageView(
  state: EpisodeState,
  listed: ListedMessage,
  reported: ReadonlyMap<number, Entry>,
  names: Names,
) {
  const { message: messageId, state: standing, entries } = listed;
  const resent = resentIn(listed);
  const [first] = entries;
  const about = (resent && reported.get(resent.data.about[0]!)) ?? first;
  const { to } = readKey(messageId);
  const holder = to.kind === 'unit' ? to.unitId : to.kind;
  const waiting = state.messages[messageId];
  const deliveries = deliveriesOf(entries, holder, names);
  const how = howItStands(listed, deliveries, waiting?.waitsBecause);
  const again = state.resent[messageId];
  const { contact, resends } = resent?.data ?? {};
  return {
    messageId,
    about: { seq: about.seq, kind: about.kind, at: about.episodeTime },
    to: {
      ...to,
      name: to.kind === 'unit' ? nameOf(state, to.unitId) : names.holder(to.kind),
      ...whomIn(first),
      ...(contact === undefined ? {} : { contactId: contact }),
    },
    state: standing,
    ...how,
    ...(waiting && {
      attempts: waiting.attempt,
      ...(waiting.attempt > 0 ? { nextTryAt: beijingIso(waiting.notBefore) } : {}),
    }),
    ...(resends === undefined ? {} : { resends }),
    ...(again === undefined ? {} : { resent: again }),
    deliveries,
  };
}

function whomIn({ kind, data }: Entry): { whom?: 'duty' | 'lead' } {
  if (kind === 'message.resent') return data.whom ? { whom: data.whom } : {};
  if (kind !== 'deadline.reminded' && kind !== 'deadline.escalated') return {};
  return data.to === 'duty' || data.to === 'lead' ? { whom: data.to } : {};
}

/** The last word on each contact and channel. A receipt follows what was taken. */
function deliveriesOf(entries: readonly Entry[], holder: string, names: Names): DeliveryView[] {
  const deliveries = new Map<string, DeliveryView>();
  for (const entry of entries) {
    const told = toldIn(entry);
    if (!told) continue;
    const key = `${told.contactId}/${told.channel}`;
    const name = names.contact(holder, told.contactId);
    const { perhapsTwice } = deliveries.get(key) ?? {};
    const { seq, episodeTime: at } = entry;
    deliveries.set(key, { ...(perhapsTwice && { perhapsTwice }), ...told, ...(name && { name }), at, seq });
  }
  return [...deliveries.values()];
}

function toldIn({ kind, data }: Entry): Omit<DeliveryView, 'at' | 'seq'> | undefined {
  switch (kind) {
    case 'notification.sent': {
      const detail = data.awaitsReceipt ? failureInWords({ reason: 'awaits-receipt' }).detail : MESSAGE_IN_WORDS.taken;
      const twice = data.perhapsTwice ? { perhapsTwice: true as const } : {};
      return { contactId: data.contact, channel: data.channel, state: 'taken', detail, ...twice };
    }
    case 'notification.failed': {
      const { contact, channel, reason = 'unknown', fault } = data;
      const { detail } = failureInWords({ reason, ...(fault && { fault }) });
      return { contactId: contact, channel, state: 'failed', reason, detail };
    }
    case 'notification.delivered':
      return { contactId: data.contact, channel: data.channel, state: 'delivered', detail: MESSAGE_IN_WORDS.delivered };
    case 'notification.undelivered': {
      const { contact, channel, reason } = data;
      const detail = `${failureInWords({ reason: 'not-delivered' }).detail}（${reason}）`;
      return { contactId: contact, channel, state: 'undelivered', reason, detail };
    }
    default:
      return undefined;
  }
}

function howItStands(
  { state, entries }: ListedMessage,
  deliveries: readonly DeliveryView[],
  waitsBecause: string | undefined,
): { reason?: string; detail: string; next?: string } {
  const failed = entries.findLast((entry) => entry.kind === 'notification.failed');
  if (state === 'waiting') {
    if (waitsBecause === undefined) return { detail: MESSAGE_IN_WORDS.underWay };
    const { detail, next } = failureInWords({ reason: waitsBecause });
    return { reason: waitsBecause, detail: MESSAGE_IN_WORDS.waits(detail), next };
  }
  if (state === 'reached') {
    const at = deliveries.findLast(({ state: one }) => one !== 'failed' && one !== 'undelivered')?.at;
    return { detail: MESSAGE_IN_WORDS.reached(at) };
  }
  if (state === 'failed') {
    const undelivered = deliveries.some((one) => one.state === 'undelivered');
    const { reason = 'not-delivered', fault } = failed?.data ?? {};
    const words = failureInWords(undelivered ? { reason: 'not-delivered' } : { reason, ...(fault && { fault }) });
    return {
      reason: undelivered ? 'not-delivered' : reason,
      detail: MESSAGE_IN_WORDS.failed(words.detail),
      next: words.next,
    };
  }
  const withdrawn = entries.findLast((entry) => entry.kind === 'notification.withdrawn');
  const { reason = 'ended' } = withdrawn?.data ?? {};
  return { reason, detail: WITHDRAWN_IN_WORDS[reason] };
}
