/** Asks the bare idiom, as people ask the program: some clients, each with its next report after the last answer. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { firstLine, runModule } from '../test/support/child.js';

export interface Idiom {
  /** So many reports by so many clients; answers how long they took, in seconds. */
  report(clients: number, each: number): Promise<number>;
  close(): Promise<void>;
}

export async function startIdiom(address: string, units: number): Promise<Idiom> {
  const worker = runModule('bench/idiom-worker.ts', address);
  await firstLine(worker);
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const run = randomUUID();
  const handles = await Promise.all(
    Array.from({ length: units }, (_, i) =>
      client.workflow.start('idiomUnit', { taskQueue: 'bench-idiom', workflowId: `idiom-${run}-${i}` }),
    ),
  );
  return {
    async report(clients, each) {
      const before = performance.now();
      await Promise.all(
        Array.from({ length: clients }, async (_, i) => {
          for (let n = 0; n < each; n += 1)
            await handles[i % handles.length]!.executeUpdate('report', { args: ['已落实'] });
        }),
      );
      return (performance.now() - before) / 1000;
    },
    async close() {
      await Promise.all(handles.map((handle) => handle.terminate()));
      await connection.close();
      worker.kill('SIGKILL');
    },
  };
}
