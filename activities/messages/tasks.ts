/** A stricter task is added or taken back, or the office takes a completion back (§4.3). */
import type { Entry } from '../../episode/entries.js';
import { nameOf } from '../../episode/state.js';
import type { Topic } from '../../plan/wording/events.js';
import { timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelValues } from './common-values.js';
import type { EntryOf, MessageInput } from './message-input.js';

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
    if (!isOfTask(entry)) return [];
    const { taskId, reason = '' } = entry.data;
    return [
      {
        event: EVENTS[entry.kind],
        level,
        values: { ...common, task: input.textOf(taskId), clause: entry.clause ?? '', reason },
      },
    ];
  });

const EVENTS = {
  'task.cancelled': 'task-cancelled',
  'task.withdrawn': 'task-reopened',
  'task.applicable': 'task-applicable',
} as const;

const isOfTask = (entry: Entry): entry is EntryOf<keyof typeof EVENTS> => entry.kind in EVENTS;
