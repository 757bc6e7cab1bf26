import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from './commands.js';
import { canonical, GENESIS, hashOf } from './hash-chain.js';
import { adjustOf, at, Life, liftOf, reportOf, startOf, summaryOf } from './testing/life.js';
import { boardOf, unitPageOf } from './views.js';

const started = () => {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  return life;
};
const lifted = () => {
  const life = started();
  life.do('2026-01-12 20:00', liftOf('2026-01-12 20:00'));
  return life;
};
const rowOf = (life: Life, unitId: string, when: string) =>
  boardOf(life.state, at(when)).units.find((row) => row.unitId === unitId)!;

describe('§3.1.3 acknowledging', () => {
  const acknowledge: CommandBody = { kind: 'acknowledge', unitId: 'education' };

  test('twice is one entry and the same answer', () => {
    const life = started();
    const first = life.do('2026-01-10 14:05', acknowledge);
    expect(first).toMatchObject({ status: 'accepted', repeated: false });
    const entries = life.entries.length;
    expect(life.do('2026-01-10 14:06', acknowledge)).toEqual({ ...first, repeated: true });
    expect(life.entries).toHaveLength(entries);
    expect(rowOf(life, 'education', '2026-01-10 14:06')).toMatchObject({
      acknowledgementDueAt: '2026-01-10T14:30:00.000+08:00',
      acknowledgedAt: '2026-01-10T14:05:00.000+08:00',
      acknowledgements: [{ noticeId: 'n1', noticeNumber: 'N1', status: 'acknowledged' }],
    });
  });

  test.each([
    ['at the due moment is in time', '2026-01-10 14:30', 'acknowledged', 0],
    ['a minute after is late, and the miss stays recorded', '2026-01-10 14:31', 'late', 1],
  ])('%s', (_, when, status, missed) => {
    const life = started();
    life.do(when, acknowledge);
    expect(rowOf(life, 'education', when).acknowledgements[0]!.status).toBe(status);
    expect(life.of('acknowledgement.missed').filter(({ unitId }) => unitId === 'education')).toHaveLength(missed);
  });

  test('one answer closes all that are open', () => {
    const life = started();
    life.do('2026-01-10 14:40', adjustOf('N2', '2026-01-10 14:40', 'red'));
    life.do('2026-01-10 14:50', acknowledge);
    expect(life.of('unit.acknowledged')[0]!.data).toEqual({
      noticeIds: ['n1', 'n2'],
      noticeNumbers: ['N1', 'N2'],
      lateFor: ['n1'],
    });
  });

  test('by a unit that is not of the episode is refused', () =>
    expect(started().do('2026-01-10 14:05', { kind: 'acknowledge', unitId: 'nobody' })).toMatchObject({
      type: 'unit-unknown',
    }));
});

test('§2.2 a unit that joins before an adjustment is in force is told of both', () => {
  const life = started();
  life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red', '2026-01-11 08:00'));
  life.do('2026-01-10 14:20', { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
  const told = life.of('unit.notified').filter(({ unitId }) => unitId === 'street-c');
  expect(told.map(({ data }) => [data.occasion, data.noticeNumber, data.level])).toEqual([
    ['joining', 'N1', 'yellow'],
    ['adjustment', 'N2', 'red'],
  ]);
});

describe('§4.2 the implementation report', () => {
  const report: CommandBody = { kind: 'reportImplementation', unitId: 'street-a', text: '工地已停工' };

  test('is due four hours after the response starts for the unit', () => {
    const life = started();
    life.do('2026-01-10 17:59', report);
    life.passTo('2026-01-10 18:01');
    expect(life.of('implementation.missed').map(({ unitId }) => unitId)).toEqual(['education', 'street-b']);
    expect(rowOf(life, 'street-a', '2026-01-10 18:01').implementation).toMatchObject([
      { noticeNumber: 'N1', dueAt: '2026-01-10T18:00:00.000+08:00', status: 'submitted' },
    ]);
  });

  test('is not taken before the response has started', () => {
    const life = new Life();
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00', 'yellow', '2026-01-10 20:00'));
    expect(life.do('2026-01-10 15:00', report)).toMatchObject({ type: 'response-not-started' });
  });
});

describe('§4.3 tasks', () => {
  const complete = (taskId: string): CommandBody => ({
    kind: 'completeTasks',
    unitId: 'street-a',
    taskIds: [taskId],
    note: '已落实',
    attachmentIds: [],
  });
  const taskOf = (life: Life, taskId: string) =>
    unitPageOf(life.state, 'street-a', at('2026-01-11 09:00')).tasks.find((task) => task.taskId === taskId);

  test('are ticked off once', () => {
    const life = started();
    const first = life.do('2026-01-10 15:00', complete('dust-iii'));
    expect(life.do('2026-01-10 15:01', complete('dust-iii'))).toEqual({ ...first, repeated: true });
    expect(rowOf(life, 'street-a', '2026-01-10 15:01').tasks).toEqual({
      total: 3,
      done: 1,
      notApplicable: 0,
      suspended: 0,
    });
  });

  test('a done task stays done if continued, and is open again if tightened', () => {
    const life = started();
    life.do('2026-01-10 15:00', complete('dust-iii'));
    const small = life.do('2026-01-10 15:00', complete('small-iii'));
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'orange'));
    expect(taskOf(life, 'dust-ii')).toMatchObject({ status: 'open', change: 'tightened' });
    expect(taskOf(life, 'small-iii')).toMatchObject({ status: 'done', change: 'continued' });
    expect(life.do('2026-01-10 16:01', complete('small-iii'))).toEqual({ ...small, repeated: true });
    expect(life.do('2026-01-10 16:01', complete('dust-iii'))).toMatchObject({ type: 'task-ended' });
  });

  test('done through its predecessor: completing it repeats the entry that assigned it', () => {
    const life = started();
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'orange'));
    life.do('2026-01-10 17:00', complete('dust-ii'));
    life.do('2026-01-10 18:00', adjustOf('N3', '2026-01-10 18:00', 'red'));
    expect(taskOf(life, 'dust-i')).toMatchObject({ status: 'done', change: 'continued' });
    const assigned = life.of('task.assigned').findLast(({ unitId }) => unitId === 'street-a')!;
    expect(life.do('2026-01-10 18:01', complete('dust-i'))).toEqual({
      status: 'accepted',
      seq: assigned.seq,
      repeated: true,
    });
  });

  test('of others and unknown ones are refused', () =>
    expect(started().do('2026-01-10 15:00', complete('dust-i'))).toMatchObject({ type: 'task-unknown' }));

  test('are not ticked off after lifting', () =>
    expect(lifted().do('2026-01-12 21:00', complete('dust-iii'))).toMatchObject({ type: 'episode-lifted' }));
});

describe('§5.1 daily reports', () => {
  test.each([
    ['the day before the response', '2026-01-11 09:00', '2026-01-09'],
    ['the day that is not over', '2026-01-11 09:00', '2026-01-11'],
    ['a day to come', '2026-01-11 09:00', '2026-01-15'],
  ])('%s is refused', (_, when, date) =>
    expect(started().do(when, reportOf('education', date))).toMatchObject({ type: 'report-day', clause: '5.1' }),
  );

  test('the previous day is taken from midnight, in time until the policy hour', () => {
    const life = started();
    expect(life.do('2026-01-11 00:00', reportOf('education', '2026-01-10')).status).toBe('accepted');
    expect(life.do('2026-01-11 10:00', reportOf('street-a', '2026-01-10')).status).toBe('accepted');
    life.do('2026-01-11 10:01', reportOf('street-b', '2026-01-10'));
    const status = (unitId: string) => rowOf(life, unitId, '2026-01-11 11:00').dailyReports;
    expect(status('education')).toMatchObject([{ date: '2026-01-10', status: 'submitted' }]);
    expect(status('street-a')).toMatchObject([{ status: 'submitted', dueAt: '2026-01-11T10:00:00.000+08:00' }]);
    expect(status('street-b')).toMatchObject([{ status: 'late', submittedAt: '2026-01-11T10:01:00.000+08:00' }]);
    expect(life.of('report.missed').map(({ unitId, data }) => `${unitId} ${data.date}`)).toEqual([
      'street-b 2026-01-10',
    ]);
  });

  test('the same again is a repeat, other content corrects and names the old', () => {
    const life = started();
    const first = life.do('2026-01-11 09:00', reportOf('education', '2026-01-10'));
    expect(life.do('2026-01-11 09:01', reportOf('education', '2026-01-10'))).toEqual({ ...first, repeated: true });
    const second = life.do('2026-01-11 09:02', reportOf('education', '2026-01-10', '更正'));
    expect(life.of('report.corrected')).toMatchObject([
      { data: { corrects: 'seq' in first ? first.seq : 0, date: '2026-01-10' } },
    ]);
    expect(life.do('2026-01-11 09:03', reportOf('education', '2026-01-10', '更正'))).toEqual({
      ...second,
      repeated: true,
    });
    expect(life.do('2026-01-11 09:04', reportOf('education', '2026-01-10'))).toMatchObject({ repeated: false });
  });

  test('the day of lifting is reported from lifting on, and due the morning after', () => {
    const life = lifted();
    expect(rowOf(life, 'education', '2026-01-12 20:00').dailyReports.at(-1)).toMatchObject({
      date: '2026-01-12',
      dueAt: '2026-01-13T10:00:00.000+08:00',
      status: 'pending',
    });
    expect(life.do('2026-01-12 20:00', reportOf('education', '2026-01-12')).status).toBe('accepted');
    expect(life.do('2026-01-13 09:00', reportOf('education', '2026-01-13'))).toMatchObject({ type: 'report-day' });
  });
});

describe('§5.2 summaries', () => {
  test('are owed from lifting, due after three days, late afterwards, corrected by a new entry', () => {
    expect(started().do('2026-01-10 15:00', summaryOf('education'))).toMatchObject({ type: 'episode-not-lifted' });
    const life = lifted();
    const first = life.do('2026-01-13 09:00', summaryOf('education'));
    expect(life.do('2026-01-13 09:01', summaryOf('education'))).toEqual({ ...first, repeated: true });
    life.passTo('2026-01-15 20:01');
    expect(life.of('summary.missed').map(({ unitId }) => unitId)).toEqual(['street-a', 'street-b']);
    life.do('2026-01-16 09:00', summaryOf('street-a'));
    expect(life.of('summary.submitted').map(({ data }) => data.late)).toEqual([false, true]);
    expect(rowOf(life, 'street-a', '2026-01-16 09:00')).toMatchObject({ summary: { status: 'late' } });
    expect(rowOf(life, 'street-b', '2026-01-16 09:00')).toMatchObject({ summary: { status: 'missed' } });
  });
});

describe('the chain', () => {
  test('numbers from 1 without gaps, each entry naming the hash of the one before', () => {
    const { entries } = lifted();
    entries.forEach((entry, i) => {
      const { hash, ...hashed } = entry;
      expect(entry.seq).toBe(i + 1);
      expect(entry.previousHash).toBe(i === 0 ? GENESIS : entries[i - 1]!.hash);
      expect(hash).toBe(hashOf(hashed));
    });
  });

  // RFC 8785, section 3.2.3 and the hash of its canonical form.
  test('canonical JSON sorts keys by UTF-16 code units and writes no spaces', () =>
    expect(canonical({ b: 1.0, ö: '€', a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1,"ö":"€"}'));
  test('SHA-256 of the empty object', () =>
    expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'));
});
