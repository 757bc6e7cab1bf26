/** Somebody is called about deadlines that nobody has met: before they pass, when they pass, and up the chain after. */

import { referenceOf } from '../../episode/deadline-names.js';
import { isOpen } from '../../episode/due.js';
import type { Entry, OwedDeadline, TakenStep } from '../../episode/entries.js';
import { nameOf } from '../../episode/state.js';
import { MINUTE } from '../../plan/rules/calendar.js';
import type { Topic } from '../../plan/wording/events.js';
import { durationInWords, timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelUnlessLifted, several } from './common-values.js';
import { itemOf } from './deadlines.js';
import type { MessageInput } from './message-input.js';
import { toThoseAbove, toUnit } from './missed.js';

/** What has been answered since is left out. */
export function stepTopics(story: MessageInput): Topic[] {
  const calls = story.entries.flatMap(callIn);
  const owed = calls.flatMap(({ deadlines }) => deadlines).filter((one) => isOpen(story.state, openOf(one)));
  if (owed.length === 0) return [];
  const { to, fellThrough } = calls[0]!;
  const isToUnit = to === 'duty' || to === 'lead';
  if (fellThrough && !isToUnit) return [unreachable(owed, story)];
  const minutes = Math.round((story.now - Math.max(...owed.map(({ dueAt }) => Date.parse(dueAt)))) / MINUTE);
  if (minutes < 0) return [reminded(owed, -minutes, story)];
  if (minutes > 0 && to !== 'duty') return [escalated(owed, minutes, story)];
  return [isToUnit ? toUnit(owed, story) : toThoseAbove(owed, story)];
}

function callIn({ kind, unitId, data }: Entry): TakenStep[] {
  if (kind !== 'deadline.reminded' && kind !== 'deadline.escalated') return [];
  const deadlines = data.deadlines.map((one) => ({ ...one, ...(unitId === undefined ? {} : { unitId }) }));
  return [{ ...data, deadlines }];
}

const openOf = (owed: OwedDeadline) => ({ ...referenceOf(owed), stepsTaken: 0 });

function reminded(owed: OwedDeadline[], minutes: number, story: MessageInput): Topic {
  return {
    event: 'reminded',
    level: levelInForce(story),
    values: { ...about(owed, story), unitName: unitsIn(owed, story), remaining: roughly(minutes) },
  };
}

function escalated(owed: OwedDeadline[], minutes: number, story: MessageInput): Topic {
  const values = { ...byHolder(owed, story), overdue: roughly(minutes) };
  return { event: 'escalated', level: levelInForce(story), values };
}

/** Those who should have been called before could not be. */
const unreachable = (owed: OwedDeadline[], story: MessageInput): Topic => ({
  event: 'unreachable',
  level: levelInForce(story),
  values: byHolder(owed, story),
});

const byHolder = (owed: OwedDeadline[], story: MessageInput) => ({
  ...about(owed, story),
  items: owed.map((one) => ({ ...itemOf(one, story), unitName: holderName(one, story) })),
  units: unitsIn(owed, story),
});

function about(owed: OwedDeadline[], story: MessageInput) {
  const [first] = owed;
  const items = owed.map((one) => itemOf(one, story));
  return {
    levelName: levelUnlessLifted(story),
    duty: items[0]!.duty,
    several: several(items),
    dueAt: timeInWords(first!.dueAt),
    dueAtBrief: timeBriefly(first!.dueAt),
    items,
  };
}

/** From two hours on whole hours will do. */
const roughly = (minutes: number): string => durationInWords(minutes < 120 ? minutes : Math.round(minutes / 60) * 60);

/** `区教育局等2个单位` */
function unitsIn(owed: OwedDeadline[], story: MessageInput): string {
  const names = [...new Set(owed.map((one) => holderName(one, story)))];
  return names.length > 1 ? `${names[0]}等${names.length}个单位` : names[0]!;
}

/** What is owed by no unit is owed by the office. */
const holderName = ({ unitId }: OwedDeadline, { state }: MessageInput): string =>
  unitId === undefined ? '区环委会办公室' : nameOf(state, unitId);
