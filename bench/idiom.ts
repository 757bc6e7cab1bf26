/** Asks the bare idiom, as people ask the program: some clients, each with its next report after the last answer. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { firstLine, runModule } from '../test/support/child.js';
import { rateOf } from './load.js';

export interface Idiom {
  report(client: number): Promise<void>;
  /** Reports a second of so many clients. */
  rate(clients: number, seconds: number): Promise<number>;
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
  const report = (client: number) =>
    handles[client % handles.length]!.executeUpdate<void, [string]>('report', { args: ['已落实'] });
  return {
    report,
    rate: (clients, seconds) => rateOf(clients, seconds, report),
    async close() {
      await Promise.all(handles.map((handle) => handle.terminate()));
      await connection.close();
      worker.kill('SIGKILL');
    },
  };
}
