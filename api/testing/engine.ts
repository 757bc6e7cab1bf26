import { districtDue } from '../../district/due.js';
import type { DistrictState } from '../../district/entries.js';
import { beginDistrict, DISTRICT_CHAIN, readyReminders } from '../../district/state.js';
import type { DistrictCommand } from '../../district/turn.js';
import { episodeTimeAt, realTimeOf } from '../../episode/clock.js';
import type { Command, DeliveryResult, Outcome } from '../../episode/commands.js';
import { due, isHandOverDue } from '../../episode/due.js';
import { readyMessages } from '../../episode/message-order.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { append } from '../../ledger/chain/append.js';
import type { Database } from '../../ledger/database.js';
import { handOverCommands } from '../../ledger/reading/hand-over.js';
import type { ChannelTestAnswer, ChannelTestInput } from '../../workflows/contract.js';
import { districtTurnOf } from '../../workflows/district-turn.js';
import { HAND_OVER_RECORD } from '../../workflows/hand-over-record.js';
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
  let district: DistrictState | undefined;
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
      if (inbox.isEmpty && isHandOverDue(state)) await handOverFrom(state, inbox);
      if (inbox.isEmpty && !isDue(state, clock())) return outcomes as Outcome[];
    }
  }

  /** The same of the district's chain, which begins with the first hand-over. */
  async function takeDistrictTurns(commands: DistrictCommand[]): Promise<Outcome[]> {
    const inbox = new Inbox<DistrictCommand>();
    const outcomes: Outcome[] = [];
    for (const [i, command] of commands.entries()) inbox.put(command, (outcome) => (outcomes[i] = outcome));
    const around = { inbox, append: (input: Parameters<typeof append>[1]) => append(database, input) };
    for (;;) {
      district = (await districtTurnOf(district ?? beginDistrict(), around, clock(), [])).state;
      const ready = readyReminders(district, clock());
      if (inbox.isEmpty && ready.length > 0) inbox.put(outcomesOf(ready, made.post), () => undefined);
      const next = districtDue(district, clock());
      if (inbox.isEmpty && (next === undefined || next > clock())) return outcomes;
    }
  }

  /** As the workflow does once a review is published (workflows/handing-over.ts). */
  async function handOverFrom({ episodeId, review }: EpisodeState, inbox: Inbox): Promise<void> {
    const commands = await handOverCommands(database, { episodeId, seq: review!.savedSeq! });
    await takeDistrictTurns(commands);
    inbox.put(HAND_OVER_RECORD, () => undefined);
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
    submit: (chainId, _updateId, commands) =>
      oneAtATime(async () => {
        if (chainId !== DISTRICT_CHAIN) return takeTurns(live(chainId), commands as Command[]);
        if (!district) throw new EpisodeGone();
        return takeDistrictTurns(commands as DistrictCommand[]);
      }),
    has: async (episodeId) => states.has(episodeId),
    testChannel: (_testId, input) => made.tested(input),
    isWorking: async () => true,
    forget: () => {
      states.clear();
      district = undefined;
    },
    tick: () =>
      oneAtATime(async () => {
        for (const state of states.values()) if (state.phase !== 'closed') await takeTurns(state, []);
        if (district) await takeDistrictTurns([]);
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

function outcomesOf(ready: ReadonlyArray<{ key: string }>, post: TestEngine['post']) {
  const results = ready.map(({ key: message }) => ({ message, deliveries: post(message) }));
  return {
    commandId: 'deliveries',
    bodyHash: '',
    actor: { accountId: 'system', role: 'system' as const },
    body: { kind: 'recordDeliveries' as const, results },
  };
}

function putOutcomes(inbox: Inbox, state: EpisodeState, now: number, post: TestEngine['post']): void {
  const ready = readyMessages(state, episodeTimeAt(state.clock, now));
  for (let i = 0; i < ready.length; i += MOST_AT_ONCE)
    inbox.put(outcomesOf(ready.slice(i, i + MOST_AT_ONCE), post), () => undefined);
}
