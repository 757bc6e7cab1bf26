import { episodeTimeAt, realTimeOf } from '../../episode/clock.js';
import type { Command, DeliveryResult, Outcome } from '../../episode/commands.js';
import { due } from '../../episode/due.js';
import { readyMessages } from '../../episode/message-order.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { append } from '../../ledger/chain/append.js';
import type { Database } from '../../ledger/database.js';
import type { ChannelTestAnswer, ChannelTestInput } from '../../workflows/contract.js';
import { Inbox } from '../../workflows/inbox.js';
import { turnOf } from '../../workflows/turn-of.js';
import { type ChannelTesting, type EpisodeEngine, EpisodeGone } from '../engine/engine.js';

export interface TestEngine extends EpisodeEngine, ChannelTesting {
  /** What becomes of a message; each is taken where a test does not say otherwise. */
  post: (message: string) => DeliveryResult[];
  /** How the test of a channel ends. */
  tested: (input: ChannelTestInput) => Promise<ChannelTestAnswer>;
  /** Takes turns of each episode without a command, to record what has fallen due. */
  tick(): Promise<void>;
  /** Has no episode from now on. */
  forget(): void;
}

/** Stands in for Temporal: the workflow's turns (workflows/turn-of.ts), in this process. Messages go at once. */
export function engineInProcess(database: Database, clock: () => number): TestEngine {
  const states = new Map<string, EpisodeState>();
  let last: Promise<unknown> = Promise.resolve();

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work, work);
    last = done;
    return done;
  }

  /** Until nothing is left to do at this moment. */
  async function takeTurns(before: EpisodeState, commands: Command[]): Promise<Outcome[]> {
    const inbox = new Inbox();
    const outcomes = commands.map(() => undefined as Outcome | undefined);
    for (const [i, command] of commands.entries()) inbox.put(command, (outcome) => (outcomes[i] = outcome));
    const around = { inbox, append: (input: Parameters<typeof append>[1]) => append(database, input) };
    for (let state = before; ; ) {
      const taken = await turnOf(state, around, clock(), []);
      state = taken.state;
      if (state.phase !== 'new') states.set(state.episodeId, state);
      const { ended } = taken;
      if (ended) return outcomes.map((outcome) => outcome ?? ended);
      if (inbox.isEmpty) putOutcomes(inbox, state, clock(), made.post);
      if (inbox.isEmpty && !isDue(state, clock())) return outcomes as Outcome[];
    }
  }

  const live = (episodeId: string): EpisodeState => {
    const state = states.get(episodeId);
    if (!state || state.phase === 'closed') throw new EpisodeGone();
    return state;
  };

  const made: TestEngine = {
    post: () => [TAKEN],
    tested: async () => ({ outcome: 'taken' }),
    start: (state, _updateId, command) => oneAtATime(() => takeTurns(states.get(state.episodeId) ?? state, [command])),
    submit: (episodeId, _updateId, commands) => oneAtATime(async () => takeTurns(live(episodeId), commands)),
    has: async (episodeId) => states.has(episodeId),
    testChannel: (_testId, input) => made.tested(input),
    isWorking: async () => true,
    forget: () => states.clear(),
    tick: () =>
      oneAtATime(async () => {
        for (const state of states.values()) if (state.phase !== 'closed') await takeTurns(state, []);
      }),
  };
  return made;
}

function isDue(state: EpisodeState, now: number): boolean {
  const moment = due(state, episodeTimeAt(state.clock, now));
  return moment !== undefined && realTimeOf(state.clock, moment) <= now;
}

const MOST_AT_ONCE = 100;

const TAKEN: DeliveryResult = {
  contact: 'liaison',
  contactHash: '0'.repeat(64),
  channel: 'email',
  outcome: 'taken',
};

function putOutcomes(inbox: Inbox, state: EpisodeState, now: number, post: TestEngine['post']): void {
  const ready = readyMessages(state, episodeTimeAt(state.clock, now));
  const results = ready.map(({ key: message }) => ({ message, deliveries: post(message) }));
  for (let i = 0; i < results.length; i += MOST_AT_ONCE)
    inbox.put(
      {
        commandId: 'deliveries',
        bodyHash: '',
        actor: { accountId: 'system', role: 'system' },
        body: { kind: 'recordDeliveries', results: results.slice(i, i + MOST_AT_ONCE) },
      },
      () => undefined,
    );
}
