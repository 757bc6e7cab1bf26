/**
 * A program that runs gives its backup to whoever may read its data folder, by a socket in it: the embedded database has one
 * owner.
 */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';

/** The longest address of a socket that every system takes. */
const LONGEST = 100;

function socketOf(dataFolder: string): string {
  const inside = path.join(dataFolder, 'backup.sock');
  if (Buffer.byteLength(inside) <= LONGEST) return inside;
  const hash = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  return path.join(tmpdir(), `qingkong-${hash}.sock`);
}

/** A backup that is being made. */
const UNFINISHED = /^backup-.*\.part$/;

/**
 * The caller owns the folder, and files that it makes are its own alone (`umask`). A backup is made into the folder first: an
 * embedded database waits in the middle of it for nobody who takes it slowly.
 */
export async function giveBackups(
  dataFolder: string,
  make: () => Readable,
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  const socket = socketOf(dataFolder);
  rmSync(socket, { force: true });
  for (const name of readdirSync(dataFolder).filter((one) => UNFINISHED.test(one))) rmSync(path.join(dataFolder, name));
  const give = async (response: ServerResponse): Promise<void> => {
    const unfinished = path.join(dataFolder, `backup-${randomUUID()}.part`);
    try {
      await pipeline(make(), createWriteStream(unfinished));
      await pipeline(createReadStream(unfinished), response);
    } finally {
      rmSync(unfinished, { force: true });
    }
  };
  const server = createServer((_, response) => {
    log.info('a backup is made');
    give(response).catch((error: unknown) => {
      log.error({ err: error }, 'a backup broke off');
      response.destroy();
    });
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The bytes of a backup from the program that runs on a folder; nothing when none does. */
export async function backupFrom(dataFolder: string): Promise<Readable | undefined> {
  const asked = request({ socketPath: socketOf(dataFolder) });
  asked.end();
  try {
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return answer;
  } catch (error) {
    if (['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
