/** Rings an alarm by a script, for workflows/alarm.test.ts. */
import { condition, sleep } from '@temporalio/workflow';
import { Alarm } from '../../dist/workflows/alarm.js';

/**
 * Each step waits, resets the alarm if told to, and sets it, all in milliseconds. Answers when the alarm rang, in
 * milliseconds from the beginning, and whether it rang again within a day.
 */
export async function alarmScript(steps) {
  const begun = Date.now();
  const alarm = new Alarm();
  for (const { after = 0, reset = false, ringIn } of steps) {
    if (after > 0) await sleep(after);
    if (reset) alarm.reset();
    if (ringIn !== undefined) alarm.setFor(begun + ringIn);
  }
  await condition(() => alarm.hasRung, '30 days');
  const rangAfter = alarm.hasRung ? Date.now() - begun : undefined;
  alarm.reset();
  await sleep('1 day');
  return { rangAfter, rangAgain: alarm.hasRung };
}
