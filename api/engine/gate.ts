import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Command, Outcome } from '../../episode/commands.js';
import { refuseKey } from '../../episode/decide/refusals.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { alsoNamed, unnamed } from '../../lib/log-lines.js';
import { MAX_BATCH_BYTES, MAX_BATCH_COMMANDS, MAX_COMMAND_BYTES } from '../../workflows/contract.js';
import { outcomeUnknown, Problem } from '../http/problems.js';
import { type ChainCommand, type EpisodeEngine, EpisodeGone, UpdateRefused } from './engine.js';

/**
 * Looks up a command's outcome in the ledger when the engine reports no such workflow. `undefined`: the episode is open
 * or unknown, so ask the engine again.
 */
export type AskRecord = (episodeId: string, command: ChainCommand) => Promise<Outcome | undefined>;

export interface Gate {
  /** Settles when the outcome is known, however long that takes. A repeat of the same command shares its outcome. */
  submit(chainId: string, command: ChainCommand): Promise<Outcome>;
  /** Starts the episode's workflow with this command alone. A repeat shares its outcome. */
  start(state: EpisodeState, command: Command): Promise<Outcome>;
  /** Whether this process waits for the command's outcome. */
  isUnderWay(commandId: string): boolean;
}

interface Waiting {
  command: ChainCommand;
  bytes: number;
  settle: (outcome: Outcome) => void;
  fail: (error: unknown) => void;
}

const LONGEST_PAUSE = 2_000;
const LOG_EVERY = 60_000;
/**
 * One episode has more waiting commands only while the engine is away. Further ones are turned back, to be repeated.
 */
const MOST_WAITING = 2_000;

/**
 * Keeps one update in flight for each episode: the server aborts more than ten at once (docs/design.md, "One writer").
 * Commands that arrive meanwhile go as one update, each with its own outcome. The gate asks for an update by its id
 * until its outcome is known, whatever happens to the connection.
 */
export function createGate(
  engine: EpisodeEngine,
  askRecord: AskRecord,
  log: Logger,
  sent: (commands: number) => void = () => {},
  firstPause = 50,
): Gate {
  const queues = new Map<string, Waiting[]>();
  const known = new Map<string, { bodyHash: string; outcome: Promise<Outcome> }>();

  /** Asks until the outcomes are known. Throws only where asking again cannot help. */
  async function persist(
    episodeId: string,
    commands: ChainCommand[],
    call: () => Promise<Outcome[]>,
  ): Promise<Outcome[]> {
    let lastLogged = Number.NEGATIVE_INFINITY;
    for (let wait = firstPause; ; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      try {
        return await call().catch((error: unknown) => recorded(episodeId, commands, error));
      } catch (error) {
        if (error instanceof UpdateRefused) throw error;
        if (performance.now() - lastLogged >= LOG_EVERY) {
          lastLogged = performance.now();
          const commandIds = commands.map(({ commandId }) => commandId);
          log.warn({ episodeId, commandIds, reason: String(error) }, 'no answer from the engine, asking again');
        }
        await pause(wait, undefined, { ref: false });
      }
    }
  }

  async function recorded(episodeId: string, commands: ChainCommand[], error: unknown): Promise<Outcome[]> {
    if (!(error instanceof EpisodeGone)) throw error;
    const outcomes = await Promise.all(commands.map((command) => askRecord(episodeId, command)));
    return outcomes.map((outcome) => {
      if (!outcome) throw error;
      return outcome;
    });
  }

  async function carry(episodeId: string, batch: Waiting[], call: () => Promise<Outcome[]>): Promise<void> {
    try {
      const outcomes = await persist(
        episodeId,
        batch.map(({ command }) => command),
        call,
      );
      batch.forEach((waiting, i) => {
        const outcome = outcomes[i];
        if (outcome) waiting.settle(outcome);
        else waiting.fail(new Error('the episode left a command without an outcome'));
      });
    } catch (error) {
      for (const waiting of batch) waiting.fail(error);
    }
  }

  async function drain(episodeId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, fitting(queue));
      const updateId = randomUUID();
      const commands = batch.map(({ command }) => command);
      sent(commands.length);
      await carry(episodeId, batch, () => engine.submit(episodeId, updateId, commands));
    }
    queues.delete(episodeId);
  }

  function enqueue(episodeId: string, waiting: Waiting): void {
    const queue = queues.get(episodeId);
    if (queue) {
      if (queue.length < MOST_WAITING) queue.push(waiting);
      else waiting.fail(outcomeUnknown());
      return;
    }
    const fresh = [waiting];
    queues.set(episodeId, fresh);
    void unnamed(() => drain(episodeId, fresh));
  }

  function once(episodeId: string, command: ChainCommand, send: (waiting: Waiting) => void): Promise<Outcome> {
    alsoNamed({ episodeId, commandId: command.commandId });
    const bytes = Buffer.byteLength(JSON.stringify(command));
    if (bytes > MAX_COMMAND_BYTES) return Promise.reject(tooMuchAtOnce(bytes));
    const earlier = known.get(command.commandId);
    if (earlier && earlier.bodyHash !== command.bodyHash) return Promise.resolve(refuseKey());
    if (earlier) return earlier.outcome.then(asRepeated);
    const outcome = new Promise<Outcome>((settle, fail) => {
      send({ command, bytes, settle, fail });
    }).finally(() => known.delete(command.commandId));
    known.set(command.commandId, { bodyHash: command.bodyHash, outcome });
    return outcome;
  }

  return {
    isUnderWay: (commandId) => known.has(commandId),
    submit: (episodeId, command) => once(episodeId, command, (waiting) => enqueue(episodeId, waiting)),
    start: (state, command) =>
      once(state.episodeId, command, (waiting) => {
        const updateId = randomUUID();
        void carry(state.episodeId, [waiting], () => engine.start(state, updateId, command));
      }),
  };
}

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1_000)} kB`;

/** Commands that the engine would never take are not sent to it. */
const tooMuchAtOnce = (bytes: number): Problem =>
  new Problem(
    'body-too-large',
    `这次提交的内容有 ${kilobytes(bytes)}，一次最多 ${kilobytes(MAX_COMMAND_BYTES)}。请精简文字，或分几次提交。`,
  );

/** For a repeat, the command was carried out by another request. */
const asRepeated = (outcome: Outcome): Outcome =>
  outcome.status === 'accepted' ? { ...outcome, repeated: true } : outcome;

/** The number of commands for the next batch: at least the first. */
function fitting(queue: Waiting[]): number {
  let bytes = 0;
  const end = queue.findIndex((waiting, i) => {
    bytes += waiting.bytes;
    return i === MAX_BATCH_COMMANDS || (i > 0 && bytes > MAX_BATCH_BYTES);
  });
  return end === -1 ? queue.length : end;
}
