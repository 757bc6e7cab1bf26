import { describe, expect, test } from '@jest/globals';
import { MOST_CIRCULARS } from './circulars.js';
import type { CommandBody, IssueCircularCommand } from './commands.js';
import { adjustOf, at, binding, iso, Life, liftOf, reportOf, startOf } from './testing/life.js';
import { boardOf } from './views.js';

const issue = (changes: Partial<IssueCircularCommand> = {}): IssueCircularCommand => ({
  kind: 'issueCircular',
  origin: 'district',
  title: '关于落实不到位的通报',
  text: '经查，个别工地未停工。',
  unitIds: ['street-a', 'street-b'],
  ...changes,
});
const acknowledge = (unitId: string, circularId = 'c1'): CommandBody => ({
  kind: 'acknowledgeCircular',
  unitId,
  circularId,
});
const answer = (unitId: string, text = '已停工', circularId = 'c1'): CommandBody => ({
  kind: 'answerCircular',
  unitId,
  circularId,
  text,
  attachmentIds: [],
});
const close = (unitIds?: string[], note = '整改到位'): CommandBody => ({
  kind: 'closeCircular',
  circularId: 'c1',
  ...(unitIds && { unitIds }),
  note,
});

/** A response is on since 10 January at 14:00, everybody has acknowledged it. */
function lived(edition = binding): Life {
  const life = new Life(edition);
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  for (const unitId of ['education', 'street-a', 'street-b'])
    life.do('2026-01-10 14:05', { kind: 'acknowledge', unitId });
  return life;
}
const refusal = (life: Life, when: string, body: CommandBody) => {
  const outcome = life.do(when, body);
  return outcome.status === 'refused' ? outcome : undefined;
};
const standingOf = (life: Life, unitId: string) =>
  boardOf(life.state, life.state.head.episodeTime).units.find((unit) => unit.unitId === unitId)!.circulars;

describe('a circular', () => {
  test.each([
    ['§5.1 of the city, forwarded', 'city', '5.1'],
    ['§7 of the district', 'district', '7'],
  ] as const)('%s cites its clause and goes to its units alone, in the same turn', (_name, origin, clause) => {
    const life = lived();
    expect(life.do('2026-01-10 15:00', issue({ origin })).status).toBe('accepted');
    expect(life.of('circular.issued')).toMatchObject([
      { clause, actor: { role: 'office' }, data: { circularId: 'c1' } },
    ]);
    const sent = life.of('circular.sent');
    expect(sent.map(({ unitId, data }) => [unitId, data.dueAt])).toEqual([
      ['street-a', '2026-01-10T19:00:00.000+08:00'],
      ['street-b', '2026-01-10T19:00:00.000+08:00'],
    ]);
    // The entry that names referrals is in no history that a unit reads.
    expect(life.of('circular.issued')[0]!.unitId).toBeUndefined();
    expect(life.state.messages).toEqual({});
    expect(standingOf(life, 'education')).toEqual([]);
  });

  test.each([
    ['by day after so many minutes', '2026-01-10 15:00', '2026-01-10T19:00'],
    ['at night in the morning', '2026-01-10 20:00', '2026-01-11T09:00'],
  ])('is due %s, at red too', (_name, when, dueAt) => {
    const life = lived();
    life.do('2026-01-10 14:30', adjustOf('N2', '2026-01-10 14:30', 'red'));
    life.do(when, issue());
    expect(life.of('circular.sent')[0]!.data.dueAt).toBe(`${dueAt}:00.000+08:00`);
  });

  test('the same again is a repeat; other words are another circular', () => {
    const life = lived();
    const [first, again, other] = [issue(), issue({ paper: 'f'.repeat(64) }), issue({ text: '另一件事' })].map((body) =>
      life.do('2026-01-10 15:00', body),
    );
    expect([first, again, other]).toMatchObject([
      { status: 'accepted', repeated: false },
      { repeated: true },
      { repeated: false },
    ]);
    expect(again).toMatchObject({ seq: (first as { seq: number }).seq });
    expect(life.state.circulars.map(({ circularId }) => circularId)).toEqual(['c1', 'c2']);
  });

  test.each([
    ['an unknown unit', issue({ unitIds: ['nobody'] }), 'unit-unknown', 'nobody'],
    ['an answer that is due already', issue({ answerDueAt: iso('2026-01-10 14:59') }), 'due-time', '答复期限'],
    ['a referral that there is not', issue({ referrals: [3] }), 'referral-unknown', '3'],
    ['a problem that there is not', issue({ problems: ['p1'] }), 'problem-unknown', 'p1'],
    ['a circular that there is not', close(), 'circular-unknown', 'c1'],
    ['a receipt by a unit that did not get it', acknowledge('education'), 'circular-unknown', '区教育局'],
    ['an answer by a unit that did not get it', answer('education'), 'circular-unknown', '区教育局'],
  ])('%s is refused, in words', (_name, body, type, words) => {
    const refused = refusal(lived(), '2026-01-10 15:00', body);
    expect(refused).toMatchObject({ type, detail: expect.stringContaining(words) });
  });

  test('names referrals and problems of its episode', () => {
    const life = lived();
    life.do('2026-01-11 09:00', {
      ...reportOf('street-a', '2026-01-10'),
      content: { text: '正常', figures: {}, problems: [{ what: '未停工', where: '某工地' }] },
    } as CommandBody);
    life.passTo('2026-01-11 12:00');
    const about = [{ deadline: 'report' as const, subject: '2026-01-10' }];
    life.do('2026-01-11 12:00', { kind: 'refer', unitId: 'street-b', to: 'committee', about, reason: '未报送' });
    const { seq } = life.of('unit.referred')[0]!;
    expect(life.do('2026-01-11 12:01', issue({ referrals: [seq], problems: ['p1'] })).status).toBe('accepted');
    expect(life.of('circular.issued')[0]!.data).toMatchObject({ referrals: [seq], problems: ['p1'] });
  });

  test('more than the state can carry is refused', () => {
    const life = lived();
    for (let n = 0; n < MOST_CIRCULARS.circulars; n += 1)
      life.take(at('2026-01-10 15:00'), [life.command(issue({ title: `第${n}份`, unitIds: ['street-a'] }))]);
    expect(refusal(life, '2026-01-10 15:01', issue())).toMatchObject({
      type: 'circulars-too-many',
      detail: expect.stringContaining(`${MOST_CIRCULARS.circulars}份`),
    });
  });
});

describe('a unit', () => {
  test('that acknowledges in time is told no more', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue());
    expect(life.do('2026-01-10 16:00', acknowledge('street-a'))).toMatchObject({ status: 'accepted', repeated: false });
    expect(life.do('2026-01-10 16:01', acknowledge('street-a'))).toMatchObject({ repeated: true });
    life.passTo('2026-01-10 20:00');
    expect(standingOf(life, 'street-a')).toMatchObject([{ circularId: 'c1', status: 'acknowledged' }]);
    expect(life.of('circular.missed').map(({ unitId }) => unitId)).toEqual(['street-b']);
    const told = [...life.of('deadline.reminded'), ...life.of('deadline.escalated')]
      .filter(({ data }) => data.deadlines.some(({ deadline }) => deadline === 'circular'))
      .map(({ unitId, data }) => [unitId, data.to]);
    expect(told).toEqual([
      ['street-b', 'duty'],
      ['street-b', 'lead'],
      ['street-b', 'office'],
    ]);
    expect(life.do('2026-01-10 21:00', acknowledge('street-b')).status).toBe('accepted');
    expect(standingOf(life, 'street-b')).toMatchObject([{ status: 'late' }]);
  });

  test('§7 that answers too late is late, can be referred for it and state its reason', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue({ answerDueAt: iso('2026-01-11 15:00') }));
    life.do('2026-01-10 15:10', acknowledge('street-a'));
    life.do('2026-01-11 16:00', answer('street-a'));
    expect(life.of('measures.missed').map(({ unitId }) => unitId)).toEqual(['street-a', 'street-b']);
    expect(standingOf(life, 'street-a')).toMatchObject([{ status: 'acknowledged', measures: { status: 'late' } }]);
    const about = { deadline: 'measures' as const, subject: 'c1' };
    for (const body of [
      { kind: 'refer', unitId: 'street-a', to: 'committee', about: [about], reason: '未按期整改' },
      { kind: 'explainBreach', unitId: 'street-a', about, reason: '等待复查' },
    ] as CommandBody[])
      expect(life.do('2026-01-11 17:00', body).status).toBe('accepted');
  });

  test('whoever answers has it: the acknowledgement is given with the answer', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue({ answerDueAt: iso('2026-01-11 15:00') }));
    life.do('2026-01-10 16:00', answer('street-a'));
    expect(standingOf(life, 'street-a')).toMatchObject([{ status: 'acknowledged', measures: { status: 'submitted' } }]);
    expect(life.of('circular.answered')[0]!.data).toMatchObject({ late: false });
  });

  test('another answer corrects the first and changes no time; the same again is a repeat', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue({ answerDueAt: iso('2026-01-11 15:00') }));
    life.do('2026-01-10 16:00', answer('street-a'));
    expect(life.do('2026-01-10 16:10', answer('street-a'))).toMatchObject({ repeated: true });
    life.do('2026-01-11 18:00', answer('street-a', '更正'));
    const [first, second] = life.of('circular.answered');
    expect(second!.data).toMatchObject({ corrects: first!.seq, text: '更正' });
    expect(second!.data.late).toBeUndefined();
    expect(standingOf(life, 'street-a')).toMatchObject([{ measures: { status: 'submitted' } }]);
  });

  test('may answer what asks for no answer, and owes nothing by it', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue());
    life.do('2026-01-10 16:00', answer('street-a'));
    expect(life.of('circular.answered')[0]!.data.late).toBeUndefined();
    expect(standingOf(life, 'street-a')[0]).toMatchObject({ answeredAt: '2026-01-10T16:00:00.000+08:00' });
    expect(standingOf(life, 'street-a')[0]).not.toHaveProperty('measures');
  });

  test('is urged about either', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue({ answerDueAt: iso('2026-01-11 15:00') }));
    life.do('2026-01-10 16:00', acknowledge('street-a'));
    const urge = (deadline: 'circular' | 'measures', unitIds: string[]): CommandBody => ({
      kind: 'urge',
      unitIds,
      about: [{ deadline, subject: 'c1' }],
    });
    expect(refusal(life, '2026-01-10 16:01', urge('circular', ['street-a']))).toMatchObject({ type: 'nothing-open' });
    expect(life.do('2026-01-10 16:02', urge('measures', ['street-a', 'street-b'])).status).toBe('accepted');
    expect(life.do('2026-01-10 16:03', urge('circular', ['street-b'])).status).toBe('accepted');
  });
});

describe('closing', () => {
  test('for one unit ends what it owes, and leaves the others', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue({ answerDueAt: iso('2026-01-11 15:00') }));
    life.do('2026-01-10 16:00', close(['street-a']));
    expect(life.of('deadline.withdrawn').map(({ unitId, data }) => [unitId, data.deadline, data.reason])).toEqual([
      ['street-a', 'circular', 'circular-closed'],
      ['street-a', 'measures', 'circular-closed'],
    ]);
    expect(refusal(life, '2026-01-10 16:01', answer('street-a'))).toMatchObject({
      type: 'circular-closed',
      detail: expect.stringContaining('甲街道办事处'),
    });
    life.passTo('2026-01-11 16:00');
    expect(life.of('circular.missed').map(({ unitId }) => unitId)).toEqual(['street-b']);
    expect(life.of('measures.missed').map(({ unitId }) => unitId)).toEqual(['street-b']);
  });

  test('for all closes those that are open; once all are, there is nothing to close', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue());
    life.do('2026-01-10 16:00', close(['street-a']));
    life.do('2026-01-10 16:10', close(undefined, '都已整改'));
    const closed = life.of('circular.closed');
    expect(closed.map(({ unitId, data }) => [unitId, data.note])).toEqual([
      ['street-a', '整改到位'],
      ['street-b', '都已整改'],
    ]);
    expect(refusal(life, '2026-01-10 16:20', close())).toMatchObject({ type: 'circular-closed' });
  });

  test('of several together the first has the word, the others name its number', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue());
    life.do('2026-01-10 16:00', close());
    const [first, second] = life.of('circular.closed');
    expect([first!.data.note, second!.data.noteIn]).toEqual(['整改到位', first!.seq]);
  });

  test('what was missed stays missed and is chased no more', () => {
    const life = lived();
    life.do('2026-01-10 15:00', issue());
    life.passTo('2026-01-10 19:30');
    life.do('2026-01-10 19:30', close());
    expect(standingOf(life, 'street-a')).toMatchObject([{ status: 'missed', closedAt: expect.any(String) }]);
    expect(life.state.units['street-a']!.chases).toEqual({});
  });
});

test('§5.2 a circular outlives the response; with the record what is still open is taken off', () => {
  const life = lived();
  life.do('2026-01-10 15:00', issue({ answerDueAt: iso('2026-01-20 15:00') }));
  life.do('2026-01-10 16:00', acknowledge('street-a'));
  life.do('2026-01-11 14:00', liftOf('2026-01-11 14:00'));
  expect(life.do('2026-01-11 15:00', issue({ origin: 'city', title: '关于响应情况的通报' })).status).toBe('accepted');
  expect(life.do('2026-01-11 15:10', answer('street-a')).status).toBe('accepted');
  for (const body of [
    { kind: 'submitFollowUp', text: '信息报送' },
    { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } },
    { kind: 'publishReview' },
  ] as CommandBody[])
    life.do('2026-01-11 16:00', body);
  life.passTo('2026-01-11 17:00');
  expect(life.state.phase).toBe('closed');
  const takenOff = life.of('deadline.withdrawn').filter(({ data }) => data.reason === 'episode-closed');
  expect(takenOff.map(({ unitId, data }) => [unitId, data.deadline])).toEqual(
    expect.arrayContaining([
      ['street-b', 'measures'],
      ['street-a', 'circular'],
      ['street-b', 'circular'],
    ]),
  );
  // The sealed record still shows for whom it is open.
  expect(standingOf(life, 'street-b')[0]).not.toHaveProperty('closedAt');
});
