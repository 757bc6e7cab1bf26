/** A deadline that passed: told to the unit itself, and to the office in one digest. */
import { nameOf } from '../../episode/state.js';
import type { DeadlineKind, Entry, MissedDeadline } from '../../episode/types.js';
import { clauseName, dayInWords, timeInWords } from '../../plan/words.js';
import type { Letter, Story } from './story.js';

/** What was to be done, and the clause that asks for it. */
const DUTIES: Record<DeadlineKind, { clause: string; name(missed: MissedDeadline): string }> = {
  acknowledgement: { clause: '3.1.3', name: ({ noticeNumber }) => `确认通知（${noticeNumber}）` },
  implementation: { clause: '4.2', name: ({ noticeNumber }) => `报告应急措施落实情况（通知${noticeNumber}）` },
  report: { clause: '5.1', name: ({ date }) => `${dayInWords(date!)}的每日报送` },
  summary: { clause: '5.2', name: () => '工作总结' },
  'follow-up': { clause: '5.1', name: () => '解除后的信息报送' },
  review: { clause: '5.2', name: () => '发布总结评估' },
};

export const missedTopics = ({ entries, state }: Story): Letter[] => {
  const own = entries.flatMap(missedByUnit);
  const told = entries.flatMap((entry) => (entry.kind === 'deadline.escalated' ? entry.data.missed : []));
  return [
    ...(own.length > 0 ? [reminder(own)] : []),
    ...(told.length > 0 ? [digest(told, (unitId) => nameOf(state, unitId))] : []),
  ];
};

function missedByUnit(entry: Entry): MissedDeadline[] {
  switch (entry.kind) {
    case 'acknowledgement.missed':
      return [{ deadline: 'acknowledgement', ...entry.data }];
    case 'implementation.missed':
      return [{ deadline: 'implementation', ...entry.data }];
    case 'report.missed':
      return [{ deadline: 'report', ...entry.data }];
    case 'summary.missed':
      return [{ deadline: 'summary', ...entry.data }];
    default:
      return [];
  }
}

/** `工作总结，应于…前完成（预案5.2）` */
function lineOf(missed: MissedDeadline): string {
  const { clause, name } = DUTIES[missed.deadline];
  return `${name(missed)}，应于${timeInWords(missed.dueAt)}前完成（${clauseName(clause)}）`;
}

const reminder = (missed: MissedDeadline[]): Letter => ({
  subject: `【逾期】${DUTIES[missed[0]!.deadline].name(missed[0]!)}未按时完成，请立即补办`,
  text: ['以下事项已逾期并记入台账，请立即补办：', ...missed.map((each) => `${lineOf(each)}。`)].join('\n'),
});

/** One line for each duty, naming every unit that did not do it. */
function digest(missed: MissedDeadline[], unitName: (unitId: string) => string): Letter {
  const unitsBehind = (line?: string): string[] => [
    ...new Set(missed.flatMap((each) => (each.unitId && (!line || lineOf(each) === line) ? [each.unitId] : []))),
  ];
  const lines = [...new Set(missed.map(lineOf))].map((line) => {
    const names = unitsBehind(line).map(unitName);
    return names.length > 0 ? `${line}：${names.length}个单位未完成：${names.join('、')}。` : `${line}：本办未完成。`;
  });
  const units = unitsBehind().length;
  return {
    subject: units > 0 ? `【逾期】${units}个责任单位未按时完成` : '【逾期】本办有事项未按时完成',
    text: ['以下事项已逾期并记入台账，请督促：', ...lines].join('\n'),
  };
}
