/**
 * Decides the turns of recorded histories again. Temporal's replay compares which activities a workflow calls, not with
 * what: a changed rule would replay. Here each turn's entries are made anew from its recorded commands and moment.
 */
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { begin } from '../../episode/state.js';
import { takeTurn } from '../../episode/turn.js';
import { payloadCodec } from '../../platform/payload-codec.js';
import type { AppendInput } from '../../workflows/contract.js';
import type { RunHistory } from './histories.js';

/** Turns that come out otherwise today, by workflow id and number of their first entry. Throws when there is no turn. */
export async function turnsDecidedOtherwise(histories: readonly RunHistory[]): Promise<string[]> {
  const byEpisode = new Map<string, AppendInput[]>();
  for (const { workflowId, history } of histories) {
    byEpisode.set(workflowId, [...(byEpisode.get(workflowId) ?? []), ...(await appendsOf(history))]);
  }
  if ([...byEpisode.values()].every((appends) => appends.length === 0)) throw new Error('no turn to decide again');
  return [...byEpisode].flatMap(([workflowId, appends]) =>
    decidedOtherwise(appends).map((seq) => `${workflowId}: the turn from entry ${seq} on is decided otherwise`),
  );
}

/** Of one episode's turns, the first entries of those that come out otherwise. A refused start has no turn. */
export function decidedOtherwise(appends: readonly AppendInput[]): number[] {
  const inOrder = appends.toSorted((one, other) => one.entries[0]!.seq - other.entries[0]!.seq);
  const [first] = inOrder;
  if (first === undefined) return [];
  if (first.binding === undefined) throw new Error(`${first.chainId}: the first turn is not there`);
  const differing: number[] = [];
  let state = begin(first.chainId, first.binding);
  for (const { commands, now, underWay, entries } of inOrder) {
    const turn = takeTurn(state, commands, now, underWay);
    const same = turn.entries.length === entries.length && turn.entries.at(-1)?.hash === entries.at(-1)?.hash;
    if (!same) differing.push(entries[0]!.seq);
    state = turn.state;
  }
  return differing;
}

/** The inputs of a run's appends. */
export async function appendsOf({ events }: RunHistory['history']): Promise<AppendInput[]> {
  const inputs = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled?.activityType?.name === 'append' ? [(scheduled.input?.payloads ?? []) as Payload[]] : [],
  );
  return Promise.all(
    inputs.map(async (payloads) => {
      const [input] = await payloadCodec.decode(payloads);
      return defaultPayloadConverter.fromPayload<AppendInput>(input!);
    }),
  );
}
