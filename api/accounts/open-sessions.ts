import { sessionsOf } from '../../ledger/people/sessions.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { LONGEST_SESSION, SESSION_IDLE } from '../auth/sessions.js';
import type { Context } from '../engine/context.js';

/** Where an account is signed in, as its person and the administrator see it. */
export async function openSessionsOf({ database, clock }: Context, accountId: string) {
  const open = await sessionsOf(database, accountId);
  const now = clock();
  return open
    .filter(({ data }) => now < data.since + LONGEST_SESSION)
    .map(({ sessionId, data: { since, visit }, endsAt }) => ({
      sessionId,
      since: beijingIso(since),
      lastUsedAt: beijingIso(Math.max(since, endsAt - SESSION_IDLE)),
      ...visit,
    }));
}
