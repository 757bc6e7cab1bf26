/** Sends the messages of a turn. The loop of the episode never waits for it (docs/design.md, "Deliveries"). */
import { setMaxListeners } from 'node:events';
import type { DeliveryResult, MessageResult } from '../episode/commands.js';
import type { Database } from '../ledger/database.js';
import { type Before, markFailed, markSending, markTaken } from '../ledger/deliveries.js';
import { createLinks } from '../ledger/people/links.js';
import { findEpisode } from '../ledger/reading/reading.js';
import type { Channel } from '../plan/types.js';
import type { DeliverInput } from '../workflows/contract.js';
import type { Channels } from './channels/create-channels.js';
import { compose } from './delivery-messages.js';
import { type Attempt, type ContactWay, NOBODY } from './delivery-plan.js';
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
    const first = lines.flatMap(({ attempts }) => attempts[0] ?? []);
    const before = await markSending(
      settings.database,
      first.map(({ key }) => key),
    );
    const marked = new Map(first.map((attempt, i) => [attempt, before[i]!]));
    const tries = lines.map(async (line) => ({
      message: line.message,
      results: await sendBy(settings, line, marked, patience),
    }));
    const ended = await everyEnd(tries);
    return messages.map((key) => {
      const tried = ended.flatMap(({ message, results }) => (message === key ? results : []));
      const deliveries = [...(mute.get(key) ?? []), ...tried];
      const isToNobody = deliveries.length === 0 && wanted.get(key)?.settled.length === 0;
      return { message: key, deliveries: isToNobody ? [NOBODY] : deliveries };
    });
  };
}

/**
 * Tries the channels of a line in order until one takes the message. A server that is away is passed over. It is tried
 * again later only if no other channel takes the message.
 */
async function sendBy(
  settings: DeliverySettings,
  line: ContactWay,
  marked: ReadonlyMap<Attempt, Before>,
  patience: AbortSignal,
): Promise<DeliveryResult[]> {
  const results: DeliveryResult[] = [];
  const base = { contact: line.contact, contactHash: line.contactHash };
  if (line.taken) return [{ ...base, outcome: 'taken', ...line.taken }];
  for (const attempt of line.attempts) {
    const isFirst = attempt === line.attempts[0];
    // The answer may have come during the try of a slow channel.
    if (!isFirst && !(await isWanted(settings.database, attempt))) break;
    const before = marked.get(attempt) ?? (await markSending(settings.database, [attempt.key]))[0]!;
    const result = { ...base, channel: attempt.channel, ...(await send(settings, attempt, before, patience)) };
    results.push(result);
    if (result.outcome === 'taken') return results.map(passedOver);
  }
  return results;
}

const passedOver = (result: DeliveryResult): DeliveryResult =>
  result.outcome === 'deferred' ? { ...result, outcome: 'failed' } : result;

/** Meanwhile the message may have been withdrawn, or left to mail alone. */
async function isWanted(database: Database, { key, channel }: Attempt): Promise<boolean> {
  const state = await findEpisode(database, key.episodeId);
  const { ways = [], leadWays = [] } = state?.messages[key.message] ?? {};
  return [...ways, ...leadWays].some((line) => line.includes(channel));
}

/** Channels that recognise a message by its key. By the others a person could get it any number of times. */
const KNOWS_AGAIN: ReadonlySet<Channel> = new Set(['email', 'webhook']);

/**
 * A row found open was perhaps taken before a crash or a time-out. It is sent again and marked so. A channel that does
 * not recognise messages gets it twice at most, then the next channel has its turn.
 */
async function send(
  { database, channels }: DeliverySettings,
  { key, channel, message }: Attempt,
  before: Before,
  patience: AbortSignal,
): Promise<Pick<DeliveryResult, 'outcome' | 'reason' | 'perhapsTwice' | 'awaitsReceipt'>> {
  if (before === 'taken') return { outcome: 'taken' };
  if (before === 'receipted') return { outcome: 'taken', awaitsReceipt: true };
  const answer = await channels[channel]!.send(message, patience);
  if (answer.outcome === 'taken') {
    const { messageId, awaitsReceipt } = answer;
    await markTaken(database, key, messageId, awaitsReceipt);
    return {
      outcome: 'taken',
      ...(before === 'open' ? { perhapsTwice: true } : {}),
      ...(awaitsReceipt ? { awaitsReceipt } : {}),
    };
  }
  if (answer.outcome === 'deferred' && answer.perhapsTaken && before === 'open' && !KNOWS_AGAIN.has(channel))
    return { outcome: 'failed', reason: answer.reason, perhapsTwice: true };
  const staysOpen = answer.outcome === 'deferred' && (answer.perhapsTaken || before === 'open');
  if (!staysOpen) await markFailed(database, key, answer.reason);
  return { outcome: answer.outcome, reason: answer.reason };
}

/** Like `Promise.all`, but when it fails nothing is still under way. */
async function everyEnd<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
