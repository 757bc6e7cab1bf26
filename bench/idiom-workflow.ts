/** The bare idiom: a workflow for each unit, and an update that runs one activity which does nothing. */
import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '10 seconds' });

export async function idiomUnit(): Promise<void> {
  setHandler(defineUpdate<void, [string]>('report'), () => nothing());
  await condition(() => false);
}
