/** Tasks: ticked off, taken back, noted on; and stricter ones that are added (§4.3). */
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Clause } from '../../plan/rules/clauses.js';
import type { Actor, CommandBody, Instant, Refusal } from '../commands.js';
import { namedInEntries } from '../deadline-names.js';
import { profileOf } from '../level-tasks.js';
import { findTask, findUnit, unitsOf } from '../state.js';
import type { EpisodeState, TaskDeadline, TaskState, UnitState, WhereSaid } from '../state-types.js';
import { pauseOf } from '../suspensions.js';
import { type Decision, draft, SYSTEM, throughOf } from './decision.js';
import { refuse, refuseNow } from './refusals.js';

type Body<K extends CommandBody['kind']> = Extract<CommandBody, { kind: K }>;

/** §4.3: the office asks more of some units, or a unit of itself. One id for all. */
export function addTask(
  state: EpisodeState,
  { unitIds, text, dueAt }: Body<'addTask'>,
  actor: Actor,
  now: Instant,
): Decision {
  const refused = notRunning(state);
  if (refused) return refused;
  const { rules } = state.binding;
  const unknown = unitIds.find((unitId) => !findUnit(state, unitId));
  if (unknown !== undefined) return refuse('unitUnknown', rules, { unitId: unknown });
  for (const unitId of unitIds) {
    const pause = pauseOf(state, unitId);
    if (pause) return refuse('responseSuspended', rules, { unitId, suspensionId: pause.suspensionId });
  }
  if (dueAt !== undefined && Date.parse(dueAt) <= now) return refuse('dueTime', rules, { dueAt });
  const taskId = `added-${state.tasksAdded + 1}`;
  const data = { taskId, ...(dueAt === undefined ? {} : { dueAt: beijingIso(Date.parse(dueAt)) }) };
  // The text enters the record once, with the first unit.
  const textIn = state.head.seq + 1;
  const clause = rules.stricter;
  return unitIds.map((unitId, i) =>
    draft('task.added', actor, { ...data, ...(i === 0 ? { text } : { textIn }) }, { unitId, clause }),
  );
}

/**
 * An added task is owed no more by the units that have not done it. What they missed of it stays missed. The office takes back
 * any, a unit what it asked of itself.
 */
export function cancelTask(
  state: EpisodeState,
  { taskId, unitIds, reason }: Body<'cancelTask'>,
  actor: Actor,
): Decision {
  const refused = notRunning(state);
  if (refused) return refused;
  const { rules, items } = state.binding;
  if (items.some(({ id }) => id === taskId)) return refuse('taskNotAdded', rules, { taskId });
  const unknown = unitIds?.find((unitId) => !findUnit(state, unitId));
  if (unknown !== undefined) return refuse('unitUnknown', rules, { unitId: unknown });
  const chosen = unitsOf(state).filter(({ unitId }) => unitIds?.includes(unitId) ?? true);
  const having = chosen.flatMap((unit) => {
    const task = findTask(unit, taskId);
    return task ? [{ unit, task }] : [];
  });
  if (having.length < (unitIds?.length ?? 1)) return refuse('taskUnknown', rules, { taskId });
  if (actor.role === 'unit' && having.some(({ task }) => !task.own)) return refuse('taskOfOffice', rules, { taskId });
  const open = having.filter(({ task }) => task.status === 'open');
  if (open.length === 0) {
    const isDone = having.some(({ task }) => task.status === 'done');
    return refuse(isDone ? 'taskDoneByAll' : 'taskCancelled', rules, { taskId });
  }
  const reasonIn = state.head.seq + 1;
  const cited = { clause: rules.stricter };
  const cancelled = open.map(({ unit: { unitId } }, i) =>
    draft('task.cancelled', actor, { taskId, ...(i === 0 ? { reason } : { reasonIn }) }, { unitId, ...cited }),
  );
  const owed = open.filter(({ unit }) => ['pending', 'suspended'].includes(deadlineOf(unit, taskId)?.status ?? ''));
  const takenOff = owed.map(({ unit: { unitId } }) =>
    draft(
      'deadline.withdrawn',
      SYSTEM,
      { ...namedInEntries(state, { deadline: 'task', subject: taskId }), reason: 'task-cancelled' },
      { unitId, ...cited },
    ),
  );
  return [...cancelled, ...takenOff];
}

/** One note and one set of evidence for all. One that cannot be completed refuses them all; those done already stay done. */
export function completeTasks(
  state: EpisodeState,
  unit: UnitState,
  { taskIds, note, attachmentIds, ...body }: Body<'completeTasks'>,
  actor: Actor,
  now: Instant,
): Decision {
  const tasks: Array<[string, TaskState]> = [];
  for (const taskId of taskIds) {
    const task = applicableTaskOf(state, unit, taskId);
    if ('type' in task) return task;
    tasks.push([taskId, task]);
  }
  const open = tasks.flatMap(([taskId, { status }]) => (status === 'done' ? [] : [taskId]));
  const [, first] = tasks[0]!;
  if (open.length === 0 && first.status === 'done') return { repeats: first.seq };
  const noteIn = state.head.seq + 1;
  return open.map((taskId, i) => {
    const deadline = deadlineOf(unit, taskId);
    const late = deadline && { late: isLate(deadline, now) };
    const data = { taskId, ...(i === 0 ? { note, attachmentIds } : { noteIn }), ...late, ...throughOf(body) };
    return draft('task.completed', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) });
  });
}

/** Not while a suspension holds it off: its clock stands still. */
const isLate = ({ status, dueAt }: TaskDeadline, now: Instant): boolean =>
  status === 'missed' || (status !== 'suspended' && now > dueAt);

/** 本辖区不涉及: the unit has nothing to do for a task of the plan. An added task was meant for just this unit. */
export function declareNotApplicable(
  state: EpisodeState,
  unit: UnitState,
  { taskId, reason, ...body }: Body<'declareNotApplicable'>,
  actor: Actor,
): Decision {
  const task = taskOf(state, unit, taskId);
  if ('type' in task) return task;
  if (task.addedSeq !== undefined) return refuse('taskAdded', state.binding.rules, { taskId });
  if (task.status === 'done') return refuse('taskDone', state.binding.rules, { taskId });
  if (task.status === 'not-applicable' && 'seq' in task.notApplicable) return { repeats: task.notApplicable.seq };
  const data = { taskId, reason, ...throughOf(body) };
  return [draft('task.not-applicable', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) })];
}

/** Also takes it out of the unit's profile, where an earlier episode put it. */
export function withdrawNotApplicable(
  state: EpisodeState,
  unit: UnitState,
  { taskId, reason, ...body }: Body<'withdrawNotApplicable'>,
  actor: Actor,
): Decision {
  const task = taskOf(state, unit, taskId);
  if ('type' in task) return task;
  if (task.status !== 'not-applicable') return refuse('taskApplicable', state.binding.rules, { taskId });
  const data = { taskId, reason, withdraws: entryThatSays(state, unit, task.notApplicable), ...throughOf(body) };
  return [draft('task.applicable', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) })];
}

function entryThatSays(state: EpisodeState, { unitId }: UnitState, where: WhereSaid) {
  if ('seq' in where) return { episodeId: state.episodeId, seq: where.seq };
  const { episodeId, seq } = profileOf(state, unitId).find(({ taskId }) => taskId === where.profile)!;
  return { episodeId, seq };
}

/**
 * Opens the task again. A task with a time of its own is due again too; one that was done while a suspension held it off has the
 * time that was left.
 */
export function withdrawCompletion(
  state: EpisodeState,
  unit: UnitState,
  { taskId, reason, ...body }: Body<'withdrawCompletion'>,
  actor: Actor,
  now: Instant,
): Decision {
  const task = taskOf(state, unit, taskId);
  if ('type' in task) return task;
  if (task.status !== 'done') return refuse('taskNotDone', state.binding.rules, { taskId });
  const deadline = deadlineOf(unit, taskId);
  const dueAt = deadline && { dueAt: beijingIso(Math.max(deadline.dueAt, now + (deadline.left ?? 0))) };
  const data = { taskId, withdraws: task.seq, reason, ...dueAt, ...throughOf(body) };
  return [draft('task.withdrawn', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) })];
}

export function noteProgress(
  state: EpisodeState,
  unit: UnitState,
  { taskId, note, attachmentIds, ...body }: Body<'noteProgress'>,
  actor: Actor,
): Decision {
  const task = applicableTaskOf(state, unit, taskId);
  if ('type' in task) return task;
  const data = { taskId, note, attachmentIds, ...throughOf(body) };
  return [draft('task.progressed', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) })];
}

function applicableTaskOf(state: EpisodeState, unit: UnitState, taskId: string): TaskState | Refusal {
  const task = taskOf(state, unit, taskId);
  return 'status' in task && task.status === 'not-applicable'
    ? refuse('taskNotApplicable', state.binding.rules, { taskId })
    : task;
}

/** The task if it is in force, or a refusal. */
function taskOf(state: EpisodeState, unit: UnitState, taskId: string): TaskState | Refusal {
  const task = findTask(unit, taskId);
  if (task?.status === 'ended') {
    const why = task.cancelledSeq === undefined ? 'taskEnded' : 'taskCancelled';
    return notRunning(state) ?? refuse(why, state.binding.rules, { taskId });
  }
  return notRunning(state) ?? task ?? refuse('taskUnknown', state.binding.rules, { taskId });
}

function notRunning(state: EpisodeState): Refusal | undefined {
  if (state.liftedAt !== undefined) return refuseNow(state, 'lifted');
  return state.responseLevel === undefined ? refuseNow(state, 'responseNotStarted') : undefined;
}

const deadlineOf = ({ taskDeadlines }: UnitState, taskId: string) =>
  taskDeadlines.find((deadline) => deadline.taskId === taskId);

/** A task of the plan cites its own clause, an added one the clause that allows stricter measures. */
const clauseOf = ({ binding }: EpisodeState, taskId: string): Clause =>
  binding.items.find((item) => item.id === taskId)?.clause ?? binding.rules.stricter;
