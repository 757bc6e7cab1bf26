/** Outcomes of messages. A message that was not taken is due again after growing pauses, for a day. */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import { reachesPerson } from '../../plan/rules/ways.js';
import type { Actor, DeliveryResult, Instant, MessageResult } from '../commands.js';
import { SERVER_BACK } from '../deadline-names.js';
import type { Draft, EntryData, Recipient } from '../entries.js';
import { isReviewPublished } from '../state.js';
import type { EpisodeState, Message } from '../state-types.js';
import { draft } from './decision.js';
import { fallThrough } from './steps.js';

/**
 * Pauses in real minutes, whatever the episode's time scale: servers recover in real time. About a day in all, and never
 * long: a message soon follows once its server is back.
 */
const PAUSES = [0.5, 1, 2, 5, 10, ...Array<number>(95).fill(15)];

type Deferred = EntryData['notification.deferred']['messages'][number];

export function recordDeliveries(state: EpisodeState, results: MessageResult[], actor: Actor, now: Instant): Draft[] {
  const drafts: Draft[] = [];
  const deferred: Deferred[] = [];
  const unreached: Message[] = [];
  for (const { message: key, deliveries } of results) {
    const message = state.messages[key];
    if (!message) {
      drafts.push(...crossed(key, deliveries, actor));
      continue;
    }
    const pause = isReviewPublished(state) ? undefined : PAUSES[message.attempt];
    const news = deliveries.filter(({ contact, channel }) => !message.settled.includes(`${contact}/${channel}`));
    const isReached = message.reached || news.some(reachesSomebody);
    const waiting = news.find((one) => one.outcome === 'deferred' && isWaitedFor(message, one, isReached));
    const again = waiting !== undefined && pause !== undefined;
    const ended = again ? news.filter(({ outcome }) => outcome !== 'deferred') : news;
    if (message.mailAlone && ended.length === 0 && !again) {
      drafts.push(draft('notification.withdrawn', actor, { messages: [key], reason: 'answered' }));
      continue;
    }
    // The contact may have been removed since the last try: then the message ends as failed.
    const outcomes = ended.length > 0 || again ? ended : [GONE];
    for (const [i, outcome] of outcomes.entries()) {
      drafts.push(outcomeEntry(message, outcome, { final: !again && i === outcomes.length - 1 }, actor));
    }
    if (again) {
      const notBefore = beijingIso(now + pause * MINUTE * state.clock.timeScale);
      deferred.push({ message: key, attempt: message.attempt + 1, notBefore, reason: waiting.reason ?? '' });
    } else if (!isReached) unreached.push(message);
  }
  const again = [...deferred, ...hastened(state, results, now)];
  if (again.length > 0) drafts.push(draft('notification.deferred', actor, { messages: again }));
  return [...drafts, ...fallThrough(state, unreached, drafts.length, now)];
}

const reachesSomebody = ({ outcome, channel }: DeliveryResult): boolean =>
  outcome === 'taken' && reachesPerson(channel);

/** The next step does not wait for a robot that is away. */
const isWaitedFor = ({ mailAlone }: Message, { channel }: DeliveryResult, isReached = false): boolean =>
  mailAlone ? channel === 'email' : isReached || reachesPerson(channel);

/** A server that takes a waiting message is back, so all other waiting messages are tried at once. */
function hastened(state: EpisodeState, results: MessageResult[], now: Instant): Deferred[] {
  const isBack = results.some(
    ({ message, deliveries }) =>
      (state.messages[message]?.attempt ?? 0) > 0 && deliveries.some(({ outcome }) => outcome === 'taken'),
  );
  if (!isBack) return [];
  const tried = new Set(results.map(({ message }) => message));
  return Object.values(state.messages)
    .filter(({ key, attempt, notBefore }) => attempt > 0 && notBefore > now && !tried.has(key))
    .map(({ key, attempt }) => ({ message: key, attempt, notBefore: beijingIso(now), reason: SERVER_BACK }));
}

const GONE: DeliveryResult = {
  contact: 'none',
  contactHash: '',
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};

/** Records the arrival of a message that was withdrawn while it was under way. */
function crossed(key: string, deliveries: DeliveryResult[], actor: Actor): Draft[] {
  const [kind, ...rest] = key.split(':') as [Recipient['kind'], ...string[]];
  const about: Message['about'] = [Number(rest.at(-1))];
  const to = kind === 'unit' ? { kind, unitId: rest.slice(0, -1).join(':') } : { kind };
  return deliveries
    .filter(({ outcome }) => outcome === 'taken')
    .map((result) => outcomeEntry({ key, about, to }, result, { final: false, crossed: true }, actor));
}

function outcomeEntry(
  message: Pick<Message, 'key' | 'about' | 'to' | 'mailAlone'>,
  result: DeliveryResult,
  how: { final: boolean; crossed?: true },
  actor: Actor,
): Draft {
  const { outcome, reason, ...contact } = result;
  const crossed = message.mailAlone && contact.channel !== 'email' ? { crossed: true as const } : {};
  const data = { message: message.key, about: message.about, to: message.to.kind, ...how, ...crossed, ...contact };
  const options = message.to.kind === 'unit' ? { unitId: message.to.unitId } : {};
  return outcome === 'taken'
    ? draft('notification.sent', actor, data, options)
    : draft('notification.failed', actor, { ...data, reason: reason ?? 'unknown' }, options);
}
