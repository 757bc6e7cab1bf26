import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../plan/rules/calendar.js';
import type { DeliveryResult } from './commands.js';
import { ALONE, ALONE_SINCE, acknowledgeAlone, deliveredAs, lifeAlone } from './testing/alone.js';
import { adjustOf, at, Life, liftOf, startOf, taken } from './testing/life.js';
import { stepsAbout } from './testing/steps.js';
import { boardOf } from './views.js';

describe('a notice that waits for its server', () => {
  test('§3.1.5 a notice that an adjustment has overtaken does not arrive after it', () => {
    const back = at('2026-01-10 14:20');
    const sent: string[] = [];
    const life = lifeAlone((message, now) => {
      if (now < back) return [deliveredAs('deferred', 'time-out')];
      sent.push(message.key);
      return taken();
    });
    const [start] = Object.keys(life.state.messages);
    life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red'));
    expect(life.of('notification.withdrawn').at(-1)!.data).toEqual({ messages: [start], reason: 'repeated' });
    life.passTo('2026-01-10 14:40');
    expect(sent).not.toContain(start);
    expect(sent).toContain(`unit:education:${life.of('unit.notified').at(-1)!.seq}`);
  });

  test('an adjustment entered ahead overtakes nothing until it is in force', () => {
    let isBack = false;
    const sent: string[] = [];
    const life = lifeAlone((message) => {
      if (!isBack) return [deliveredAs('deferred', 'time-out')];
      sent.push(message.key);
      return taken();
    });
    const [start] = Object.keys(life.state.messages) as [string];
    life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red', '2026-01-11 08:00'));
    expect(Object.keys(life.state.messages)).toContain(start);
    isBack = true;
    life.passTo('2026-01-10 15:00');
    expect(sent).toContain(start);
    expect(life.of('notification.withdrawn')).toEqual([]);
  });

  test('an adjustment that comes into force while the server is away overtakes the notices before it', () => {
    const life = lifeAlone(() => [deliveredAs('deferred', 'time-out')]);
    const [start] = Object.keys(life.state.messages) as [string];
    life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red', '2026-01-10 14:15'));
    expect(Object.keys(life.state.messages)).toContain(start);
    life.passTo('2026-01-10 14:15');
    expect(life.of('notification.withdrawn')).toMatchObject([{ data: { reason: 'repeated' } }]);
    expect(life.of('notification.withdrawn')[0]!.data.messages).toContain(start);
    const adjusted = life.of('unit.notified').filter(({ data }) => data.occasion === 'adjustment');
    for (const { unitId, seq } of adjusted) expect(Object.keys(life.state.messages)).toContain(`unit:${unitId}:${seq}`);
  });
});

test('§6.6 the board shows the waiting messages, the reason, and the next try', () => {
  const life = lifeAlone(() => [deliveredAs('deferred', 'time-out')]);
  life.passTo('2026-01-10 14:01');
  expect(boardOf(life.state, at('2026-01-10 14:01')).units[0]!.waiting).toEqual([
    { about: 2, whom: 'everyone', attempts: 2, nextTryAt: '2026-01-10T14:01:30.000+08:00', reason: 'time-out' },
  ]);
});

test.each([
  ['account', undefined],
  ['policy', undefined],
  ['server', undefined],
  ['recipient', 'failed'],
  [undefined, 'failed'],
] as const)('after two days without an answer to a refusal by fault of %s, the notice is %s', (fault, outcome) => {
  const back = at('2026-01-12 15:00');
  const life = lifeAlone((message, now) => {
    if (now >= back) return taken(message);
    const refused = { ...deliveredAs('deferred', 'refused'), retryAfter: 900 };
    return [fault === undefined ? refused : { ...refused, fault }];
  });
  const [start] = Object.keys(life.state.messages) as [string];
  const ofStart = (kind: 'notification.failed' | 'notification.sent') =>
    life.of(kind).filter(({ data }) => data.message === start);
  life.passTo('2026-01-12 14:59');
  expect(ofStart('notification.failed').map(({ data }) => data.fault)).toEqual(outcome ? [fault] : []);
  life.passTo('2026-01-12 15:20');
  expect(ofStart('notification.sent')).toHaveLength(outcome ? 0 : 1);
  // The other side says when it may take it, and only that.
  for (const { data } of life.of('notification.deferred').slice(0, 1))
    expect(data.messages[0]!.notBefore).toBe(
      outcome ? '2026-01-10T14:00:30.000+08:00' : '2026-01-10T14:15:00.000+08:00',
    );
});

describe('the next try of a message to several contacts', () => {
  const refused = { ...deliveredAs('deferred', 'time-out'), fault: 'recipient' as const };
  const ill = (retryAfter?: number, contact = 'liaison-2') => ({
    ...deliveredAs('deferred', 'refused', contact),
    fault: 'server' as const,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
  const triesOf = (...refusals: Array<DeliveryResult[] | undefined>) => {
    const life = lifeAlone((message) => refusals.shift() ?? taken(message));
    life.passTo('2026-01-10 15:00');
    return life.of('notification.deferred').map(({ data: { messages } }) => {
      const { notBefore, attempt } = messages[0]!;
      return `${notBefore.slice(11, 19)} ${attempt}`;
    });
  };

  test.each([
    ['the address first, its way much later', [refused, ill(900)], '14:00:30 1'],
    ['a way first, another later', [ill(900), ill(120, 'liaison-3')], '14:02:00 1'],
    ['a way that says nothing, after a minute', [ill()], '14:01:00 1'],
  ])('is the earliest: %s', (_, refusals, next) => {
    expect(triesOf(refusals)).toEqual([next]);
  });

  test('tries of an ill way count once, and the pauses of an address grow from its own first refusal', () => {
    expect(triesOf([ill(60)], [ill(60)], [refused], [refused])).toEqual([
      '14:01:00 1',
      '14:02:00 1',
      '14:02:30 2',
      '14:03:30 3',
    ]);
  });

  test('a person who comes late to a message is tried for a day of his own, soon at first', () => {
    const late = { ...refused, contact: 'liaison-2' };
    const tried: number[] = [];
    const life = lifeAlone(({ settled, to }, now) => {
      if (to.kind !== 'unit' || to.whom) return taken();
      if (now < at('2026-01-11 13:00')) return [refused];
      tried.push(now);
      return [refused, late].filter(({ contact }) => !settled.includes(`${contact}/sms`));
    });
    life.passTo('2026-01-12 18:00');
    const ended = life.of('notification.failed').map(({ data: { contact }, at }) => [contact, Date.parse(at)] as const);
    expect(ended.map(([contact]) => contact)).toEqual(['liaison-1', 'liaison-2']);
    const [[, first], [, second]] = ended as [(typeof ended)[0], (typeof ended)[0]];
    expect(first).toBeGreaterThan(at('2026-01-11 13:30'));
    expect(first).toBeLessThan(at('2026-01-11 14:30'));
    expect(second - tried[0]!).toBeGreaterThan(23 * 60 * MINUTE);
    expect(tried.slice(1, 4).map((now, i) => (now - tried[i]!) / MINUTE)).toEqual([0.5, 1, 2]);
  });

  test('one whose tries are over is not tried on by the side of another who waits for an ill way', () => {
    const life = lifeAlone(({ settled, to }) => {
      if (to.kind !== 'unit' || to.whom) return taken();
      return [refused, ill(60)].filter(({ contact }) => !settled.includes(`${contact}/sms`));
    });
    life.passTo('2026-01-11 18:00');
    expect(life.of('notification.failed')).toMatchObject([{ data: { contact: 'liaison-1', final: false } }]);
    expect(Object.values(life.state.messages)).toMatchObject([{ settled: ['liaison-1/sms'] }]);
  });
});

test('every gateway down for six hours and back: due messages go out once, the urgent first, stale reminders not at all', () => {
  const back = at('2026-01-10 20:00');
  const sent: string[] = [];
  const minutes: number[] = [];
  const life = new Life(ALONE, (message, now) => {
    if (now < back) return [deliveredAs('deferred', 'time-out')];
    sent.push(message.key);
    minutes.push(Math.floor(now / MINUTE));
    return taken(message);
  });
  life.do(ALONE_SINCE, startOf(ALONE_SINCE));
  life.passTo('2026-01-10 20:30');
  const kinds = sent.map((key) => {
    const seq = Number(key.split(':').at(-1));
    const { kind, data } = life.entries[seq - 1]!;
    return `${kind} ${'to' in data ? data.to : ''}`.trim();
  });
  expect(new Set(sent).size).toBe(sent.length);
  expect(kinds[0]).toBe('unit.notified');
  expect(minutes.at(-1)! - minutes[0]!).toBe(0);
  expect(kinds).not.toContain('deadline.reminded duty');
  expect(kinds.filter((kind) => kind === 'deadline.escalated committee')).toHaveLength(1);
  expect([...new Set(kinds)].sort()).toEqual([
    'deadline.escalated committee',
    'deadline.escalated duty',
    'deadline.escalated lead',
    'deadline.escalated office',
    'unit.notified',
  ]);
  expect(life.of('notification.withdrawn').map(({ data }) => data.reason)).toContain('repeated');
});

test('§5.2 the seal waits for a message that is still under way, though it was withdrawn', () => {
  const life = lifeAlone((message) => (message.to.kind === 'office' ? 'under way' : taken()));
  life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
  life.do('2026-01-10 21:00', { kind: 'submitFollowUp', text: '信息报送' });
  life.do('2026-01-10 21:01', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
  life.passTo('2026-01-17 20:01');
  const review = life.of('deadline.escalated').at(-1)!;
  expect(review.data).toMatchObject({ to: 'office', deadlines: [{ deadline: 'review' }] });
  const publish = life.command({ kind: 'publishReview' });
  life.take(at('2026-01-17 20:02'), [publish]);
  expect(life.state.phase).toBe('reviewing');
  life.comeBack(at('2026-01-17 20:03'));
  expect(life.entries.at(-1)).toMatchObject({ kind: 'episode.closed' });
  expect(life.entries.at(-2)).toMatchObject({ kind: 'notification.sent', data: { crossed: true } });
});

describe('a notice acknowledged while its messages wait', () => {
  const byMail = { contact: 'lead-1', contactHash: 'h', channel: 'email' as const };
  const away = deliveredAs('deferred', 'time-out');

  test('§3.1.3 the text still goes by mail; no other way and no step follows', () => {
    const back = at('2026-01-10 14:20');
    const life = lifeAlone((message, now) => {
      if (now < back) return [away, { ...byMail, outcome: 'deferred', reason: 'time-out' }];
      return message.mailAlone ? [{ ...byMail, outcome: 'taken' }] : [deliveredAs('taken')];
    });
    const [start] = Object.keys(life.state.messages) as [string];
    life.do('2026-01-10 14:10', acknowledgeAlone);
    expect(life.of('notification.withdrawn').map(({ data }) => data)).toEqual([
      { messages: [], byMail: [start], reason: 'answered' },
    ]);
    life.passTo('2026-01-10 17:00');
    expect(life.of('notification.sent').map(({ data }) => [data.message, data.channel, data.final])).toEqual([
      [start, 'email', true],
    ]);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
  });

  test('with nothing left to mail it ends without a failure, and the unit is not unreachable', () => {
    const life = lifeAlone((message) => (message.mailAlone ? [] : [away]));
    life.do('2026-01-10 14:10', acknowledgeAlone);
    life.passTo('2026-01-10 15:00');
    expect(life.state.messages).toEqual({});
    expect(life.of('notification.failed')).toEqual([]);
    expect(life.state.units.education!.unreachable).toBeUndefined();
  });

  test('an SMS that was on its way arrives, and the record says that it crossed the answer', () => {
    const life = lifeAlone((message, _, isBack) =>
      message.attempt === 0 && !isBack ? 'under way' : [deliveredAs('taken')],
    );
    life.take(at('2026-01-10 14:10'), [life.command(acknowledgeAlone)]);
    life.comeBack(at('2026-01-10 14:11'));
    expect(life.of('notification.sent')).toMatchObject([{ data: { channel: 'sms', crossed: true, final: true } }]);
  });

  test('§3.1.5 once another notice is in force, or the response has ended, it is withdrawn', () => {
    for (const next of [adjustOf('N2', '2026-01-10 14:30', 'red'), liftOf('2026-01-10 14:30')]) {
      const life = lifeAlone(() => [{ ...byMail, outcome: 'deferred', reason: 'time-out' }]);
      const [start] = Object.keys(life.state.messages) as [string];
      life.do('2026-01-10 14:10', acknowledgeAlone);
      life.do('2026-01-10 14:30', next);
      expect(Object.keys(life.state.messages)).not.toContain(start);
    }
  });
});

test('§3.1.5 the text of a lifting that was acknowledged ahead still goes by mail when the response has ended', () => {
  const life = lifeAlone((_, now) => {
    const outcome = now < at('2026-01-10 19:00') ? 'deferred' : 'taken';
    return [{ contact: 'lead-1', contactHash: 'h', channel: 'email', outcome, reason: 'time-out' }];
  });
  life.do('2026-01-10 15:00', liftOf('2026-01-10 15:00', '2026-01-10 18:00'));
  life.do('2026-01-10 15:10', acknowledgeAlone);
  life.passTo('2026-01-10 19:30');
  const told = life.of('unit.notified').find(({ data }) => data.occasion === 'lifting')!;
  expect(life.of('notification.sent').map(({ data }) => data.message)).toContain(`unit:education:${told.seq}`);
});
