/** The tasks that a notice gives a unit, on the cards of the edition. */
import type { AssignedTask } from '../../episode/entries.js';
import { tasksUnder } from '../../episode/notice-tasks.js';
import { itemsFor, kindOf } from '../../episode/state.js';
import type { UnitState } from '../../episode/state-types.js';
import type { ValuesOf } from '../../plan/wording/placeholders.js';
import type { notice } from '../../plan/wording/shared-placeholders.js';
import { ADDED_TASKS, CHANGES } from '../../plan/wording/words.js';
import type { EntryOf, MessageInput } from './message-input.js';

type Notified = EntryOf<'unit.notified'>;
type TaskRows = ValuesOf<typeof notice>['tasks'];

/** Of a task that is none of the unit's business. */
export const NOT_APPLICABLE = '不涉及';
const DONE: Partial<Record<AssignedTask['status'], string>> = { done: '已完成', 'not-applicable': NOT_APPLICABLE };

export function tasksOf({ unitId, data }: Notified, input: MessageInput): TaskRows {
  const unit = input.state.units[unitId];
  if (!unit) return [];
  const { taskGroups } = input.edition.plan;
  const isFirst = data.occasion === 'start' || data.occasion === 'joining';
  const tasks = tasksUnder(input.state, unit, data)
    .tasks.map((task) => ({ ...task, ...wordsOf(task.id, unit, input) }))
    .sort((a, b) => rank(taskGroups, a.card) - rank(taskGroups, b.card));
  return tasks.map(({ card, change, status, ...words }, i) => ({
    ...words,
    card: card === tasks[i - 1]?.card ? '' : card,
    number: String(i + 1),
    change: isFirst ? '' : CHANGES[change],
    done: DONE[status] ?? '',
  }));
}

/** A card that the edition does not list comes last. */
const rank = (cards: readonly string[], card: string): number => cards.indexOf(card) + 1 || cards.length + 1;

export function endedTasks({ unitId, data }: Notified, input: MessageInput): Array<{ clause: string; text: string }> {
  const unit = input.state.units[unitId];
  if (!unit) return [];
  return tasksUnder(input.state, unit, data).ended.map((id) => {
    const { clause, text, do: task } = wordsOf(id, unit, input);
    return { clause, text: text || task };
  });
}

export function wordsOf(id: string, unit: UnitState, { state, edition, textOf }: MessageInput) {
  const item = itemsFor(state, unit).find((one) => one.id === id);
  const whose = { unitId: unit.unitId, kind: kindOf(state, unit.unitId) };
  const words = edition.taskWordsOf(id, whose);
  if (!item || !words)
    return { card: ADDED_TASKS, do: textOf(id), assist: '', clause: state.binding.rules.stricter, text: '' };
  return {
    card: words.group,
    do: words.do,
    assist: words.role === 'assist' ? '配合' : '',
    clause: [item.clause, ...edition.alsoDoneBy(id, whose)].join('、'),
    text: edition.sentenceOf(id),
  };
}
