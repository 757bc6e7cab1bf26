/** A worker in a process of its own, for tests that kill it: `idle-worker.ts ADDRESS BUNDLE`. It has no activities. */
import { NativeConnection, Worker } from '@temporalio/worker';
import { TASK_QUEUES } from '../../workflows/contract.js';

const [address = '', codePath = ''] = process.argv.slice(2);
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, taskQueue: TASK_QUEUES.episodes, workflowBundle: { codePath } });
console.log('ready');
await worker.run();
