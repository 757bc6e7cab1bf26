/** The workflows that schedules start (contract.ts says when). */
import { proxyActivities } from '@temporalio/workflow';
import type { EpisodeActivities } from './contract.js';

// Nothing waits for it, and the next hour tries again.
const { archiveClosed } = proxyActivities<EpisodeActivities>({
  startToCloseTimeout: '10 minutes',
  retry: { maximumAttempts: 3 },
});

/** An episode's last run has no successor that would archive it. */
export async function archiveClosedEpisodes(): Promise<void> {
  await archiveClosed();
}
