import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from './commands.js';
import { digestOf } from './digest.js';
import { adjustOf, at, Life, liftOf, reportOf, startOf } from './testing/life.js';
import {
  DAY,
  happened,
  NEXT,
  page,
  resumeOf,
  running,
  sound,
  suspendOf,
  taskAddedOf,
  told,
} from './testing/suspended-life.js';
import { episodeViewOf } from './views.js';

describe('the whole response is suspended', () => {
  test('implementation reports and added tasks stand still, acknowledgements do not', () => {
    const life = running();
    life.do(`${DAY} 14:10`, suspendOf('all'));
    life.passTo(`${DAY} 20:00`);
    expect(life.of('acknowledgement.missed')).toHaveLength(3);
    expect(life.of('implementation.missed')).toEqual([]);
    expect(page(life, `${DAY} 20:00`)).toMatchObject({
      suspended: { suspensionId: 's1' },
      implementation: [{ status: 'suspended' }],
    });
    life.do(`${DAY} 20:00`, resumeOf());
    expect(life.of('deadline.reopened').map(({ data }) => data.dueAt)).toEqual(
      Array(3).fill(`${DAY}T23:50:00.000+08:00`),
    );
    sound(life, `${DAY} 20:01`);
  });

  test('it keeps through a change of level: the new tasks are held, and reported after the resumption', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all'));
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red'));
    expect(
      page(life, `${DAY} 16:00`)
        .tasks.filter(({ status }) => status === 'open')
        .every(({ suspended }) => suspended),
    ).toBe(true);
    life.do(`${DAY} 18:00`, resumeOf());
    const due = page(life, `${DAY} 18:00`).implementation.map(({ noticeId, dueAt }) => [noticeId, dueAt.slice(11, 16)]);
    expect(due).toEqual([
      ['n1', '21:00'],
      ['n2', '22:00'],
    ]);
    sound(life, `${DAY} 18:01`);
  });

  test.each([
    ['from the 10th at 18:00 to the 12th at 09:00: only the 11th', `${DAY} 18:00`, '2026-01-12 09:00', [NEXT]],
    ['from midnight to midnight: that day', `${NEXT} 00:00`, '2026-01-12 00:00', [NEXT]],
    ['a minute less: none', `${NEXT} 00:00`, `${NEXT} 23:59`, []],
    ['from the start on: the day of the start too', `${DAY} 14:00`, `${NEXT} 06:00`, [DAY]],
  ])('days that are paused %s owe no report', (_, from, until, paused) => {
    const life = running();
    life.do(`${DAY} 14:00`, suspendOf('all', { from, until }));
    life.passTo('2026-01-13 10:31');
    const days = [DAY, NEXT, '2026-01-12'];
    const owed = days.filter((date) => !paused.includes(date));
    expect(page(life, '2026-01-13 10:31').dailyReports.map(({ date }) => date)).toEqual(owed);
    const missed = new Set(life.of('report.missed').map(({ data }) => data.date));
    expect([...missed]).toEqual(owed);
    for (const date of days) {
      const { outstanding, paused: held } = digestOf(life.state, date, []);
      expect([outstanding.length, held.length]).toEqual(paused.includes(date) ? [0, 3] : [3, 0]);
    }
    expect(life.of('digest.compiled').map(({ data }) => data.outstanding.length)).toEqual(
      days.map((date) => (paused.includes(date) ? 0 : 3)),
    );
    sound(life, '2026-01-13 10:31');
  });

  test('a day that two suspensions pause in turn, ordered the other way round, owes no report', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all', { from: `${NEXT} 12:00`, until: '2026-01-12 09:00' }));
    life.do(`${DAY} 15:01`, suspendOf('all', { from: `${DAY} 18:00`, until: `${NEXT} 12:00` }));
    life.passTo('2026-01-12 10:31');
    expect(life.of('report.missed').map(({ data }) => data.date)).toEqual([DAY, DAY, DAY]);
    sound(life, '2026-01-12 10:31');
  });

  test('for some units alone: the others go on', () => {
    const life = running();
    life.do(`${DAY} 14:00`, suspendOf('all', { from: `${NEXT} 00:00`, until: '2026-01-12 00:00' }, ['street-a']));
    life.passTo('2026-01-12 10:31');
    const missed = life.of('report.missed').filter(({ data }) => data.date === NEXT);
    expect(missed.map(({ unitId }) => unitId)).toEqual(['education', 'street-b']);
    expect(life.do('2026-01-12 11:00', reportOf('street-a', NEXT))).toMatchObject({
      type: 'report-day',
      detail: '2026-01-11全天暂停应急响应，不需要报送，请核对日期。',
    });
    sound(life, '2026-01-12 11:01');
  });

  test('entered late, a day that was missed is owed no more', () => {
    const life = running();
    life.passTo(`2026-01-12 10:31`);
    expect(life.of('report.missed')).toHaveLength(6);
    life.do('2026-01-12 12:00', suspendOf('all', { from: `${NEXT} 00:00` }));
    const withdrawn = life.of('deadline.withdrawn').filter(({ data }) => data.deadline === 'report');
    expect(withdrawn.map(({ data }) => [data.deadline === 'report' && data.date, data.reason])).toEqual(
      Array(3).fill([NEXT, 'suspended']),
    );
    expect(page(life, '2026-01-12 12:00').dailyReports.map(({ date }) => date)).toEqual([DAY]);
    sound(life, '2026-01-12 12:01');
  });

  test('entered late, a report that was given for the day stays, and can be corrected', () => {
    const life = running();
    const report = reportOf('education', NEXT);
    life.do('2026-01-12 09:00', report);
    life.do('2026-01-12 12:00', suspendOf('all', { from: `${NEXT} 00:00` }));
    expect(life.do('2026-01-12 12:10', report)).toMatchObject({ status: 'accepted', repeated: true });
    expect(life.do('2026-01-12 12:20', reportOf('education', NEXT, '更正'))).toMatchObject({ status: 'accepted' });
    sound(life, '2026-01-12 12:21');
  });

  test('a lifting entered late that leaves of a missed day no more than the pause takes it off', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all', { until: `${NEXT} 06:00` }));
    life.passTo('2026-01-12 10:31');
    expect(life.of('report.missed').filter(({ data }) => data.date === NEXT)).toHaveLength(3);
    life.do('2026-01-12 12:00', liftOf('2026-01-12 12:00', `${NEXT} 05:00`));
    expect(page(life, '2026-01-12 12:00').dailyReports.map(({ date }) => date)).toEqual([DAY]);
    sound(life, '2026-01-12 12:00');
  });

  test('a unit that joins is told of it', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all'));
    life.do(`${DAY} 16:00`, { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
    expect(told(life, 'unit.suspended').at(-1)).toEqual(['street-c', '01-10T16:00', undefined]);
    sound(life, `${DAY} 16:01`);
  });

  test('lifting ends it, with the response and without a word of its own', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all', { until: `${NEXT} 12:00` }));
    life.do(`${DAY} 20:00`, liftOf(`${DAY} 20:00`));
    life.passTo('2026-01-13 12:00');
    expect(happened(life).slice(3)).toEqual(['response.ended 01-10T20:00']);
    expect(told(life, 'unit.resumed')).toEqual([]);
    expect(episodeViewOf(life.state, 0).suspensions[0]!.ended).toMatchObject({
      at: `${DAY}T20:00:00.000+08:00`,
      by: 'lifting',
    });
    expect(life.do('2026-01-13 12:00', resumeOf())).toMatchObject({ type: 'episode-lifted' });
    sound(life, '2026-01-13 12:00');
  });

  test('what it still holds off ends with the response, or with a drill that nobody touches', () => {
    const lifted = running();
    lifted.do(`${DAY} 14:30`, taskAddedOf(`${DAY} 18:00`));
    lifted.do(`${DAY} 15:00`, suspendOf('all'));
    lifted.do(`${DAY} 20:00`, liftOf(`${DAY} 20:00`));
    expect(page(lifted, `${DAY} 20:00`).implementation[0]!.status).toBe('withdrawn');
    expect(lifted.state.units.education!.taskDeadlines[0]!.status).toBe('withdrawn');
    sound(lifted, `${DAY} 20:01`);
    const drill = new Life();
    drill.do(`${DAY} 14:00`, { ...startOf(`${DAY} 14:00`), drill: { timeScale: 1 } } as CommandBody);
    drill.do(`${DAY} 15:00`, suspendOf('all'));
    drill.passTo('2026-02-10 16:00');
    expect(drill.state.phase).toBe('closed');
    expect(drill.state.units.education!.implementation[0]!.status).toBe('withdrawn');
    sound(drill, '2026-02-10 16:00');
  });

  test('after an outage, one that would have begun after the lifting never begins', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all', { from: `${DAY} 17:45` }));
    life.do(`${DAY} 15:01`, liftOf(`${DAY} 15:01`, `${DAY} 17:30`));
    life.take(at(`${DAY} 23:00`), []);
    expect(happened(life).slice(2)).toEqual(['response.ended 01-10T23:00']);
    expect(episodeViewOf(life.state, 0).suspensions[0]!.ended).toMatchObject({ by: 'lifting' });
    sound(life, `${DAY} 23:00`);
  });

  test('after an outage it begins and ends at once; whoever was due in between is not missed, and has the time that was left', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all', { from: `${DAY} 17:00`, until: `${DAY} 22:00` }));
    life.take(at(`${NEXT} 01:00`), []);
    expect(life.of('implementation.missed')).toEqual([]);
    expect(life.of('deadline.reopened').map(({ data }) => data.dueAt)).toEqual(
      Array(3).fill(`${NEXT}T02:00:00.000+08:00`),
    );
    sound(life, `${NEXT} 01:00`);
  });
});
