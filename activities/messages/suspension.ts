/** A suspension, or its end, told to a unit that it concerns. */
import type { SuspensionState } from '../../episode/state-types.js';
import { suspensionOf } from '../../episode/suspensions.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Topic } from '../../plan/wording/events.js';
import { timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { levelInForce, levelValues, unitNameOf } from './common-values.js';
import type { EntryOf, MessageInput } from './message-input.js';
import { wordsOf } from './task-cards.js';

type Told = EntryOf<'unit.suspended' | 'unit.resumed'>;

export const suspensionTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    if (entry.kind !== 'unit.suspended' && entry.kind !== 'unit.resumed') return [];
    const { suspensions } = input.state;
    const suspension = suspensions.find(({ suspensionId }) => suspensionId === entry.data.suspensionId)!;
    return [entry.kind === 'unit.suspended' ? suspended(entry, suspension, input) : resumed(entry, suspension, input)];
  });

function suspended(entry: Told, { from, until, reason, order }: SuspensionState, input: MessageInput): Topic {
  const level = levelInForce(input);
  const values = {
    ...common(entry, input),
    ...inWords('from', from),
    ...inWords('until', until),
    reason,
    basis: basisOf(order),
  };
  return { event: 'suspended', level, values };
}

function resumed(entry: Told, { from, ended }: SuspensionState, input: MessageInput): Topic {
  const level = levelInForce(input);
  const { at = from, reason = '', order } = ended ?? {};
  const values = {
    ...common(entry, input),
    ...inWords('resumedAt', at),
    plannedFrom: at <= from ? timeInWords(beijingIso(from)) : '',
    reason,
    basis: basisOf(order),
    still: stillHeld(entry, input),
  };
  return { event: 'resumed', level, values };
}

function common(entry: Told, input: MessageInput) {
  const unit = input.state.units[entry.unitId]!;
  const { taskIds } = entry.data;
  const tasks = (taskIds ?? []).map((id) => {
    const { clause, do: task } = wordsOf(id, unit, input);
    return { clause, task };
  });
  return {
    ...levelValues(levelInForce(input)),
    unitName: unitNameOf(entry, input),
    taskCount: taskIds ? String(tasks.length) : '',
    tasks,
  };
}

/** Tasks that another suspension goes on to hold. */
function stillHeld(entry: Told, input: MessageInput): string {
  const unit = input.state.units[entry.unitId]!;
  const ids = entry.data.taskIds ?? Object.keys(unit.tasks);
  const held = ids.filter((id) => unit.tasks[id]?.status === 'open' && suspensionOf(input.state, entry.unitId, id));
  return held.map((id) => wordsOf(id, unit, input).do.replace(/[。；]$/, '')).join('；');
}

const basisOf = (order: SuspensionState['order']): string =>
  [order?.issuer, order?.number, order?.text]
    .filter(Boolean)
    .join('，')
    .replace(/[。\s]+$/, '');

const inWords = <K extends string>(key: K, at: number | undefined) =>
  ({
    [key]: at === undefined ? '' : timeInWords(beijingIso(at)),
    [`${key}Brief`]: at === undefined ? '' : timeBriefly(beijingIso(at)),
  }) as Record<K | `${K}Brief`, string>;
