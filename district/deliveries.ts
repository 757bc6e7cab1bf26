/** What became of the messages to owners and office. */
import type { Actor, DeliveryReceipt, DeliveryResult, Instant, MessageResult } from '../episode/commands.js';
import { nextTry, placeKey, refusalsIn, waitsAmong } from '../episode/decide/retries.js';
import { readKey } from '../episode/message-keys.js';
import type { DistrictDraft, DistrictEntryData, DistrictMessage, DistrictState } from './entries.js';

type Deferred = DistrictEntryData['notification.deferred']['messages'][number];

/**
 * A message that a server does not take for now is due again, as in an episode. What a gateway takes counts as told; whether it
 * arrived is noted when the gateway says so, and the next reminder comes in any case.
 */
export function recordDistrictDeliveries(
  state: DistrictState,
  results: readonly MessageResult[],
  actor: Actor,
  now: Instant,
): DistrictDraft[] {
  const drafts: DistrictDraft[] = [];
  const again: Deferred[] = [];
  for (const { message: key, deliveries } of results) {
    const message = state.messages[key];
    if (!message) {
      const taken = deliveries.filter(({ outcome }) => outcome === 'taken');
      drafts.push(...taken.map((one) => outcomeOf(readKey(key), one, { final: false, crossed: true }, actor)));
      continue;
    }
    const news = deliveries.filter((one) => !message.settled.includes(placeKey(one)));
    const waits = waitsAmong(message, news, now, 1);
    const next = nextTry(message, waits);
    const ended = news.filter((one) => waits.every(({ of }) => of !== one));
    const outcomes = ended.length === 0 && !next ? [NOBODY] : ended;
    drafts.push(
      ...outcomes.map((one, i) => outcomeOf(message, one, { final: !next && i === outcomes.length - 1 }, actor)),
    );
    if (next) again.push({ message: key, ...refusalsIn(message, waits), ...next });
  }
  return again.length === 0 ? drafts : [...drafts, { kind: 'notification.deferred', actor, data: { messages: again } }];
}

/** Its contacts were removed since the last try. */
const NOBODY: DeliveryResult = {
  contact: 'none',
  contactHash: '',
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};

type About = Pick<DistrictMessage, 'key' | 'about' | 'to'>;

const addressedTo = ({ to }: About, actor: Actor) => ({
  actor,
  ...(to.kind === 'unit' ? { unitId: to.unitId } : {}),
});

function outcomeOf(
  message: About,
  { outcome, reason, retryAfter: _, ...contact }: DeliveryResult,
  how: { final: boolean; crossed?: true },
  actor: Actor,
): DistrictDraft {
  const data = { message: message.key, about: message.about, to: message.to.kind, ...how, ...contact };
  const to = addressedTo(message, actor);
  return outcome === 'taken'
    ? { kind: 'notification.sent', ...to, data }
    : { kind: 'notification.failed', ...to, data: { ...data, reason: reason ?? 'unknown' } };
}

/** What a gateway says later of a message that it took. */
export function recordDistrictReceipt(
  { message: key, contact, channel, outcome, reason = 'unknown' }: DeliveryReceipt,
  actor: Actor,
): DistrictDraft[] {
  const message = readKey(key);
  const data = { message: key, about: message.about, to: message.to.kind, final: false, contact, channel };
  const to = addressedTo(message, actor);
  return outcome === 'delivered'
    ? [{ kind: 'notification.delivered', ...to, data }]
    : [{ kind: 'notification.undelivered', ...to, data: { ...data, reason } }];
}
