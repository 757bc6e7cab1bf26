import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Blame } from '../../episode/faults.js';
import { message } from '../testing/messages.js';
import { type ChannelAnswer, refusedFor } from './channel.js';
import { afterAnswer, afterSending, leadOf, mostNow, UNTRIED, type WayState } from './gate-rules.js';

const NOW = 1_000_000;
const SECONDS = 1_000;
type Said = 'taken' | Blame;

const answerOf = (said: Said): ChannelAnswer =>
  said === 'taken' ? { outcome: 'taken', messageId: 'm' } : refusedFor(said, said);

/** One message after the other: the answer, and whom a doubt would be about. */
const after = (said: ReadonlyArray<Said | [Said, string]>, from = UNTRIED): WayState =>
  said.reduce<WayState>((way, one, i) => {
    const [answer, about] = typeof one === 'string' ? [one, `m${i}`] : one;
    const sent = afterSending(way, `m${i}`);
    return afterAnswer(sent, { answer: answerOf(answer), place: sent.sent, about, now: NOW });
  }, from);

const times = (many: number, said: Said): Said[] => Array<Said>(many).fill(said);

test.each<[string, ReadonlyArray<Said | [Said, string]>, number, object | undefined]>([
  ['well', [], 8, undefined],
  ['a wrong address, an unsuitable text, a full mailbox', ['address', 'text', 'recipient'], 8, undefined],
  ['a rate', ['policy'], 1, { fault: 'policy', failures: 1, nextTryAt: NOW + 15 * SECONDS }],
  ['twice a server', ['server', 'server'], 1, { fault: 'server', failures: 2, nextTryAt: NOW + 30 * SECONDS }],
  ['an account for long', times(9, 'account'), 1, { fault: 'account', failures: 9, nextTryAt: NOW + 900 * SECONDS }],
  ['one doubt', ['unclear'], 1, undefined],
  ['one doubt, and the next is taken', ['unclear', 'taken'], 8, undefined],
  [
    'two doubts about one',
    [
      ['unclear', 'a'],
      ['unclear', 'a'],
    ],
    1,
    undefined,
  ],
  [
    'two doubts about two',
    [
      ['unclear', 'a'],
      ['unclear', 'b'],
    ],
    1,
    { fault: 'policy', failures: 1 },
  ],
  ['a doubt while ill', ['account', 'unclear'], 1, { fault: 'policy', failures: 2 }],
  ['a wrong address while ill', ['policy', 'address'], 1, { fault: 'policy', failures: 1 }],
  ['taken again', ['policy', 'taken'], 1, undefined],
  ['then two', ['policy', 'taken', 'taken'], 2, undefined],
  ['then half as many as before', ['policy', ...times(5, 'taken')], 4, undefined],
  ['and one more after sixteen', ['policy', ...times(16, 'taken')], 5, undefined],
  ['ill twice: a quarter', ['policy', ...times(5, 'taken'), 'policy', ...times(5, 'taken')], 2, undefined],
  ['all after sixty-four', ['policy', ...times(64, 'taken')], 8, undefined],
])('%s', (_, said, limit, illness) => {
  const way = after(said);
  expect(mostNow(way)).toBe(limit);
  if (illness) expect(way.illness).toMatchObject(illness);
  else expect(way.illness).toBeUndefined();
});

test('an answer to what was sent before it fell ill, or got well, changes nothing', () => {
  const two = afterSending(afterSending(UNTRIED, 'm1'), 'm2');
  const told = (way: WayState, said: Said, place: number) =>
    afterAnswer(way, { answer: answerOf(said), place, about: 'm', now: NOW });
  const ill = told(two, 'policy', 1);
  for (const said of ['taken', 'policy', 'server'] as const) expect(told(ill, said, 2)).toEqual(ill);
  const tried = afterSending(afterSending(ill, 'm3'), 'm4');
  const well = told(tried, 'taken', 3);
  expect(well.illness).toBeUndefined();
  expect(told(well, 'policy', 4)).toEqual(well);
});

test('a pause is as long as the service asks', () => {
  const sent = afterSending(UNTRIED, 'm1');
  const answer = refusedFor('policy', 'rate-limited', { retryAfter: 600 });
  expect(afterAnswer(sent, { answer, place: 1, about: 'm', now: NOW }).illness?.nextTryAt).toBe(NOW + 600 * SECONDS);
});

test.each([
  ['an old one', {}, 0],
  ['a new one, half a minute after the last try', { isNew: true as const }, 870],
  ['a drill, ten seconds after the others', { drill: true as const, isNew: true as const }, -10],
])('%s', (_, over, seconds) => {
  expect(leadOf(after(times(9, 'account')).illness!, message(over))).toBe(seconds * SECONDS);
});

test('whatever is answered in whatever order: one at a time while it is ill or in doubt, never more than eight, never none', () => {
  const said = fc.constantFrom<Said>('taken', 'address', 'text', 'recipient', 'account', 'policy', 'server', 'unclear');
  fc.assert(
    fc.property(fc.array(fc.tuple(said, fc.nat(7), fc.nat(2))), (answers) => {
      let way = UNTRIED;
      const underWay: number[] = [];
      const send = () => {
        while (underWay.length < mostNow(way)) {
          way = afterSending(way, 'm');
          underWay.push(way.sent);
        }
      };
      for (const [one, which, about] of answers) {
        send();
        const before = way;
        const [place] = underWay.splice(which % underWay.length, 1);
        way = afterAnswer(way, { answer: answerOf(one), place: place!, about: `m${about}`, now: NOW });
        const isOneAtATime = way.illness !== undefined || way.doubt !== undefined;
        expect(mostNow(way)).toBe(isOneAtATime ? 1 : way.width);
        expect(way.width).toBeGreaterThanOrEqual(1);
        expect(way.width).toBeLessThanOrEqual(8);
        // Only a refusal makes it ill, only a message that was taken makes it well.
        if (way.illness && !before.illness) expect(['account', 'policy', 'server', 'unclear']).toContain(one);
        if (!way.illness && before.illness) expect(one).toBe('taken');
      }
    }),
  );
});
