/**
 * What follows from a notice for each unit: it is told, gets its tasks, no longer owes. A thousand units are too many for
 * one turn, so the state tells for which units it is still to be written.
 */
import { addDays, firstOwedDay, isReportable, lastOwedDay, owesDay } from '../plan/rules/calendar.js';
import type { DeadlineKind } from '../plan/types.js';
import type { Instant } from './commands.js';
import { beginning, knownFrom, lastNotice, noticeInForce, responseOf, unitsOf } from './state.js';
import type { EpisodeState, HoldableStatus, UnitState } from './state-types.js';

/** Units that have not been told of the last notice; before the start tells them, the state has none. */
export function unitsToTell({ phase, binding, units, notices }: EpisodeState): string[] {
  if (phase === 'new') return [];
  const last = notices.at(-1)?.noticeId;
  const unitIds = new Set([...binding.units.map(({ unitId }) => unitId), ...Object.keys(units)]);
  return [...unitIds].filter((unitId) => units[unitId]?.toldOf !== last);
}

/** Units that have not got their tasks by the notice in force. */
export function unitsToAssign(state: EpisodeState): UnitState[] {
  if (state.responseLevel === undefined || state.liftedAt !== undefined) return [];
  const { noticeId } = noticeInForce(state);
  return unitsOf(state).filter(({ implementation }) => !implementation.some((one) => one.noticeId === noticeId));
}

export interface NoLongerOwed {
  deadline: Exclude<DeadlineKind, 'follow-up' | 'review' | 'summary' | 'circular' | 'measures'>;
  unitId: string;
  subject: string;
}

/** Deadlines that ended with the response and are still open (§4.4), and days that a lifting leaves outside (§5.1). */
export function noLongerOwed(state: EpisodeState): NoLongerOwed[] {
  const { liftedAt } = state;
  if (liftedAt === undefined) return [];
  const outside = daysOutside(state, liftedAt);
  return unitsOf(state).flatMap((unit) => [
    ...openWithResponse(unit),
    ...outside
      .filter((date) => isOutside(state, unit, date, liftedAt))
      .map((subject): NoLongerOwed => ({ deadline: 'report', unitId: unit.unitId, subject })),
  ]);
}

function openWithResponse({ unitId, acknowledgements, implementation, taskDeadlines }: UnitState): NoLongerOwed[] {
  const open: NoLongerOwed[] = [];
  for (const { status, noticeId: subject } of acknowledgements)
    if (status === 'pending') open.push({ deadline: 'acknowledgement', unitId, subject });
  for (const { status, noticeId: subject } of implementation)
    if (isUnsettled(status)) open.push({ deadline: 'implementation', unitId, subject });
  for (const { status, taskId: subject } of taskDeadlines)
    if (isUnsettled(status)) open.push({ deadline: 'task', unitId, subject });
  return open;
}

/** One that a suspension held off until the end has no outcome either. */
const isUnsettled = (status: HoldableStatus): boolean => status === 'pending' || status === 'suspended';

/** Days that were on the board when the lifting became known, though the response had ended before them. */
function daysOutside(state: EpisodeState, liftedAt: Instant): string[] {
  if (state.responseLevel === undefined) return [];
  const known = knownFrom(lastNotice(state));
  const { effectiveAt: from } = beginning(state);
  const days: string[] = [];
  // The day of lifting itself is outside for a unit that joined after it.
  const first = liftedAt > from ? lastOwedDay(liftedAt) : firstOwedDay({ from });
  for (let day = first; isReportable({ from }, day, known); day = addDays(day, 1)) days.push(day);
  return days;
}

function isOutside(state: EpisodeState, unit: UnitState, date: string, liftedAt: Instant): boolean {
  const { from } = responseOf(state, unit);
  if (!owesDay({ from }, date) || unit.reports[date]?.status === 'withdrawn') return false;
  return liftedAt <= from || date > lastOwedDay(liftedAt);
}
