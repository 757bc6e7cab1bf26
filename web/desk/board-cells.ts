/** The cells of an episode's board: what each unit owes, and how it stands at `now` of the episode. */
import type { Schemas } from '../shared/api.js';
import { dateInWords, millisecondsOf, momentInWords, timeOfDay } from '../shared/beijing.js';
import { lengthInWords } from '../shared/clock.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { deskTexts } from '../texts/zh-CN/desk.js';
import type { MatrixCell, MatrixColumn } from './matrix.js';
import { oneOf } from './search-words.js';

export type BoardUnit = Schemas['Board']['units'][number];

const words = deskTexts.cells;
const columns = deskTexts.board.columns;
const SOON = 3_600_000;

const NOT_OWED: MatrixCell = { mark: '—', tone: 'none', words: words.notOwed };

interface OwedOnce {
  status: string;
  dueAt: string;
  at?: string | undefined;
}

/** The states of deadlines have one meaning everywhere: what was done in time, late, not at all, or is still to come. */
function owedCell({ status, dueAt, at }: OwedOnce, now: number): MatrixCell {
  const due = momentInWords(dueAt, now);
  const done = at === undefined ? '' : momentInWords(at, now);
  const beside = at === undefined ? {} : { beside: timeOfDay(at) };
  if (status === 'acknowledged' || status === 'submitted' || status === 'met')
    return { mark: '✓', tone: 'done', words: words.done(done), ...beside };
  if (status === 'late') return { mark: '迟', tone: 'late', words: words.late(done), ...beside };
  if (status === 'missed') return { mark: '缺', tone: 'missed', words: words.missed(due) };
  if (status === 'suspended') return { mark: '停', tone: 'none', words: words.suspended };
  if (status !== 'pending') return NOT_OWED;
  const left = millisecondsOf(dueAt) - now;
  if (left < 0) return { mark: '待', tone: 'soon', words: words.overdue(due) };
  const tone = left < SOON ? 'soon' : 'wait';
  return { mark: '待', tone, words: `${words.pending(due)}，${commonTexts.duration.left(lengthInWords(left))}` };
}

/** The confirmation that counts now: of the lifting once there is one, else of the last notice. */
export const lastConfirmation = ({ lifting, acknowledgements }: BoardUnit) =>
  lifting ?? acknowledgements.filter(({ status }) => status !== 'withdrawn').slice(-1)[0];

function confirmationCell(unit: BoardUnit, now: number): MatrixCell {
  const last = lastConfirmation(unit);
  return last ? owedCell({ ...last, at: last.acknowledgedAt }, now) : NOT_OWED;
}

function reachedCell({ unreachable, messages, waiting }: BoardUnit): MatrixCell {
  if (unreachable) return { mark: '⊘', tone: 'missed', words: words.unreachable(unreachable.reason) };
  if (messages.sent > 0) return { mark: '✓', tone: 'done', words: words.sent(messages.sent) };
  return waiting.length > 0 ? { mark: '…', tone: 'wait', words: words.waiting } : NOT_OWED;
}

function implementationCell({ implementation }: BoardUnit, now: number): MatrixCell {
  const last = implementation.slice(-1)[0];
  return last ? owedCell({ ...last, at: last.reportedAt }, now) : NOT_OWED;
}

function tasksCell({ tasks: { done, total } }: BoardUnit): MatrixCell {
  const mark = `${done}/${total}`;
  return { mark, tone: total > 0 && done === total ? 'done' : 'text', words: words.tasks(done, total) };
}

function reportCell({ dailyReports }: BoardUnit, date: string, now: number): MatrixCell {
  const report = dailyReports.find((one) => one.date === date);
  return report ? owedCell({ ...report, at: report.submittedAt }, now) : NOT_OWED;
}

function summaryCell({ summary, summaryAt }: BoardUnit, now: number): MatrixCell {
  return summary ? owedCell({ ...summary, at: summaryAt }, now) : NOT_OWED;
}

/** All days that any unit reports, in order. */
export const reportedDays = (units: readonly BoardUnit[]): string[] =>
  [...new Set(units.flatMap(({ dailyReports }) => dailyReports.map(({ date }) => date)))].sort();

export function boardColumns(days: readonly string[], now: number): Array<MatrixColumn<BoardUnit>> {
  return [
    { key: 'reached', head: columns.reached, cell: reachedCell },
    { key: 'confirmed', head: columns.confirmed, cell: (unit) => confirmationCell(unit, now) },
    { key: 'implemented', head: columns.implemented, cell: (unit) => implementationCell(unit, now) },
    { key: 'tasks', head: columns.tasks, cell: tasksCell },
    ...days.map((date) => ({
      key: date,
      head: dateInWords(date, now),
      cell: (unit: BoardUnit) => reportCell(unit, date, now),
    })),
    { key: 'summary', head: columns.summary, cell: (unit) => summaryCell(unit, now) },
  ];
}

export interface BoardDeadline {
  name: 'acknowledgement' | 'lifting' | 'implementation' | 'report' | 'summary' | 'circular' | 'measures';
  /** Of which notice; a lifting is its own. */
  noticeId?: string;
  noticeNumber?: string;
  /** Of a report. */
  date?: string;
  circularId?: string;
  /** Of a circular; closed by the office, it is owed no more. */
  circularTitle?: string;
  isClosed?: true;
  status: string;
  dueAt: string;
}

/** Everything a unit owes or owed. */
export const deadlinesOnBoard = ({
  acknowledgements,
  lifting,
  implementation,
  dailyReports,
  circulars,
  summary,
}: BoardUnit): BoardDeadline[] => [
  ...acknowledgements.map((one) => ({ name: 'acknowledgement' as const, ...one })),
  ...(lifting ? [{ name: 'lifting' as const, status: lifting.status, dueAt: lifting.dueAt }] : []),
  ...implementation.map((one) => ({ name: 'implementation' as const, ...one })),
  ...dailyReports.map((one) => ({ name: 'report' as const, ...one })),
  ...circulars.flatMap(({ circularId, title, dueAt, status, measures, closedAt }) => {
    const about = { circularId, circularTitle: title, ...(closedAt !== undefined && { isClosed: true as const }) };
    return [
      { name: 'circular' as const, ...about, dueAt, status },
      ...(measures ? [{ name: 'measures' as const, ...about, ...measures }] : []),
    ];
  }),
  ...(summary ? [{ name: 'summary' as const, ...summary }] : []),
];

/** The tiles above the matrix: each is a question about a unit. */
export const BOARD_QUESTIONS = {
  unreachable: ({ unreachable }: BoardUnit, _now: number) => unreachable !== undefined,
  late: (unit: BoardUnit, _now: number) => lastConfirmation(unit)?.status === 'missed',
  missing: ({ dailyReports, implementation, summary }: BoardUnit, _now: number) =>
    [...dailyReports, ...implementation.slice(-1), ...(summary ? [summary] : [])].some(
      ({ status }) => status === 'missed',
    ),
  soon: ({ nextDeadline }: BoardUnit, now: number) =>
    nextDeadline !== undefined && millisecondsOf(nextDeadline.dueAt) - now < SOON,
};

export const BOARD_FILTERS = ['unreachable', 'late', 'missing', 'soon'] as const;
export type BoardFilter = keyof typeof BOARD_QUESTIONS;

/** The filter in the address of a board. */
export const boardSearch = ({ show }: Record<string, unknown>): { show?: BoardFilter | undefined } => ({
  show: oneOf(BOARD_FILTERS, show),
});

/** Units to look at first come first. */
export function urgency(unit: BoardUnit, now: number): number {
  const first = BOARD_FILTERS.findIndex((filter) => BOARD_QUESTIONS[filter](unit, now));
  return first === -1 ? BOARD_FILTERS.length : first;
}

/** Of how many units somebody should know at once: no message reached them, or they have not confirmed in time. */
export const waitingUnits = (units: readonly BoardUnit[]): number =>
  units.filter((unit) => BOARD_QUESTIONS.unreachable(unit, 0) || BOARD_QUESTIONS.late(unit, 0)).length;
