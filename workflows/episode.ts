/** The life of an episode as a durable workflow (docs/design.md, "One writer"): turns of the pure core, made durable. */
import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { episodeTimeAt, realTimeOf } from '../episode/clock.js';
import type { Command } from '../episode/commands.js';
import { refusals } from '../episode/decide/index.js';
import { readyDeliveries } from '../episode/delivery-order.js';
import { due } from '../episode/due.js';
import { begin } from '../episode/state.js';
import type { EpisodeState } from '../episode/state-types.js';
import { takeTurn } from '../episode/turn.js';
import type { EpisodeActivities, EpisodeInput } from './contract.js';
import { type Decider, keepChain, type World } from './shell.js';

// The database: short, for a killed worker's turn goes on elsewhere only after the time-out; for ever, for an answer
// waits for it and nothing may be lost.
const { bindEdition, append } = proxyActivities<EpisodeActivities>({
  startToCloseTimeout: '5 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

// Mail servers: long, but a heartbeat tells within seconds that the worker is gone. Failures of single messages come
// back as results; only the loss of the worker is retried here.
const { deliver } = proxyActivities<EpisodeActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

// The engine's own history: nothing waits for it, so it may take its time.
const { archive } = proxyActivities<EpisodeActivities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '10 seconds', maximumInterval: '10 minutes' },
});

export async function episode({ episodeId, state, unarchived = [] }: EpisodeInput): Promise<void> {
  const runs = new Set(unarchived);
  for (const runId of unarchived) void archive({ episodeId, runId }).then(() => runs.delete(runId));

  const beginning = state ? Promise.resolve(state) : bindEdition().then((binding) => begin(episodeId, binding));
  const ending = await keepChain(episodeDecider, worldOf(episodeId), beginning);

  // What is not archived by now goes along; the last run is left to the sweep.
  if (ending.kind === 'grown') {
    const { runId } = workflowInfo();
    await continueAsNew<typeof episode>({ episodeId, state: ending.state, unarchived: [...runs, runId] });
  }
}

const episodeDecider: Decider<EpisodeState, Command> = {
  takeTurn,
  due: (state, isHeld, isQuiet) => {
    const moment = due(state, isHeld, isQuiet);
    return moment === undefined ? undefined : realTimeOf(state.clock, moment);
  },
  ready: (state, now) => readyDeliveries(state, episodeTimeAt(state.clock, now)),
  hasBegun: ({ phase }) => phase !== 'new',
  isOver: ({ phase }) => phase === 'closed',
  refuseLate: ({ phase }) => (phase === 'closed' ? refusals.closed() : refusals.notStarted()),
  recordDeliveries: (results) => ({
    commandId: 'deliveries',
    bodyHash: '',
    actor: { accountId: 'system', role: 'system' },
    body: { kind: 'recordDeliveries', results },
  }),
};

const worldOf = (episodeId: string): World<EpisodeState, Command> => ({
  append: async (before, { now, entries, applied }, commands) => {
    const first = before.head.seq === 0 ? { binding: before.binding } : {};
    const result = await append({ chainId: episodeId, ...first, now, commands, applied, entries });
    return result.status === 'stored' ? undefined : refusals.episodeActive();
  },
  deliver: (deliveries) => deliver({ episodeId, deliveries }),
});
