/** A Temporal dev server for tests, in memory: each suite has its own, which ends with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../platform/config.js';
import { startDevServer } from '../../platform/temporal/dev-server.js';
import { connectEngine, type Engine } from '../../platform/temporal/engine.js';
import { findTemporal } from '../../platform/temporal/program.js';

/** Time limit for `beforeAll`: getting a server the first time on a machine may take this long. */
export const FIRST_TIME = 20 * 60_000;

/** The path of a `temporal` program, got as `npm start` gets it. */
export const temporalProgram = (): Promise<string> =>
  findTemporal({
    env: process.env,
    cacheFolder: readConfig(process.env).cacheFolder,
    say: (line) => process.stderr.write(`${line}\n`),
  });

/** `settings` are dynamic settings of the server, such as when it suggests to continue as new. */
export const startTestEngine = async (settings: Record<string, number> = {}): Promise<Engine & { address: string }> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'qingkong-engine-'));
  const server = await startDevServer({
    program: await temporalProgram(),
    folder,
    persistent: false,
    ui: false,
    settings,
  });
  const engine = await connectEngine({ connectionOptions: { address: server.address } });
  return {
    ...engine,
    address: server.address,
    close: async () => {
      await engine.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
