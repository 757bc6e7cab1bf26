/** What was to be done by a deadline, in words. */
import { RULE_OF_DEADLINE } from '../../episode/clauses.js';
import type { OwedDeadline } from '../../episode/entries.js';
import type { DeadlineKind } from '../../plan/types.js';
import { dayInWords, timeInWords } from '../../plan/wording/words.js';
import type { MessageInput } from './message-input.js';

type Words = (owed: OwedDeadline, story: MessageInput) => string;

const DUTIES: Record<DeadlineKind, Words> = {
  acknowledgement: ({ noticeNumber }) => `确认通知（${noticeNumber}）`,
  implementation: ({ noticeNumber }) => `报告应急措施落实情况（通知${noticeNumber}）`,
  task: ({ taskId }, { textOf }) => `任务“${inShort(textOf(taskId!))}”`,
  report: ({ date }) => `${dayInWords(date!)}的每日报送`,
  summary: () => '工作总结',
  'follow-up': () => '解除后的信息报送',
  review: () => '发布总结评估',
};

export interface Item {
  duty: string;
  dueAt: string;
  clause: string;
}

export const itemOf = (owed: OwedDeadline, story: MessageInput): Item => ({
  duty: DUTIES[owed.deadline](owed, story),
  dueAt: timeInWords(owed.dueAt),
  clause: story.state.binding.rules[RULE_OF_DEADLINE[owed.deadline]],
});

const LONGEST = 20;

const inShort = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
