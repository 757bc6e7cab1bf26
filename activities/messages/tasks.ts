/** A stricter task is added, or the office takes a completion back (§4.3). */
import { nameOf } from '../../episode/state.js';
import type { Topic } from '../../plan/wording/events.js';
import { timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelValues } from './common-values.js';
import type { MessageInput } from './message-input.js';

export const taskTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    const level = levelInForce(input);
    const common = { ...levelValues(level), unitName: nameOf(input.state, entry.unitId ?? '') };
    if (entry.kind === 'task.added') {
      const { taskId, dueAt } = entry.data;
      const values = {
        ...common,
        task: input.textOf(taskId),
        clause: input.state.binding.rules.stricter,
        dueAt: dueAt ? timeInWords(dueAt) : '',
        reason: '',
      };
      return [{ event: 'task-added', level, values }];
    }
    if (entry.kind !== 'task.withdrawn' && entry.kind !== 'task.applicable') return [];
    const { taskId, reason } = entry.data;
    return [
      {
        event: entry.kind === 'task.withdrawn' ? 'task-reopened' : 'task-applicable',
        level,
        values: { ...common, task: input.textOf(taskId), clause: entry.clause ?? '', reason },
      },
    ];
  });
