/** Sends the messages of a turn. The loop of the episode never waits for it (docs/design.md, "Deliveries"). */
import { setMaxListeners } from 'node:events';
import type { DeliveryResult, MessageResult } from '../episode/commands.js';
import type { Database } from '../ledger/database.js';
import { type Before, type DeliveryKey, markFailed, markSending, markTaken } from '../ledger/deliveries.js';
import { createLinks } from '../ledger/people/links.js';
import { findEpisode } from '../ledger/reading/reading.js';
import type { Channel } from '../plan/types.js';
import type { DeliverInput } from '../workflows/contract.js';
import type { ChannelMessage } from './channels/channel.js';
import type { Channels } from './channels/create-channels.js';
import { compose } from './delivery-messages.js';
import { type Attempt, type ContactWay, messageBy, NOBODY, type Together, toldTogether } from './delivery-plan.js';
import type { EditionWords } from './messages/message-input.js';

export interface DeliverySettings {
  database: Database;
  channels: Channels;
  publicUrl: string;
  /** The words of the edition with this hash. */
  wordsOf(editionHash: string): Promise<EditionWords>;
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
  return async ({ episodeId, messages }: DeliverInput, cancelled: AbortSignal): Promise<MessageResult[]> => {
    const { lines, mute, wanted } = await compose({ clock: Date.now, ...settings, links }, episodeId, messages);
    const patience = AbortSignal.any([cancelled, AbortSignal.timeout(settings.patience ?? 50_000)]);
    // Each message adds a listener.
    setMaxListeners(0, patience);
    const groups = toldTogether(lines);
    const open = groups.filter((group) => !group.some(({ taken }) => taken)).flat();
    const first = open.flatMap(({ attempts }) => attempts[0] ?? []);
    const before = await markSending(
      settings.database,
      first.map(({ key }) => key),
    );
    const marked = new Map(first.map((attempt, i) => [attempt, before[i]!]));
    const ended = (await everyEnd(groups.map((group) => sendBy(settings, group, marked, patience)))).flat();
    return messages.map((key) => {
      const tried = ended.flatMap(({ message, results }) => (message === key ? results : []));
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
  marked: ReadonlyMap<Attempt, Before>,
  patience: AbortSignal,
): Promise<Ended[]> {
  const first = lines.find(({ taken }) => taken) ?? lines[0];
  const results: Array<Omit<DeliveryResult, 'contact' | 'contactHash'>> = [];
  const ended = (found: typeof results): Ended[] =>
    lines.map(({ message, contact, contactHash }) => {
      const sameAs = first.message === message && first.contact === contact ? {} : { sameAs: placeOf(first) };
      return { message, results: found.map((result) => ({ contact, contactHash, ...result, ...sameAs })) };
    });
  if (first.taken) return ended([{ outcome: 'taken', ...first.taken }]);
  for (const [i, attempt] of first.attempts.entries()) {
    const attempts = lines.map((line) => line.attempts[i]!);
    // The answer may have come during the try of a slow channel.
    if (i > 0 && !(await isWanted(settings.database, attempts))) break;
    const before = await rowsBefore(settings.database, attempts, marked);
    const keys = attempts.map(({ key }) => key);
    const answer = await send(settings, { keys, channel: attempt.channel }, before, patience, () =>
      messageBy(attempt, lines),
    );
    results.push({ channel: attempt.channel, ...answer });
    if (answer.outcome === 'taken') return ended(results.map(passedOver));
  }
  return ended(results);
}

const placeOf = ({ message, contact }: ContactWay): NonNullable<DeliveryResult['sameAs']> => ({ message, contact });

const passedOver = <T extends Pick<DeliveryResult, 'outcome'>>(result: T): T =>
  result.outcome === 'deferred' ? { ...result, outcome: 'failed' } : result;

/** Meanwhile the message may have been withdrawn, or left to mail alone. */
async function isWanted(database: Database, attempts: readonly Attempt[]): Promise<boolean> {
  const state = await findEpisode(database, attempts[0]!.key.episodeId);
  return attempts.some(({ key, channel }) => {
    const { ways = [], leadWays = [] } = state?.messages[key.message] ?? {};
    return [...ways, ...leadWays].some((line) => line.includes(channel));
  });
}

/** The states of rows that one message stands for, the furthest first. */
const FURTHEST = ['receipted', 'taken', 'open', 'failed', 'new'] as const;

/** Marks the rows of one message. If some of them were taken before a crash, all were. */
async function rowsBefore(
  database: Database,
  attempts: readonly Attempt[],
  marked: ReadonlyMap<Attempt, Before>,
): Promise<Before> {
  const known = attempts.flatMap((attempt) => marked.get(attempt) ?? []);
  const states =
    known.length === attempts.length
      ? known
      : await markSending(
          database,
          attempts.map(({ key }) => key),
        );
  return FURTHEST.find((state) => states.includes(state))!;
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
  if (before === 'taken') return { outcome: 'taken' };
  if (before === 'receipted') return { outcome: 'taken', awaitsReceipt: true };
  const answer = await channels[channel]!.send(write(), patience);
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
