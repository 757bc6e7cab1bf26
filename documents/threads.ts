import path from 'node:path';
import { Tinypool } from 'tinypool';

const PATIENCE_MS = 60_000;

/** A thread for the function `name` of a script beside this file: a paper of a thousand rows keeps it busy for a second. */
export function inThread<Given>(script: string, name: string, mostHeapMb: number): (given: Given) => Promise<Buffer> {
  const threads = new Tinypool({
    filename: path.join(import.meta.dirname, script),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 1_000,
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
  });
  return async (given) =>
    Buffer.from((await threads.run(given, { name, signal: AbortSignal.timeout(PATIENCE_MS) })) as Uint8Array);
}
