/** Problems of daily reports: none is lost, none is told twice, and each is put right once. */
import { describe, expect, test } from '@jest/globals';
import type { CommandBody, GivenProblem } from './commands.js';
import { digestOf } from './digest.js';
import { openProblemsOf } from './problems.js';
import { Life, liftOf, startOf } from './testing/life.js';

const report = (
  date: string,
  problems: GivenProblem[] | undefined,
  text = '正常',
  unitId = 'education',
): CommandBody => ({
  kind: 'submitDailyReport',
  unitId,
  date,
  content: { text, figures: {}, ...(problems && { problems }) },
});
const settle = (problemId: string, changes: object = {}): CommandBody => ({
  kind: 'settleProblem',
  unitId: 'education',
  problemId,
  note: '',
  ...changes,
});
const STOP = { what: '未按要求停工', where: '某某工地' };
const COVER = { what: '裸土未覆盖', where: '某某路' };
const FIRST = '2026-01-10';
const SECOND = '2026-01-11';

const begun = (): Life => {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  return life;
};
/** Ids of the open ones of 区教育局. */
const open = (life: Life) => openProblemsOf(life.state.units.education!).map(([id]) => id);
const told = (life: Life) =>
  [...life.of('report.submitted'), ...life.of('report.corrected')]
    .at(-1)!
    .data.content.problems!.map(({ problemId }) => problemId);

describe('the problems of a report', () => {
  test('are numbered in the episode, over all units', () => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP, COVER]));
    life.do('2026-01-11 09:01', report(FIRST, [STOP], '正常', 'street-a'));
    expect(life.of('report.submitted').map(({ data }) => data.content.problems?.map((one) => one.problemId))).toEqual([
      ['p1', 'p2'],
      ['p3'],
    ]);
    expect(open(life)).toEqual(['p1', 'p2']);
  });

  test('are the same when the report is sent again, and nothing is written', () => {
    const life = begun();
    const first = life.do('2026-01-11 09:00', report(FIRST, [STOP, STOP, COVER]));
    expect(life.do('2026-01-11 09:01', report(FIRST, [STOP, STOP, COVER]))).toEqual({ ...first, repeated: true });
    life.do('2026-01-11 09:02', settle('p1'));
    expect(life.do('2026-01-11 09:03', report(FIRST, [STOP, STOP, COVER]))).toEqual({ ...first, repeated: true });
    expect(open(life)).toEqual(['p2', 'p3']);
  });

  test('keep their ids in a correction, by id or by their words; what it leaves out is not lost', () => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP, COVER]));
    life.do('2026-01-11 09:01', report(FIRST, [{ what: '未按要求 停工', where: '某某工地' }], '更正'));
    expect(told(life)).toEqual(['p1']);
    life.do('2026-01-11 09:02', report(FIRST, [{ problemId: 'p2', what: '裸土未苫盖', where: '某某路' }], '再更正'));
    expect(told(life)).toEqual(['p2']);
    life.do('2026-01-11 09:03', report(FIRST, undefined, '只改文字'));
    expect(open(life)).toEqual(['p1', 'p2']);
    expect(life.state.problemsFound).toBe(2);
  });

  test('are put right in a later report; found again after that, they are new', () => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP, COVER]));
    life.do('2026-01-12 09:00', report(SECOND, [{ ...STOP, resolvedAt: '2026-01-11T18:00:00+08:00' }]));
    expect(told(life)).toEqual(['p1']);
    expect(open(life)).toEqual(['p2']);
    expect(life.do('2026-01-13 08:59', report('2026-01-12', [{ ...STOP, problemId: 'p1' }]))).toMatchObject({
      type: 'problem-settled',
      detail: expect.stringContaining('作为新问题填报'),
    });
    life.do('2026-01-13 09:00', report('2026-01-12', [STOP]));
    expect(told(life)).toEqual(['p3']);
  });

  test('are open again when a correction takes back that they were put right, and not when it is silent', () => {
    const life = begun();
    const done = { ...STOP, resolvedAt: '2026-01-11T08:00:00+08:00' };
    life.do('2026-01-11 09:00', report(FIRST, [done]));
    life.do('2026-01-11 09:01', report(FIRST, undefined, '只改文字'));
    expect(open(life)).toEqual([]);
    life.do('2026-01-11 09:02', report(FIRST, [STOP], '没有整改'));
    expect(open(life)).toEqual(['p1']);
    life.do('2026-01-11 09:03', report(FIRST, [done], '已经整改'));
    life.do('2026-01-12 09:00', report(SECOND, [{ ...done, problemId: 'p1' }]));
    life.do('2026-01-12 09:01', report(FIRST, [], '没有问题'));
    // The report of the second day still says so.
    expect(open(life)).toEqual([]);
    expect(life.state.problemsFound).toBe(1);
  });

  test('are counted for the digest of each day on which they stand', () => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP, COVER]));
    life.do('2026-01-12 09:00', report(SECOND, [STOP, { what: '渣土车未苫盖', where: '某某路口' }]));
    life.do('2026-01-12 09:01', settle('p1'));
    const problems = (date: string) => digestOf(life.state, date, []).problems;
    expect([problems(FIRST), problems(SECOND)]).toEqual([
      { reported: 2, open: 1 },
      { reported: 2, open: 1 },
    ]);
  });

  test.each<[string, GivenProblem[], string]>([
    ['an id that it has not', [{ ...STOP, problemId: 'p9' }], 'problem-unknown'],
    ['an id of another unit', [{ ...STOP, problemId: 'p1' }], 'problem-unknown'],
    ['found tomorrow', [{ ...STOP, foundAt: '2026-01-12T08:00:00+08:00' }], 'problem-time'],
    ['put right tomorrow', [{ ...STOP, resolvedAt: '2026-01-12T08:00:00+08:00' }], 'problem-time'],
  ])('are refused with the whole report: %s', (_, problems, type) => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP], '正常', 'street-a'));
    expect(life.do('2026-01-11 09:01', report(FIRST, [COVER, ...problems]))).toMatchObject({ type, clause: '5.1' });
    expect(open(life)).toEqual([]);
  });

  test('are refused beyond what an episode can carry of a unit; other units go on', () => {
    const life = begun();
    const lots = (n: number) => Array.from({ length: 50 }, (_, i) => ({ ...STOP, where: `${n}-${i}` }));
    for (let n = 0; n < 10; n += 1) life.do(`2026-01-11 09:0${n}`, report(FIRST, lots(n), `第${n}次`));
    expect(life.state.problemsFound).toBe(500);
    expect(life.do('2026-01-11 09:10', report(FIRST, [COVER], '又一个'))).toMatchObject({
      type: 'problems-too-many',
      detail: expect.stringContaining('500'),
    });
    expect(life.do('2026-01-11 09:11', report(FIRST, lots(9), '已知的'))).toMatchObject({ status: 'accepted' });
    expect(life.do('2026-01-11 09:12', report(FIRST, [COVER], '正常', 'street-a')).status).toBe('accepted');
  });

  test('are refused beyond what an episode can carry of all units', () => {
    const life = begun();
    life.state = { ...life.state, problemsFound: 5_000 };
    expect(life.do('2026-01-11 09:00', report(FIRST, [COVER]))).toMatchObject({ type: 'problems-too-many' });
  });
});

describe('a problem is put right by a word of its own', () => {
  test('at a time, with a note; once', () => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP]));
    const at = '2026-01-11T08:30:00.000+08:00';
    expect(life.do('2026-01-11 09:01', settle('p1', { at, note: '已停工' })).status).toBe('accepted');
    expect(life.of('problem.settled')).toMatchObject([
      { unitId: 'education', data: { problemId: 'p1', at, note: '已停工' } },
    ]);
    expect(open(life)).toEqual([]);
    expect(life.do('2026-01-11 09:02', settle('p1'))).toMatchObject({ type: 'problem-settled' });
  });

  test('after lifting too, until the record is closed', () => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP, COVER]));
    life.do('2026-01-11 20:00', liftOf('2026-01-11 20:00'));
    expect(life.do('2026-01-13 09:00', settle('p1')).status).toBe('accepted');
    life.do('2026-01-13 09:01', { kind: 'submitFollowUp', text: '报告' });
    life.do('2026-01-13 09:02', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
    life.do('2026-01-13 09:03', { kind: 'publishReview' });
    expect(life.state.phase).toBe('closed');
    expect(life.do('2026-01-13 09:04', settle('p2'))).toMatchObject({ type: 'episode-closed' });
    expect(open(life)).toEqual(['p2']);
  });

  test.each<[string, CommandBody, string]>([
    ['one that nobody told of', settle('p2'), 'problem-unknown'],
    ['one of another unit', settle('p1', { unitId: 'street-a' }), 'problem-unknown'],
    ['what every object has', settle('constructor'), 'problem-unknown'],
    ['before its time has come', settle('p1', { at: '2026-01-11T10:00:00+08:00' }), 'problem-time'],
  ])('refused: %s', (_, body, type) => {
    const life = begun();
    life.do('2026-01-11 09:00', report(FIRST, [STOP]));
    expect(life.do('2026-01-11 09:01', body)).toMatchObject({ type });
  });
});
