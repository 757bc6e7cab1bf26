import { expect, test } from '@jest/globals';
import { together } from './batch-reads.js';

/** A read that ends on demand and answers with the values that were written when it began. */
function store() {
  const reads: Array<{ group: string; keys: string[]; end: (error?: Error) => void }> = [];
  let written = 0;
  const ask = together<string, string>((group, keys) => {
    const seen = written;
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => (error ? reject(error) : resolve((key) => `${key}@${seen}`));
      reads.push({ group, keys, end });
    });
  });
  return { reads, ask, write: () => (written += 1) };
}

/** A read begins one turn of the event loop after it was asked for. */
async function soon(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('requests at once, or during a read, share one read, and no answer is older than its request', async () => {
  const { reads, ask, write } = store();
  const first = [ask('g', 'a'), ask('g', 'b'), ask('g', 'a')];
  await soon();
  write();
  const later = [ask('g', 'a'), ask('g', 'c')];
  const other = ask('h', 'a');
  await soon();
  expect(reads.map(({ group, keys }) => [group, keys])).toEqual([
    ['g', ['a', 'b']],
    ['h', ['a']],
  ]);
  reads[0]?.end();
  expect(await Promise.all(first)).toEqual(['a@0', 'b@0', 'a@0']);
  await soon();
  expect(reads[2]?.keys).toEqual(['a', 'c']);
  reads[1]?.end();
  reads[2]?.end();
  expect(await Promise.all([...later, other])).toEqual(['a@1', 'c@1', 'a@1']);
});

test('a read that fails, fails for those who share it and not for the next', async () => {
  const { reads, ask } = store();
  const failing = ask('g', 'a');
  await soon();
  const next = ask('g', 'a');
  reads[0]?.end(new Error('gone'));
  await expect(failing).rejects.toThrow('gone');
  await soon();
  reads[1]?.end();
  await expect(next).resolves.toBe('a@0');
});
