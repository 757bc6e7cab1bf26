import { describe, expect, test } from '@jest/globals';
import type { DeliveryResult } from './commands.js';
import { ALONE, acknowledgeAlone, deliveredAs, lifeAlone } from './testing/alone.js';
import { adjustOf, at, type Post, taken } from './testing/life.js';
import { SILENCE, stepsAbout } from './testing/steps.js';
import { boardOf } from './views.js';

/** Fails the messages to people without a working channel. */
const unreachable =
  (...whom: string[]): Post =>
  (message) => {
    const { to } = message;
    const people = to.kind === 'unit' ? [to.whom ?? 'duty', to.whom ?? 'lead'] : [to.kind];
    return people.every((one) => whom.includes(one)) ? [deliveredAs('failed', 'no-channel')] : taken(message);
  };

describe('§6.6 a step whose person has no working channel', () => {
  test('falls through to the next at once and says so', () => {
    const life = lifeAlone(unreachable('duty'));
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:20 reminded duty',
      '14:20 reminded lead fell through',
      ...SILENCE.slice(1),
    ]);
    expect(life.of('notification.failed')[0]!.data).toMatchObject({ reason: 'no-channel', final: true });
  });

  test('a notice that reaches nobody of the unit goes to the office at once; the unit is unreachable, with the reason', () => {
    const life = lifeAlone(unreachable('duty', 'lead'));
    life.passTo('2026-01-10 14:01');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(['14:00 reminded office fell through']);
    const row = () => boardOf(life.state, at('2026-01-10 14:02')).units[0];
    expect(row()).toMatchObject({
      confirmation: 'unreachable',
      unreachable: { reason: 'no-channel', since: '2026-01-10T14:00:00.000+08:00' },
    });
    life.do('2026-01-10 14:05', acknowledgeAlone);
    expect(row()).toMatchObject({ confirmation: 'confirmed' });
  });

  test('nobody at all can be reached: each step falls through to the top once, and the record has every step', () => {
    const life = lifeAlone(() => [deliveredAs('failed', 'no-channel')]);
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:00 reminded office fell through',
      '14:00 reminded committee fell through',
      '14:20 reminded duty',
      '14:20 reminded lead fell through',
      '14:30 escalated duty',
      '14:30 escalated lead',
      '14:30 escalated office',
      '14:30 escalated committee fell through',
      '14:30 escalated lead fell through',
      '15:30 escalated committee',
    ]);
    expect(life.of('acknowledgement.missed')).toHaveLength(1);
    expect(life.of('deadline.reminded')[1]!.data.fellThrough).toEqual(['duty', 'lead', 'office']);
  });

  test('§6.1 the next shift can be reached: it is told in its turn, and the lead of the miss', () => {
    const life = lifeAlone((message, now) =>
      now < at('2026-01-10 14:25') ? unreachable('duty')(message, now, false) : taken(),
    );
    life.passTo('2026-01-10 14:31');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:20 reminded duty',
      '14:20 reminded lead fell through',
      '14:30 escalated duty',
      '14:30 escalated lead',
      '14:30 escalated office',
    ]);
  });

  test('a message to a stand-in still goes out when the deadline has passed', () => {
    const down = at('2026-01-10 14:40');
    const life = lifeAlone((message, now) =>
      message.to.kind === 'unit'
        ? [deliveredAs('failed', 'no-channel')]
        : now < down
          ? [deliveredAs('deferred', 'time-out')]
          : taken(),
    );
    life.passTo('2026-01-10 14:35');
    const [early] = life.of('deadline.reminded').map(({ data }) => data.message);
    const withdrawn = life.of('notification.withdrawn');
    // The later step tells the same, and the miss.
    expect(withdrawn).toMatchObject([{ data: { messages: [early], reason: 'repeated' } }]);
    life.passTo('2026-01-10 15:10');
    expect(life.of('notification.sent').filter(({ data }) => data.to === 'office')).toHaveLength(1);
  });

  test('a message that has just been taken is not withdrawn by the step that another falls through to', () => {
    const chain = ['office', 'lead', 'office'].map((to, i) => ({
      after: [0, 0, 60][i]!,
      to: to as 'office' | 'lead',
      ways: [['sms' as const]],
    }));
    const edition = {
      ...ALONE,
      policy: { ...ALONE.policy, chains: { ...ALONE.policy.chains, acknowledgement: chain } },
    };
    const life = lifeAlone(unreachable('lead'), edition);
    life.passTo('2026-01-10 14:31');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:30 escalated office',
      '14:30 escalated lead',
      '14:30 escalated office fell through',
    ]);
    expect(life.of('notification.withdrawn')).toEqual([]);
  });

  test('a unit of which only the lead cannot be reached is not unreachable', () => {
    const life = lifeAlone(unreachable('lead'));
    life.passTo('2026-01-10 14:31');
    expect(life.of('notification.failed').length).toBeGreaterThan(0);
    expect(boardOf(life.state, at('2026-01-10 14:32')).units[0]).toMatchObject({ confirmation: 'unconfirmed' });
  });

  test('a message that reaches one of two has reached the unit', () => {
    const life = lifeAlone((message) => [...taken(message), deliveredAs('failed', 'no-channel', 'lead-1')]);
    life.passTo('2026-01-10 14:01');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
    expect(boardOf(life.state, at('2026-01-10 14:02')).units[0]).toMatchObject({ confirmation: 'unconfirmed' });
  });

  describe('a group robot is told besides', () => {
    const robot = (outcome: 'taken' | 'deferred') =>
      ({ contact: 'group', contactHash: 'h', channel: 'wecom', outcome, reason: 'away' }) as const;
    const refused = deliveredAs('failed', 'invalid-number');

    test.each(['taken', 'deferred'] as const)('%s by the robot alone: the next step is taken at once', (outcome) => {
      const life = lifeAlone(({ to }) => (to.kind === 'unit' ? [refused, robot(outcome)] : [deliveredAs('taken')]));
      life.passTo('2026-01-10 14:01');
      expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(['14:00 reminded office fell through']);
      expect(life.state.units.education).toMatchObject({ unreachable: { reason: expect.any(String) } });
    });

    describe('it is ill while nobody of the unit can be reached', () => {
      const start = 'unit:education:2';
      const back = at('2026-01-10 14:15');
      const ill = { ...robot('deferred'), fault: 'server' as const, retryAfter: 60 };
      const stepsAtOnce = ['14:00 reminded office fell through'];
      const aboutStart = (life: ReturnType<typeof lifeAlone>, kind: 'notification.sent' | 'notification.failed') =>
        life.of(kind).filter(({ data }) => data.message === start);
      const lifeWith = (person: DeliveryResult[], until = back) =>
        lifeAlone(({ to, settled }, now) => {
          if (to.kind !== 'unit') return [deliveredAs('taken')];
          const news = person.filter(({ contact, channel }) => !settled.includes(`${contact}/${channel}`));
          return [...news, now < until ? ill : robot('taken')];
        });

      test.each([
        ['there is no person', []],
        ['the number of the person is wrong', [refused]],
      ])('%s: the next step is taken at once, once, and the robot gets it when it is well', (_, person) => {
        const life = lifeWith(person);
        expect(life.state.messages[start]).toMatchObject({ passedOn: true });
        life.passTo('2026-01-10 14:14');
        expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(stepsAtOnce);
        const { unreachable } = life.state.units.education!;
        expect(unreachable).toMatchObject({ since: at('2026-01-10 14:00') });
        life.passTo('2026-01-10 14:16');
        expect(aboutStart(life, 'notification.sent')).toMatchObject([{ data: { channel: 'wecom', final: true } }]);
        expect(aboutStart(life, 'notification.failed').filter(({ data }) => data.channel === 'wecom')).toEqual([]);
        expect(life.state.units.education!.unreachable).toEqual(unreachable);
        expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(stepsAtOnce);
      });

      test('a unit that answered meanwhile stays reachable, and the robot is not told any more', () => {
        const life = lifeWith([refused]);
        life.do('2026-01-10 14:10', acknowledgeAlone);
        expect(life.state.messages[start]).toBeUndefined();
        life.passTo('2026-01-10 14:16');
        expect(aboutStart(life, 'notification.sent')).toEqual([]);
      });

      test('a notice that another in force has overtaken is withdrawn', () => {
        const life = lifeWith([refused]);
        life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red'));
        expect(life.of('notification.withdrawn')[0]!.data).toMatchObject({ messages: [start], reason: 'repeated' });
        life.passTo('2026-01-10 14:16');
        expect(aboutStart(life, 'notification.sent')).toEqual([]);
      });

      test('a later message that reaches somebody makes the unit reachable, whatever becomes of the robot', () => {
        const life = lifeAlone((message, now) => {
          if (message.key !== start) return taken(message);
          return [refused, now < at('2026-01-10 14:25') ? ill : robot('taken')];
        });
        life.passTo('2026-01-10 14:21');
        expect(life.state.units.education!.unreachable).toBeUndefined();
        life.passTo('2026-01-10 14:27');
        expect(aboutStart(life, 'notification.sent')).toHaveLength(1);
        expect(life.state.units.education!.unreachable).toBeUndefined();
      });

      test('a person who can be tried again is waited for first', () => {
        const life = lifeAlone(({ to }) => (to.kind === 'unit' ? [deliveredAs('deferred', 'busy'), ill] : 'under way'));
        life.passTo('2026-01-10 14:05');
        expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
        life.passTo('2026-01-11 15:00');
        const passedOn = aboutStart(life, 'notification.failed').filter(({ data }) => 'passedOn' in data);
        expect(passedOn).toHaveLength(1);
        expect(Date.parse(passedOn[0]!.at)).toBeGreaterThan(at('2026-01-11 13:00'));
        expect(life.state.messages[start]!.settled).toEqual(['liaison-1/sms']);
      });
    });

    test('a robot that takes a later message does not make the unit reachable', () => {
      const life = lifeAlone(({ to }) => (to.kind === 'unit' ? [refused, robot('taken')] : [deliveredAs('taken')]));
      life.passTo('2026-01-10 14:31');
      const since = '2026-01-10T14:00:00.000+08:00';
      expect(boardOf(life.state, at('2026-01-10 14:32')).units[0]).toMatchObject({ unreachable: { since } });
    });

    test('a robot that is away is tried again where a person was reached', () => {
      const life = lifeAlone(({ to }) =>
        to.kind === 'unit' ? [deliveredAs('taken'), robot('deferred')] : 'under way',
      );
      life.passTo('2026-01-10 14:05');
      expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
      expect(Object.values(life.state.messages)).toMatchObject([{ attempt: expect.any(Number), reached: true }]);
      expect(life.state.units.education!.unreachable).toBeUndefined();
    });
  });
});
