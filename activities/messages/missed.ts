/** A missed deadline: the unit itself gets a message, and those above get one digest. */

import { nameOf } from '../../episode/state.js';
import type { Topic } from '../../plan/wording/events.js';
import { levelInForce, levelUnlessLifted, several } from './common-values.js';
import { type Item, itemOf, type OpenDuties } from './deadlines.js';
import type { MessageInput } from './message-input.js';

export function toUnit(own: OpenDuties, input: MessageInput): Topic {
  const items = own.map((owed) => itemOf(owed, input));
  return {
    event: 'missed',
    level: levelInForce(input),
    values: {
      levelName: levelUnlessLifted(input),
      unitName: nameOf(input.state, own[0].unitId ?? ''),
      duty: itemOf(own[0], input).duty,
      several: several(items),
      items,
    },
  };
}

/** One line for each duty, naming every unit that did not do it. */
export function toThoseAbove(missed: OpenDuties, input: MessageInput): Topic {
  const items = [...groupedByDuty(missed, input).values()].map(({ item, unitIds }) => ({
    ...item,
    behind: unitIds.map((unitId) => nameOf(input.state, unitId)).join('、'),
    behindCount: unitIds.length > 0 ? String(unitIds.length) : '',
  }));
  const unitCount = new Set(missed.flatMap(({ unitId }) => unitId ?? [])).size;
  return {
    event: 'missed-digest',
    level: levelInForce(input),
    values: {
      levelName: levelUnlessLifted(input),
      duty: itemOf(missed[0], input).duty,
      several: several(items),
      unitCount: unitCount > 0 ? String(unitCount) : '',
      items,
    },
  };
}

function groupedByDuty(missed: OpenDuties, input: MessageInput): Map<string, { item: Item; unitIds: string[] }> {
  const groups = new Map<string, { item: Item; unitIds: string[] }>();
  for (const each of missed) {
    const item = itemOf(each, input);
    const key = `${item.duty} ${item.dueAt}`;
    const group = groups.get(key) ?? { item, unitIds: [] };
    groups.set(key, group);
    if (each.unitId !== undefined && !group.unitIds.includes(each.unitId)) group.unitIds.push(each.unitId);
  }
  return groups;
}
