import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { SCHEDULES, TASK_QUEUES } from '../workflows/contract.js';
import { onceAnswered } from './once-answered.js';

/**
 * Creates the schedules that are missing, with the mark of the installation, and sets their intervals. Of several
 * processes the first creates them.
 */
export async function ensureSchedules(client: Client, installation: string): Promise<void> {
  for (const { scheduleId, workflowType, every } of SCHEDULES) {
    const options = {
      spec: { intervals: [{ every }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      action: { type: 'startWorkflow' as const, workflowType, taskQueue: TASK_QUEUES.episodes },
    };
    try {
      await onceAnswered(() => client.schedule.create({ scheduleId, memo: { installation }, ...options }));
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const schedule = client.schedule.getHandle(scheduleId);
      await onceAnswered(() => schedule.update((known) => ({ ...known, ...options })));
    }
  }
}
