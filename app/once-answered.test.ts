import { expect, test } from '@jest/globals';
import { ServiceError } from '@temporalio/client';
import { onceAnswered } from './once-answered.js';

/** Fails with these, then answers. */
const answering = (...errors: Error[]) => {
  let asked = 0;
  return async () => {
    const error = errors[asked];
    asked += 1;
    if (error) throw error;
    return asked;
  };
};
const notYet = new ServiceError('Failed to describe schedule');

test('an engine that cannot tell yet is asked again', async () => {
  expect(await onceAnswered(answering(notYet, notYet))).toBe(3);
});

test('not for ever, and not after an answer that says no', async () => {
  await expect(onceAnswered(answering(notYet, notYet), 0)).rejects.toBe(notYet);
  const no = new Error('no such schedule');
  await expect(onceAnswered(answering(no))).rejects.toBe(no);
});
