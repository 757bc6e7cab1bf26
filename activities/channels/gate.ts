/**
 * The gate in front of a way out: it holds the queue, the urgent first, and lets through what the other side bears. A way
 * that is ill is tried by one message at a time, after growing pauses; once it takes one it gets more and more at once
 * (docs/decisions/0029-channel-health.md). The rules are in gate-rules.ts.
 */
import type { Logger } from 'pino';
import { isOfTheWay } from '../../episode/faults.js';
import { illnesses, mayTry, noteRecovery, noteRefusal } from '../../ledger/channel-health.js';
import { noteTaken } from '../../ledger/channels.js';
import type { Database } from '../../ledger/database.js';
import { type ChannelAnswer, type ChannelMessage, type ChannelSender, GIVEN_UP, refusedFor } from './channel.js';
import {
  afterAnswer,
  afterLearning,
  afterSending,
  DRILLS_AFTER,
  leadOf,
  mostNow,
  pauseAfter,
  SECOND,
  UNTRIED,
  type WayState,
} from './gate-rules.js';

export interface GateSettings {
  database: Database;
  log?: Logger;
  /** Real milliseconds since 1970. */
  clock(): number;
}

/** Other workers are asked so often how a way is that was well. */
const KNOWN_FOR = SECOND;

const NOTED_EVERY = 60 * SECOND;

interface Waiting {
  message: ChannelMessage;
  signal: AbortSignal;
  answer(answer: ChannelAnswer | Promise<ChannelAnswer>): void;
}

type Ill = NonNullable<WayState['illness']>;

/** `name` is that of the way in the record of health. `doubtOf`: whom a refusal may be about that does not say so. */
export function gated(
  sender: ChannelSender,
  name: string,
  doubtOf: (message: ChannelMessage) => string,
  { database, log, clock }: GateSettings,
): ChannelSender {
  const queue: Waiting[] = [];
  let way = UNTRIED;
  let underWay = 0;
  let isOpening = false;
  let knownAt = Number.NEGATIVE_INFINITY;
  let takenAt = Number.NEGATIVE_INFINITY;
  /** What was found last is in the record. */
  let noted: Promise<unknown> = Promise.resolve();

  /** One after the other, so that each sees what the one before found. */
  async function pump(): Promise<void> {
    if (isOpening) return;
    isOpening = true;
    try {
      await open();
    } catch (error) {
      for (const one of queue.splice(0)) one.answer(Promise.reject(error));
    } finally {
      isOpening = false;
    }
    // One may have come since.
    if (queue.length > 0 && underWay < mostNow(way)) void pump();
  }

  async function open(): Promise<void> {
    while (queue.length > 0 && underWay < mostNow(way)) {
      if (!way.triesAnother) await learnIfOld();
      if (queue.length === 0) return;
      if (way.illness && !way.triesAnother && !(await mayGo(queue[0]!, way.illness))) return close();
      // A message that is refused for itself must not keep all others waiting.
      const isSame = way.illness && queue[0]?.message.key === way.lastKey;
      const [next] = queue.splice(isSame && queue.length > 1 ? 1 : 0, 1);
      next?.answer(send(next).finally(() => void pump()));
    }
  }

  async function learnIfOld(): Promise<void> {
    const age = clock() - knownAt;
    if (way.illness || (underWay === 0 && (age >= KNOWN_FOR || age < 0))) await learn();
  }

  async function learn(): Promise<void> {
    knownAt = clock();
    await noted;
    const found = await illnesses(database);
    way = afterLearning(
      way,
      found.find((one) => one.way === name && one.wellSince === null),
    );
  }

  /** Whether a message may try a way that is ill. */
  async function mayGo({ message }: Waiting, illness: Ill): Promise<boolean> {
    const now = clock();
    const from = now + leadOf(illness, message);
    if (illness.nextTryAt > from) return false;
    if (await mayTry(database, name, from, now + pauseAfter(illness))) return true;
    // Another worker tries it, or has found it well.
    await learn();
    return way.illness === undefined;
  }

  /** Each that waits is told when to come again. */
  function close(): void {
    const { fault, reason, nextTryAt } = way.illness!;
    for (const { message, answer } of queue.splice(0)) {
      const retryAfter = secondsUntil(nextTryAt + (message.drill ? DRILLS_AFTER : 0), clock());
      answer(refusedFor(fault, `channel-ill: ${reason}`, { retryAfter }));
    }
  }

  async function send({ message, signal }: Waiting): Promise<ChannelAnswer> {
    way = afterSending(way, message.key);
    const place = way.sent;
    underWay += 1;
    let answer: ChannelAnswer;
    try {
      answer = await sender.send(message, signal);
    } finally {
      underWay -= 1;
    }
    const before = way;
    const now = clock();
    way = afterAnswer(before, { answer, place, about: doubtOf(message), now });
    if (answer.outcome === 'taken') noteSuccess(now);
    if (way.illness !== before.illness) await note(before.illness, now);
    return way.illness ? comingAgain(answer, way.illness, clock()) : answer;
  }

  /** Once a minute is enough for whoever looks at the channels. */
  function noteSuccess(now: number): void {
    if (now - takenAt < NOTED_EVERY) return;
    takenAt = now;
    noteTaken(database, name, now).catch((error: unknown) =>
      log?.warn({ way: name, reason: String(error) }, 'could not note that a channel takes messages'),
    );
  }

  async function note(before: Ill | undefined, now: number): Promise<void> {
    const { illness } = way;
    if (illness && !before)
      log?.error({ way: name, fault: illness.fault, reason: illness.reason }, 'a channel is ill: its messages wait');
    if (before && !illness)
      log?.info({ way: name, since: new Date(before.since).toISOString() }, 'a channel takes messages again');
    const noting = illness ? noteRefusal(database, { way: name, ...illness }, now) : noteRecovery(database, name, now);
    // What became of a message does not depend on it.
    noted = noting.catch((error: unknown) =>
      log?.warn({ way: name, reason: String(error) }, 'could not note how a channel is'),
    );
    await noted;
  }

  return {
    send: (message, signal) =>
      new Promise((answer) => {
        if (signal.aborted) return answer(GIVEN_UP);
        const one: Waiting = { message, signal, answer };
        insert(queue, one);
        const giveUp = () => {
          const place = queue.indexOf(one);
          if (place < 0) return;
          queue.splice(place, 1);
          answer(GIVEN_UP);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        void pump();
      }),
  };
}

/** A refusal while the way is ill waits for the way, unless it is for the message itself. */
const comingAgain = (answer: ChannelAnswer, { fault, nextTryAt }: Ill, now: number): ChannelAnswer =>
  answer.outcome !== 'taken' && (isOfTheWay(answer.fault) || answer.fault === 'unclear')
    ? { ...answer, fault, retryAfter: secondsUntil(nextTryAt, now) }
    : answer;

const secondsUntil = (moment: number, now: number): number => Math.max(1, Math.ceil((moment - now) / SECOND));

/** Real episodes before drills, the urgent first, in the order of arrival. */
const rankOf = ({ message: { drill, urgency = 0 } }: Waiting): number => (drill ? 10 : 0) + urgency;

function insert(queue: Waiting[], one: Waiting): void {
  const place = queue.findIndex((other) => rankOf(other) > rankOf(one));
  queue.splice(place < 0 ? queue.length : place, 0, one);
}
