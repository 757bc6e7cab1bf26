import { describe, expect, test } from '@jest/globals';
import type { Member } from './cast.js';
import { judge, type RecordedLife } from './judge.js';

const cast: Member[] = [
  { unitId: 'a', name: '甲', kind: 'street', habit: 'punctual' },
  { unitId: 'd', name: '丁', kind: 'street', habit: 'punctual', withoutMines: true },
  { unitId: 'b', name: '乙', kind: 'street', habit: 'late' },
  { unitId: 'c', name: '丙', kind: 'street', habit: 'silent' },
];

const row = (unitId: string, acknowledgement: string, report: string, summaryAt?: string) => ({
  unitId,
  name: unitId,
  acknowledgements: [{ status: acknowledgement }, { status: acknowledgement }],
  dailyReports: ['27', '28', '29', '30', '01'].map((date) => ({ date, status: report })),
  tasks: { total: 2, done: 2, notApplicable: unitId === 'd' ? 1 : 0 },
  ...(summaryAt ? { summaryAt } : {}),
});

const NIGHT = '2015-11-27T06:00:00.001+08:00';
const DAY = '2015-11-27T09:00:00.001+08:00';

const asItShould = (): RecordedLife => ({
  phase: 'closed',
  board: {
    units: [
      row('a', 'acknowledged', 'submitted', 'x'),
      row('b', 'late', 'late', 'x'),
      row('c', 'missed', 'missed'),
      row('d', 'acknowledged', 'submitted', 'x'),
    ],
  },
  verification: { valid: true, entries: 9 },
  digests: { items: Array.from({ length: 5 }, () => ({ submission: { status: 'submitted' } })) },
  texts: {
    items: Array.from({ length: 3 }, () => [
      { audience: 'units', versions: [{ paper: {} }] },
      { audience: 'public', versions: [{}] },
    ]).flat(),
  },
  followUp: { status: 'submitted' },
  review: { status: 'published' },
  accountability: {
    items: [
      { unitId: 'b', late: 3, missed: 0 },
      { unitId: 'c', late: 0, missed: 5 },
    ],
  },
  escalations: [
    { unitId: 'c', episodeTime: NIGHT, data: { to: 'duty' } },
    { unitId: 'c', episodeTime: NIGHT, data: { to: 'office' } },
    { unitId: 'c', episodeTime: DAY, data: { to: 'lead' } },
  ],
  calls: [
    { unitId: 'b', data: { outcome: 'reached' } },
    { unitId: 'c', data: { outcome: 'no-answer' } },
  ],
  told: ['a', 'b', 'c', 'd'].map((unitId) => ({ unitId, data: { occasion: 'lifting' } })),
});

const failing = (ending: RecordedLife) => judge(cast, ending).filter(({ ok }) => !ok);

test('a drill that ended as it should passes every check', () => {
  expect(failing(asItShould())).toEqual([]);
});

describe('each way to end otherwise fails exactly its check', () => {
  const changes: Array<[string, (ending: RecordedLife) => void, string]> = [
    ['not closed', (e) => Object.assign(e, { phase: 'reviewing' }), '本次过程已结束'],
    [
      'a day not sent to the city',
      (e) => Object.assign(e.digests.items[0]!, { submission: { status: 'draft' } }),
      '每日情况都已上报市里',
    ],
    [
      'a text that nobody issued',
      (e) => Object.assign(e.texts.items[1]!, { versions: [] }),
      '各份通知都已印发，公文原件已存，公告都已发布',
    ],
    ['no follow-up report', (e) => Object.assign(e.followUp, { status: 'draft' }), '信息报送已发出'],
    ['the chain cut short', (e) => e.escalations.pop(), '逐级催办到负责人'],
    [
      'the supervisor told by the program',
      (e) => e.escalations.push({ unitId: 'c', episodeTime: DAY, data: { to: 'supervisor' } }),
      '没有自动报告区纪委监委',
    ],
    [
      'a punctual unit called about',
      (e) => e.escalations.push({ unitId: 'a', episodeTime: DAY, data: { to: 'lead' } }),
      '按时的单位没有被催办',
    ],
    [
      'a lead woken at night',
      (e) => e.escalations.push({ unitId: 'c', episodeTime: NIGHT, data: { to: 'lead' } }),
      '夜间只惊动值班人员和办公室',
    ],
    ['nobody rung', (e) => e.calls.pop(), '按名单给没有确认的单位打电话'],
    ['a punctual unit rung', (e) => e.calls.push({ unitId: 'a', data: { outcome: 'reached' } }), '只给这些单位打'],
    [
      'a task that is none of the street’s',
      (e) => Object.assign(e.board.units[3]!.tasks, { notApplicable: 0 }),
      '不涉及的任务单独列出',
    ],
    ['a unit not told of the lifting', (e) => e.told.pop(), '都收到解除通知'],
    ['no review', (e) => Object.assign(e.review, { status: 'draft' }), '总结评估已发布'],
    ['tampered ledger', (e) => Object.assign(e.verification, { valid: false }), '校验一致'],
    [
      'a punctual unit late',
      (e) => Object.assign(e.board.units[0]!, row('a', 'late', 'submitted', 'x')),
      '甲、丁应显示为按时',
    ],
    [
      'a punctual unit blamed',
      (e) => e.accountability.items.push({ unitId: 'a', late: 1, missed: 0 }),
      '甲、丁应显示为按时',
    ],
    ['a punctual unit missing', (e) => e.board.units.shift(), '甲、丁应显示为按时'],
    [
      'the late one not shown',
      (e) => Object.assign(e.board.units[1]!, row('b', 'acknowledged', 'late', 'x')),
      '乙应显示为逾期补办',
    ],
    [
      'the silent one not shown',
      (e) => Object.assign(e.board.units[2]!, row('c', 'missed', 'pending')),
      '丙应显示为逾期未办',
    ],
    [
      'a day not owed',
      (e) => e.board.units[2]!.dailyReports.push({ date: '02', status: 'missed' }),
      '丙应显示为逾期未办',
    ],
  ];
  test.each(changes)('%s', (_name, change, what) => {
    const ending = asItShould();
    change(ending);
    expect(failing(ending)).toEqual([{ ok: false, what: expect.stringContaining(what) }]);
  });
});
