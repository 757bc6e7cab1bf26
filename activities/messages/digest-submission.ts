/** The district's day on its way to the city: the office is reminded of it, and its text goes there as it was written. */
import { digestsToSubmit } from '../../episode/due.js';
import { levelOfDay } from '../../episode/policy.js';
import type { Topic } from '../../plan/wording/events.js';
import { dayBriefly, dayInWords } from '../../plan/wording/words.js';
import { levelInForce, levelUnlessLifted, levelValues } from './common-values.js';
import type { MessageInput } from './message-input.js';

export const submissionTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    if (entry.kind === 'digest.reminded') return [reminder(entry.data.date, input)];
    if (entry.kind !== 'digest.submitted') return [];
    const { date, text: report, corrects } = entry.data;
    const level = levelOfDay(input.state, date);
    const { district } = input.edition.plan.edition;
    const correction = corrects === undefined ? '' : '更正';
    const values = { ...levelValues(level), district, ...daysOf(date), correction, report };
    return [{ event: 'digest-submission', level, values }];
  });

function reminder(date: string, input: MessageInput): Topic {
  const others = digestsToSubmit(input.state).filter((day) => day < date);
  const otherDays = others.map(dayInWords).join('、');
  const values = { levelName: levelUnlessLifted(input), ...daysOf(date), otherDays };
  return { event: 'digest-reminded', level: levelInForce(input), values };
}

const daysOf = (date: string) => ({ day: dayInWords(date), dayBrief: dayBriefly(date) });
