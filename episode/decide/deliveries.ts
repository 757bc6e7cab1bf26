/** What became of messages. A message that was not taken is due again after growing pauses, for a day. */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import type { Actor, DeliveryResult, Instant } from '../commands.js';
import { SERVER_BACK } from '../deadline-names.js';
import type { Draft, EntryData, Recipient } from '../entries.js';
import { isReviewPublished } from '../state.js';
import type { Delivery, EpisodeState } from '../state-types.js';
import { fallThrough } from './calls.js';
import { draft } from './decision.js';

/**
 * Pauses in real minutes, whatever the episode's time scale: servers recover in real time. About a day in all, and never
 * long: a message soon follows once its server is back.
 */
const PAUSES = [0.5, 1, 2, 5, 10, ...Array<number>(95).fill(15)];

type Results = Array<{ delivery: string; contacts: DeliveryResult[] }>;
type Deferred = EntryData['notification.deferred']['deliveries'][number];

export function recordDeliveries(state: EpisodeState, results: Results, actor: Actor, now: Instant): Draft[] {
  const drafts: Draft[] = [];
  const deferred: Deferred[] = [];
  const unreached: Delivery[] = [];
  for (const { delivery: key, contacts } of results) {
    const delivery = state.deliveries[key];
    if (!delivery) {
      drafts.push(...crossed(key, contacts, actor));
      continue;
    }
    const pause = isReviewPublished(state) ? undefined : PAUSES[delivery.attempt];
    const news = contacts.filter(({ contact, channel }) => !delivery.settled.includes(`${contact}/${channel}`));
    const waiting = news.find(({ outcome }) => outcome === 'deferred');
    const again = waiting !== undefined && pause !== undefined;
    const ended = again ? news.filter(({ outcome }) => outcome !== 'deferred') : news;
    // A contact that was waited for may be gone by now: the message ends all the same.
    const outcomes = ended.length > 0 || again ? ended : [GONE];
    for (const [i, outcome] of outcomes.entries()) {
      drafts.push(outcomeEntry(delivery, outcome, { final: !again && i === outcomes.length - 1 }, actor));
    }
    if (again) {
      const notBefore = beijingIso(now + pause * MINUTE * state.clock.timeScale);
      deferred.push({ delivery: key, attempt: delivery.attempt + 1, notBefore, reason: waiting.reason ?? '' });
    } else if (!delivery.reached && !outcomes.some(({ outcome }) => outcome === 'taken')) unreached.push(delivery);
  }
  const again = [...deferred, ...hastened(state, results, now)];
  if (again.length > 0) drafts.push(draft('notification.deferred', actor, { deliveries: again }));
  return [...drafts, ...fallThrough(state, unreached, drafts.length)];
}

/** A server that takes what waited for it is back: whatever else waits is tried at once. */
function hastened(state: EpisodeState, results: Results, now: Instant): Deferred[] {
  const isBack = results.some(
    ({ delivery, contacts }) =>
      (state.deliveries[delivery]?.attempt ?? 0) > 0 && contacts.some(({ outcome }) => outcome === 'taken'),
  );
  if (!isBack) return [];
  const tried = new Set(results.map(({ delivery }) => delivery));
  return Object.values(state.deliveries)
    .filter(({ key, attempt, notBefore }) => attempt > 0 && notBefore > now && !tried.has(key))
    .map(({ key, attempt }) => ({ delivery: key, attempt, notBefore: beijingIso(now), reason: SERVER_BACK }));
}

const GONE: DeliveryResult = {
  contact: 'none',
  contactHash: '',
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};

/** It was on its way when the answer came: that it arrived is true all the same. */
function crossed(key: string, contacts: DeliveryResult[], actor: Actor): Draft[] {
  const [kind, ...rest] = key.split(':') as [Recipient['kind'], ...string[]];
  const about = [Number(rest.at(-1))];
  const to = kind === 'unit' ? { kind, unitId: rest.slice(0, -1).join(':') } : { kind };
  return contacts
    .filter(({ outcome }) => outcome === 'taken')
    .map((result) => outcomeEntry({ key, about, to }, result, { final: false, crossed: true }, actor));
}

function outcomeEntry(
  delivery: Pick<Delivery, 'key' | 'about' | 'to'>,
  result: DeliveryResult,
  how: { final: boolean; crossed?: true },
  actor: Actor,
): Draft {
  const { outcome, reason, ...contact } = result;
  const data = { delivery: delivery.key, about: delivery.about, to: delivery.to.kind, ...how, ...contact };
  const options = delivery.to.kind === 'unit' ? { unitId: delivery.to.unitId } : {};
  return outcome === 'taken'
    ? draft('notification.sent', actor, data, options)
    : draft('notification.failed', actor, { ...data, reason: reason ?? 'unknown' }, options);
}
