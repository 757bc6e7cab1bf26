/**
 * An episode of so many days on an engine with skipped time, 33 units that report each day, adjusted three times; in a
 * process of its own, whose memory is the worker's. Prints one line of JSON.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from '@temporalio/worker';
import { RULES_VERSION } from '../episode/state.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import { dataConverter } from '../platform/payload-codec.js';
import { openBackend } from '../test/support/backend.js';
import { liveManyDays } from '../test/support/many-days.js';
import { createSkippedTime, patientClientOf } from '../test/support/skipped-time.js';
import { workflowBundle } from '../test/support/workflow-bundle.js';

export interface LongLife {
  /** Events of each run. */
  events: number[];
  /** Milliseconds to replay the longest. */
  replay: number;
  /** MiB of the heap after a collection, a tenth of the days apart. */
  heap: number[];
}

const days = Number(process.argv[2]);

const environment = await createSkippedTime();
const client = await patientClientOf(environment);
const backend = await openBackend({
  connection: environment.nativeConnection,
  client,
  namespace: 'default',
  binding: bindingOf(loadEditionById('shuimogou-2025'), RULES_VERSION),
});
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heapInUse = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const heap: number[] = [];
const ADJUSTMENTS = ['orange', 'red', 'yellow'] as const;
await liveManyDays(backend, environment, 'long', {
  days,
  levelAfter: (day) => ADJUSTMENTS[(4 * day) / days - 1],
  afterDay: (day) => {
    if (day % Math.ceil(days / 10) === 0) heap.push(heapInUse());
  },
});

const histories = await backend.histories();
const longest = histories.reduce((one, other) =>
  (other.history.events?.length ?? 0) > (one.history.events?.length ?? 0) ? other : one,
);
const before = performance.now();
const workflowBundlePath = { codePath: await workflowBundle() };
await Worker.runReplayHistory(
  { workflowBundle: workflowBundlePath, dataConverter },
  longest.history,
  longest.workflowId,
);
const replay = performance.now() - before;
await backend.close();
await client.connection.close();
await environment.teardown();
const life: LongLife = { events: histories.map(({ history }) => history.events?.length ?? 0), replay, heap };
process.stdout.write(`${JSON.stringify(life)}\n`, () => process.exit(0));
