/** A circular to a unit (§5.1, §7): its text, and by when it is acknowledged and answered. */
import { inShort } from '../../lib/graphemes.js';
import type { Topic } from '../../plan/wording/events.js';
import { CIRCULARS, timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelUnlessLifted, unitNameOf } from './common-values.js';
import type { MessageInput } from './message-input.js';

export const circularTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    const issued = entry.kind === 'circular.sent' && input.circulars.get(entry.data.circularId);
    if (entry.kind !== 'circular.sent' || !issued) return [];
    const { origin, title, number = '', text, attachmentIds = [] } = issued.data;
    const { dueAt, answerDueAt } = entry.data;
    const values = {
      levelName: levelUnlessLifted(input),
      unitName: unitNameOf(entry, input),
      origin: CIRCULARS[origin],
      title,
      titleBrief: inShort(title, LONGEST),
      number,
      circularText: text,
      attachments: attachmentIds.length === 0 ? '' : String(attachmentIds.length),
      acknowledgeBy: timeInWords(dueAt),
      acknowledgeByBrief: timeBriefly(dueAt),
      answerBy: answerDueAt === undefined ? '' : timeInWords(answerDueAt),
      answerByBrief: answerDueAt === undefined ? '' : timeBriefly(answerDueAt),
      clause: issued.clause ?? '',
    };
    return [{ event: 'circular', level: levelInForce(input), values }];
  });

const LONGEST = 30;
