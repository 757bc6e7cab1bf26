import { describe, expect, test } from '@jest/globals';
import type { Binding } from '../plan/types.js';
import { callingListOf } from './calling-list.js';
import type { CommandBody, Instant, SuspendCommand } from './commands.js';
import { digestOf } from './digest.js';
import { lifeFaultsOf } from './testing/invariants.js';
import {
  adjustOf,
  at,
  binding,
  iso,
  Life,
  liftOf,
  type Post,
  policy,
  reportOf,
  startOf,
  taken,
} from './testing/life.js';
import { stepsAbout } from './testing/steps.js';
import { boardOf, episodeViewOf, unitPageOf } from './views.js';

const DAY = '2026-01-10';
const NEXT = '2026-01-11';

const suspend = (
  items: SuspendCommand['items'],
  span: { from?: string; until?: string } = {},
  unitIds?: string[],
): CommandBody => ({
  kind: 'suspend',
  items,
  ...(unitIds && { unitIds }),
  ...(span.from && { from: iso(span.from) }),
  ...(span.until && { until: iso(span.until) }),
  reason: '节日保障',
});
const resume = (suspensionId = 's1'): CommandBody => ({ kind: 'resume', suspensionId, reason: '节日结束' });

/** Presses for the implementation report again, two hours later. */
const longer: Binding = {
  ...binding,
  policy: {
    ...policy,
    chains: {
      ...policy.chains,
      implementation: [...policy.chains.implementation, { after: 120, to: 'lead', ways: [['sms']] }],
    },
  },
};

/** In force at yellow since 14:00. */
function running({ edition = binding, post = taken }: { edition?: Binding; post?: Post } = {}): Life {
  const life = new Life(edition, post);
  life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
  return life;
}

const addTask = (dueAt: string, unitIds = ['education']): CommandBody => ({
  kind: 'addTask',
  unitIds,
  text: '加密巡查',
  dueAt: iso(dueAt),
});

const told = (life: Life, kind: 'unit.suspended' | 'unit.resumed') =>
  life.of(kind).map(({ unitId, episodeTime, data }) => [unitId, episodeTime.slice(5, 16), data.taskIds]);
const happened = (life: Life) =>
  life.entries
    .filter(({ kind }) => kind.startsWith('response.') || kind === 'suspension.ordered')
    .map(({ kind, episodeTime }) => `${kind} ${episodeTime.slice(5, 16)}`);
const page = (life: Life, when: string, unitId = 'education') => unitPageOf(life.state, unitId, at(when));
const sound = (life: Life, when: string) => expect(lifeFaultsOf(life.entries, at(when))).toEqual([]);

describe('measures are suspended', () => {
  test('at once and until somebody resumes: each unit that has them is told of both', () => {
    const life = running();
    expect(life.do(`${DAY} 15:00`, suspend(['small-iii']))).toMatchObject({ status: 'accepted' });
    expect(told(life, 'unit.suspended')).toEqual([['street-a', '01-10T15:00', ['small-iii']]]);
    expect(page(life, `${DAY} 15:00`, 'street-a').tasks.filter(({ suspended }) => suspended)).toMatchObject([
      { taskId: 'small-iii', suspended: { suspensionId: 's1', from: `${DAY}T15:00:00.000+08:00`, reason: '节日保障' } },
    ]);
    expect(boardOf(life.state, at(`${DAY} 15:00`)).units.map(({ tasks }) => tasks.suspended)).toEqual([0, 1, 0]);
    life.do(`${DAY} 18:00`, resume());
    expect(told(life, 'unit.resumed')).toEqual([['street-a', '01-10T18:00', ['small-iii']]]);
    expect(page(life, `${DAY} 18:00`, 'street-a').tasks.some(({ suspended }) => suspended)).toBe(false);
    expect(happened(life).slice(1)).toEqual([
      'suspension.ordered 01-10T15:00',
      'response.suspended 01-10T15:00',
      'response.resumed 01-10T18:00',
    ]);
    expect(episodeViewOf(life.state, 0).suspensions).toMatchObject([
      {
        suspensionId: 's1',
        status: 'ended',
        ended: { at: `${DAY}T18:00:00.000+08:00`, by: 'order', reason: '节日结束' },
      },
    ]);
    sound(life, `${DAY} 18:00`);
  });

  test('from a time ahead until another: both come by themselves', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend(['dust-iii'], { from: `${DAY} 20:00`, until: `${NEXT} 08:00` }, ['street-b']));
    expect(told(life, 'unit.suspended')).toEqual([['street-b', '01-10T15:00', ['dust-iii']]]);
    expect(page(life, `${DAY} 15:00`, 'street-b').tasks.some(({ suspended }) => suspended)).toBe(false);
    life.passTo(`${NEXT} 09:00`);
    expect(happened(life).slice(2)).toEqual(['response.suspended 01-10T20:00', 'response.resumed 01-11T08:00']);
    expect(told(life, 'unit.resumed')).toEqual([['street-b', '01-11T08:00', ['dust-iii']]]);
    sound(life, `${NEXT} 09:00`);
  });

  test('one that has not begun is taken back', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend('all', { from: `${NEXT} 00:00` }));
    life.do(`${DAY} 16:00`, resume());
    life.passTo(`${NEXT} 12:30`);
    expect(happened(life).slice(2)).toEqual(['response.resumed 01-10T16:00']);
    expect(life.of('response.resumed')[0]!.data).toMatchObject({ cancelled: true });
    expect(life.of('report.missed').map(({ data }) => data.date)).toEqual([DAY, DAY, DAY]);
    sound(life, `${NEXT} 12:30`);
  });

  test('an added task is neither missed nor chased: the time that was left counts from the resumption', () => {
    const life = running();
    life.do(`${DAY} 14:30`, addTask(`${DAY} 18:00`));
    life.do(`${DAY} 16:00`, suspend(['added-1']));
    life.passTo(`${NEXT} 08:00`);
    expect(page(life, `${NEXT} 08:00`).tasks.at(-1)!.deadline).toMatchObject({ status: 'suspended' });
    expect(life.of('task.missed')).toEqual([]);
    life.do(`${NEXT} 09:00`, resume());
    expect(life.of('deadline.reopened')[0]!.data).toMatchObject({
      taskId: 'added-1',
      dueAt: `${NEXT}T11:00:00.000+08:00`,
    });
    life.passTo(`${NEXT} 11:01`);
    expect(stepsAbout(life.entries, 'task')).toEqual([
      '10:00 reminded duty',
      '11:00 escalated lead',
      '11:00 escalated office',
    ]);
    sound(life, `${NEXT} 11:01`);
  });

  test('what was missed before stays missed, and its chain ends', () => {
    const life = running({ edition: longer });
    life.do(`${DAY} 14:30`, suspend('all', { from: `${DAY} 18:30` }));
    life.passTo(`${DAY} 19:00`);
    expect(life.of('implementation.missed')).toHaveLength(3);
    const rung = () => callingListOf(life.state).flatMap(({ why }) => why.map(({ deadline }) => deadline));
    expect(rung()).not.toContain('implementation');
    const before = stepsAbout(life.entries, 'implementation');
    life.do(`${DAY} 20:00`, resume());
    expect(rung()).toContain('implementation');
    life.passTo(`${NEXT} 09:00`);
    expect(stepsAbout(life.entries, 'implementation')).toEqual(before);
    sound(life, `${NEXT} 09:00`);
  });

  test('a message that presses and still waits is withdrawn, one that announces a task is not', () => {
    const away = { contact: 'lead', contactHash: 'h', channel: 'email' as const, outcome: 'deferred' as const };
    const life = running({ edition: longer, post: () => [{ ...away, reason: 'away' }] });
    life.do(`${DAY} 14:30`, addTask(`${DAY} 20:00`));
    life.passTo(`${DAY} 18:00`);
    life.take(at(`${DAY} 18:01`), []);
    const waiting = () =>
      Object.values(life.state.messages).filter(({ deadlines }) =>
        deadlines.some(({ deadline }) => deadline === 'implementation' || deadline === 'task'),
      );
    expect(waiting().map(({ deadlines }) => deadlines[0]!.deadline)).toEqual(
      expect.arrayContaining(['implementation', 'task']),
    );
    life.do(`${DAY} 18:10`, suspend('all'));
    expect(waiting().map(({ deadlines }) => deadlines[0]!.deadline)).toEqual(['task']);
  });

  test('a word of it that still waits never arrives after the word of its end, nor after the response', () => {
    const away = { contact: 'lead', contactHash: 'h', channel: 'email' as const, outcome: 'deferred' as const };
    const life = running({ post: () => [{ ...away, reason: 'away' }] });
    const waiting = () => {
      const words = [...life.of('unit.suspended'), ...life.of('unit.resumed')];
      return words.flatMap(({ kind, unitId, seq, data }) =>
        life.state.messages[`unit:${unitId}:${seq}`] ? [`${kind} ${data.suspensionId}`] : [],
      );
    };
    life.do(`${DAY} 15:00`, suspend(['small-iii']));
    life.do(`${DAY} 15:01`, suspend(['dust-iii'], {}, ['street-a']));
    expect(waiting()).toEqual(['unit.suspended s1', 'unit.suspended s2']);
    life.do(`${DAY} 15:02`, resume('s1'));
    expect(waiting()).toEqual(['unit.suspended s2', 'unit.resumed s1']);
    life.do(`${DAY} 15:03`, adjustOf('N2', `${DAY} 15:03`, 'orange'));
    expect(waiting()).toEqual(['unit.resumed s1']);
    life.do(`${DAY} 15:04`, liftOf(`${DAY} 15:04`));
    expect(waiting()).toEqual([]);
    sound(life, `${DAY} 15:04`);
  });

  test('a task may be done all the same, in time', () => {
    const life = running();
    life.do(`${DAY} 14:30`, addTask(`${DAY} 18:00`));
    life.do(`${DAY} 16:00`, suspend(['added-1']));
    const done: CommandBody = {
      kind: 'completeTasks',
      unitId: 'education',
      taskIds: ['added-1'],
      note: '',
      attachmentIds: [],
    };
    expect(life.do(`${DAY} 19:00`, done)).toMatchObject({ status: 'accepted' });
    expect(life.of('task.completed')[0]!.data.late).toBe(false);
    life.do(`${DAY} 20:00`, resume());
    expect(life.of('deadline.reopened')).toEqual([]);
    sound(life, `${DAY} 20:01`);
  });

  test('a completion that is taken back leaves the time that was left at the suspension', () => {
    const life = running();
    life.do(`${DAY} 14:30`, addTask(`${DAY} 18:00`));
    life.do(`${DAY} 16:00`, suspend(['added-1']));
    const about = { unitId: 'education', taskId: 'added-1' };
    const done: CommandBody = {
      kind: 'completeTasks',
      unitId: 'education',
      taskIds: ['added-1'],
      note: '',
      attachmentIds: [],
    };
    life.do(`${DAY} 19:00`, done);
    life.do(`${DAY} 20:00`, { kind: 'withdrawCompletion', ...about, reason: '报错了' });
    expect(life.of('task.withdrawn')[0]!.data.dueAt).toBe(`${DAY}T22:00:00.000+08:00`);
    life.do(`${NEXT} 09:00`, resume());
    expect(life.of('deadline.reopened')[0]!.data.dueAt).toBe(`${NEXT}T11:00:00.000+08:00`);
    sound(life, `${NEXT} 09:01`);
  });

  test('entered late, what fell due within it is not missed: the clock stood still', () => {
    const life = running({ edition: longer });
    life.do(`${DAY} 14:30`, addTask(`${DAY} 17:30`));
    life.passTo(`${DAY} 18:30`);
    expect([life.of('task.missed').length, life.of('implementation.missed').length]).toEqual([1, 3]);
    life.do(`${DAY} 19:00`, suspend('all', { from: `${DAY} 17:00` }));
    const { tasks, implementation } = page(life, `${DAY} 19:00`);
    expect([tasks.at(-1)!.deadline!.status, implementation[0]!.status]).toEqual(['suspended', 'suspended']);
    expect(callingListOf(life.state).flatMap(({ why }) => why.map(({ deadline }) => deadline))).not.toContain('task');
    life.do(`${NEXT} 09:00`, resume());
    expect(life.of('deadline.reopened').map(({ data }) => [data.deadline, data.dueAt.slice(5, 16)])).toEqual([
      ['implementation', '01-11T10:00'],
      ['task', '01-11T09:30'],
      ['implementation', '01-11T10:00'],
      ['implementation', '01-11T10:00'],
    ]);
    sound(life, `${NEXT} 09:01`);
  });

  test('a measure whose id ends with a change of level ends its suspension; nobody is told to resume', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend(['dust-iii']));
    life.do(`${DAY} 16:00`, suspend(['duty']));
    life.do(`${DAY} 17:00`, adjustOf('N2', `${DAY} 17:00`, 'orange'));
    expect(life.of('response.resumed').map(({ data }) => [data.suspensionId, data.by])).toEqual([
      ['s1', 'measures-ended'],
    ]);
    expect(told(life, 'unit.resumed')).toEqual([]);
    const held = page(life, `${DAY} 17:00`).tasks.map(({ taskId, suspended }) => [taskId, suspended?.suspensionId]);
    expect(held).toEqual([
      ['dust-iii', undefined],
      ['dust-ii', undefined],
      ['duty', 's2'],
    ]);
    sound(life, `${DAY} 17:01`);
  });

  test('a unit whose measures all ended meanwhile gets no message to resume them', () => {
    const away = { contact: 'lead', contactHash: 'h', channel: 'email' as const, outcome: 'deferred' as const };
    const life = running({ post: () => [{ ...away, reason: 'away' }] });
    life.do(`${DAY} 14:30`, addTask(`${DAY} 18:00`));
    life.do(`${DAY} 15:00`, suspend(['dust-iii', 'added-1']));
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'orange'));
    life.do(`${DAY} 17:00`, resume());
    expect(told(life, 'unit.resumed').map(([unitId, , taskIds]) => [unitId, taskIds])).toEqual([
      ['education', ['added-1']],
      ['street-a', []],
      ['street-b', []],
    ]);
    const words = Object.values(life.state.messages).filter(({ suspensionId }) => suspensionId !== undefined);
    expect(words.map(({ to }) => to)).toEqual([{ kind: 'unit', unitId: 'education' }]);
    sound(life, `${DAY} 17:00`);
  });
});

describe('the whole response is suspended', () => {
  test('implementation reports and added tasks stand still, acknowledgements do not', () => {
    const life = running();
    life.do(`${DAY} 14:10`, suspend('all'));
    life.passTo(`${DAY} 20:00`);
    expect(life.of('acknowledgement.missed')).toHaveLength(3);
    expect(life.of('implementation.missed')).toEqual([]);
    expect(page(life, `${DAY} 20:00`)).toMatchObject({
      suspended: { suspensionId: 's1' },
      implementation: [{ status: 'suspended' }],
    });
    life.do(`${DAY} 20:00`, resume());
    expect(life.of('deadline.reopened').map(({ data }) => data.dueAt)).toEqual(
      Array(3).fill(`${DAY}T23:50:00.000+08:00`),
    );
    sound(life, `${DAY} 20:01`);
  });

  test('it keeps through a change of level: the new tasks are held, and reported after the resumption', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend('all'));
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red'));
    expect(
      page(life, `${DAY} 16:00`)
        .tasks.filter(({ status }) => status === 'open')
        .every(({ suspended }) => suspended),
    ).toBe(true);
    life.do(`${DAY} 18:00`, resume());
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
    life.do(`${DAY} 14:00`, suspend('all', { from, until }));
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
    life.do(`${DAY} 15:00`, suspend('all', { from: `${NEXT} 12:00`, until: '2026-01-12 09:00' }));
    life.do(`${DAY} 15:01`, suspend('all', { from: `${DAY} 18:00`, until: `${NEXT} 12:00` }));
    life.passTo('2026-01-12 10:31');
    expect(life.of('report.missed').map(({ data }) => data.date)).toEqual([DAY, DAY, DAY]);
    sound(life, '2026-01-12 10:31');
  });

  test('for some units alone: the others go on', () => {
    const life = running();
    life.do(`${DAY} 14:00`, suspend('all', { from: `${NEXT} 00:00`, until: '2026-01-12 00:00' }, ['street-a']));
    life.passTo('2026-01-12 10:31');
    const missed = life.of('report.missed').filter(({ data }) => data.date === NEXT);
    expect(missed.map(({ unitId }) => unitId)).toEqual(['education', 'street-b']);
    expect(life.do('2026-01-12 11:00', reportOf('street-a', NEXT))).toMatchObject({
      type: 'report-day',
      detail: '该日全天暂停应急响应，不需要报送，请核对日期。',
    });
    sound(life, '2026-01-12 11:01');
  });

  test('entered late, a day that was missed is owed no more', () => {
    const life = running();
    life.passTo(`2026-01-12 10:31`);
    expect(life.of('report.missed')).toHaveLength(6);
    life.do('2026-01-12 12:00', suspend('all', { from: `${NEXT} 00:00` }));
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
    life.do('2026-01-12 12:00', suspend('all', { from: `${NEXT} 00:00` }));
    expect(life.do('2026-01-12 12:10', report)).toMatchObject({ status: 'accepted', repeated: true });
    expect(life.do('2026-01-12 12:20', reportOf('education', NEXT, '更正'))).toMatchObject({ status: 'accepted' });
    sound(life, '2026-01-12 12:21');
  });

  test('a lifting entered late that leaves of a missed day no more than the pause takes it off', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend('all', { until: `${NEXT} 06:00` }));
    life.passTo('2026-01-12 10:31');
    expect(life.of('report.missed').filter(({ data }) => data.date === NEXT)).toHaveLength(3);
    life.do('2026-01-12 12:00', liftOf('2026-01-12 12:00', `${NEXT} 05:00`));
    expect(page(life, '2026-01-12 12:00').dailyReports.map(({ date }) => date)).toEqual([DAY]);
    sound(life, '2026-01-12 12:00');
  });

  test('a unit that joins is told of it', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend('all'));
    life.do(`${DAY} 16:00`, { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
    expect(told(life, 'unit.suspended').at(-1)).toEqual(['street-c', '01-10T16:00', undefined]);
    sound(life, `${DAY} 16:01`);
  });

  test('lifting ends it, with the response and without a word of its own', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend('all', { until: `${NEXT} 12:00` }));
    life.do(`${DAY} 20:00`, liftOf(`${DAY} 20:00`));
    life.passTo('2026-01-13 12:00');
    expect(happened(life).slice(3)).toEqual(['response.ended 01-10T20:00']);
    expect(told(life, 'unit.resumed')).toEqual([]);
    expect(episodeViewOf(life.state, 0).suspensions[0]!.ended).toMatchObject({
      at: `${DAY}T20:00:00.000+08:00`,
      by: 'lifting',
    });
    expect(life.do('2026-01-13 12:00', resume())).toMatchObject({ type: 'episode-lifted' });
    sound(life, '2026-01-13 12:00');
  });

  test('what it still holds off ends with the response, or with a drill that nobody touches', () => {
    const lifted = running();
    lifted.do(`${DAY} 14:30`, addTask(`${DAY} 18:00`));
    lifted.do(`${DAY} 15:00`, suspend('all'));
    lifted.do(`${DAY} 20:00`, liftOf(`${DAY} 20:00`));
    expect(page(lifted, `${DAY} 20:00`).implementation[0]!.status).toBe('withdrawn');
    expect(lifted.state.units.education!.taskDeadlines[0]!.status).toBe('withdrawn');
    sound(lifted, `${DAY} 20:01`);
    const drill = new Life();
    drill.do(`${DAY} 14:00`, { ...startOf(`${DAY} 14:00`), drill: { timeScale: 1 } } as CommandBody);
    drill.do(`${DAY} 15:00`, suspend('all'));
    drill.passTo('2026-02-10 16:00');
    expect(drill.state.phase).toBe('closed');
    expect(drill.state.units.education!.implementation[0]!.status).toBe('withdrawn');
    sound(drill, '2026-02-10 16:00');
  });

  test('after an outage, one that would have begun after the lifting never begins', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend('all', { from: `${DAY} 17:45` }));
    life.do(`${DAY} 15:01`, liftOf(`${DAY} 15:01`, `${DAY} 17:30`));
    life.take(at(`${DAY} 23:00`), []);
    expect(happened(life).slice(2)).toEqual(['response.ended 01-10T23:00']);
    expect(episodeViewOf(life.state, 0).suspensions[0]!.ended).toMatchObject({ by: 'lifting' });
    sound(life, `${DAY} 23:00`);
  });

  test('after an outage it begins and ends at once; whoever was due in between is not missed, and has the time that was left', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspend('all', { from: `${DAY} 17:00`, until: `${DAY} 22:00` }));
    life.take(at(`${NEXT} 01:00`), []);
    expect(life.of('implementation.missed')).toEqual([]);
    expect(life.of('deadline.reopened').map(({ data }) => data.dueAt)).toEqual(
      Array(3).fill(`${NEXT}T02:00:00.000+08:00`),
    );
    sound(life, `${NEXT} 01:00`);
  });
});

describe('what makes no sense is refused', () => {
  const again = (first: CommandBody, second: CommandBody) => {
    const life = running();
    life.do(`${DAY} 15:00`, first);
    return life.do(`${DAY} 15:30`, second);
  };

  test.each<[string, CommandBody, string]>([
    ['an unknown measure', suspend(['dust-iii', 'nothing']), 'measure-unknown'],
    ['a measure of another level', suspend(['dust-i']), 'measure-not-in-force'],
    ['a measure that the unit does not have', suspend(['small-iii'], {}, ['education']), 'measure-not-in-force'],
    ['an unknown unit', suspend('all', {}, ['nobody']), 'unit-unknown'],
    ['an end before the beginning', suspend('all', { from: `${DAY} 18:00`, until: `${DAY} 17:00` }), 'suspension-time'],
    ['an end in the past', suspend('all', { from: `${DAY} 14:00`, until: `${DAY} 14:30` }), 'suspension-time'],
    ['a beginning before the response', suspend('all', { from: `${DAY} 13:59` }), 'suspension-time'],
    ['a beginning far ahead', suspend('all', { from: '2026-01-14 00:00' }), 'suspension-time'],
    ['an unknown suspension', resume('s9'), 'suspension-unknown'],
  ])('%s', (_, body, type) => {
    expect(running().do(`${DAY} 15:00`, body)).toMatchObject({ status: 'refused', type });
  });

  test.each<[string, CommandBody, CommandBody, string | undefined]>([
    ['all again', suspend('all'), suspend('all'), 'suspension-overlaps'],
    ['a measure again, among others', suspend(['duty']), suspend(['dust-iii', 'duty']), 'suspension-overlaps'],
    ['all of a unit, already held with all', suspend('all'), suspend('all', {}, ['education']), 'suspension-overlaps'],
    ['a measure of another unit', suspend(['duty'], {}, ['education']), suspend(['duty'], {}, ['street-a']), undefined],
    [
      'the same afterwards',
      suspend(['duty'], { until: `${DAY} 18:00` }),
      suspend(['duty'], { from: `${DAY} 18:00` }),
      undefined,
    ],
    ['all over a measure', suspend(['duty']), suspend('all'), undefined],
    ['a task for a unit that pauses', suspend('all'), addTask(`${DAY} 20:00`), 'response-suspended'],
    ['resumed twice', suspend('all', { until: `${DAY} 15:10` }), resume(), 'suspension-ended'],
  ])('%s', (_, first, second, type) => {
    expect(again(first, second)).toMatchObject(type ? { type } : { status: 'accepted' });
  });

  test('before the response, and once the lifting is noticed', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', `${NEXT} 08:00`));
    expect(life.do(`${DAY} 15:00`, suspend('all'))).toMatchObject({ type: 'response-not-started' });
    const lifting = running();
    lifting.do(`${DAY} 15:00`, suspend('all'));
    lifting.do(`${DAY} 16:00`, liftOf(`${DAY} 16:00`, `${NEXT} 00:00`));
    expect(lifting.do(`${DAY} 16:01`, suspend(['duty']))).toMatchObject({ type: 'episode-lifted' });
    expect(lifting.do(`${DAY} 16:02`, resume())).toMatchObject({ status: 'accepted' });
  });
});

test('a measure that two suspensions hold goes on when neither does', () => {
  const life = running();
  life.do(`${DAY} 15:00`, suspend(['duty']));
  life.do(`${DAY} 15:10`, suspend('all'));
  life.do(`${DAY} 16:00`, resume('s2'));
  const held = (when: Instant) =>
    unitPageOf(life.state, 'education', when)
      .tasks.filter(({ suspended }) => suspended)
      .map(({ taskId }) => taskId);
  expect(held(at(`${DAY} 16:00`))).toEqual(['duty']);
  life.do(`${DAY} 17:00`, resume('s1'));
  expect(held(at(`${DAY} 17:00`))).toEqual([]);
  sound(life, `${DAY} 17:01`);
});
