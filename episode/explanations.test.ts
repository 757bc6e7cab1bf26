import { expect, test } from '@jest/globals';
import type { CommandBody, UnitDeadline } from './commands.js';
import { Life, reportOf, startOf } from './testing/life.js';

const acknowledgement: UnitDeadline = { deadline: 'acknowledgement', subject: 'n1' };
const explain = (reason: string, about = acknowledgement, unitId = 'street-a'): CommandBody => ({
  kind: 'explainBreach',
  unitId,
  about,
  reason,
});

/** 甲街道 acknowledges late and reports no day, 区教育局 does all in time; it is noon of the second day. */
function lived(): Life {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-10 14:10', { kind: 'acknowledge', unitId: 'education' });
  life.do('2026-01-10 15:00', { kind: 'acknowledge', unitId: 'street-a' });
  life.do('2026-01-11 09:00', reportOf('education', '2026-01-10'));
  life.passTo('2026-01-11 12:00');
  return life;
}

test('§7 a unit states its reason for what was late and for what was missed, each in an entry of its own', () => {
  const life = lived();
  const report: UnitDeadline = { deadline: 'report', subject: '2026-01-10' };
  expect(life.do('2026-01-11 12:00', explain('断网')).status).toBe('accepted');
  expect(life.do('2026-01-11 12:01', explain('值班人员住院', report)).status).toBe('accepted');
  expect(life.of('breach.explained')).toMatchObject([
    { unitId: 'street-a', clause: '7', data: { about: { noticeId: 'n1', outcome: 'late' }, reason: '断网' } },
    { data: { about: { date: '2026-01-10', outcome: 'missed' }, reason: '值班人员住院' } },
  ]);
  // Done late afterwards, it keeps its reason.
  life.do('2026-01-11 13:00', reportOf('street-a', '2026-01-10'));
  const { explanations } = life.state.units['street-a']!;
  expect(explanations?.['report/2026-01-10']?.seq).toBe(life.of('breach.explained')[1]!.seq);
});

test('§7 the same reason again is the first one, other words take its place', () => {
  const life = lived();
  const first = life.do('2026-01-11 12:00', explain('断网'));
  expect(life.do('2026-01-11 12:01', explain('断网'))).toEqual({ ...first, repeated: true });
  expect(life.do('2026-01-11 12:02', explain('断网两小时'))).toMatchObject({ repeated: false });
  const [one, other] = life.of('breach.explained');
  expect(one!.data.corrects).toBeUndefined();
  expect(other!.data.corrects).toBe(one!.seq);
});

test('§7 a reason tells nobody and stops no chain', () => {
  const life = lived();
  const { chases } = life.state.units['street-a']!;
  const messages = Object.keys(life.state.messages);
  life.do('2026-01-11 12:00', explain('断网'));
  expect(life.state.units['street-a']!.chases).toEqual(chases);
  expect(Object.keys(life.state.messages)).toEqual(messages);
});

test.each<[string, CommandBody, string]>([
  ['what was done in time', explain('断网', acknowledgement, 'education'), '确认通知 n1'],
  ['a day that is not due', explain('断网', { deadline: 'report', subject: '2026-01-11' }), '每日报送 2026-01-11'],
  ['a notice that never was', explain('断网', { deadline: 'acknowledgement', subject: 'n2' }), '确认通知 n2'],
])('§7 nothing was late: %s', (_, command, quoted) => {
  expect(lived().do('2026-01-11 12:00', command)).toMatchObject({
    type: 'nothing-to-explain',
    clause: '7',
    detail: expect.stringContaining(quoted),
  });
});
