/** The messages that may go, the most urgent first: after an outage of a server many wait. */
import type { Instant } from './commands.js';
import { AWAITS_RECEIPT } from './deadline-names.js';
import type { EpisodeState, Message } from './state-types.js';

export function readyMessages(state: EpisodeState, now: Instant): Message[] {
  const ready = Object.values(state.messages).filter(
    ({ notBefore, waitsBecause }) => notBefore <= now && waitsBecause !== AWAITS_RECEIPT,
  );
  return ready.sort((one, other) => urgencyOf(one) - urgencyOf(other) || one.about[0] - other.about[0]);
}

/** Order: 0 notices and tasks, to the public media too, 1 missed deadlines, 2 reminders, 3 digests. A question to the office is a reminder. */
export function urgencyOf({
  to,
  deadlines,
  isReminder,
  asks,
}: Pick<Message, 'to' | 'deadlines' | 'isReminder' | 'asks'>): number {
  if (isReminder || asks) return 2;
  if (deadlines.some(({ stepsTaken }) => stepsTaken > 0)) return 1;
  return to.kind === 'unit' || to.kind === 'media' ? 0 : 3;
}
