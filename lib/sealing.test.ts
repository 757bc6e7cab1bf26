import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createSealing, KEY_BYTES } from './sealing.js';

const sealing = createSealing(randomBytes(KEY_BYTES));

test('opens for its owner alone, unchanged, under its key', () => {
  const sealed = sealing.seal('秘密', 'a');
  expect(sealing.open(sealed, 'a')).toBe('秘密');
  expect(sealing.open(sealed, 'b')).toBeUndefined();
  expect(createSealing(randomBytes(KEY_BYTES)).open(sealed, 'a')).toBeUndefined();
  const changed = Buffer.from(sealed, 'base64url');
  changed[changed.length - 1]! ^= 1;
  expect(sealing.open(changed.toString('base64url'), 'a')).toBeUndefined();
  for (const nonsense of ['', 'x', '密'.repeat(40)]) expect(sealing.open(nonsense, 'a')).toBeUndefined();
});

test('the same secret is sealed differently each time', () => {
  expect(sealing.seal('秘密', 'a')).not.toBe(sealing.seal('秘密', 'a'));
});
