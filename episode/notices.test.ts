import { describe, expect, test } from '@jest/globals';
import type { CommandBody, Outcome } from './commands.js';
import { adjustOf, at, binding, Life, liftOf, noticeOfLife, policy, startOf } from './testing/life.js';
import { episodeViewOf, unitPageOf } from './views.js';

const DAY = '2026-01-10';
const started = (level: 'yellow' | 'orange' | 'red' = 'yellow') => {
  const life = new Life();
  expect(life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, level))).toMatchObject({ status: 'accepted', seq: 1 });
  return life;
};
const refused = (life: Life, when: string, body: CommandBody): Outcome => {
  life.passTo(when);
  const before = structuredClone(life.state);
  const outcome = life.do(when, body);
  expect(life.state).toEqual(before);
  return outcome;
};
const kinds = (life: Life) => life.entries.map(({ kind }) => kind);

describe('§3.1.2, §3.1.3 a start', () => {
  test('notifies every unit, starts the response and gives each its tasks, in one turn', () => {
    const life = started();
    expect(kinds(life).slice(0, 8)).toEqual([
      'warning.issued',
      'unit.notified',
      'unit.notified',
      'unit.notified',
      'response.started',
      'task.assigned',
      'task.assigned',
      'task.assigned',
    ]);
    expect(life.state).toMatchObject({ phase: 'active', responseLevel: 'III', unitCount: 3 });
    expect(life.of('unit.notified').map(({ unitId }) => unitId)).toEqual(binding.units.map(({ unitId }) => unitId));
  });

  test.each([
    ['ozone §1.3', { primaryPollutant: 'O3' }, 'pollutant-not-covered', '1.3'],
    ['below the city’s level §3.1.2', { cityLevel: 'orange' }, 'level-below-city', '3.1.2'],
    ['above the city’s without a reason §3.1.2', { level: 'red' }, 'reason-required', '3.1.2'],
    ['above the city’s with an empty reason §3.1.2', { level: 'red', reason: ' ' }, 'reason-required', '3.1.2'],
  ])('is refused: %s', (_, change, type, clause) => {
    const life = new Life();
    const body = { ...startOf(`${DAY} 14:00`), ...change } as CommandBody;
    expect(refused(life, `${DAY} 14:00`, body)).toMatchObject({ status: 'refused', type, clause });
    expect(life.entries).toEqual([]);
  });

  test('may be above the city’s level with a reason', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, { ...startOf(`${DAY} 14:00`), level: 'orange', reason: '辖区预测更重' } as CommandBody);
    expect(episodeViewOf(life.state, 0)).toMatchObject({
      warningLevel: 'orange',
      cityLevel: 'yellow',
      responseLevel: 'II',
    });
  });

  test('a regional warning is a start notice too §4.3.4.5', () => {
    const life = new Life();
    const regional = startOf(`${DAY} 14:00`, 'orange') as Extract<CommandBody, { kind: 'start' }>;
    life.do(`${DAY} 14:00`, { ...regional, notice: { ...regional.notice, basis: 'region' } });
    expect(life.entries[0]).toMatchObject({
      kind: 'warning.issued',
      clause: '4.3.4.5',
      data: { notice: { basis: 'region' } },
    });
    expect(life.state.responseLevel).toBe('II');
  });

  test('anything before the start is refused', () => {
    expect(new Life().do(`${DAY} 14:00`, liftOf(`${DAY} 14:00`))).toMatchObject({ type: 'episode-not-started' });
  });

  test('cannot start twice', () => {
    expect(refused(started(), `${DAY} 15:00`, startOf(`${DAY} 15:00`))).toMatchObject({ type: 'episode-started' });
  });
});

describe('a notice that takes effect later', () => {
  test('announces: units are notified at once and get their tasks when it is in effect', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'orange', '2026-01-11 08:00'));
    expect(life.state.phase).toBe('announced');
    expect(life.of('unit.notified')).toHaveLength(3);
    expect(life.of('task.assigned')).toHaveLength(0);
    life.passTo('2026-01-11 07:59');
    expect(life.state.phase).toBe('announced');
    life.passTo('2026-01-11 08:00');
    expect(life.of('task.assigned')[0]!.data.implementationDueAt).toBe('2026-01-11T12:00:00.000+08:00');
    expect(life.state).toMatchObject({ phase: 'active', responseLevel: 'II' });
    expect(life.of('response.started')[0]!.episodeTime).toBe('2026-01-11T08:00:00.000+08:00');
    expect(life.of('task.assigned')).toHaveLength(3);
  });

  test('is acknowledged from the notification on, within the policy’s time', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', '2026-01-11 08:00'));
    life.do(`${DAY} 14:10`, { kind: 'acknowledge', unitId: 'education' });
    life.passTo(`${DAY} 14:30`);
    expect(life.of('acknowledgement.missed')).toHaveLength(0);
    life.passTo(`${DAY} 14:31`);
    expect(life.of('acknowledgement.missed').map(({ unitId }) => unitId)).toEqual(['street-a', 'street-b']);
  });

  test('may be adjusted and lifted before its effect', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', '2026-01-11 08:00'));
    life.do(`${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'red', '2026-01-11 08:00'));
    life.do(`${DAY} 16:00`, liftOf(`${DAY} 16:00`, '2026-01-11 09:00'));
    expect(life.state.phase).toBe('announced');
    life.passTo('2026-01-11 08:00');
    expect(life.state).toMatchObject({ phase: 'active', responseLevel: 'I' });
    life.passTo('2026-01-11 09:00');
    expect(life.state.phase).toBe('reporting');
  });

  test.each([
    ['more than 72 hours ahead', '2026-01-13 14:01'],
    ['a year back by a slip', '2025-01-10 14:00'],
  ])('is refused when it takes effect %s', (_, effective) => {
    expect(refused(new Life(), `${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', effective))).toMatchObject({
      type: 'effective-time',
    });
  });

  test.each([
    ['issued in another century', '2199-01-10 14:00'],
    ['issued a year ago', '2025-01-10 14:00'],
  ])('%s and in effect now is refused as a slip', (_, issued) => {
    expect(refused(new Life(), `${DAY} 14:00`, startOf(issued, 'yellow', `${DAY} 14:00`))).toMatchObject({
      type: 'effective-time',
      detail: expect.stringContaining('发布时间'),
    });
  });

  test('whose expected end has passed is refused, though the start lies further back', () => {
    const late = { ...startOf('2026-01-08 14:00'), expectedEndAt: '2026-01-09T14:00:00+08:00' } as CommandBody;
    expect(refused(new Life(), `${DAY} 14:00`, late)).toMatchObject({
      type: 'effective-time',
      detail: expect.stringContaining('预计结束时间'),
    });
  });

  test('72 hours ahead is taken: as far as the policy says', () => {
    const life = new Life();
    expect(life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', '2026-01-13 14:00')).status).toBe('accepted');
  });

  test('is refused beyond a policy of fewer hours, which the answer tells', () => {
    const life = new Life({ ...binding, policy: { ...policy, noticeAheadHours: 12 } });
    expect(refused(life, `${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', '2026-01-11 02:01'))).toMatchObject({
      type: 'effective-time',
      detail: expect.stringContaining('12小时'),
    });
  });
});

describe('§3.1.5 adjusting', () => {
  test('raises: everyone is notified and acknowledges anew, tasks change', () => {
    const life = started();
    life.do(`${DAY} 14:05`, { kind: 'acknowledge', unitId: 'street-a' });
    life.do('2026-01-11 09:00', adjustOf('N2', '2026-01-11 09:00', 'orange'));
    expect(life.state.responseLevel).toBe('II');
    expect(life.of('level.adjusted')[0]!.data).toMatchObject({ previousLevel: 'yellow', level: 'orange' });
    const page = unitPageOf(life.state, 'street-a', at('2026-01-11 09:00'));
    expect(page.acknowledgements.map(({ status }) => status)).toEqual(['acknowledged', 'pending']);
    expect(Object.fromEntries(page.tasks.map((task) => [task.taskId, `${task.change} ${task.status}`]))).toEqual({
      'dust-iii': 'new ended',
      'dust-ii': 'tightened open',
      'small-iii': 'continued open',
      duty: 'continued open',
    });
  });

  test('may keep the level and change the expected end', () => {
    const life = started();
    const longer = {
      ...adjustOf('N2', `${DAY} 15:00`, 'yellow'),
      expectedEndAt: '2026-01-14T00:00:00+08:00',
    } as CommandBody;
    expect(life.do(`${DAY} 15:00`, longer).status).toBe('accepted');
    expect(life.of('unit.notified').filter(({ data }) => data.occasion === 'adjustment')).toHaveLength(3);
    expect(episodeViewOf(life.state, 0).expectedEndAt).toBe('2026-01-14T00:00:00+08:00');
  });

  test('that changes nothing is refused', () =>
    expect(refused(started(), `${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'yellow'))).toMatchObject({
      type: 'nothing-changed',
    }));

  test('below the city’s level is refused §3.1.2', () =>
    expect(
      refused(started(), `${DAY} 15:00`, {
        ...adjustOf('N2', `${DAY} 15:00`, 'orange'),
        cityLevel: 'red',
      } as CommandBody),
    ).toMatchObject({ type: 'level-below-city' }));

  test('that changes nothing is refused as such, whatever its time (409 before 422)', () => {
    const late = adjustOf('N2', `${DAY} 15:00`, 'yellow', '2026-03-01 08:00');
    expect(refused(started(), `${DAY} 15:00`, late)).toMatchObject({ type: 'nothing-changed' });
  });

  test('before the effect of the notice in force is refused', () => {
    expect(refused(started(), `${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'red', `${DAY} 13:00`))).toMatchObject({
      type: 'effective-time',
    });
  });

  test('the same notice again repeats its first entry', () => {
    const life = started();
    const first = life.do(`${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'red'));
    expect(life.do(`${DAY} 15:01`, adjustOf('N2', `${DAY} 15:00`, 'red'))).toEqual({ ...first, repeated: true });
    expect(life.do(`${DAY} 15:02`, adjustOf(' ｎ２', `${DAY} 15:00`, 'red'))).toEqual({ ...first, repeated: true });
    expect(life.of('level.adjusted')).toHaveLength(1);
  });
});

describe('§3.1.5, §4.4 lifting', () => {
  test('ends the response by itself; everyone is told, nobody has to acknowledge', () => {
    const life = started();
    life.do('2026-01-12 20:00', liftOf('2026-01-12 20:00'));
    expect(life.state).toMatchObject({ phase: 'reporting', liftedAt: at('2026-01-12 20:00') });
    const told = life.of('unit.notified').filter(({ data }) => data.occasion === 'lifting');
    expect(told).toHaveLength(3);
    expect(told.every(({ data }) => data.acknowledgementDueAt === undefined)).toBe(true);
    expect(life.of('response.ended')[0]!.data).toMatchObject({
      followUpDueAt: '2026-01-13T20:00:00.000+08:00',
      summaryDueAt: '2026-01-15T20:00:00.000+08:00',
      reviewDueAt: '2026-01-19T20:00:00.000+08:00',
    });
  });

  test('withdraws open acknowledgements and implementation reports', () => {
    const life = started();
    life.do(`${DAY} 14:10`, liftOf(`${DAY} 14:10`));
    expect(
      life
        .of('deadline.withdrawn')
        .map(({ data, unitId }) => `${data.deadline} ${unitId}`)
        .sort(),
    ).toEqual([
      'acknowledgement education',
      'acknowledgement street-a',
      'acknowledgement street-b',
      'implementation education',
      'implementation street-a',
      'implementation street-b',
    ]);
    life.passTo(`${DAY} 23:00`);
    expect(life.of('acknowledgement.missed')).toEqual([]);
  });

  test.each([
    ['adjusting', adjustOf('N3', '2026-01-12 21:00', 'red')],
    ['lifting again', { kind: 'lift', notice: noticeOfLife('NL2', '2026-01-12 21:00') } as CommandBody],
    ['acknowledging', { kind: 'acknowledge', unitId: 'education' } as CommandBody],
    ['adding a unit', { kind: 'addUnit', unitId: 'x', name: '某单位', unitKind: 'department' } as CommandBody],
  ])('after lifting, %s is refused', (_, body) => {
    const life = started();
    life.do('2026-01-12 20:00', liftOf('2026-01-12 20:00'));
    expect(refused(life, '2026-01-12 21:00', body)).toMatchObject({ type: 'episode-lifted' });
  });

  test('takes effect later when the notice says so', () => {
    const life = started();
    life.do('2026-01-12 18:00', liftOf('2026-01-12 18:00', '2026-01-12 20:00'));
    expect(life.state.phase).toBe('active');
    life.passTo('2026-01-12 20:00');
    expect(life.state.phase).toBe('reporting');
  });

  test('entered after an outage: the follow-up counts from entry, days no longer owed are withdrawn', () => {
    const life = started();
    life.do('2026-01-14 11:00', liftOf('2026-01-12 00:00'));
    expect(life.of('report.missed').map(({ data }) => data.date)).toContain('2026-01-12');
    expect(life.of('response.ended')[0]!.data.followUpDueAt).toBe('2026-01-15T11:00:00.000+08:00');
    const days = (unitId: string) =>
      unitPageOf(life.state, unitId, at('2026-01-14 11:00')).dailyReports.map(({ date }) => date);
    expect(days('education')).toEqual(['2026-01-10', '2026-01-11']);
    expect(
      life.of('deadline.withdrawn').flatMap(({ data }) => (data.deadline === 'report' ? [data.date] : [])),
    ).toEqual(['education', 'street-a', 'street-b'].flatMap(() => ['2026-01-12', '2026-01-13']));
  });
});

describe('a lifting known in time, though nobody worked when it took effect', () => {
  test('withdraws no day that was never on the board', () => {
    const life = started();
    life.do('2026-01-11 15:00', liftOf('2026-01-11 15:00', '2026-01-12 12:00'));
    life.take(at('2026-01-16 09:00'), []);
    expect(life.state.phase).toBe('reporting');
    expect(life.of('deadline.withdrawn').filter(({ data }) => data.deadline === 'report')).toEqual([]);
  });
});

describe('a start entered after an outage', () => {
  test('makes nobody late: deadlines count from entry', () => {
    const life = new Life();
    life.do('2026-01-13 10:30', startOf(`${DAY} 23:30`));
    expect(life.state.phase).toBe('active');
    life.passTo('2026-01-13 11:00');
    expect(life.entries.filter(({ kind }) => kind.endsWith('.missed'))).toEqual([]);
    const days = unitPageOf(life.state, 'education', at('2026-01-13 11:00')).dailyReports;
    expect(days.map(({ date, dueAt }) => `${date} ${dueAt}`)).toEqual([
      '2026-01-10 2026-01-14T10:00:00.000+08:00',
      '2026-01-11 2026-01-14T10:00:00.000+08:00',
      '2026-01-12 2026-01-14T10:00:00.000+08:00',
    ]);
    life.passTo('2026-01-14 10:01');
    expect(life.of('report.missed')).toHaveLength(3 * 4);
  });
});

describe('§2.2 a unit that joins', () => {
  test('is notified, gets what all units of its kind do, and owes from its joining', () => {
    const life = started();
    life.do('2026-01-12 09:00', { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
    const page = unitPageOf(life.state, 'street-c', at('2026-01-14 09:00'));
    expect(page.tasks.map(({ taskId }) => taskId)).toEqual(['dust-iii', 'duty']);
    expect(page.name).toBe('丙街道办事处');
    expect(page.acknowledgements).toMatchObject([{ noticeNumber: 'N1', dueAt: '2026-01-12T09:30:00.000+08:00' }]);
    expect(page.dailyReports.map(({ date }) => date)).toEqual(['2026-01-12', '2026-01-13']);
    expect(
      life.do('2026-01-12 09:01', { kind: 'addUnit', unitId: 'street-c', name: '丙', unitKind: 'street' }),
    ).toMatchObject({
      type: 'unit-already-added',
    });
  });
});

describe('a drill', () => {
  test('runs in episode time from the notice’s issue, at its scale and under its own policy', () => {
    const life = new Life();
    const body = {
      ...startOf('2015-11-27 14:00'),
      drill: { timeScale: 1440, policy: { acknowledgementMinutes: 600 } },
    };
    life.submit(at('2026-01-10 14:00'), [body as CommandBody]);
    expect(life.entries[0]).toMatchObject({
      at: '2026-01-10T14:00:00.000+08:00',
      episodeTime: '2015-11-27T14:00:00.000+08:00',
    });
    // 25 real seconds are ten hours at this scale; one millisecond later the acknowledgement is missed.
    life.pass(at('2026-01-10 14:00') + 25_000);
    expect(life.of('acknowledgement.missed')).toHaveLength(0);
    life.pass(at('2026-01-10 14:00') + 25_001);
    expect(life.of('acknowledgement.missed')).toHaveLength(3);
    expect(life.state.policy).toMatchObject({ acknowledgementMinutes: 600, implementationReportMinutes: 240 });
  });
});
