/** What falls due in an episode, and when. A deadline has passed from the first millisecond after its `dueAt`. */
import { addDays, beijingDate, firstOwedDay, lastOwedDay, owesDay, reportDueAt } from '../plan/calendar.js';
import { isReviewPublished, responseOf, startNotice, unitsOf } from './state.js';
import type { DeadlineKind, Delivery, EpisodeState, Instant, NoticeDeadline, NoticeState, UnitState } from './types.js';

/** A deadline that nobody has met yet. `subject`: the notice's number, or the report's day. */
export interface PendingDeadline {
  deadline: DeadlineKind;
  dueAt: Instant;
  unitId?: string;
  subject?: string;
}

/**
 * The earliest moment at which something happens by itself or a message may go out; `undefined` when nothing will.
 * `isHeld`: messages that are under way already, or may not go now.
 */
export function due(state: EpisodeState, isHeld: (delivery: Delivery) => boolean = () => false): Instant | undefined {
  const moments = [nextEffect(state)?.effectiveAt, ...pendingDeadlines(state).map(({ dueAt }) => dueAt + 1)];
  for (const delivery of Object.values(state.deliveries)) if (!isHeld(delivery)) moments.push(delivery.notBefore);
  if (isReadyToClose(state)) moments.push(state.head.episodeTime);
  return moments.reduce(
    (first, moment) => (moment === undefined || (first ?? Infinity) <= moment ? first : moment),
    undefined,
  );
}

/** The next notice that is to take effect. */
export const nextEffect = (state: EpisodeState): NoticeState | undefined =>
  state.notices.find((notice) => !notice.inEffect);

/** Sealed once the review is published and no message is under way: `episode.closed` is the last entry. */
export const isReadyToClose = (state: EpisodeState): boolean =>
  state.phase === 'reviewing' && isReviewPublished(state) && Object.keys(state.deliveries).length === 0;

/** Every deadline that is open, in no particular order; of daily reports those up to the present day's. */
export function pendingDeadlines(state: EpisodeState): PendingDeadline[] {
  if (state.phase === 'new' || state.phase === 'closed') return [];
  const pending: PendingDeadline[] = [];
  const days = pendingReportDays(state);
  for (const unit of unitsOf(state)) {
    const { unitId } = unit;
    addOpen(pending, 'acknowledgement', unitId, unit.acknowledgements);
    addOpen(pending, 'implementation', unitId, unit.implementation);
    for (const { date, dueAt } of days) {
      if (owes(state, unit, date)) pending.push({ deadline: 'report', dueAt, unitId, subject: date });
    }
    if (state.summaryDueAt !== undefined && !unit.summary) {
      pending.push({ deadline: 'summary', dueAt: state.summaryDueAt, unitId });
    }
  }
  if (state.followUp?.status === 'pending') pending.push({ deadline: 'follow-up', dueAt: state.followUp.dueAt });
  if (state.review?.status === 'pending') pending.push({ deadline: 'review', dueAt: state.review.dueAt });
  return pending;
}

function addOpen(
  pending: PendingDeadline[],
  deadline: DeadlineKind,
  unitId: string,
  deadlines: readonly NoticeDeadline[],
): void {
  for (const { status, dueAt, noticeNumber } of deadlines) {
    if (status === 'pending') pending.push({ deadline, dueAt, unitId, subject: noticeNumber });
  }
}

const owes = (state: EpisodeState, unit: UnitState, date: string): boolean =>
  !unit.reports[date] && owesDay(responseOf(state, unit), date);

/** When the report of a day is due in this episode (§5.1). */
export const reportDue = (state: EpisodeState, date: string): Instant =>
  reportDueAt(date, state.policy.dailyReportTime, startNotice(state).enteredAt);

/**
 * Days whose reports are not all decided: from the present day back to the last whose hour had passed at the last
 * entry, for by then each was submitted or recorded as missed.
 */
function pendingReportDays(state: EpisodeState): Array<{ date: string; dueAt: Instant }> {
  if (state.responseLevel === undefined) return [];
  const from = startNotice(state).effectiveAt;
  const first = firstOwedDay({ from });
  const days: Array<{ date: string; dueAt: Instant }> = [];
  const last = state.liftedAt === undefined ? latestDay(state) : lastOwedDay(state.liftedAt);
  for (let date = last; date >= first; date = addDays(date, -1)) {
    const dueAt = reportDue(state, date);
    if (dueAt < state.head.episodeTime && !unitsOf(state).some((unit) => owes(state, unit, date))) break;
    days.push({ date, dueAt });
  }
  return days;
}

const latestDay = (state: EpisodeState): string => beijingDate(state.head.episodeTime);
