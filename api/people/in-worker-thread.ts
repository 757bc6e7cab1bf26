import { Worker } from 'node:worker_threads';

const PATIENCE_MS = 10_000;
const MOST_HEAP_MB = 256;

/**
 * Runs a script beside the event loop, with a bound on memory and time: what it `answer`s for `given`. A thread of its
 * own each time, for spreadsheets are rare, and a small one may unpack to a very large one.
 */
export async function beside<T>(script: string, given: object): Promise<T> {
  const worker = new Worker(FRAME + script, {
    eval: true,
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  const timer = setTimeout(() => worker.terminate(), PATIENCE_MS);
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', () => reject(new Error('the script ended without an answer')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const FRAME = `
  const { parentPort, workerData: given } = require('node:worker_threads');
  const answer = (value) => parentPort.postMessage(value);`;
