/** Changes that entries make to a unit. */
import { sameAtOtherLevels } from '../../plan/rules/transition.js';
import type { TaskItem } from '../../plan/types.js';
import type { Instant } from '../commands.js';
import type { AssignedTask, EntryData } from '../entries.js';
import type {
  CircularDeadline,
  CircularOfUnit,
  EpisodeState,
  ImplementationDeadline,
  NoticeDeadline,
  TaskDeadline,
  TaskState,
  UnitState,
  WhereSaid,
} from '../state-types.js';

export const joinUnit = (state: EpisodeState, unit: UnitState): EpisodeState => ({
  ...state,
  units: { ...state.units, [unit.unitId]: unit },
  unitCount: state.unitCount + 1,
});

export function changeUnit(
  state: EpisodeState,
  unitId: string,
  change: (unit: UnitState) => Partial<UnitState>,
): EpisodeState {
  const unit = state.units[unitId]!;
  return { ...state, units: { ...state.units, [unit.unitId]: { ...unit, ...change(unit) } } };
}

export const open = (noticeId: string, openedAt: Instant, dueAt: string): NoticeDeadline => ({
  noticeId,
  openedAt,
  dueAt: Date.parse(dueAt),
  status: 'pending',
});

export const meet = <T extends NoticeDeadline | ImplementationDeadline>(
  deadlines: T[],
  { noticeIds, lateFor }: { noticeIds: string[]; lateFor: string[] },
  metAt: Instant,
): T[] =>
  deadlines.map((deadline) =>
    noticeIds.includes(deadline.noticeId)
      ? { ...deadline, status: lateFor.includes(deadline.noticeId) ? 'late' : 'met', metAt }
      : deadline,
  );

export const settle = <T extends NoticeDeadline | ImplementationDeadline>(
  deadlines: T[],
  noticeId: string,
  status: 'missed' | 'withdrawn',
): T[] => deadlines.map((deadline) => (deadline.noticeId === noticeId ? { ...deadline, status } : deadline));

/**
 * A task already done keeps the entry that completed it. A task that counts as done through its predecessor points to
 * this entry.
 */
export function assignTasks(
  tasks: UnitState['tasks'],
  data: EntryData['task.assigned'],
  seq: number,
): UnitState['tasks'] {
  const next = { ...tasks };
  for (const id of data.ended) next[id] = { ...next[id]!, status: 'ended', endedBy: data.noticeId };
  for (const { id, change, status, notApplicable } of data.tasks) {
    const before = tasks[id];
    const kept = { change, ...(before?.applies && { applies: true as const }) };
    if (status === 'done') next[id] = { ...kept, status, seq: seqOf(before) ?? seq };
    else if (status === 'open') next[id] = { ...kept, status };
    else next[id] = { ...kept, status, notApplicable: whereSaid(notApplicable!) };
  }
  return next;
}

/**
 * A task is open again. What a unit takes back it takes back at every level: the tasks that say the same at other levels
 * forget how they stood. Example: reported done at Ⅲ, taken back at Ⅱ; back at Ⅲ it is open.
 */
export function openAgain(tasks: UnitState['tasks'], taskId: string, items: readonly TaskItem[]): UnitState['tasks'] {
  const next = { ...tasks, [taskId]: unsaid(tasks[taskId]!, 'open') };
  for (const id of sameAtOtherLevels(items, taskId)) {
    const before = tasks[id];
    if (before?.status === 'ended') next[id] = unsaid(before, 'ended');
  }
  return next;
}

/** A task of which nothing was said. */
const unsaid = ({ change, addedSeq, own, applies, endedBy }: TaskState, status: 'open' | 'ended'): TaskState => ({
  status,
  change,
  ...(addedSeq && { addedSeq }),
  ...(own && { own }),
  ...(applies && { applies }),
  ...(endedBy && { endedBy }),
});

const seqOf = (task: TaskState | undefined): number | undefined => (task && 'seq' in task ? task.seq : undefined);

const whereSaid = (told: NonNullable<AssignedTask['notApplicable']>): WhereSaid =>
  'saidIn' in told ? { seq: told.saidIn } : { profile: told.taskId };

export const changeCircular = (
  circulars: UnitState['circulars'],
  circularId: string,
  change: (one: CircularOfUnit) => Partial<CircularOfUnit>,
): CircularOfUnit[] => circulars.map((one) => (one.circularId === circularId ? { ...one, ...change(one) } : one));

export const withReceipt =
  (change: Partial<CircularDeadline>) =>
  ({ receipt }: CircularOfUnit): Partial<CircularOfUnit> => ({ receipt: { ...receipt, ...change } });

/** Of a unit that is asked for an answer. */
export const withMeasures =
  (change: Partial<CircularDeadline>) =>
  ({ measures }: CircularOfUnit): Partial<CircularOfUnit> =>
    measures ? { measures: { ...measures, ...change } } : {};

type TaskDeadlines = UnitState['taskDeadlines'];

export const changeTaskDeadline = (
  deadlines: TaskDeadlines,
  taskId: string,
  change: Partial<TaskDeadline>,
): TaskDeadline[] => deadlines.map((deadline) => (deadline.taskId === taskId ? { ...deadline, ...change } : deadline));

/** Makes a task's deadline pending again, as if the task had been added now. */
export const reopened = (deadlines: TaskDeadlines, taskId: string, openedAt: Instant, dueAt: Instant): TaskDeadline[] =>
  deadlines.map((deadline) => (deadline.taskId === taskId ? { taskId, openedAt, dueAt, status: 'pending' } : deadline));

export function takenOff(
  { acknowledgements, lifting, implementation, taskDeadlines, reports, circulars }: UnitState,
  data: EntryData['deadline.withdrawn'],
): Partial<UnitState> {
  switch (data.deadline) {
    case 'acknowledgement':
      return { acknowledgements: settle(acknowledgements, data.noticeId, 'withdrawn') };
    case 'lifting':
      return lifting ? { lifting: { ...lifting, status: 'withdrawn' } } : {};
    case 'implementation':
      return { implementation: settle(implementation, data.noticeId, 'withdrawn') };
    case 'task':
      return { taskDeadlines: changeTaskDeadline(taskDeadlines, data.taskId, { status: 'withdrawn' }) };
    case 'report':
      return { reports: { ...reports, [data.date]: { ...reports[data.date], status: 'withdrawn' } } };
    case 'summary':
      return { summary: { status: 'withdrawn' } };
    case 'circular':
      return { circulars: changeCircular(circulars, data.circularId, withReceipt({ status: 'withdrawn' })) };
    case 'measures':
      return { circulars: changeCircular(circulars, data.circularId, withMeasures({ status: 'withdrawn' })) };
    default:
      return {};
  }
}
