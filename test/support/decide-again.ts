/**
 * Decides the turns of recorded histories again. Temporal's replay compares which activities a workflow calls, but not
 * their input, so a changed rule would replay. Here each turn's entries are made anew from its recorded commands and
 * moment.
 */
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { takeTurn } from '../../episode/turn.js';
import { payloadCodec } from '../../platform/payload-codec.js';
import type { AppendInput, EpisodeInput } from '../../workflows/contract.js';
import type { RunHistory } from './histories.js';

/** The state that a run goes on from, and the inputs of its appends. */
export interface RecordedRun {
  input: EpisodeInput;
  appends: AppendInput[];
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

/** The first entries of the turns that are decided otherwise. */
export function decidedOtherwise({ input, appends }: RecordedRun): number[] {
  const differing: number[] = [];
  let { state } = input;
  for (const { commands, now, underWay, entries } of appends) {
    const turn = takeTurn(state, commands, now, underWay);
    const same = turn.entries.length === entries.length && turn.entries.at(-1)?.hash === entries.at(-1)?.hash;
    if (!same) differing.push(entries[0]!.seq);
    state = turn.state;
  }
  return differing;
}

export async function recordedRun({ events }: RunHistory['history']): Promise<RecordedRun> {
  const begun = events?.[0]?.workflowExecutionStartedEventAttributes;
  const appends = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled?.activityType?.name === 'append' ? [decoded<AppendInput>(scheduled.input)] : [],
  );
  return { input: await decoded<EpisodeInput>(begun?.input), appends: await Promise.all(appends) };
}

async function decoded<T>(payloads: { payloads?: Payload[] | null } | null | undefined): Promise<T> {
  const [payload] = await payloadCodec.decode(payloads?.payloads ?? []);
  return defaultPayloadConverter.fromPayload<T>(payload!);
}
