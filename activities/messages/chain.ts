/** Steps about unmet deadlines: reminders before them, escalations when they pass and after. */

import { referenceOf } from '../../episode/deadline-names.js';
import { isOpen } from '../../episode/due.js';
import type { Entry, OwedDeadline, TakenStep } from '../../episode/entries.js';
import { nameOf } from '../../episode/state.js';
import { MINUTE } from '../../plan/rules/calendar.js';
import type { Topic } from '../../plan/wording/events.js';
import { timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelUnlessLifted, roughly, several } from './common-values.js';
import { itemOf, type OpenDuties } from './deadlines.js';
import type { MessageInput } from './message-input.js';
import { toThoseAbove, toUnit } from './missed.js';

/** Leaves out the deadlines that have been met since. */
export function stepTopics(input: MessageInput): Topic[] {
  const steps = input.entries.flatMap(stepIn);
  const [step] = steps;
  // The most urgent first: it gives the message its time.
  const [first, ...others] = steps
    .flatMap(({ deadlines }) => deadlines)
    .filter((one) => isOpen(input.state, openOf(one)))
    .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
  if (!step || !first) return [];
  const { to, fellThrough } = step;
  const owed: OpenDuties = [first, ...others];
  const isToUnit = to === 'duty' || to === 'lead';
  if (fellThrough && !isToUnit) return [unreachable(owed, input)];
  const minutes = Math.round((input.now - Date.parse(first.dueAt)) / MINUTE);
  if (minutes < 0) return [reminded(owed, -minutes, input)];
  if (minutes > 0 && to !== 'duty') return [escalated(owed, minutes, input)];
  return [isToUnit ? toUnit(owed, input) : toThoseAbove(owed, input)];
}

function stepIn({ kind, unitId, data }: Entry): TakenStep[] {
  if (kind !== 'deadline.reminded' && kind !== 'deadline.escalated') return [];
  const deadlines = data.deadlines.map((one) => ({ ...one, ...(unitId === undefined ? {} : { unitId }) }));
  return [{ ...data, deadlines }];
}

const openOf = (owed: OwedDeadline) => ({ ...referenceOf(owed), stepsTaken: 0 });

function reminded(owed: OpenDuties, minutes: number, input: MessageInput): Topic {
  return {
    event: 'reminded',
    level: levelInForce(input),
    values: { ...about(owed, input), unitName: unitsIn(owed, input), remaining: roughly(minutes) },
  };
}

function escalated(owed: OpenDuties, minutes: number, input: MessageInput): Topic {
  const values = { ...byHolder(owed, input), overdue: roughly(minutes) };
  return { event: 'escalated', level: levelInForce(input), values };
}

/** The people of earlier steps could not be reached. */
const unreachable = (owed: OpenDuties, input: MessageInput): Topic => ({
  event: 'unreachable',
  level: levelInForce(input),
  values: { ...byHolder(owed, input), items: owed.map((one) => unreachableItem(one, input)) },
});

const unreachableItem = (one: OwedDeadline, input: MessageInput) => ({
  ...itemOf(one, input),
  unitName: holderName(one, input),
  toRing: (one.unitId && input.toRing.get(one.unitId)) ?? '',
});

const byHolder = (owed: OpenDuties, input: MessageInput) => ({
  ...about(owed, input),
  items: owed.map((one) => ({ ...itemOf(one, input), unitName: holderName(one, input) })),
  units: unitsIn(owed, input),
});

function about(owed: OpenDuties, input: MessageInput) {
  const [first] = owed;
  const items = owed.map((one) => itemOf(one, input));
  return {
    levelName: levelUnlessLifted(input),
    duty: itemOf(first, input).duty,
    several: several(items),
    dueAt: timeInWords(first.dueAt),
    dueAtBrief: timeBriefly(first.dueAt),
    items,
  };
}

/** `区教育局等2个单位` */
function unitsIn(owed: OpenDuties, input: MessageInput): string {
  const first = holderName(owed[0], input);
  const names = new Set(owed.map((one) => holderName(one, input)));
  return names.size > 1 ? `${first}等${names.size}个单位` : first;
}

/** A deadline of no unit is the office's. */
const holderName = ({ unitId }: OwedDeadline, { state }: MessageInput): string =>
  unitId === undefined ? '区环委办' : nameOf(state, unitId);
