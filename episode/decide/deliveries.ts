/** Outcomes of messages. A message that was not taken is due again after growing pauses, for a day. */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import { reachesPerson } from '../../plan/rules/ways.js';
import type { Actor, DeliveryReceipt, DeliveryResult, Instant, MessageResult } from '../commands.js';
import { AWAITS_RECEIPT, SERVER_BACK } from '../deadline-names.js';
import type { Draft, EntryData, Recipient } from '../entries.js';
import { isOfTheWay } from '../faults.js';
import { receiptsDue } from '../folds/receipts.js';
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
    const news = deliveries.filter(({ contact, channel }) => !message.settled.includes(`${contact}/${channel}`));
    const receipts = receiptsAfter(message, news);
    const awaits = !message.mailAlone && !isReviewPublished(state) && Object.values(receipts).includes('awaited');
    const isReached = message.reached || news.some((one) => hasArrived(one, receipts));
    const waiting = news.filter((one) => one.outcome === 'deferred' && isWaitedFor(message, one, isReached || awaits));
    const next = isReviewPublished(state) ? undefined : nextTry(message, waiting);
    const again = next !== undefined;
    const ended = again ? news.filter(({ outcome }) => outcome !== 'deferred') : news;
    if (message.mailAlone && ended.length === 0 && !again) {
      drafts.push(draft('notification.withdrawn', actor, { messages: [key], reason: 'answered' }));
      continue;
    }
    const isNextToTry = ended.some((one) => one.awaitsReceipt && receipts[keyOf(one)] === 'undelivered');
    const isOpen = again || isNextToTry || awaits;
    const outcomes = ended.length > 0 || isOpen ? ended : [message.receipts ? NOTHING_LEFT : GONE];
    for (const [i, outcome] of outcomes.entries()) {
      drafts.push(outcomeEntry(message, outcome, { final: !isOpen && i === outcomes.length - 1 }, actor));
    }
    if (again) {
      const notBefore = beijingIso(now + next.pause * MINUTE * state.clock.timeScale);
      deferred.push({ message: key, attempt: next.attempt, notBefore, reason: next.reason });
    } else if (isNextToTry) {
      deferred.push({ message: key, attempt: message.attempt, notBefore: beijingIso(now), reason: 'not-delivered' });
    } else if (awaits) {
      const notBefore = beijingIso(message.receiptsBy ?? receiptsDue(state, now));
      deferred.push({ message: key, attempt: message.attempt, notBefore, reason: AWAITS_RECEIPT });
    } else if (!isReached) unreached.push(message);
  }
  const again = [...deferred, ...hastened(state, results, now)];
  if (again.length > 0) drafts.push(draft('notification.deferred', actor, { messages: again }));
  return [...drafts, ...fallThrough(state, unreached, drafts.length, now)];
}

/**
 * A message that its recipient does not get for now is tried for about a day. One whose way out is ill waits for the way, as
 * long as it is of use: nothing is lost to a wrong password.
 */
function nextTry(
  { attempt }: Message,
  waiting: readonly DeliveryResult[],
): { pause: number; attempt: number; reason: string } | undefined {
  const tries = waiting.flatMap(({ fault, retryAfter, reason = '' }) => {
    if (isOfTheWay(fault)) return [{ pause: (retryAfter ?? 60) / 60, attempt: Math.max(1, attempt), reason }];
    const pause = PAUSES[attempt];
    return pause === undefined ? [] : [{ pause, attempt: attempt + 1, reason }];
  });
  return tries.sort((one, other) => one.pause - other.pause)[0];
}

const keyOf = ({ contact, channel }: Pick<DeliveryResult, 'contact' | 'channel'>): string => `${contact}/${channel}`;

type Receipts = NonNullable<Message['receipts']>;

/** A receipt that has overtaken the outcome stands. */
const receiptsAfter = ({ receipts }: Message, news: readonly DeliveryResult[]): Receipts => ({
  ...Object.fromEntries(news.flatMap((one) => (one.awaitsReceipt ? [[keyOf(one), 'awaited' as const]] : []))),
  ...receipts,
});

const hasArrived = (one: DeliveryResult, receipts: Receipts): boolean =>
  one.outcome === 'taken' && reachesPerson(one.channel) && (!one.awaitsReceipt || receipts[keyOf(one)] === 'delivered');

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
    .filter(
      ({ key, attempt, notBefore, waitsBecause }) =>
        attempt > 0 && notBefore > now && waitsBecause !== AWAITS_RECEIPT && !tried.has(key),
    )
    .map(({ key, attempt }) => ({ message: key, attempt, notBefore: beijingIso(now), reason: SERVER_BACK }));
}

/** The contact may have been removed since the last try: then the message ends as failed. */
const GONE: DeliveryResult = {
  contact: 'none',
  contactHash: '',
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};

/** What was taken was not delivered, and the contact has no other channel. The office need not look for a missing number. */
const NOTHING_LEFT: DeliveryResult = { ...GONE, reason: 'not-delivered' };

/** Records the arrival of a message that was withdrawn while it was under way. */
const crossed = (key: string, deliveries: DeliveryResult[], actor: Actor): Draft[] =>
  deliveries
    .filter(({ outcome }) => outcome === 'taken')
    .map((result) => outcomeEntry(readKey(key), result, { final: false, crossed: true }, actor));

/** A message that has ended, as its key tells. */
function readKey(key: string): Pick<Message, 'key' | 'about' | 'to'> {
  const [kind, ...rest] = key.split(':') as [Recipient['kind'], ...string[]];
  const to = kind === 'unit' ? { kind, unitId: rest.slice(0, -1).join(':') } : ({ kind } as Recipient);
  return { key, about: [Number(rest.at(-1))], to };
}

/**
 * What the gateway says of a message that it took. Delivered, it ends the message when nothing else is to come. Not
 * delivered, the message is due at once for the contact's next channel; without one, the next step is taken as for any
 * message that reached nobody. A receipt of a message that has ended is recorded.
 */
export function recordReceipt(
  state: EpisodeState,
  { message: key, contact, channel, outcome, reason = 'unknown' }: DeliveryReceipt,
  actor: Actor,
): Draft[] {
  const message = state.messages[key];
  const { about, to } = message ?? readKey(key);
  const further = { ...message?.receipts, [keyOf({ contact, channel })]: outcome };
  const isLast = message?.waitsBecause === AWAITS_RECEIPT && !Object.values(further).includes('awaited');
  const data = { message: key, about, to: to.kind, final: isLast && outcome === 'delivered', contact, channel };
  const options = to.kind === 'unit' ? { unitId: to.unitId } : {};
  return outcome === 'delivered'
    ? [draft('notification.delivered', actor, data, options)]
    : [draft('notification.undelivered', actor, { ...data, reason }, options)];
}

function outcomeEntry(
  message: Pick<Message, 'key' | 'about' | 'to' | 'mailAlone'>,
  result: DeliveryResult,
  how: { final: boolean; crossed?: true },
  actor: Actor,
): Draft {
  const { outcome, reason, retryAfter: _, ...contact } = result;
  const crossed = message.mailAlone && contact.channel !== 'email' ? { crossed: true as const } : {};
  const data = { message: message.key, about: message.about, to: message.to.kind, ...how, ...crossed, ...contact };
  const options = message.to.kind === 'unit' ? { unitId: message.to.unitId } : {};
  return outcome === 'taken'
    ? draft('notification.sent', actor, data, options)
    : draft('notification.failed', actor, { ...data, reason: reason ?? 'unknown' }, options);
}
