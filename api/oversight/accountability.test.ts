import { expect, test } from '@jest/globals';
import { Life, liftOf, reportOf, startOf, summaryOf } from '../../episode/testing/life.js';
import { accountabilityOf } from './accountability.js';

test('§7 by unit: late and missed answers, with the clause; nothing for punctual units', () => {
  const life = new Life();
  life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
  life.do('2015-11-27 14:30', { kind: 'acknowledge', unitId: 'education' });
  life.do('2015-11-27 14:31', { kind: 'acknowledge', unitId: 'street-a' });
  for (const unitId of ['education', 'street-a', 'street-b'])
    life.do('2015-11-27 18:00', { kind: 'reportImplementation', unitId, text: '已落实' });
  life.do('2015-11-28 00:00', liftOf('2015-11-28 00:00'));
  life.do('2015-11-28 10:00', reportOf('education', '2015-11-27'));
  life.do('2015-11-28 10:01', reportOf('street-a', '2015-11-27'));
  life.do('2015-11-29 00:01', { kind: 'submitFollowUp', text: '报告' });
  for (const unitId of ['education', 'street-a']) life.do('2015-12-01 00:00', summaryOf(unitId));
  life.passTo('2015-12-02 00:00');

  const { items, office } = accountabilityOf(life.state, [], new Map());
  expect(items).toEqual([
    {
      unitId: 'education',
      name: '区教育局',
      kind: 'department',
      late: 0,
      missed: 0,
      breaches: [],
      notApplicable: [],
      referrals: [],
    },
    {
      unitId: 'street-a',
      name: '甲街道办事处',
      kind: 'street',
      late: 2,
      missed: 0,
      breaches: [
        {
          deadline: 'acknowledgement',
          outcome: 'late',
          clause: '3.1.3',
          noticeId: 'n1',
          noticeNumber: 'N1',
          dueAt: '2015-11-27T14:30:00.000+08:00',
          metAt: '2015-11-27T14:31:00.000+08:00',
        },
        {
          deadline: 'report',
          outcome: 'late',
          clause: '5.1',
          date: '2015-11-27',
          dueAt: '2015-11-28T10:00:00.000+08:00',
          metAt: '2015-11-28T10:01:00.000+08:00',
        },
      ],
      notApplicable: [],
      referrals: [],
    },
    expect.objectContaining({
      unitId: 'street-b',
      late: 0,
      missed: 3,
      breaches: [
        expect.objectContaining({ deadline: 'acknowledgement', outcome: 'missed', clause: '3.1.3' }),
        expect.objectContaining({ deadline: 'report', outcome: 'missed', clause: '5.1' }),
        expect.objectContaining({ deadline: 'summary', outcome: 'missed', clause: '5.2' }),
      ],
    }),
  ]);
  expect(office).toMatchObject({ late: 1, breaches: [{ deadline: 'follow-up', outcome: 'late', clause: '5.1' }] });
});
