/** Times that depend on the level and on the hour, under the shipped policy. */
import { describe, expect, test } from '@jest/globals';
import { loadEditionById } from '../plan/edition/edition.js';
import { type Policy, WARNING_LEVELS, type WarningLevel } from '../plan/types.js';
import { adjustOf, binding, Life, liftOf, startOf, taken } from './testing/life.js';
import { stepsAbout } from './testing/steps.js';

const { policy } = loadEditionById('shuimogou-2025');
const edition = (units = binding.units) => ({ ...binding, units, policy });

/** Told at 20:00 of a start at midnight. */
const announced = (level: WarningLevel, units = binding.units.slice(0, 1)): Life => {
  const life = new Life(edition(units), taken);
  life.do('2026-01-10 20:00', startOf('2026-01-10 20:00', level, '2026-01-11 00:00'));
  return life;
};

describe('§7 the unit of the supervisor', () => {
  const [overseer, other] = ['education', 'street-a'];

  test.each(WARNING_LEVELS)(
    'at %s is reminded and told like the others, and the committee is not told of it',
    (level) => {
      const life = new Life({ ...edition(), supervisorUnit: overseer });
      life.do('2026-01-10 14:00', startOf('2026-01-10 14:00', level));
      life.passTo('2026-01-12 20:00');
      const told = (unitId: string | undefined) =>
        [...life.of('deadline.reminded'), ...life.of('deadline.escalated')]
          .filter((entry) => entry.unitId === unitId)
          .map(({ episodeTime, data }) => `${episodeTime} ${data.deadlines[0]!.deadline} ${data.to}`)
          .sort();
      expect(told(overseer)).toEqual(told(other).filter((step) => !step.endsWith('committee')));
      expect(told(other).some((step) => step.endsWith('committee'))).toBe(level === 'red');
      expect(Object.values(life.state.units[overseer]!.chases)).toEqual([]);
    },
  );
});

const shown = (time: string | undefined) => time?.slice(5, 16).replace('T', ' ');

test('§3.1.3 a notice goes by the ways of its own level, not of the one in force', () => {
  const ways = { yellow: [['email']], orange: [['email']], red: [['sms'], ['email']] } as Policy['noticeWays'];
  const life = new Life({ ...edition(), policy: { ...policy, noticeWays: ways } }, () => 'under way');
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-11 02:00', adjustOf('N2', '2026-01-11 02:00', 'red'));
  const told = Object.values(life.state.messages).filter(({ to }) => to.kind === 'unit');
  expect(told.map(({ ways: one }) => one.length)).toEqual([2, 2, 2]);
});

test('§5.1 the report of a day is chased at the level that was in force, not at one that never came', () => {
  const life = new Life(edition(binding.units.slice(0, 1)), taken);
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-11 10:00', adjustOf('N2', '2026-01-11 10:00', 'red', '2026-01-11 23:00'));
  life.do('2026-01-11 12:00', liftOf('2026-01-11 12:00', '2026-01-11 22:00'));
  life.passTo('2026-01-12 18:00');
  expect(stepsAbout(life.entries, 'report').filter((step) => step.includes('committee'))).toEqual([]);
});

describe('a start announced in the evening for midnight', () => {
  test.each([
    ['yellow', '01-10 21:00', '01-11 09:00'],
    ['orange', '01-10 20:30', '01-11 09:00'],
    ['red', '01-10 20:15', '01-11 04:00'],
  ] as const)(
    '§3.1.3, §4.2 at %s it is acknowledged by %s and put into effect by %s',
    (level, acknowledged, reported) => {
      const life = announced(level);
      life.passTo('2026-01-11 00:00');
      expect(shown(life.of('unit.notified')[0]!.data.acknowledgementDueAt)).toBe(acknowledged);
      expect(shown(life.of('task.assigned')[0]!.data.implementationDueAt)).toBe(reported);
    },
  );

  test('§6.6 one silent unit at yellow: duty, then the office; the lead in the evening, nobody above', () => {
    const life = announced('yellow');
    life.passTo('2026-01-11 08:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '20:45 reminded duty',
      '21:00 escalated duty',
      '21:00 escalated office',
      '21:30 escalated lead',
    ]);
  });

  test('§6.6 at red the lead and the committee are told at once', () => {
    const life = announced('red');
    life.passTo('2026-01-11 00:00');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '20:10 reminded duty',
      '20:15 escalated duty',
      '20:15 escalated office',
      '20:15 escalated lead',
      '20:45 escalated lead',
      '21:15 escalated lead',
      '21:15 escalated committee',
    ]);
  });

  test('§6.6 of five silent units the committee is told in the morning, in one message', () => {
    const units = [...'abcde'].map((id) => ({ ...binding.units[1]!, unitId: `street-${id}` }));
    const life = announced('orange', units);
    life.do('2026-01-10 23:00', adjustOf('N2', '2026-01-10 23:00', 'yellow', '2026-01-11 00:00'));
    life.passTo('2026-01-11 09:01');
    const told = life.of('deadline.escalated').filter(({ data }) => data.to === 'committee');
    // Due at 21:30 about the first notice; the hour after the second one's was in the night.
    expect([...new Set(told.map(({ episodeTime }) => episodeTime.slice(11, 16)))]).toEqual(['21:30', '09:00']);
    expect(new Set(told.map(({ data }) => data.message)).size).toBe(2);
    expect(told).toHaveLength(10);
  });
});

test('a deadline keeps the level of its notice, whatever comes after it', () => {
  const life = announced('red');
  life.do('2026-01-10 20:05', adjustOf('N2', '2026-01-10 20:05', 'yellow', '2026-01-11 00:00'));
  life.passTo('2026-01-10 20:20');
  expect(life.of('acknowledgement.missed').map(({ data }) => shown(data.dueAt))).toEqual(['01-10 20:15']);
});

test('§5.1 lifted at midnight: the office is reminded at ten and before the night, the committee told at nine', () => {
  const life = announced('yellow');
  life.do('2026-01-11 12:00', liftOf('2026-01-11 12:00', '2026-01-12 00:00'));
  life.passTo('2026-01-13 12:00');
  expect(stepsAbout(life.entries, 'follow-up')).toEqual([
    '10:00 reminded office',
    '21:00 reminded office',
    '09:00 escalated office',
    '09:00 escalated committee',
  ]);
});
