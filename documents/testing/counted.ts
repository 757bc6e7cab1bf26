/** What the papers have to say, counted again from the entries alone: the last word about each thing holds. */
import type { ReportInForce } from '../../episode/digest.js';
import type { Entry, NamedDeadline } from '../../episode/entries.js';
import { of, time } from '../../episode/testing/entries-of.js';
import { suspendedSpans } from '../../episode/testing/suspension-invariants.js';
import { tasksTold } from '../../episode/testing/task-invariants.js';

type Asked = NamedDeadline['deadline'];
type Outcome = 'met' | 'late' | 'missed';

/** What is said of one thing that a unit was asked for. `nothing`: it is owed no more, or is owed anew. */
interface Said {
  unitId: string;
  deadline: Asked;
  /** The id of its notice, task or circular, or its day. */
  subject: string;
  word: Outcome | 'nothing';
}

const timely = (late: boolean): Outcome => (late ? 'late' : 'met');

function saidIn(entry: Entry, liftings: ReadonlySet<string>): Said[] {
  const { unitId } = entry;
  if (unitId === undefined) return [];
  const said = (deadline: Asked, subject: string, word: Said['word']): Said => ({ unitId, deadline, subject, word });
  switch (entry.kind) {
    case 'unit.acknowledged':
      return entry.data.noticeIds.map((id) =>
        said(liftings.has(id) ? 'lifting' : 'acknowledgement', id, timely(entry.data.lateFor.includes(id))),
      );
    case 'implementation.reported':
      return entry.data.noticeIds.map((id) => said('implementation', id, timely(entry.data.lateFor.includes(id))));
    case 'acknowledgement.missed':
      return [said('acknowledgement', entry.data.noticeId, 'missed')];
    case 'lifting.missed':
      return [said('lifting', entry.data.noticeId, 'missed')];
    case 'implementation.missed':
      return [said('implementation', entry.data.noticeId, 'missed')];
    case 'task.completed':
      return entry.data.late === undefined ? [] : [said('task', entry.data.taskId, timely(entry.data.late))];
    case 'task.withdrawn':
      return entry.data.dueAt === undefined ? [] : [said('task', entry.data.taskId, 'nothing')];
    case 'task.missed':
      return [said('task', entry.data.taskId, 'missed')];
    case 'report.submitted':
      return [said('report', entry.data.date, timely(entry.data.late))];
    case 'report.missed':
      return [said('report', entry.data.date, 'missed')];
    case 'summary.submitted':
      return entry.data.corrects === undefined ? [said('summary', '', timely(entry.data.late))] : [];
    case 'summary.missed':
      return [said('summary', '', 'missed')];
    case 'circular.acknowledged':
      return [said('circular', entry.data.circularId, timely(entry.data.late))];
    case 'circular.missed':
      return [said('circular', entry.data.circularId, 'missed')];
    case 'circular.answered':
      return entry.data.late === undefined ? [] : [said('measures', entry.data.circularId, timely(entry.data.late))];
    case 'measures.missed':
      return [said('measures', entry.data.circularId, 'missed')];
    case 'deadline.withdrawn':
    case 'deadline.reopened':
      return [said(entry.data.deadline, subjectOf(entry.data), 'nothing')];
    default:
      return [];
  }
}

function subjectOf(named: NamedDeadline): string {
  if ('noticeId' in named) return named.noticeId;
  if ('taskId' in named) return named.taskId;
  if ('circularId' in named) return named.circularId;
  return 'date' in named ? named.date : '';
}

/** What became of each thing that was asked of a unit by a time, where it came to something. */
export function outcomesIn(entries: readonly Entry[]): Said[] {
  const liftings = new Set(of(entries, 'warning.lifted').map(({ data }) => data.noticeId));
  const last = new Map<string, Said>();
  for (const one of entries.flatMap((entry) => saidIn(entry, liftings)))
    last.set(`${one.unitId} ${one.deadline} ${one.subject}`, one);
  return [...last.values()].filter(({ word }) => word !== 'nothing');
}

/** In time, late, missed. */
export const tallyOf = (said: readonly Said[]): [met: number, late: number, missed: number] => {
  const times = (outcome: Outcome) => said.filter(({ word }) => word === outcome).length;
  return [times('met'), times('late'), times('missed')];
};

/** In the order in which they came. */
export const unitsIn = (entries: readonly Entry[]): string[] => [
  ...new Set(of(entries, 'unit.added', 'unit.notified').map(({ unitId }) => unitId)),
];

/** How each unit's tasks stand; ended ones are gone. */
export const tasksIn = (entries: readonly Entry[]): Array<{ unitId: string; taskId: string; status: string }> =>
  [...tasksTold(entries).statuses].flatMap(([unitId, tasks]) =>
    [...tasks].map(([taskId, status]) => ({ unitId, taskId, status })),
  );

/** Of each unit and day the last content, unless the report is owed no more. */
export function reportsIn(entries: readonly Entry[]): ReportInForce[] {
  const last = new Map<string, ReportInForce>();
  for (const { kind, unitId = '', data } of entries) {
    if (kind === 'report.submitted' || (kind === 'report.corrected' && last.has(`${unitId} ${data.date}`)))
      last.set(`${unitId} ${data.date}`, { unitId, date: data.date, content: data.content });
    if (kind === 'deadline.withdrawn' && data.deadline === 'report') last.delete(`${unitId} ${data.date}`);
  }
  return [...last.values()];
}

/** The problems that reports of a day told of. */
export const problemsIn = (entries: readonly Entry[], date: string): Set<string> =>
  new Set(
    of(entries, 'report.submitted', 'report.corrected').flatMap(({ unitId, data }) =>
      data.date === date ? (data.content.problems ?? []).map(({ problemId }) => `${unitId} ${problemId}`) : [],
    ),
  );

/** Milliseconds for which the whole response rested for all units. */
export function pausedIn(entries: readonly Entry[], from: number, until: number): number {
  const pauses = suspendedSpans(entries).filter(
    ({ ordered: { data } }) => data.items === 'all' && data.unitIds === undefined,
  );
  return pauses.reduce((sum, one) => sum + Math.max(0, Math.min(one.until, until) - Math.max(one.from, from)), 0);
}

/** Milliseconds at each level, in the order in which they first came. */
export function levelsIn(entries: readonly Entry[]): Map<string, number> {
  const steps = of(entries, 'response.started', 'response.adjusted');
  const [ended] = of(entries, 'response.ended');
  const lengths = new Map<string, number>();
  for (const [i, { data }] of steps.entries()) {
    const end = time((steps[i + 1] ?? ended)!.data.effectiveAt);
    lengths.set(data.level, (lengths.get(data.level) ?? 0) + end - time(data.effectiveAt));
  }
  return lengths;
}
