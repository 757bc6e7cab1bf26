import { expect, test } from '@jest/globals';
import { turnSlots } from './turn-slots.js';

type Slots = ReturnType<typeof turnSlots>;
type Reserving = Parameters<Slots['reserveSlot']>[0];

const poll = (isSticky: boolean) => ({ isSticky }) as Reserving;
const never = new AbortController().signal;

/** What has settled once everything that could settle has. */
const hasSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false;
  void promise.finally(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
};

test('a run that is not in memory waits for its place; one that is goes on meanwhile', async () => {
  const slots = turnSlots({ known: 3, unknown: 2 });
  const [first] = await Promise.all([1, 2].map(() => slots.reserveSlot(poll(false), never)));
  const third = slots.reserveSlot(poll(false), never);
  expect(await hasSettled(third)).toBe(false);
  expect(slots.tryReserveSlot(poll(false))).toBeNull();
  expect(slots.tryReserveSlot(poll(true))).not.toBeNull();
  await slots.reserveSlot(poll(true), never);

  slots.releaseSlot({ permit: first! });
  await third;
});

test('a slot that nobody waits for any more goes to the next', async () => {
  const slots = turnSlots({ known: 1, unknown: 1 });
  const permit = await slots.reserveSlot(poll(true), never);
  const leaving = new AbortController();
  const left = slots.reserveSlot(poll(true), leaving.signal);
  const next = slots.reserveSlot(poll(true), never);
  leaving.abort();
  slots.releaseSlot({ permit });
  await expect(left).rejects.toBe(leaving.signal.reason);
  await next;
});
