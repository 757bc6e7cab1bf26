import type { Command, Outcome } from '../../episode/commands.js';
import { begin } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { takeTurn } from '../../episode/turn.js';
import { append } from '../../ledger/chain/append.js';
import type { Database } from '../../ledger/database.js';
import type { Binding } from '../../plan/types.js';
import { type EpisodeEngine, EpisodeGone } from '../engine/engine.js';

export interface TestEngine extends EpisodeEngine {
  /** Takes a turn of each episode without a command, to record what has fallen due. */
  tick(): Promise<void>;
}

/** Stands in for Temporal: takes the same turns on the same ledger, in this process. No message is sent. */
export function engineInProcess(database: Database, binding: Binding, clock: () => number): TestEngine {
  const states = new Map<string, EpisodeState>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  }

  async function turn(
    episodeId: string,
    before: EpisodeState,
    commands: Command[],
    first: boolean,
  ): Promise<Outcome[]> {
    const { state, entries, outcomes, applied } = takeTurn(before, commands, clock());
    const stored = await append(database, {
      chainId: episodeId,
      ...(first ? { binding } : {}),
      applied,
      entries,
    });
    if (stored.status === 'refused')
      return commands.map(() => ({ status: 'refused', type: stored.type, detail: '已有一次过程正在进行。' }));
    if (entries.length > 0) states.set(episodeId, state);
    return outcomes;
  }

  /** Records every message as taken at once. */
  async function deliver(episodeId: string): Promise<void> {
    const state = states.get(episodeId);
    const due = Object.keys(state?.messages ?? {});
    if (!state || due.length === 0) return;
    const results = due.map((message) => ({
      message,
      deliveries: [
        { contact: 'liaison', contactHash: '0'.repeat(64), channel: 'email' as const, outcome: 'taken' as const },
      ],
    }));
    await turn(
      episodeId,
      state,
      [
        {
          commandId: `deliveries-${state.head.seq}`,
          bodyHash: '',
          actor: { accountId: 'system', role: 'system' },
          body: { kind: 'recordDeliveries', results },
        },
      ],
      false,
    );
    await deliver(episodeId);
  }

  const live = (episodeId: string): EpisodeState => {
    const state = states.get(episodeId);
    if (!state || state.phase === 'closed') throw new EpisodeGone();
    return state;
  };

  return {
    start: (episodeId, _updateId, command) =>
      inTurn(async () => {
        const known = states.get(episodeId);
        const outcomes = await turn(episodeId, known ?? begin(episodeId, binding), [command], !known);
        await deliver(episodeId);
        return outcomes;
      }),
    submit: (episodeId, _updateId, commands) =>
      inTurn(async () => {
        const outcomes: Outcome[] = [];
        // A full turn answers fewer commands. The rest come first in the next (workflows/episode.ts).
        while (outcomes.length < commands.length) {
          outcomes.push(...(await turn(episodeId, live(episodeId), commands.slice(outcomes.length), false)));
        }
        await deliver(episodeId);
        return outcomes;
      }),
    has: async (episodeId) => states.has(episodeId),
    isWorking: async () => true,
    tick: () =>
      inTurn(async () => {
        for (const [episodeId, state] of states) {
          if (state.phase === 'closed') continue;
          await turn(episodeId, state, [], false);
          await deliver(episodeId);
        }
      }),
  };
}
