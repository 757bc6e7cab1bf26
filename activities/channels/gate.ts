/**
 * The gate in front of a way out: it holds the queue, the urgent first, and lets through what the other side bears. A way
 * that is ill is tried by one message at a time, after growing pauses; once it takes one it gets more and more at once
 * (docs/decisions/0029-channel-health.md).
 */
import type { Logger } from 'pino';
import { isOfTheWay } from '../../episode/faults.js';
import { type Illness, illnesses, mayTry, noteRecovery, noteRefusal } from '../../ledger/channel-health.js';
import type { Database } from '../../ledger/database.js';
import type { WayFault } from '../../plan/types.js';
import { type ChannelAnswer, type ChannelMessage, type ChannelSender, refusedFor } from './channel.js';

export interface GateSettings {
  database: Database;
  log?: Logger;
  /** Real milliseconds since 1970. */
  clock(): number;
}

/** At once to one way: as many as the pool of connections to a mail server has. */
const MOST_AT_ONCE = 8;
const ONE_MORE_AFTER = 16;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Pauses between tries of a way that is ill. The last one repeats. */
const PAUSES: Record<WayFault, readonly number[]> = {
  // Each try with a wrong password brings the account nearer to being locked.
  account: [0.5, 1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE),
  policy: [0.25, 0.5, 1, 2].map((minutes) => minutes * MINUTE),
  server: [0.25, 0.5, 1, 2, 5, 5, 5, 10, 15].map((minutes) => minutes * MINUTE),
};
/** A new message may try a way that is ill so soon after the last try, however long the pause has grown. */
const NEW_MAY_TRY_AFTER = 30 * SECOND;
/** Drills leave the first try to real episodes. */
const DRILLS_AFTER = 10 * SECOND;
/** Other workers are asked so often how a way is. */
const KNOWN_FOR = SECOND;

interface Waiting {
  message: ChannelMessage;
  signal: AbortSignal;
  answer(answer: ChannelAnswer | Promise<ChannelAnswer>): void;
}

/** `way` names it in the record of health. `doubtOf`: whom a refusal may be about that does not say whose fault it is. */
export function gated(
  sender: ChannelSender,
  way: string,
  doubtOf: (message: ChannelMessage) => string,
  { database, log, clock }: GateSettings,
): ChannelSender {
  const queue: Waiting[] = [];
  let underWay = 0;
  let width = MOST_AT_ONCE;
  /** The other side may bear fewer at once: it has half as many after each refusal, and slowly more again. */
  let most = MOST_AT_ONCE;
  let takenInARow = 0;
  let doubt: string | undefined;
  let illness: Illness | undefined;
  /** Answers to what was sent before say nothing of how the way is now. */
  let changedAt = 0;
  let sentSoFar = 0;
  let knownAt = Number.NEGATIVE_INFINITY;
  let isOpening = false;
  /** What was found last is in the record. */
  let noted: Promise<unknown> = Promise.resolve();
  /** The last try said nothing of the way: another message may say more. */
  let tryAnother = false;
  let lastTried: string | undefined;

  const closed = ({ fault, reason, nextTryAt }: Illness, { drill }: ChannelMessage): ChannelAnswer =>
    refusedFor(fault, `channel-ill: ${reason}`, {
      retryAfter: secondsUntil(nextTryAt + (drill ? DRILLS_AFTER : 0), clock()),
    });

  async function learn(afresh = false): Promise<void> {
    const now = clock();
    if (!afresh && now - knownAt < KNOWN_FOR && now >= knownAt) return;
    knownAt = now;
    await noted;
    const found = (await illnesses(database)).find((one) => one.way === way && one.wellSince === null);
    if (found && !illness) changedAt = sentSoFar;
    if (!found && illness) width = 1;
    illness = found;
  }

  /** Whether the first message of the queue may try a way that is ill. */
  async function maySend({ message }: Waiting): Promise<boolean> {
    if (tryAnother) {
      tryAnother = false;
      return true;
    }
    await learn(true);
    if (!illness) return true;
    const ill = illness;
    const now = clock();
    const early = message.isNew && !message.drill ? pauseOf(ill.fault, ill.failures) - NEW_MAY_TRY_AFTER : 0;
    const from = now + Math.max(0, early) - (message.drill ? DRILLS_AFTER : 0);
    if (ill.nextTryAt > from) return false;
    if (await mayTry(database, way, from, now + pauseOf(ill.fault, ill.failures))) return true;
    // Another worker tries it, or has found it well.
    await learn(true);
    return illness === undefined;
  }

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
    if (queue.length > 0 && underWay < limit()) void pump();
  }
  const limit = () => (illness || doubt !== undefined ? 1 : width);

  async function open(): Promise<void> {
    while (queue.length > 0 && underWay < limit()) {
      if (underWay === 0) await learn();
      if (queue.length === 0) return;
      if (illness && !(await maySend(queue[0]!))) {
        const ill = illness;
        for (const one of queue.splice(0)) one.answer(closed(ill, one.message));
        return;
      }
      // A message that is refused for itself must not keep all others waiting.
      const isSame = illness !== undefined && queue[0]?.message.key === lastTried;
      const [next] = queue.splice(isSame && queue.length > 1 ? 1 : 0, 1);
      if (next) send(next);
    }
  }

  function send(one: Waiting): void {
    underWay += 1;
    sentSoFar += 1;
    const place = sentSoFar;
    lastTried = one.message.key;
    sender.send(one.message, one.signal).then(
      (answer) => {
        underWay -= 1;
        one.answer(judged(answer, one.message, place).finally(() => void pump()));
      },
      // A fault of ours: the caller hears of it.
      (error: unknown) => {
        underWay -= 1;
        one.answer(Promise.reject(error));
        void pump();
      },
    );
  }

  async function judged(answer: ChannelAnswer, message: ChannelMessage, place: number): Promise<ChannelAnswer> {
    if (answer.outcome === 'taken') {
      if (place > changedAt) await well();
      return answer;
    }
    const { fault, reason } = answer;
    if (!isOfTheWay(fault) && !(fault === 'unclear' && isSecondDoubt(message))) {
      tryAnother = illness !== undefined && place > changedAt;
      return answer;
    }
    if (place > changedAt) await fallIll(isOfTheWay(fault) ? fault : 'policy', reason, answer.retryAfter);
    if (!illness) return answer;
    return { ...answer, fault: illness.fault, retryAfter: secondsUntil(illness.nextTryAt, clock()) };
  }

  /** Two different messages in a row: it is hardly the fault of either. */
  function isSecondDoubt(message: ChannelMessage): boolean {
    const about = doubtOf(message);
    if (illness || (doubt !== undefined && doubt !== about)) return true;
    doubt = about;
    return false;
  }

  /** What became of a message does not depend on it. */
  const notNoted = (error: unknown): undefined => {
    log?.warn({ way, reason: String(error) }, 'could not note how a channel is');
  };

  async function well(): Promise<void> {
    doubt = undefined;
    takenInARow += 1;
    if (takenInARow % ONE_MORE_AFTER === 0) most = Math.min(most + 1, MOST_AT_ONCE);
    width = Math.min(width * 2, most);
    if (!illness) return;
    log?.info({ way, since: new Date(illness.since).toISOString() }, 'a channel takes messages again');
    illness = undefined;
    width = 1;
    changedAt = sentSoFar;
    noted = noteRecovery(database, way, clock()).catch(notNoted);
    await noted;
  }

  async function fallIll(fault: WayFault, reason: string, retryAfter = 0): Promise<void> {
    doubt = undefined;
    changedAt = sentSoFar;
    const now = clock();
    takenInARow = 0;
    if (!illness) most = Math.max(1, Math.floor(most / 2));
    if (!illness) log?.error({ way, fault, reason }, 'a channel is ill: its messages wait');
    // At once, so that nothing more goes while it is being noted.
    const failures = (illness?.failures ?? 0) + 1;
    const nextTryAt = now + Math.max(pauseOf(fault, failures), retryAfter * SECOND);
    illness = { ...HARDLY_KNOWN, ...illness, way, fault, reason, failures, nextTryAt };
    noted = noteRefusal(database, illness, now).catch(notNoted);
    await noted;
  }

  return {
    send: (message, signal) =>
      new Promise((answer) => {
        const one: Waiting = { message, signal, answer };
        insert(queue, one);
        signal.addEventListener(
          'abort',
          () => {
            const place = queue.indexOf(one);
            if (place < 0) return;
            queue.splice(place, 1);
            answer({ outcome: 'deferred', reason: 'time-out', perhapsTaken: false });
          },
          { once: true },
        );
        void pump();
      }),
  };
}

const HARDLY_KNOWN = { since: 0, wellSince: null, toldAt: null };

const pauseOf = (fault: WayFault, failures: number): number => {
  const pauses = PAUSES[fault];
  return pauses[Math.min(failures, pauses.length) - 1]!;
};

const secondsUntil = (moment: number, now: number): number => Math.max(1, Math.ceil((moment - now) / SECOND));

/** Real episodes before drills, the urgent first, in the order of arrival. */
const rankOf = ({ message: { drill, urgency = 0 } }: Waiting): number => (drill ? 10 : 0) + urgency;

function insert(queue: Waiting[], one: Waiting): void {
  const place = queue.findIndex((other) => rankOf(other) > rankOf(one));
  queue.splice(place < 0 ? queue.length : place, 0, one);
}
