/** The life of an episode as a durable workflow (docs/design.md, "One writer"). */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { episodeTimeAt, realTimeOf } from '../episode/clock.js';
import type { Outcome } from '../episode/commands.js';
import { due } from '../episode/due.js';
import { readyMessages } from '../episode/message-order.js';
import type { EpisodeState, Message } from '../episode/state-types.js';
import { append, archive } from './activities.js';
import { Alarm } from './alarm.js';
import { type EpisodeInput, STATE_QUERY } from './contract.js';
import { Inbox } from './inbox.js';
import { Messenger } from './messenger.js';
import { receiveSubmissions } from './submissions.js';
import { turnOf } from './turn-of.js';

/**
 * Takes turns: waits for commands or for the next due moment, decides what has come, appends the entries, and only then
 * evolves the state, answers, and sends what is to be sent. `episode/` decides; this is the order in which it is
 * durable.
 */
export async function episode({ state: before, unarchived = [] }: EpisodeInput): Promise<void> {
  const { episodeId } = before;
  let state = before;
  const inbox = new Inbox();
  const alarm = new Alarm();
  const messenger = new Messenger(episodeId, inbox);
  // Before anything is awaited, because a command may come with the start.
  const hasReceivedEnough = receiveSubmissions(inbox);
  const notArchived = archiveRuns(episodeId, unarchived);
  setHandler(defineQuery<EpisodeState>(STATE_QUERY), () => state);

  const isGrown = () => workflowInfo().continueAsNewSuggested || hasReceivedEnough();
  const isQuiet = () => inbox.isEmpty && messenger.isIdle && allHandlersFinished();
  const maySend = () => !messenger.isBusy && !isGrown();
  const isHeld = (message: Message) => messenger.isSending(message) || !maySend();

  for (;;) {
    alarm.setFor(nextMoment(state, isHeld, messenger.isIdle));
    await condition(() => !inbox.isEmpty || alarm.hasRung || (isGrown() && isQuiet()));
    if (isGrown() && isQuiet()) {
      return continueAsNew<typeof episode>({ state, unarchived: [...notArchived, workflowInfo().runId] });
    }
    alarm.reset();

    const taken = await turnOf(state, { inbox, append }, Date.now(), messenger.underWay);
    state = taken.state;
    if (taken.ended) return turnAway(inbox, taken.ended);
    if (maySend()) messenger.send(readyMessages(state, episodeNow(state)));
  }
}

const episodeNow = ({ clock, head }: EpisodeState) => episodeTimeAt(clock, Math.max(Date.now(), head.at));

/**
 * The next moment, in real time, at which something happens by itself. What was due by the time of the last entry is due
 * at once, although the machine's clock may have gone back behind it (docs/design.md, "The clock").
 */
function nextMoment(state: EpisodeState, isHeld: (message: Message) => boolean, isIdle: boolean): number | undefined {
  const moment = due(state, episodeNow(state), isHeld, isIdle);
  if (moment === undefined) return undefined;
  const real = realTimeOf(state.clock, moment);
  return real <= state.head.at ? Math.min(real, Date.now()) : real;
}

/** Late commands are told so: a run may not end before its updates have been answered. */
async function turnAway(inbox: Inbox, outcome: Outcome): Promise<void> {
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
