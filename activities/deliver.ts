/** Sends the messages of a turn. The loop of the episode never waits for it (docs/design.md, "Deliveries"). */
import { Counter } from 'prom-client';
import { DISTRICT_CHAIN } from '../district/state.js';
import type { DeliveryResult, MessageResult } from '../episode/commands.js';
import type { Message } from '../episode/state-types.js';
import { readDistrict } from '../ledger/chain/district.js';
import type { Database } from '../ledger/database.js';
import {
  type Before,
  type DeliveryKey,
  markFailed,
  markLikeTaken,
  markSending,
  markTaken,
  type TakenHow,
  takenOf,
} from '../ledger/deliveries.js';
import { createLinks } from '../ledger/people/links.js';
import { findEpisode } from '../ledger/reading/reading.js';
import { together } from '../lib/batch-reads.js';
import { tellSending } from '../lib/traces.js';
import { within } from '../lib/within.js';
import type { Channel } from '../plan/types.js';
import type { DeliverInput } from '../workflows/contract.js';
import type { ChannelMessage } from './channels/channel.js';
import type { Channels } from './channels/create-channels.js';
import { type Composed, compose } from './delivery-messages.js';
import { type Attempt, type ContactWay, messageBy, NOBODY, type Together, toldTogether } from './delivery-plan.js';
import { composeOfDistrict, messagesOfDistrict, type WordsInForce } from './district-messages.js';
import type { EditionWords } from './messages/message-input.js';

/** `fault`: whose it was (episode/faults.ts), `none` if nobody's. */
const deliveries = new Counter({
  name: 'qingkong_deliveries_total',
  help: 'Answers of channels to a message: taken, failed for good, or deferred to another try or channel',
  labelNames: ['channel', 'outcome', 'fault'],
});

export interface DeliverySettings {
  database: Database;
  channels: Channels;
  publicUrl: string;
  /** The words of the edition with this hash. */
  wordsOf(editionHash: string): Promise<EditionWords>;
  /** The words of the edition in force, for what is of no episode. */
  inForce: WordsInForce;
  /** Real milliseconds since 1970. */
  clock?: () => number;
  /** Unsent messages are deferred after so many milliseconds. The whole ends within 60 s. */
  patience?: number;
}

/**
 * Writes to all contacts at once; a failure for one does not affect another. Fails only when the ledger cannot be read
 * or written, and waits for every message first, so that the next try finds each row settled.
 */
export function deliverer(settings: DeliverySettings) {
  const links = createLinks(settings.database);
  const parts = { clock: Date.now, ...settings, links };
  const composeOf = (chainId: string, messages: readonly string[]): Promise<Composed> =>
    chainId === DISTRICT_CHAIN ? composeOfDistrict(parts, messages) : compose(parts, chainId, messages);
  return async ({ episodeId, messages }: DeliverInput, cancelled: AbortSignal): Promise<MessageResult[]> => {
    const { lines, mute, wanted } = await composeOf(episodeId, messages);
    const groups = toldTogether(lines);
    const open = groups.filter((group) => !group.some(({ taken }) => taken)).flat();
    const marked = await marking(
      settings.database,
      open.flatMap(({ attempts }) => attempts[0] ?? []),
    );
    const fallBack = fallingBack(settings.database, episodeId);
    const begin: Begin = async (attempts, isFirst) => (isFirst ? marked(attempts) : fallBack(attempts));
    const ended = await within(settings.patience ?? 50_000, cancelled, (patience) =>
      everyEnd(groups.map((group) => sendBy(settings, group, begin, patience))),
    );
    return messages.map((key) => {
      const tried = ended.flat().flatMap(({ message, results }) => (message === key ? results : []));
      const deliveries = [...(mute.get(key) ?? []), ...tried];
      const isToNobody = deliveries.length === 0 && wanted.get(key)?.settled.length === 0;
      return { message: key, deliveries: isToNobody ? [NOBODY] : deliveries };
    });
  };
}

interface Ended {
  message: string;
  results: DeliveryResult[];
}

/**
 * Tries the channels of a line in order until one takes the message. A server that is away is passed over. It is tried
 * again later only if no other channel takes the message. Lines of one person have one outcome.
 */
async function sendBy(
  settings: DeliverySettings,
  lines: Together,
  begin: Begin,
  patience: AbortSignal,
): Promise<Ended[]> {
  const first = lines.find(({ taken }) => taken) ?? lines[0];
  const results: Array<Omit<DeliveryResult, 'contact' | 'contactHash'>> = [];
  const ended = (found: typeof results): Ended[] =>
    lines.map(({ message, contact, contactHash }) => {
      const sameAs = first.message === message && first.contact === contact ? {} : { sameAs: placeOf(first) };
      return { message, results: found.map((result) => ({ contact, contactHash, ...result, ...sameAs })) };
    });
  if (first.taken) {
    const { channel } = first.taken;
    const told = lines.flatMap(({ attempts }) => attempts.filter((one) => one.channel === channel));
    await markLikeTaken(settings.database, keysOf(told));
    return ended([{ outcome: 'taken', ...first.taken }]);
  }
  for (const [i, attempt] of first.attempts.entries()) {
    const attempts = lines.map((line) => line.attempts[i]!);
    const before = await begin(attempts, i === 0);
    if (before === undefined) break;
    const answer = await send(settings, { keys: keysOf(attempts), channel: attempt.channel }, before, patience, () =>
      messageBy(attempt, lines),
    );
    results.push({ channel: attempt.channel, ...answer });
    if (answer.outcome === 'taken') return ended(results.map(passedOver));
  }
  return ended(results);
}

const keysOf = (attempts: readonly Attempt[]): DeliveryKey[] => attempts.map(({ key }) => key);

const placeOf = ({ message, contact }: ContactWay): NonNullable<DeliveryResult['sameAs']> => ({ message, contact });

const passedOver = <T extends Pick<DeliveryResult, 'outcome'>>(result: T): T =>
  result.outcome === 'deferred' ? { ...result, outcome: 'failed' } : result;

/** Marks the rows of one message before it is sent. Answers their state before, or nothing if it is not wanted any more. */
type Begin = (attempts: readonly Attempt[], isFirst: boolean) => Promise<Before | undefined>;

/** The states of rows that one message stands for, the furthest first. */
const FURTHEST = ['receipted', 'taken', 'open', 'failed', 'new'] as const;

/** Marks these rows. Answers the state before of those that one message stands for: if one was taken before a crash, all were. */
async function marking(
  database: Database,
  attempts: readonly Attempt[],
): Promise<(of: readonly Attempt[]) => Before | undefined> {
  const states = await markSending(database, keysOf(attempts));
  const before = new Map(attempts.map((attempt, i) => [attempt, states[i]]));
  return (of) => FURTHEST.find((state) => of.some((attempt) => before.get(attempt) === state));
}

/**
 * Where a channel is ill, all its messages go on to their next channels at once: their rows are marked together. The answer to
 * one may have come during the try of a slow channel.
 */
function fallingBack(
  database: Database,
  episodeId: string,
): (attempts: readonly Attempt[]) => Promise<Before | undefined> {
  const mark = together(async (_, waiting: Array<readonly Attempt[]>) => {
    const messages = await messagesWaiting(database, episodeId);
    return marking(database, waiting.filter((attempts) => isWanted(messages, attempts)).flat());
  });
  return (attempts) => mark(episodeId, attempts);
}

type MessagesWaiting = Readonly<Record<string, Pick<Message, 'ways' | 'leadWays'>>>;

const messagesWaiting = async (database: Database, chainId: string): Promise<MessagesWaiting> =>
  chainId === DISTRICT_CHAIN
    ? messagesOfDistrict(await readDistrict(database))
    : ((await findEpisode(database, chainId))?.messages ?? {});

/** Meanwhile the message may have been withdrawn, or left to mail alone. */
const isWanted = (messages: MessagesWaiting, attempts: readonly Attempt[]): boolean =>
  attempts.some(({ key, channel }) => {
    const { ways = [], leadWays = [] } = messages[key.message] ?? {};
    return [...ways, ...leadWays].some((line) => line.includes(channel));
  });

/** Meanwhile, by another try of the same. */
async function howTaken(database: Database, keys: readonly DeliveryKey[]): Promise<TakenHow | undefined> {
  const [{ episodeId } = { episodeId: '' }] = keys;
  const taken = await takenOf(
    database,
    episodeId,
    keys.map(({ message }) => message),
  );
  return keys.flatMap(({ message, contact, channel }) => taken.get(message)?.get(`${contact}/${channel}`) ?? [])[0];
}

/** Channels that recognise a message by its key. By the others a person could get it any number of times. */
const KNOWS_AGAIN: ReadonlySet<Channel> = new Set(['email', 'webhook']);

/**
 * A row found open was perhaps taken before a crash or a time-out. It is sent again and marked so. A channel that does
 * not recognise messages gets it twice at most, then the next channel has its turn.
 */
async function send(
  { database, channels }: DeliverySettings,
  { keys, channel }: { keys: readonly DeliveryKey[]; channel: Channel },
  before: Before,
  patience: AbortSignal,
  write: () => ChannelMessage,
): Promise<Omit<DeliveryResult, 'contact' | 'contactHash' | 'channel'>> {
  const mark = (note: (key: DeliveryKey) => Promise<void>) => Promise.all(keys.map(note));
  if (before === 'taken' || before === 'receipted') {
    await markLikeTaken(database, keys);
    return { outcome: 'taken', ...(await howTaken(database, keys)) };
  }
  const startedAt = Date.now();
  const answer = await channels[channel]!.send(write(), patience);
  const blamedFor = answer.outcome === 'taken' ? undefined : answer.fault;
  const told = { channel, outcome: answer.outcome, fault: blamedFor ?? 'none' };
  deliveries.inc(told);
  for (const { episodeId, message } of keys) tellSending(message, startedAt, { episodeId, message, ...told });
  if (answer.outcome === 'taken') {
    const { messageId, awaitsReceipt } = answer;
    await mark((key) => markTaken(database, key, messageId, awaitsReceipt));
    return {
      outcome: 'taken',
      ...(before === 'open' ? { perhapsTwice: true } : {}),
      ...(awaitsReceipt ? { awaitsReceipt } : {}),
    };
  }
  const { outcome, reason, perhapsTaken, fault, retryAfter } = answer;
  const blamed = fault === undefined ? {} : { fault };
  if (outcome === 'deferred' && perhapsTaken && before === 'open' && !KNOWS_AGAIN.has(channel))
    return { outcome: 'failed', reason, ...blamed, perhapsTwice: true };
  const staysOpen = outcome === 'deferred' && (perhapsTaken || before === 'open');
  if (!staysOpen) await mark((key) => markFailed(database, key, reason));
  return { outcome, reason, ...blamed, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** Like `Promise.all`, but when it fails nothing is still under way. */
async function everyEnd<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
