/** Which messages may go, the most urgent first: after an outage of a server many wait. */
import type { Instant } from './commands.js';
import type { Delivery, EpisodeState } from './state-types.js';

export function readyDeliveries(state: EpisodeState, now: Instant): Delivery[] {
  const ready = Object.values(state.deliveries).filter(({ notBefore }) => notBefore <= now);
  return ready.sort((one, other) => rankOf(one) - rankOf(other) || one.about[0]! - other.about[0]!);
}

/** What is in force from when; then what was missed, what is about to be, and what only sums up. */
function rankOf({ to, deadlines, isReminder }: Delivery): number {
  if (isReminder) return 2;
  if (deadlines.some(({ called }) => called > 0)) return 1;
  return to.kind === 'unit' ? 0 : 3;
}
