/** A deadline that passed: told to the unit itself, and to the office in one digest. */
import { nameOf } from '../../episode/state.js';
import type { DeadlineKind, Entry, MissedDeadline } from '../../episode/types.js';
import type { Topic } from '../../plan/messages/events.js';
import { dayInWords, timeInWords } from '../../plan/words.js';
import type { Story } from './story.js';
import { levelIfAny, levelInForce, several, unitNameOf } from './story-values.js';

/** What was to be done, and the clause that asks for it. */
const DUTIES: Record<DeadlineKind, { clause: string; name(missed: MissedDeadline): string }> = {
  acknowledgement: { clause: '3.1.3', name: ({ noticeNumber }) => `确认通知（${noticeNumber}）` },
  implementation: { clause: '4.2', name: ({ noticeNumber }) => `报告应急措施落实情况（通知${noticeNumber}）` },
  report: { clause: '5.1', name: ({ date }) => `${dayInWords(date!)}的每日报送` },
  summary: { clause: '5.2', name: () => '工作总结' },
  'follow-up': { clause: '5.1', name: () => '解除后的信息报送' },
  review: { clause: '5.2', name: () => '发布总结评估' },
};

export const missedTopics = (story: Story): Topic[] => {
  const own = story.entries.filter((entry) => missedByUnit(entry).length > 0);
  const told = story.entries.flatMap((entry) => (entry.kind === 'deadline.escalated' ? entry.data.missed : []));
  return [...(own.length > 0 ? [reminder(own, story)] : []), ...(told.length > 0 ? [digest(told, story)] : [])];
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

interface Item {
  duty: string;
  dueAt: string;
  clause: string;
}

function itemOf(missed: MissedDeadline): Item {
  const { clause, name } = DUTIES[missed.deadline];
  return { duty: name(missed), dueAt: timeInWords(missed.dueAt), clause };
}

function reminder(own: Entry[], story: Story): Topic {
  const items = own.flatMap(missedByUnit).map(itemOf);
  return {
    event: 'missed',
    level: levelInForce(story),
    values: {
      levelName: levelIfAny(story),
      unitName: unitNameOf(own[0]!, story),
      duty: items[0]!.duty,
      several: several(items),
      items,
    },
  };
}

/** One line for each duty, naming every unit that did not do it. */
function digest(missed: MissedDeadline[], story: Story): Topic {
  const items = [...groupedByDuty(missed).values()].map(({ item, unitIds }) => ({
    ...item,
    behind: unitIds.map((unitId) => nameOf(story.state, unitId)).join('、'),
    behindCount: unitIds.length > 0 ? String(unitIds.length) : '',
  }));
  const unitCount = new Set(missed.flatMap(({ unitId }) => unitId ?? [])).size;
  return {
    event: 'missed-digest',
    level: levelInForce(story),
    values: {
      levelName: levelIfAny(story),
      duty: items[0]!.duty,
      several: several(items),
      unitCount: unitCount > 0 ? String(unitCount) : '',
      items,
    },
  };
}

function groupedByDuty(missed: MissedDeadline[]): Map<string, { item: Item; unitIds: string[] }> {
  const groups = new Map<string, { item: Item; unitIds: string[] }>();
  for (const each of missed) {
    const item = itemOf(each);
    const key = `${item.duty} ${item.dueAt}`;
    const group = groups.get(key) ?? { item, unitIds: [] };
    groups.set(key, group);
    if (each.unitId !== undefined && !group.unitIds.includes(each.unitId)) group.unitIds.push(each.unitId);
  }
  return groups;
}
