/** The expected end is near or past: the office decides what follows, and enters the city's notice (§3.1.5). */
import { MINUTE } from '../../plan/rules/calendar.js';
import type { Topic } from '../../plan/wording/events.js';
import { timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelValues, roughly } from './common-values.js';
import type { MessageInput } from './message-input.js';

export const endTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    if (entry.kind !== 'end.asked') return [];
    const { expectedEndAt } = entry.data;
    const level = levelInForce(input);
    const minutes = Math.round((Date.parse(expectedEndAt) - input.now) / MINUTE);
    return [
      {
        event: 'end-asked',
        level,
        values: {
          ...levelValues(level),
          expectedEnd: timeInWords(expectedEndAt),
          expectedEndBrief: timeBriefly(expectedEndAt),
          remaining: minutes > 0 ? roughly(minutes) : '',
          overdue: minutes < 0 ? roughly(-minutes) : '',
        },
      },
    ];
  });
