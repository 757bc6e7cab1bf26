/**
 * The durable shell around a decider: one writer of one chain. It waits for commands or the next due moment, takes a
 * turn, appends its entries, and only then evolves the state and answers. What a turn means is the decider's.
 */
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  defineQuery,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeliveryResult, Instant, Outcome } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import type { Delivery } from '../episode/state-types.js';
import { Alarm } from './alarm.js';
import { CONTINUING, STATE_QUERY, SUBMIT_UPDATE } from './contract.js';
import { Inbox } from './inbox.js';

export interface TakenTurn<S> {
  now: Instant;
  state: S;
  entries: Entry[];
  outcomes: Outcome[];
  applied: Array<{ commandId: string; bodyHash: string; seq: number }>;
}

/** All that differs from one kind of chain to another. Times are real. */
export interface Decider<S, C> {
  /** `underWay`: messages whose outcome is to come back. */
  takeTurn(state: S, commands: C[], clockNow: Instant, underWay: string[]): TakenTurn<S>;
  /** The next moment something happens by itself; `isHeld` are messages that cannot go now, `isQuiet`: none is under way. */
  due(state: S, isHeld: (delivery: Delivery) => boolean, isQuiet: boolean): Instant | undefined;
  /** Messages that may go at `now`, the most urgent first. */
  ready(state: S, now: Instant): Delivery[];
  /** Whether the chain has begun, and whether it is sealed. */
  hasBegun(state: S): boolean;
  isOver(state: S): boolean;
  /** For commands that reach a chain which is sealed or never began. */
  refuseLate(state: S): Outcome;
  /** The command by which the outcome of messages comes back. */
  recordDeliveries(results: Array<{ delivery: string; contacts: DeliveryResult[] }>): C;
}

export interface World<S, C> {
  /** Stores a turn; a refusal means that nothing was stored and the chain does not begin. */
  append(before: S, turn: TakenTurn<S>, commands: C[]): Promise<Outcome | undefined>;
  deliver(deliveries: Delivery[]): Promise<Array<{ delivery: string; contacts: DeliveryResult[] }>>;
}

type Batch<C> = { commands: C[] };

/** `over`: sealed, or refused before it began. `grown`: the history is long enough, the state goes on in another run. */
export type Ending<S> = { kind: 'over' | 'grown'; state: S };

/** The server aborts the 2,001st update of a run. Half of them are for the time until the last message has come back. */
const ENOUGH_SUBMISSIONS = 1_000;
const MAX_SUBMISSIONS = 1_980;
const MAX_DELIVERING = 8;
const MAX_DELIVERIES_AT_ONCE = 100;

export async function keepChain<S, C>(
  decider: Decider<S, C>,
  world: World<S, C>,
  beginning: Promise<S>,
): Promise<Ending<S>> {
  const inbox = new Inbox<C>();
  const alarm = new Alarm();
  const underWay = new Set<string>();
  let delivering = 0;
  let submissions = 0;

  const isGrown = () => workflowInfo().continueAsNewSuggested || submissions >= ENOUGH_SUBMISSIONS;
  const mayHandOut = () => delivering < MAX_DELIVERING && !isGrown();
  const isQuiet = () => inbox.isEmpty && delivering === 0 && allHandlersFinished();
  const isHeld = ({ key }: Delivery) => underWay.has(key) || !mayHandOut();
  const setAlarm = () => alarm.setFor(decider.due(state, isHeld, underWay.size === 0));

  setHandler(
    defineUpdate<Outcome[], [Batch<C>]>(SUBMIT_UPDATE),
    ({ commands }: Batch<C>) => {
      submissions += 1;
      return Promise.all(commands.map((command) => inbox.put(command)));
    },
    {
      // Past the limit the server takes no more: the run finishes what it has, and the sender comes again to the next.
      validator: (_: Batch<C>) => {
        if (submissions >= MAX_SUBMISSIONS) throw ApplicationFailure.nonRetryable('continuing as new', CONTINUING);
      },
    },
  );
  // An update may come with the start, before anything was awaited: its handler is there by now.
  let state = (await beginning) as S;
  setHandler(defineQuery<S>(STATE_QUERY), () => state);

  /** Beside the loop, which never waits for a mail server; the outcome comes back as a command. */
  async function handOut(deliveries: Delivery[]): Promise<void> {
    delivering += 1;
    for (const { key } of deliveries) underWay.add(key);
    await inbox.put(decider.recordDeliveries(await world.deliver(deliveries)));
    // Only now: until the outcome is recorded, the state still asks for them.
    for (const { key } of deliveries) underWay.delete(key);
    delivering -= 1;
    setAlarm();
  }

  let unbegun: Outcome | undefined;
  setAlarm();
  for (;;) {
    await condition(() => !inbox.isEmpty || alarm.hasRung || (isGrown() && isQuiet()));
    if (isGrown() && isQuiet()) return { kind: 'grown', state };
    alarm.reset();

    // The first turn holds the start alone: whether there is an episode at all is decided by it.
    const batch = decider.hasBegun(state) ? inbox.take() : inbox.take(1);
    const commands = batch.map(({ command }) => command);
    const turn = decider.takeTurn(state, commands, Date.now(), [...underWay]);
    const refused =
      turn.entries.length > 0 ? await world.append(state, turn, commands.slice(0, turn.outcomes.length)) : undefined;
    if (!refused) state = turn.state;
    turn.outcomes.forEach((outcome, i) => {
      batch[i]?.answer(refused ?? outcome);
    });
    inbox.putBack(batch.slice(turn.outcomes.length));

    if (!decider.hasBegun(state)) unbegun = refused ?? turn.outcomes[0];
    if (!decider.hasBegun(state) || decider.isOver(state)) break;
    const ready = decider.ready(state, Date.now()).filter((delivery) => !underWay.has(delivery.key));
    while (ready.length > 0 && mayHandOut()) void handOut(ready.splice(0, MAX_DELIVERIES_AT_ONCE));
    setAlarm();
  }

  // Whoever came too late is told so; a handler must not outlive the run.
  do {
    for (const { answer } of inbox.take()) answer(unbegun ?? decider.refuseLate(state));
    await condition(() => !inbox.isEmpty || allHandlersFinished());
  } while (!inbox.isEmpty);
  return { kind: 'over', state };
}
