/** The worker of the bare idiom, in a process of its own as the program is. The argument is the engine's address. */
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { installRuntime } from '../platform/temporal/runtime.js';

installRuntime(pino({ level: 'silent' }));
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: process.argv[2] ?? '' }),
  taskQueue: 'bench-idiom',
  workflowsPath: new URL('./idiom-workflow.ts', import.meta.url).pathname,
  activities: { nothing: async () => undefined },
});
process.stdout.write('ready\n');
await worker.run();
