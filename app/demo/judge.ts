/** Checks from the program's answers whether the drill ended as it should. */
import type { Member } from './cast.js';

export interface Board {
  units: Array<{
    unitId: string;
    name: string;
    acknowledgements: Array<{ status: string }>;
    dailyReports: Array<{ date: string; status: string }>;
    tasks: { total: number; done: number; notApplicable?: number };
    summaryAt?: string;
  }>;
}

export interface RecordedLife {
  phase: string;
  board: Board;
  verification: { valid: boolean; entries: number };
  digests: { items: Array<{ submission: { status: string } }> };
  /** For each notice what was told the units and the public, with its versions. */
  texts: { items: Array<{ audience: string; versions: Array<{ paper?: object }> }> };
  followUp: { status: string };
  review: { status: string };
  accountability: { items: Array<{ unitId: string; late: number; missed: number }> };
  /** Escalations: when, about which unit, and to whom. */
  escalations: Array<{ unitId?: string; episodeTime: string; data: { to: string } }>;
  /** Calls of the office. */
  calls: Array<{ unitId: string; data: { outcome: string } }>;
  /** Which unit was told of which notice. */
  told: Array<{ unitId: string; data: { occasion: string } }>;
}

export interface DemoCheck {
  what: string;
  ok: boolean;
}

/** The expected record of a unit by its habit: each of its deadlines, and its accountability. */
const EXPECTED = {
  punctual: { acknowledgement: 'acknowledged', report: 'submitted', summary: true, late: false, missed: false },
  late: { acknowledgement: 'late', report: 'late', summary: true, late: true, missed: false },
  silent: { acknowledgement: 'missed', report: 'missed', summary: false, late: false, missed: true },
} as const;

const WORDS = { punctual: '按时', late: '逾期补办', silent: '逾期未办' } as const;

export function judge(cast: Member[], ending: RecordedLife): DemoCheck[] {
  const habits = ['punctual', 'late', 'silent'] as const;
  const { items: digests } = ending.digests;
  return [
    { what: '本次过程已结束', ok: ending.phase === 'closed' },
    {
      what: '每日情况都已上报市里',
      ok: digests.length === 5 && digests.every(({ submission }) => submission.status === 'submitted'),
    },
    {
      what: '各份通知都已印发，公文原件已存，公告都已发布',
      ok:
        ending.texts.items.length === 6 &&
        ending.texts.items.every(
          ({ audience, versions: [last] }) => last && (audience === 'public' || last.paper !== undefined),
        ),
    },
    { what: '信息报送已发出', ok: ending.followUp.status === 'submitted' },
    { what: '总结评估已发布', ok: ending.review.status === 'published' },
    { what: `台账${ending.verification.entries}条，校验一致`, ok: ending.verification.valid },
    ...habits.map((habit) => {
      const members = cast.filter((member) => member.habit === habit);
      const wrong = members.filter((member) => !looksAsExpected(member, ending));
      const names = members.length > 2 ? `${members.length}个单位` : members.map(({ name }) => name).join('、');
      const but = wrong.length > 0 ? `，但不符：${wrong.map(({ name }) => name).join('、')}` : '';
      return { what: `${names}应显示为${WORDS[habit]}${but}`, ok: members.length > 0 && wrong.length === 0 };
    }),
    ...chainChecks(cast, ending),
    ...nightChecks(cast, ending),
    {
      what: '本辖区不涉及的任务单独列出',
      ok: cast.every(({ unitId, withoutMines }) => !withoutMines || notApplicable(ending, unitId) > 0),
    },
    {
      what: `${cast.length}个单位都收到解除通知，恢复正常`,
      ok: cast.every(({ unitId }) =>
        ending.told.some((one) => one.unitId === unitId && one.data.occasion === 'lifting'),
      ),
    },
  ];
}

const notApplicable = ({ board }: RecordedLife, unitId: string): number =>
  board.units.find((unit) => unit.unitId === unitId)?.tasks.notApplicable ?? 0;

const isAtNight = (time: string): boolean => !(time.slice(11, 16) >= '09:00' && time.slice(11, 16) < '22:00');

/** At night the duty and the office alone are told; the office rings whoever has not acknowledged. */
function nightChecks(cast: Member[], { escalations, calls }: RecordedLife): DemoCheck[] {
  const atNight = new Set(escalations.filter(({ episodeTime }) => isAtNight(episodeTime)).map(({ data }) => data.to));
  const rung = new Map(calls.map(({ unitId, data }) => [unitId, data.outcome]));
  const tardy = cast.filter(({ habit }) => habit !== 'punctual');
  return [
    { what: '夜间只惊动值班人员和办公室，负责人早上9时以后才知道', ok: atNight.size > 0 && !atNight.has('lead') },
    {
      what: '办公室按名单给没有确认的单位打电话，只给这些单位打',
      ok:
        rung.size === tardy.length &&
        tardy.every(({ unitId, habit }) => rung.get(unitId) === (habit === 'silent' ? 'no-answer' : 'reached')),
    },
  ];
}

/** For the silent unit the chain goes to its top. For punctual units there is no escalation. */
function chainChecks(cast: Member[], { escalations }: RecordedLife): DemoCheck[] {
  const escalatedAbout = (habit: Member['habit']) => {
    const members = new Set(cast.filter((member) => member.habit === habit).map(({ unitId }) => unitId));
    return escalations.filter(({ unitId }) => members.has(unitId ?? '')).map(({ data }) => data.to);
  };
  const told = new Set(escalatedAbout('silent'));
  return [
    {
      what: '逾期未办的单位：从值班人员、办公室逐级催办到负责人，没有惊动区领导，也没有自动报告区纪委监委',
      ok:
        ['duty', 'office', 'lead'].every((whom) => told.has(whom)) && !told.has('committee') && !told.has('supervisor'),
    },
    { what: '按时的单位没有被催办', ok: escalatedAbout('punctual').length === 0 },
  ];
}

function looksAsExpected({ unitId, habit }: Member, { board, accountability }: RecordedLife): boolean {
  const row = board.units.find((unit) => unit.unitId === unitId);
  if (!row) return false;
  const expected = EXPECTED[habit];
  const against = accountability.items.find((item) => item.unitId === unitId) ?? { late: 0, missed: 0 };
  return (
    row.acknowledgements.length === 2 &&
    row.acknowledgements.every(({ status }) => status === expected.acknowledgement) &&
    row.dailyReports.length === 5 &&
    row.dailyReports.every(({ status }) => status === expected.report) &&
    (row.summaryAt !== undefined) === expected.summary &&
    against.late > 0 === expected.late &&
    against.missed > 0 === expected.missed
  );
}

/** The board as rows of a table, the headings first. */
export const boardRows = ({ units }: Board): string[][] => [
  ['单位', '确认', '每日报送', '任务', '总结'],
  ...units.map(({ name, acknowledgements, dailyReports, tasks, summaryAt }) => [
    name,
    acknowledgements.map(mark).join(' '),
    dailyReports.map(mark).join(' '),
    `${tasks.done}/${tasks.total}`,
    summaryAt ? '已报' : '未报',
  ]),
];

const mark = ({ status }: { status: string }): string => MARKS[status] ?? status;

const MARKS: Record<string, string> = {
  acknowledged: '按时',
  submitted: '按时',
  late: '补办',
  missed: '未办',
  pending: '待办',
  withdrawn: '撤销',
};
