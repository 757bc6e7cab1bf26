/** The duty that a deadline is for, in words. */
import { titleOfCircular } from '../../episode/circulars.js';
import { RULE_OF_DEADLINE } from '../../episode/clauses.js';
import type { OwedDeadline } from '../../episode/entries.js';
import { noticeOf } from '../../episode/state.js';
import { inShort } from '../../lib/graphemes.js';
import { dayInWords, noticeInBrackets, timeInWords } from '../../plan/wording/words.js';
import type { MessageInput } from './message-input.js';

function dutyOf(owed: OwedDeadline, { state, textOf }: MessageInput): string {
  switch (owed.deadline) {
    case 'acknowledgement':
      return `确认通知（${noticeInBrackets(noticeOf(state, owed.noticeId))}）`;
    case 'lifting':
      return `确认解除通知（${noticeInBrackets(noticeOf(state, owed.noticeId))}）`;
    case 'implementation':
      return `报告应急措施落实情况（通知${noticeInBrackets(noticeOf(state, owed.noticeId))}）`;
    case 'task':
      return `任务“${inShort(textOf(owed.taskId), LONGEST)}”`;
    case 'report':
      return `${dayInWords(owed.date)}的每日报送`;
    case 'summary':
      return '工作总结';
    case 'circular':
      return `确认通报“${inShort(titleOfCircular(state, owed.circularId), LONGEST)}”`;
    case 'measures':
      return `答复通报“${inShort(titleOfCircular(state, owed.circularId), LONGEST)}”的整改情况`;
    case 'follow-up':
      return '解除后的信息报送';
    case 'review':
      return '发布总结评估';
  }
}

/** The deadlines of one message; there is at least one. */
export type OpenDuties = readonly [OwedDeadline, ...OwedDeadline[]];

export interface Item {
  duty: string;
  dueAt: string;
  clause: string;
}

export const itemOf = (owed: OwedDeadline, input: MessageInput): Item => ({
  duty: dutyOf(owed, input),
  dueAt: timeInWords(owed.dueAt),
  clause: input.state.binding.rules[RULE_OF_DEADLINE[owed.deadline]],
});

const LONGEST = 20;
