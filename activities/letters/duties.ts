/** What was to be done by a deadline, in words, and the clause that asks for it. */
import type { OwedDeadline } from '../../episode/types.js';
import type { DeadlineKind } from '../../plan/types.js';
import { dayInWords, timeInWords } from '../../plan/words.js';
import type { Story } from './story.js';

type Words = (owed: OwedDeadline, story: Story) => string;

const DUTIES: Record<DeadlineKind, { clause: string; name: Words }> = {
  acknowledgement: { clause: '3.1.3', name: ({ noticeNumber }) => `确认通知（${noticeNumber}）` },
  implementation: { clause: '4.2', name: ({ noticeNumber }) => `报告应急措施落实情况（通知${noticeNumber}）` },
  task: { clause: '4.3', name: ({ taskId }, { textOf }) => `任务“${inShort(textOf(taskId!))}”` },
  report: { clause: '5.1', name: ({ date }) => `${dayInWords(date!)}的每日报送` },
  summary: { clause: '5.2', name: () => '工作总结' },
  'follow-up': { clause: '5.1', name: () => '解除后的信息报送' },
  review: { clause: '5.2', name: () => '发布总结评估' },
};

export interface Item {
  duty: string;
  dueAt: string;
  clause: string;
}

export function itemOf(owed: OwedDeadline, story: Story): Item {
  const { clause, name } = DUTIES[owed.deadline];
  return { duty: name(owed, story), dueAt: timeInWords(owed.dueAt), clause };
}

const LONGEST = 20;

const inShort = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
