/** Outcomes of messages, and the next step where they reach nobody. */
import { beijingIso } from '../../plan/rules/calendar.js';
import { arrivesBy } from '../../plan/rules/ways.js';
import type { Actor, DeliveryReceipt, DeliveryResult, Instant, MessageResult } from '../commands.js';
import { AWAITS_RECEIPT, SERVER_BACK } from '../deadline-names.js';
import type { Draft, EntryData } from '../entries.js';
import { receiptsDue } from '../folds/receipts.js';
import { readKey } from '../message-keys.js';
import { isReviewPublished } from '../state.js';
import type { EpisodeState, Message } from '../state-types.js';
import { draft } from './decision.js';
import { nextTry, placeKey, refusalsIn, waitsAmong } from './retries.js';
import { fallThrough } from './steps.js';

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
    const news = deliveries.filter((one) => !message.settled.includes(placeKey(one)) && !isIdle(message, one));
    const receipts = receiptsAfter(message, news);
    const awaits = !message.mailAlone && !isReviewPublished(state) && Object.values(receipts).includes('awaited');
    const isReached = message.reached || news.some((one) => hasArrived(message, one, receipts));
    const waits = isReviewPublished(state) ? [] : waitsAmong(message, news, now, state.clock.timeScale);
    const next = nextTry(message, waits);
    const ended = news.filter((one) => waits.every(({ of }) => of !== one));
    if (message.mailAlone && ended.length === 0 && !next) {
      drafts.push(draft('notification.withdrawn', actor, { messages: [key], reason: 'answered' }));
      continue;
    }
    const isNextToTry = ended.some((one) => one.awaitsReceipt && receipts[placeKey(one)] === 'undelivered');
    const isOpen = next !== undefined || isNextToTry || awaits;
    const isForPerson =
      isReached || awaits || isNextToTry || waits.some(({ of }) => arrivesBy(message.to.kind, of.channel));
    const passesOn = !isForPerson && !message.passedOn;
    drafts.push(...outcomeEntries(message, ended, { isOpen, passesOn }, actor));
    // What a person sends moves no chain on.
    if (passesOn && !message.again && !message.urged) unreached.push(message);
    if (isOpen) {
      const pending = { message: key, attempt: message.attempt, ...refusalsIn(message, waits) };
      if (isNextToTry) deferred.push({ ...pending, notBefore: beijingIso(now), reason: 'not-delivered' });
      else if (next) deferred.push({ ...pending, ...next });
      else {
        const notBefore = beijingIso(message.receiptsBy ?? receiptsDue(state, now));
        deferred.push({ ...pending, notBefore, reason: AWAITS_RECEIPT });
      }
    }
  }
  const again = [...deferred, ...hastened(state, results, now)];
  if (again.length > 0) drafts.push(draft('notification.deferred', actor, { messages: again }));
  return [...drafts, ...fallThrough(state, unreached, drafts.length, now)];
}

type Receipts = NonNullable<Message['receipts']>;

/** A receipt that has overtaken the outcome stands. */
const receiptsAfter = ({ receipts }: Message, news: readonly DeliveryResult[]): Receipts => ({
  ...Object.fromEntries(news.flatMap((one) => (one.awaitsReceipt ? [[placeKey(one), 'awaited' as const]] : []))),
  ...receipts,
});

const hasArrived = ({ to }: Message, one: DeliveryResult, receipts: Receipts): boolean =>
  one.outcome === 'taken' &&
  arrivesBy(to.kind, one.channel) &&
  (!one.awaitsReceipt || receipts[placeKey(one)] === 'delivered');

/** It was under way when the text was left to the mail, and came to nothing. */
const isIdle = ({ mailAlone }: Message, { channel, outcome }: DeliveryResult): boolean =>
  mailAlone === true && outcome === 'deferred' && channel !== 'email';

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

/**
 * Nothing was left to try: what was taken was not delivered, and the contact has no other channel; or the contact was
 * removed since the last try; or there is a robot alone, which is waited for.
 */
const nobody = ({ receipts }: Message, isOpen: boolean): DeliveryResult => ({
  contact: 'none',
  contactHash: '',
  channel: 'none',
  outcome: 'failed',
  reason: receipts ? 'not-delivered' : isOpen ? 'no-channel' : 'no-contact',
});

/**
 * The outcomes of a message. One that no person can get passes on to the next step, and says so with its last failure,
 * while it waits for a robot.
 */
function outcomeEntries(
  message: Message,
  ended: readonly DeliveryResult[],
  { isOpen, passesOn }: { isOpen: boolean; passesOn: boolean },
  actor: Actor,
): Draft[] {
  const isSaid = isOpen ? !passesOn || ended.some(isFailure) : ended.length > 0;
  const outcomes = isSaid ? ended : [...ended, nobody(message, isOpen)];
  const lastFailure = outcomes.findLastIndex(isFailure);
  return outcomes.map((outcome, i) => {
    const passedOn = isOpen && passesOn && i === lastFailure ? { passedOn: true as const } : {};
    return outcomeEntry(message, outcome, { final: !isOpen && i === outcomes.length - 1, ...passedOn }, actor);
  });
}

const isFailure = ({ outcome }: DeliveryResult): boolean => outcome !== 'taken';

/** Records the arrival of a message that was withdrawn while it was under way. */
const crossed = (key: string, deliveries: DeliveryResult[], actor: Actor): Draft[] =>
  deliveries
    .filter(({ outcome }) => outcome === 'taken')
    .map((result) => outcomeEntry(readKey(key), result, { final: false, crossed: true }, actor));

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
  const further = { ...message?.receipts, [placeKey({ contact, channel })]: outcome };
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
  how: { final: boolean; crossed?: true; passedOn?: true },
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
