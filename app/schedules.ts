import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { SCHEDULES, TASK_QUEUES } from '../workflows/contract.js';

/** Creates every schedule that does not exist yet. Of several workers the first one creates it. */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const { scheduleId, workflowType, every } of SCHEDULES) {
    try {
      await client.schedule.create({
        scheduleId,
        spec: { intervals: [{ every }] },
        policies: { overlap: ScheduleOverlapPolicy.SKIP },
        action: { type: 'startWorkflow', workflowType, taskQueue: TASK_QUEUES.episodes },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}
