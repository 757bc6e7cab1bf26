import { titleOfCircular } from '../episode/circulars.js';
import { RULE_OF_DEADLINE } from '../episode/clauses.js';
import { reportDue } from '../episode/due.js';
import type { Entry } from '../episode/entries.js';
import { isOpenProblem, problemIn } from '../episode/problems.js';
import { itemsFor, nameOf } from '../episode/state.js';
import type { EpisodeState, HoldableStatus, NoticeState, TaskState, UnitState } from '../episode/state-types.js';
import type { DeadlineKind } from '../plan/types.js';
import { wayInWords } from '../plan/wording/channel-words.js';
import { DEADLINE_NAMES } from '../plan/wording/policy-words.js';
import { levelName, noticeName, ownNoticeName } from '../plan/wording/words.js';
import { ENTRY_NAMES } from './entry-names.js';
import { entriesOfKinds, type LedgerInput } from './ledger-input.js';
import { momentCell, type SheetCell, type SheetOfSpreadsheet } from './workbook.js';

const UNIT = { head: '责任单位', width: 28 };
const MOMENT = 20;

const NOTICES: Record<NoticeState['kind'], string> = { start: '启动', adjust: '调整', lift: '解除' };
const EFFECTS: Record<NoticeState['effect'], string> = {
  'to-come': '未生效',
  taken: '已生效',
  overtaken: '生效前被取代',
};

export const noticesSheet = ({ state }: LedgerInput): SheetOfSpreadsheet => ({
  name: '通知',
  columns: [
    { head: '序号', width: 8 },
    { head: '类型', width: 8 },
    { head: '市级通知', width: 30 },
    { head: '本区通知', width: 30 },
    { head: '级别', width: 22 },
    { head: '市级级别', width: 22 },
    { head: '发布时间', width: MOMENT },
    { head: '录入时间', width: MOMENT },
    { head: '生效时间', width: MOMENT },
    { head: '效力', width: 14 },
  ],
  rows: state.notices.map((notice, i) => [
    i + 1,
    NOTICES[notice.kind],
    noticeName(notice),
    notice.ownNotice && ownNoticeName(notice.ownNotice),
    notice.kind === 'lift' ? undefined : levelName(notice.level),
    notice.kind === 'lift' ? undefined : levelName(notice.cityLevel),
    momentCell(notice.issuedAt),
    momentCell(notice.enteredAt),
    momentCell(notice.effectiveAt),
    EFFECTS[notice.effect],
  ]),
});

const TASKS: Record<TaskState['status'], string> = {
  open: '未完成',
  done: '已完成',
  ended: '已终止',
  'not-applicable': '本单位不涉及',
};

export function tasksSheet(input: LedgerInput, units: readonly UnitState[]): SheetOfSpreadsheet {
  const bySeq = new Map(input.entries.map((entry) => [entry.seq, entry]));
  return {
    name: '任务',
    columns: [
      UNIT,
      { head: '条款', width: 14 },
      { head: '任务', width: 60 },
      { head: '情况', width: 14 },
      { head: '完成时间', width: MOMENT },
      { head: '说明', width: 40 },
    ],
    rows: units.flatMap((unit) => {
      const clauses = new Map(itemsFor(input.state, unit).map(({ id, clause }) => [id, clause]));
      return Object.entries(unit.tasks).map(([taskId, task]): SheetCell[] => {
        const done = task.status === 'done' ? bySeq.get(task.seq) : undefined;
        return [
          nameOf(input.state, unit.unitId),
          clauses.get(taskId),
          input.textOf(taskId),
          TASKS[task.status],
          done && momentCell(done.episodeTime),
          noteIn(done, bySeq),
        ];
      });
    }),
  };
}

/** Of tasks completed together the first has the note. */
function noteIn(done: Entry | undefined, bySeq: ReadonlyMap<number, Entry>): string | undefined {
  if (done?.kind !== 'task.completed') return undefined;
  const { note, noteIn: place } = done.data;
  const first = place === undefined ? undefined : bySeq.get(place);
  return note ?? (first?.kind === 'task.completed' ? first.data.note : undefined);
}

export function problemsSheet({ state, entries }: LedgerInput, units: readonly UnitState[]): SheetOfSpreadsheet {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  return {
    name: '问题',
    columns: [
      UNIT,
      { head: '编号', width: 8 },
      { head: '地点', width: 24 },
      { head: '问题', width: 40 },
      { head: '发现时间', width: MOMENT },
      { head: '移交', width: 16 },
      { head: '整改期限', width: MOMENT },
      { head: '整改情况', width: 12 },
    ],
    rows: units.flatMap((unit) =>
      Object.entries(unit.problems).map(([problemId, problem]): SheetCell[] => {
        const words = problemIn(bySeq.get(problem.seq), problemId);
        return [
          nameOf(state, unit.unitId),
          problemId,
          words?.where,
          words?.what,
          words?.foundAt && momentCell(words.foundAt),
          words?.handedTo,
          words?.until && momentCell(words.until),
          isOpenProblem(problem) ? '未整改' : '已整改',
        ];
      }),
    ),
  };
}

export const OUTCOMES_OF_DEADLINES: Record<HoldableStatus, string> = {
  pending: '未到期',
  met: '按时',
  late: '逾期',
  missed: '未办',
  withdrawn: '已取消',
  suspended: '暂停',
};

interface Deadline {
  deadline: DeadlineKind;
  subject: string;
  dueAt: number | undefined;
  metAt?: number | undefined;
  status: HoldableStatus;
}

export const deadlinesSheet = ({ state, textOf }: LedgerInput, units: readonly UnitState[]): SheetOfSpreadsheet => ({
  name: '时限',
  columns: [
    UNIT,
    { head: '事项', width: 14 },
    { head: '内容', width: 40 },
    { head: '条款', width: 10 },
    { head: '应于', width: MOMENT },
    { head: '完成', width: MOMENT },
    { head: '结果', width: 10 },
  ],
  rows: units.flatMap((unit) =>
    deadlinesOf(state, unit, textOf).map(({ deadline, subject, dueAt, metAt, status }): SheetCell[] => [
      nameOf(state, unit.unitId),
      DEADLINE_NAMES[deadline],
      subject,
      state.binding.rules[RULE_OF_DEADLINE[deadline]],
      dueAt === undefined ? undefined : momentCell(dueAt),
      metAt === undefined ? undefined : momentCell(metAt),
      OUTCOMES_OF_DEADLINES[status],
    ]),
  ),
});

function deadlinesOf(state: EpisodeState, unit: UnitState, textOf: LedgerInput['textOf']): Deadline[] {
  const notices = new Map(state.notices.map((notice) => [notice.noticeId, noticeName(notice)]));
  const ofNotice = (noticeId: string) => notices.get(noticeId) ?? noticeId;
  return [
    ...unit.acknowledgements.map((one) => ({
      ...one,
      deadline: 'acknowledgement' as const,
      subject: ofNotice(one.noticeId),
    })),
    ...(unit.lifting
      ? [{ ...unit.lifting, deadline: 'lifting' as const, subject: ofNotice(unit.lifting.noticeId) }]
      : []),
    ...unit.implementation.map((one) => ({
      ...one,
      deadline: 'implementation' as const,
      subject: ofNotice(one.noticeId),
    })),
    ...unit.taskDeadlines.map((one) => ({ ...one, deadline: 'task' as const, subject: textOf(one.taskId) })),
    ...unit.circulars.flatMap(({ circularId, receipt, measures }) => {
      const subject = titleOfCircular(state, circularId);
      const answer = measures ? [{ ...measures, deadline: 'measures' as const, subject }] : [];
      return [{ ...receipt, deadline: 'circular' as const, subject }, ...answer];
    }),
    ...Object.entries(unit.reports).map(([date, { status, submittedAt }]) => ({
      deadline: 'report' as const,
      subject: date,
      dueAt: reportDue(state, date),
      metAt: submittedAt,
      status,
    })),
    ...(unit.summary
      ? [
          {
            ...unit.summary,
            deadline: 'summary' as const,
            subject: '',
            dueAt: state.summaryDueAt,
            metAt: unit.summary.submittedAt,
          },
        ]
      : []),
  ];
}

/** Contacts stand as references: their numbers are in no paper. */
export const messagesSheet = (input: LedgerInput): SheetOfSpreadsheet => ({
  name: '消息',
  columns: [
    { head: '时间', width: MOMENT },
    { head: '对象', width: 28 },
    { head: '联系人', width: 16 },
    { head: '渠道', width: 10 },
    { head: '结果', width: 10 },
    { head: '原因', width: 30 },
  ],
  rows: entriesOfKinds(
    input,
    'notification.sent',
    'notification.failed',
    'notification.delivered',
    'notification.undelivered',
  )
    .slice(0, input.mostEntries)
    .map(({ kind, unitId, episodeTime, data }): SheetCell[] => [
      momentCell(episodeTime),
      unitId === undefined ? BODIES[data.to] : nameOf(input.state, unitId),
      data.contact,
      data.channel === 'none' ? undefined : wayInWords(data.channel),
      ENTRY_NAMES[kind],
      'reason' in data ? data.reason : undefined,
    ]),
});

const BODIES: Record<string, string> = {
  office: '区环委办',
  committee: '区环委会',
  supervisor: '区纪委监委',
  city: '市环委办',
  media: '公共媒体',
};
