import { getEventListeners, once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { within } from './within.js';

setFlagsFromString('--expose-gc');
const collectMemory: () => void = runInNewContext('gc');

const untilAborted = (signal: AbortSignal) => once(signal, 'abort').then(() => 'given up');

test('the time is up after a collection of memory too', async () => {
  const works = Array.from({ length: 100 }, () => within(50, new AbortController().signal, untilAborted));
  collectMemory();
  expect(new Set(await Promise.all(works))).toEqual(new Set(['given up']));
});

test('a caller who gives up ends the work, before it and during it', async () => {
  const caller = new AbortController();
  const work = within(3_600_000, caller.signal, untilAborted);
  caller.abort();
  expect(await work).toBe('given up');
  expect(await within(3_600_000, caller.signal, async ({ aborted }) => aborted)).toBe(true);
});

test('nothing listens to the caller when the work has ended, well or not', async () => {
  const caller = new AbortController();
  const failing = async () => {
    throw new Error('broken');
  };
  expect(await within(50, caller.signal, async () => 'done')).toBe('done');
  await expect(within(50, caller.signal, failing)).rejects.toThrow('broken');
  expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
});
