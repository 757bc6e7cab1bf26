/** The life of a chain as a durable workflow (docs/design.md, "One writer"). What the chain means is its core's. */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Outcome } from '../episode/commands.js';
import { archive } from './activities.js';
import { Alarm } from './alarm.js';
import { type ChainInput, STATE_QUERY } from './contract.js';
import { Inbox } from './inbox.js';
import { Messenger } from './messenger.js';
import { receiveSubmissions } from './submissions.js';

export interface TurnTaken<State> {
  state: State;
  /** There is no chain, or none any more: the answer to all that may still come. */
  ended?: Outcome;
}

/** What one chain does otherwise than another: it decides, and tells what is to come. Without a clock of its own. */
export interface ChainCore<State, C, M extends { key: string }> {
  chainIdOf(state: State): string;
  /** Decides a turn, stores it, and answers. `underWay`: messages whose outcome is still to come. */
  turn(state: State, inbox: Inbox<C>, underWay: string[]): Promise<TurnTaken<State>>;
  /**
   * The next moment, in real time, at which something happens by itself or a message may go. `isHeld`: messages that may not go
   * now; `isIdle`: none is under way.
   */
  nextMoment(state: State, isHeld: (message: M) => boolean, isIdle: boolean): number | undefined;
  readyMessages(state: State): M[];
  /** Work beside the loop that follows from the state, as messages do. The run ends only when it is idle. */
  errand?(inbox: Inbox<C>): Errand<State>;
}

export interface Errand<State> {
  readonly isIdle: boolean;
  /** Begins what is to be done and is not under way. */
  look(state: State): void;
}

/**
 * Takes turns: waits for commands or for the next due moment, decides what has come, appends the entries, and only then
 * evolves the state, answers, and sends what is to be sent. The core decides; this is the order in which it is durable.
 */
export async function runChain<State, C, M extends { key: string }>(
  core: ChainCore<State, C, M>,
  { state: before, unarchived = [] }: ChainInput<State>,
): Promise<void> {
  const chainId = core.chainIdOf(before);
  let state = before;
  const inbox = new Inbox<C>();
  const alarm = new Alarm();
  const messenger = new Messenger(chainId, inbox as Inbox<unknown>);
  const errand = core.errand?.(inbox);
  // Before anything is awaited, because a command may come with the start.
  receiveSubmissions(inbox);
  const notArchived = archiveRuns(chainId, unarchived);
  setHandler(defineQuery<State>(STATE_QUERY), () => state);

  const isQuiet = () => inbox.isEmpty && messenger.isIdle && (errand?.isIdle ?? true) && allHandlersFinished();
  const maySend = () => !messenger.isBusy && !isGrown();
  const isHeld = (message: M) => messenger.isSending(message) || !maySend();

  for (;;) {
    // Also before the first turn: the run before may have ended with it still to be done.
    if (!isGrown()) errand?.look(state);
    alarm.setFor(core.nextMoment(state, isHeld, messenger.isIdle));
    await condition(() => !inbox.isEmpty || alarm.hasRung || (isGrown() && isQuiet()));
    if (isGrown() && isQuiet()) {
      return continueAsNew({ state, unarchived: [...notArchived, workflowInfo().runId] });
    }
    alarm.reset();

    const taken = await core.turn(state, inbox, messenger.underWay);
    state = taken.state;
    if (taken.ended) return turnAway(inbox, taken.ended);
    if (maySend()) messenger.send(core.readyMessages(state));
  }
}

/**
 * A worker that takes a run over replays it within one workflow task, which begins again where that takes longer than the task may
 * (`TASK_TIMEOUT`). These take about a second. The engine itself suggests another run at 4,096.
 */
const MOST_EVENTS = 800;

/** Whether the run is long enough to end. */
function isGrown(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= MOST_EVENTS;
}

/** Late commands are told so: a run may not end before its updates have been answered. */
async function turnAway<C>(inbox: Inbox<C>, outcome: Outcome): Promise<void> {
  do {
    for (const { answer } of inbox.take()) answer(outcome);
    await condition(() => !inbox.isEmpty || allHandlersFinished());
  } while (!inbox.isEmpty);
}

/** Archives earlier runs beside the loop. Answers those that are not archived yet. The sweep archives the last run. */
function archiveRuns(episodeId: string, runIds: string[]): Set<string> {
  const waiting = new Set(runIds);
  for (const runId of runIds) void archive({ episodeId, runId }).then(() => waiting.delete(runId));
  return waiting;
}
