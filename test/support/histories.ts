/** The histories of an episode's runs, from an engine that has them. */
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { chainWorkflowId } from '../../workflows/contract.js';

export type History = temporal.api.history.v1.IHistory;

export interface RunHistory {
  workflowId: string;
  history: History;
}

/** From the last run back to the first. */
export const historiesOf = async ({ workflow }: Client, episodeId: string): Promise<RunHistory[]> => {
  const workflowId = chainWorkflowId(episodeId);
  const histories: RunHistory[] = [];
  let { runId } = await workflow.getHandle(workflowId).describe();
  for (;;) {
    const history: History = await workflow.getHandle(workflowId, runId).fetchHistory();
    histories.push({ workflowId, history });
    const before = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!before) return histories;
    runId = before;
  }
};
