// Loaded into the program that is measured: tells over IPC the longest gap of a 1 ms interval since it was last asked.
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.send) {
  let last = performance.now();
  let longest = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1).unref();
  process.on('message', () => {
    process.send({ longest, memory: process.memoryUsage() });
    longest = 0;
  });
  process.channel?.unref();
}
