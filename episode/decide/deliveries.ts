/** What became of messages. A message that was not taken is due again after growing pauses, for a day. */
import { beijingIso, MINUTE } from '../../plan/calendar.js';
import { isReviewPublished } from '../state.js';
import type { Actor, Delivery, DeliveryResult, Draft, EntryData, EpisodeState, Instant } from '../types.js';
import { draft } from './decision.js';

/** Pauses in real minutes, whatever the episode's time scale: mail servers recover in real time. About a day in all. */
const PAUSES = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 120, 240, 240, 300, 300];

type Results = Array<{ delivery: string; contacts: DeliveryResult[] }>;
type Deferred = EntryData['notification.deferred']['deliveries'][number];

export function recordDeliveries(state: EpisodeState, results: Results, actor: Actor, now: Instant): Draft[] {
  const drafts: Draft[] = [];
  const deferred: Deferred[] = [];
  for (const { delivery: key, contacts } of results) {
    const delivery = state.deliveries[key];
    if (!delivery) continue;
    const pause = isReviewPublished(state) ? undefined : PAUSES[delivery.attempt];
    const news = contacts.filter(({ contact, channel }) => !delivery.settled.includes(`${contact}/${channel}`));
    const waiting = news.find(({ outcome }) => outcome === 'deferred');
    const again = waiting !== undefined && pause !== undefined;
    const ended = again ? news.filter(({ outcome }) => outcome !== 'deferred') : news;
    // A contact that was waited for may be gone by now: the message ends all the same.
    const outcomes = ended.length > 0 || again ? ended : [GONE];
    for (const [i, outcome] of outcomes.entries()) {
      drafts.push(outcomeEntry(delivery, outcome, !again && i === outcomes.length - 1, actor));
    }
    if (again) {
      const notBefore = beijingIso(now + pause * MINUTE * state.clock.timeScale);
      deferred.push({ delivery: key, attempt: delivery.attempt + 1, notBefore, reason: waiting.reason ?? '' });
    }
  }
  if (deferred.length > 0) drafts.push(draft('notification.deferred', actor, { deliveries: deferred }));
  return drafts;
}

const GONE: DeliveryResult = {
  contact: 'none',
  contactHash: '',
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};

function outcomeEntry(delivery: Delivery, result: DeliveryResult, final: boolean, actor: Actor): Draft {
  const { outcome, reason, ...contact } = result;
  const data = { delivery: delivery.key, about: delivery.about, to: delivery.to.kind, final, ...contact };
  const options = delivery.to.kind === 'unit' ? { unitId: delivery.to.unitId } : {};
  return outcome === 'taken'
    ? draft('notification.sent', actor, data, options)
    : draft('notification.failed', actor, { ...data, reason: reason ?? 'unknown' }, options);
}
