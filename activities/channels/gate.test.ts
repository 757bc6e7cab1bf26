import { beforeEach, expect, test } from '@jest/globals';
import { illnesses } from '../../ledger/channel-health.js';
import { onBothDatabases } from '../../ledger/testing/databases.js';
import { message, NEVER } from '../testing/messages.js';
import { type ChannelAnswer, type ChannelMessage, type ChannelSender, refusedFor } from './channel.js';
import { gated } from './gate.js';

const MINUTE = 60_000;

onBothDatabases('a gate', (database) => {
  let now: number;
  let asked: string[];
  let atOnce: number;
  let mostAtOnce: number;
  /** What the other side says now. */
  let answer: (message: ChannelMessage) => ChannelAnswer | Promise<ChannelAnswer>;
  beforeEach(() => {
    now = Date.parse('2026-01-10T14:00:00+08:00');
    asked = [];
    atOnce = mostAtOnce = 0;
    answer = taken;
  });

  const taken = ({ key }: ChannelMessage): ChannelAnswer => ({ outcome: 'taken', messageId: key });
  const tooMany = (): ChannelAnswer => refusedFor('policy', 'rate-limited: 554');
  /** A worker: with a gate of its own in front of the same server. */
  const worker = (): ChannelSender => {
    const sender: ChannelSender = {
      async send(one) {
        asked.push(one.key);
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
        return answer(one);
      },
    };
    return gated(sender, 'email', ({ to }) => to.address, { database: database(), clock: () => now });
  };
  const say = (key: string, over: Partial<ChannelMessage> = {}) =>
    message({ key, to: { name: key, address: `${key}@unit.example` }, ...over });
  const sendAll = (gate: ChannelSender, keys: readonly string[], over: Partial<ChannelMessage> = {}) =>
    Promise.all(keys.map((key) => gate.send(say(key, over), NEVER)));
  const outcomes = (answers: ChannelAnswer[]) => answers.map(({ outcome }) => outcome);
  const twenty = Array.from({ length: 20 }, (_, i) => `m${i}`);

  test('lets eight go at once while the way is well', async () => {
    expect(new Set(outcomes(await sendAll(worker(), twenty)))).toEqual(new Set(['taken']));
    expect(mostAtOnce).toBe(8);
  });

  test('once refused, nothing else goes, and each is told when to come again; nothing fails', async () => {
    answer = tooMany;
    const gate = worker();
    const answers = await sendAll(gate, twenty);
    expect(asked.length).toBeLessThanOrEqual(8);
    for (const one of answers) expect(one).toMatchObject({ outcome: 'deferred', fault: 'policy', retryAfter: 15 });
    expect(await illnesses(database())).toMatchObject([{ way: 'email', fault: 'policy', failures: 1, toldAt: null }]);
  });

  test('a server that bears three at once gets its messages with few refusals', async () => {
    let refused = 0;
    const sender: ChannelSender = {
      async send(one) {
        atOnce += 1;
        const isTooMany = atOnce > 3;
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
        if (isTooMany) refused += 1;
        else asked.push(one.key);
        return isTooMany ? tooMany() : taken(one);
      },
    };
    const gate = gated(sender, 'email', ({ to }) => to.address, { database: database(), clock: () => now });
    let left = Array.from({ length: 66 }, (_, i) => `m${i}`);
    for (let rounds = 0; left.length > 0 && rounds < 20; rounds += 1) {
      const answers = await sendAll(gate, left);
      left = left.filter((_, i) => answers[i]!.outcome !== 'taken');
      now += MINUTE;
    }
    expect(left).toEqual([]);
    expect(asked).toHaveLength(66);
    expect(refused).toBeLessThan(20);
  });

  test('a service that says for how long it takes nothing is left alone so long', async () => {
    answer = () => ({ ...tooMany(), retryAfter: 600 }) as ChannelAnswer;
    const gate = worker();
    expect(await sendAll(gate, ['m0'])).toMatchObject([{ retryAfter: 600 }]);
    asked = [];
    now += 9 * MINUTE;
    await sendAll(gate, ['m1']);
    expect(asked).toEqual([]);
    now += MINUTE;
    await sendAll(gate, ['m1']);
    expect(asked).toEqual(['m1']);
  });

  test('ill, it is tried by one at a time after growing pauses, by whichever worker comes; a restart finds it so', async () => {
    answer = tooMany;
    await sendAll(worker(), twenty);
    asked = [];
    const workers = [worker(), worker()];
    const pauses: number[] = [];
    for (let minutes = 0; minutes < 10; minutes += 0.25) {
      now += MINUTE / 4;
      const before = asked.length;
      await Promise.all(workers.map((gate) => sendAll(gate, twenty)));
      expect(asked.length - before).toBeLessThanOrEqual(1);
      if (asked.length > before) pauses.push(minutes + 0.25);
    }
    expect(pauses).toEqual([0.25, 0.75, 1.75, 3.75, 5.75, 7.75, 9.75]);
    // No message is asked about all the time: one may be refused for itself. Each worker knows its own tries alone.
    expect(new Set(asked).size).toBeGreaterThan(1);
  });

  test('well again, one goes, then more and more; the urgent first, drills last', async () => {
    answer = tooMany;
    const gate = worker();
    await sendAll(gate, ['first']);
    now += MINUTE;
    answer = taken;
    asked = [];
    mostAtOnce = 0;
    const sent = await Promise.all([
      sendAll(gate, ['drill'], { drill: true }),
      sendAll(gate, ['reminder'], { urgency: 2 }),
      sendAll(gate, ['missed'], { urgency: 1 }),
      sendAll(gate, ['notice'], { urgency: 0 }),
      sendAll(gate, twenty, { urgency: 3 }),
    ]);
    expect(new Set(outcomes(sent.flat()))).toEqual(new Set(['taken']));
    expect(asked.slice(0, 3)).toEqual(['notice', 'missed', 'reminder']);
    expect(asked.at(-1)).toBe('drill');
    expect(mostAtOnce).toBeLessThanOrEqual(8);
    expect(await illnesses(database())).toMatchObject([{ wellSince: now }]);
  });

  test('a new notice may try a way soon, a drill leaves the first try to real episodes', async () => {
    answer = () => refusedFor('account', 'account-refused: 535');
    const gate = worker();
    for (let i = 0; i < 6; i += 1) {
      await sendAll(gate, ['old']);
      now += 15 * MINUTE;
    }
    asked = [];
    await sendAll(gate, ['old']);
    now += MINUTE;
    await sendAll(gate, ['old', 'drill'], { drill: true, isNew: true });
    expect(asked).toEqual(['old']);
    await sendAll(gate, ['new'], { isNew: true });
    expect(asked).toEqual(['old', 'new']);
  });

  test('a refusal that does not say whose fault it is: one message’s, unless the next is refused too', async () => {
    const gate = worker();
    answer = ({ key }) => (key === 'm3' ? refusedFor('unclear', '550') : taken(say(key)));
    expect(outcomes(await sendAll(gate, twenty)).filter((outcome) => outcome === 'deferred')).toHaveLength(1);
    expect(outcomes(await sendAll(gate, ['m3', 'm3']))).toEqual(['deferred', 'deferred']);
    expect(await illnesses(database())).toEqual([]);
    answer = () => refusedFor('unclear', '554');
    await sendAll(gate, ['m3', 'm4', 'm5']);
    expect(await illnesses(database())).toMatchObject([{ fault: 'policy', reason: '554' }]);
  });

  test('wrong addresses and full mailboxes make nothing ill, and hold nobody up', async () => {
    const gate = worker();
    answer = ({ key }) => refusedFor(key.endsWith('1') ? 'address' : 'recipient', '550');
    expect(new Set(outcomes(await sendAll(gate, twenty)))).toEqual(new Set(['failed', 'deferred']));
    expect(asked).toHaveLength(20);
    expect(await illnesses(database())).toEqual([]);
  });

  test('while ill, a wrong address says nothing of the way: the next message tries', async () => {
    const gate = worker();
    answer = tooMany;
    await sendAll(gate, ['m0']);
    now += MINUTE;
    answer = (one) => (one.key === 'm1' ? refusedFor('address', '550') : taken(one));
    expect(outcomes(await sendAll(gate, ['m1', 'm2', 'm3']))).toEqual(['failed', 'taken', 'taken']);
  });

  test('a caller that gives up is answered; a fault of ours is his', async () => {
    const gate = worker();
    const giveUp = new AbortController();
    let release = () => undefined as unknown;
    const held = new Promise((resolve) => {
      release = () => resolve(undefined);
    });
    answer = (one) => held.then(() => taken(one));
    const going = sendAll(gate, twenty.slice(0, 8));
    const waiting = gate.send(say('late'), giveUp.signal);
    giveUp.abort();
    const givenUp = { outcome: 'deferred', reason: 'time-out', perhapsTaken: false };
    expect(await waiting).toEqual(givenUp);
    expect(await gate.send(say('too late'), AbortSignal.abort())).toEqual(givenUp);
    release();
    await going;
    expect(asked).toHaveLength(8);
    answer = () => {
      throw new Error('broken');
    };
    await expect(gate.send(say('m9'), NEVER)).rejects.toThrow('broken');
    answer = taken;
    expect(await gate.send(say('m10'), NEVER)).toMatchObject({ outcome: 'taken' });
  });
});
