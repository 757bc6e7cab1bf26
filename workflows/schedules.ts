/** The workflows that schedules start; contract.ts says when. */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import { type EpisodeActivities, messageQueueOf } from './contract.js';

/** An episode's last run has no successor that would archive it. */
export async function archiveClosedEpisodes(): Promise<void> {
  // Nothing waits for it, and the next hour tries again.
  const { archiveClosed } = proxyActivities<EpisodeActivities>({
    taskQueue: messageQueueOf(workflowInfo().taskQueue),
    startToCloseTimeout: '10 minutes',
    retry: { maximumAttempts: 3 },
  });
  await archiveClosed();
}
