/** Temporal's server and the tool for its schema, built from the Go module proxy where their images cannot be had. */
import { closeSync, existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../../../platform/config.js';
import { goInstall, lockCache } from '../../../platform/temporal/program.js';

/** The version of the image in docker-compose.yml. */
const VERSION = 'v1.29.1';
const PACKAGES = ['cmd/server', 'cmd/tools/sql'].map((folder) => `go.temporal.io/server/${folder}@${VERSION}`);

export interface ServerPrograms {
  server: string;
  sqlTool: string;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Builds them once on a machine, into the cache; some minutes. Processes that ask at the same time take turns. */
export async function serverPrograms(): Promise<ServerPrograms> {
  // A folder of its own: who looks for the dev server need not wait for this.
  const folder = path.join(readConfig(process.env).cacheFolder, 'cluster');
  const place = path.join(folder, `temporal-server-${VERSION}`);
  const lock = await lockCache(folder);
  try {
    if (!existsSync(place)) {
      say('正在用 Go 构建 Temporal 服务器和建表工具（只需一次，通常五至十分钟）');
      const fresh = await mkdtemp(`${place}-`);
      try {
        await goInstall(fresh, PACKAGES, { env: process.env, say });
        await rename(fresh, place);
      } finally {
        await rm(fresh, { recursive: true, force: true });
      }
    }
  } finally {
    if (lock !== undefined) closeSync(lock);
  }
  return { server: path.join(place, 'server'), sqlTool: path.join(place, 'sql') };
}
