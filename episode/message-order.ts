/** The messages that may go, the most urgent first: after an outage of a server many wait. */
import type { Instant } from './commands.js';
import { AWAITS_RECEIPT } from './deadline-names.js';
import type { EpisodeState, Message } from './state-types.js';

export function readyMessages(state: EpisodeState, now: Instant): Message[] {
  const ready = Object.values(state.messages).filter(
    ({ notBefore, waitsBecause }) => notBefore <= now && waitsBecause !== AWAITS_RECEIPT,
  );
  return ready.sort((one, other) => rankOf(one) - rankOf(other) || one.about[0] - other.about[0]);
}

/** Order: notices and tasks, missed deadlines, reminders, digests. A question to the office is a reminder. */
function rankOf({ to, deadlines, isReminder, asks }: Message): number {
  if (isReminder || asks) return 2;
  if (deadlines.some(({ stepsTaken }) => stepsTaken > 0)) return 1;
  return to.kind === 'unit' ? 0 : 3;
}
