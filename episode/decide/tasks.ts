/** Tasks: ticked off, taken back, noted on; and stricter ones that are added (§4.3). */
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Clause } from '../../plan/rules/clauses.js';
import type { Actor, CommandBody, Instant, Refusal } from '../commands.js';
import { findTask, findUnit } from '../state.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { type Decision, draft, throughOf } from './decision.js';
import { refuse } from './refusals.js';

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
  if (!unitIds.every((unitId) => findUnit(state, unitId))) return refuse('unitUnknown', state.binding.rules);
  if (dueAt !== undefined && Date.parse(dueAt) <= now) return refuse('dueTime', state.binding.rules);
  const taskId = `added-${state.tasksAdded + 1}`;
  const data = { taskId, ...(dueAt === undefined ? {} : { dueAt: beijingIso(Date.parse(dueAt)) }) };
  // The text enters the record once, with the first unit.
  const textIn = state.head.seq + 1;
  const clause = state.binding.rules.stricter;
  return unitIds.map((unitId, i) =>
    draft('task.added', actor, { ...data, ...(i === 0 ? { text } : { textIn }) }, { unitId, clause }),
  );
}

export function completeTask(
  state: EpisodeState,
  unit: UnitState,
  { taskId, note, attachmentIds, ...body }: Body<'completeTask'>,
  actor: Actor,
  now: Instant,
): Decision {
  const task = taskOf(state, unit, taskId);
  if ('type' in task) return task;
  if (task.status === 'done') return { repeats: task.seq };
  const deadline = deadlineOf(unit, taskId);
  const late = deadline && { late: deadline.status === 'missed' || now > deadline.dueAt };
  const data = { taskId, note, attachmentIds, ...late, ...throughOf(body) };
  return [draft('task.completed', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) })];
}

/** Opens the task again. A task with a time of its own is due again too. */
export function withdrawCompletion(
  state: EpisodeState,
  unit: UnitState,
  { taskId, reason, ...body }: Body<'withdrawCompletion'>,
  actor: Actor,
  now: Instant,
): Decision {
  const task = taskOf(state, unit, taskId);
  if ('type' in task) return task;
  if (task.status !== 'done' || task.seq === undefined) return refuse('taskNotDone', state.binding.rules);
  const deadline = deadlineOf(unit, taskId);
  const dueAt = deadline && { dueAt: beijingIso(Math.max(deadline.dueAt, now)) };
  const data = { taskId, withdraws: task.seq, reason, ...dueAt, ...throughOf(body) };
  return [draft('task.withdrawn', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) })];
}

export function noteProgress(
  state: EpisodeState,
  unit: UnitState,
  { taskId, note, attachmentIds, ...body }: Body<'noteProgress'>,
  actor: Actor,
): Decision {
  const task = taskOf(state, unit, taskId);
  if ('type' in task) return task;
  const data = { taskId, note, attachmentIds, ...throughOf(body) };
  return [draft('task.progressed', actor, data, { unitId: unit.unitId, clause: clauseOf(state, taskId) })];
}

/** The task if it can be worked on, or a refusal. */
function taskOf(state: EpisodeState, unit: UnitState, taskId: string): UnitState['tasks'][string] | Refusal {
  const task = findTask(unit, taskId);
  if (task?.status === 'ended') return notRunning(state) ?? refuse('taskEnded', state.binding.rules);
  return notRunning(state) ?? task ?? refuse('taskUnknown', state.binding.rules);
}

function notRunning(state: EpisodeState): Refusal | undefined {
  if (state.liftedAt !== undefined) return refuse('lifted', state.binding.rules);
  return state.responseLevel === undefined ? refuse('responseNotStarted', state.binding.rules) : undefined;
}

const deadlineOf = ({ taskDeadlines }: UnitState, taskId: string) =>
  taskDeadlines.find((deadline) => deadline.taskId === taskId);

/** A task of the plan cites its own clause, an added one the clause that allows stricter measures. */
const clauseOf = ({ binding }: EpisodeState, taskId: string): Clause =>
  binding.items.find((item) => item.id === taskId)?.clause ?? binding.rules.stricter;
