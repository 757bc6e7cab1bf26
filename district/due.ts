/** When owner and office are told of a revision: at its opening, days ahead, once it is due, and again and again after (policy). */
import type { Instant } from '../episode/commands.js';
import { HOUR } from '../plan/rules/calendar.js';
import { afterQuiet } from '../plan/rules/quiet.js';
import type { DistrictMessage, DistrictState, ReminderStage, RevisionState } from './entries.js';
import { openRevisions } from './state.js';

const DAY = 24 * HOUR;

export interface RevisionReminder {
  revision: RevisionState;
  stage: ReminderStage;
  at: Instant;
}

/**
 * The next reminder of a revision. Opened on the 10th, due on the 20th at 18:00, with three days ahead and seven between: on the
 * 10th, on the 17th at 18:00, on the 20th at 18:00 and a millisecond (22:00 is told at 09:00), on the 27th. After an outage the last
 * that is due counts, once. One that was opened three days before it is due, or later, has no reminder ahead. The office opens its
 * own, and is not told that.
 */
export function nextReminder(revision: RevisionState, now: Instant): RevisionReminder | undefined {
  const { done, dueAt, openedAt, told, unitId, reminders } = revision;
  if (done) return undefined;
  const by = (stage: ReminderStage, moment: Instant) => ({ revision, stage, at: afterQuiet(moment, reminders.quiet) });
  if (now <= dueAt) {
    if (told === undefined && unitId !== undefined) return by('opened', openedAt);
    const isAheadToCome = told === undefined || told.stage === 'opened';
    const ahead = dueAt - reminders.aheadDays * DAY;
    if (isAheadToCome && ahead > openedAt) return by('ahead', ahead);
  }
  if (told?.stage !== 'due' && told?.stage !== 'again') return by('due', dueAt + 1);
  return by('again', told.at + reminders.againDays * DAY);
}

/** Reminders that have come due by a moment, the earliest first. */
export const remindersDue = (state: DistrictState, now: Instant): RevisionReminder[] =>
  openRevisions(state)
    .flatMap((one) => nextReminder(one, now) ?? [])
    .filter(({ at }) => at <= now)
    .sort((one, other) => one.at - other.at);

/** The earliest moment at which something happens by itself, or a message may go that is not held. */
export function districtDue(
  state: DistrictState,
  now: Instant,
  isHeld: (message: DistrictMessage) => boolean = () => false,
): Instant | undefined {
  const moments = openRevisions(state).flatMap((one) => nextReminder(one, now)?.at ?? []);
  for (const message of Object.values(state.messages)) if (!isHeld(message)) moments.push(message.notBefore);
  return moments.length === 0 ? undefined : Math.min(...moments);
}
