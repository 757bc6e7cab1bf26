/** A person urges a unit about what it still owes. */
import { referenceOf } from '../../episode/deadline-names.js';
import { isOpen } from '../../episode/due.js';
import { MINUTE } from '../../plan/rules/calendar.js';
import type { Topic } from '../../plan/wording/events.js';
import { timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelUnlessLifted, roughly, several, unitNameOf } from './common-values.js';
import { itemOf } from './deadlines.js';
import type { MessageInput } from './message-input.js';

/** Leaves out what has been met since. */
export const urgeTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    if (entry.kind !== 'unit.urged') return [];
    const { unitId, data } = entry;
    const [first, ...others] = data.about
      .filter((one) => isOpen(input.state, referenceOf(one, unitId)))
      .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
    if (!first) return [];
    const items = [first, ...others].map((one) => itemOf(one, input));
    const minutes = Math.round((input.now - Date.parse(first.dueAt)) / MINUTE);
    const values = {
      levelName: levelUnlessLifted(input),
      unitName: unitNameOf(entry, input),
      duty: items[0]!.duty,
      several: several(items),
      dueAt: timeInWords(first.dueAt),
      dueAtBrief: timeBriefly(first.dueAt),
      overdue: minutes > 0 ? roughly(minutes) : '',
      words: data.text ?? '',
      items,
    };
    return [{ event: 'urged', level: levelInForce(input), values }];
  });
