/**
 * Decides the turns of recorded histories again. Temporal's replay compares which activities a workflow calls, but not
 * their input, so a changed rule would replay. Here each turn's entries are made anew from its recorded commands and
 * moment.
 */
import { takeDistrictTurn } from '../../district/turn.js';
import type { Command, Outcome } from '../../episode/commands.js';
import { takeTurn } from '../../episode/turn.js';
import { readPayload } from '../../platform/payload-codec.js';
import {
  type AppendInput,
  type ChainInput,
  DISTRICT_WORKFLOW,
  EPISODE_WORKFLOW,
  type Submission,
} from '../../workflows/contract.js';
import type { RunHistory } from './histories.js';

type TakeTurn = (
  state: unknown,
  commands: readonly Command[],
  now: number,
  underWay: readonly string[],
) => { state: unknown; entries: ReadonlyArray<{ hash: string }> };

/** What decides the turns of a chain, by its workflow. */
const TURNS: { [workflow: string]: TakeTurn } = {
  [EPISODE_WORKFLOW]: takeTurn as TakeTurn,
  [DISTRICT_WORKFLOW]: takeDistrictTurn as unknown as TakeTurn,
};

/** The state that a run goes on from, and the inputs of its appends. */
export interface RecordedRun {
  take: TakeTurn;
  input: ChainInput<unknown>;
  appends: AppendInput[];
  /** Ids of commands that were answered as repeats, at least once. */
  repeats: ReadonlySet<string>;
}

/**
 * Turns that are decided otherwise today, by workflow id and number of their first entry. Throws when there is no turn.
 */
export async function turnsDecidedOtherwise(histories: readonly RunHistory[]): Promise<string[]> {
  const runs = await Promise.all(
    histories.map(async ({ workflowId, history }) => ({ workflowId, run: await recordedRun(history) })),
  );
  if (runs.every(({ run }) => run.appends.length === 0)) throw new Error('no turn to decide again');
  return runs.flatMap(({ workflowId, run }) =>
    decidedOtherwise(run).map((seq) => `${workflowId}: the turn from entry ${seq} on is decided otherwise`),
  );
}

/**
 * The first entries of the turns that are decided otherwise. A repeat is left out where it made no entry: the turn that knew it
 * first may have made none either, and is in no append. Example: a unit acknowledges again, is answered by its first entry, and
 * the same request arrives once more after the next notice.
 */
export function decidedOtherwise({ take, input, appends, repeats }: RecordedRun): number[] {
  const differing: number[] = [];
  let { state } = input;
  for (const { commands, now, underWay, applied, entries } of appends) {
    const made = new Set(applied.map(({ commandId }) => commandId));
    const decided = commands.filter(({ commandId }) => made.has(commandId) || !repeats.has(commandId));
    const turn = take(state, decided, now, underWay);
    const same = turn.entries.length === entries.length && turn.entries.at(-1)?.hash === entries.at(-1)?.hash;
    if (!same) differing.push(entries[0]!.seq);
    state = turn.state;
  }
  return differing;
}

export async function recordedRun({ events }: RunHistory['history']): Promise<RecordedRun> {
  const begun = events?.[0]?.workflowExecutionStartedEventAttributes;
  const appends = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled?.activityType?.name === 'append' ? [readPayload<AppendInput>(scheduled.input)] : [],
  );
  return {
    take: TURNS[begun?.workflowType?.name ?? '']!,
    input: await readPayload<ChainInput<unknown>>(begun?.input),
    appends: await Promise.all(appends),
    repeats: await repeatsIn(events ?? []),
  };
}

async function repeatsIn(events: NonNullable<RunHistory['history']['events']>): Promise<Set<string>> {
  const commandsOf = new Map<string, Command[]>();
  const repeats = new Set<string>();
  for (const { workflowExecutionUpdateAcceptedEventAttributes: asked, ...event } of events) {
    const request = asked?.acceptedRequest;
    if (request) {
      const { commands } = await readPayload<Submission>(request.input?.args);
      commandsOf.set(request.meta?.updateId ?? '', commands);
    }
    const answered = event.workflowExecutionUpdateCompletedEventAttributes;
    if (!answered?.outcome?.success) continue;
    const outcomes = await readPayload<Outcome[]>(answered.outcome.success);
    const commands = commandsOf.get(answered.meta?.updateId ?? '') ?? [];
    for (const [i, outcome] of outcomes.entries())
      if (outcome.status === 'accepted' && outcome.repeated && commands[i]) repeats.add(commands[i].commandId);
  }
  return repeats;
}
