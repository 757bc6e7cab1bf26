import { setTimeout as pause } from 'node:timers/promises';
import type { Actor, Command, CommandBody, Outcome } from '../../episode/commands.js';
import { refuseKey, whenOver } from '../../episode/decide/refusals.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { commandIdOf, contentHashOf } from '../http/idempotency.js';
import { isProblemType, outcomeUnknown, Problem, problemOf } from '../http/problems.js';
import type { Call } from '../http/route.js';
import { UpdateRefused } from './engine.js';

/** The longest wait of an HTTP call for an outcome (docs/design.md, "HTTP"). */
const LONGEST_WAIT = 10_000;

/** The entry of the command, and whether the command is a repeat. */
export interface Accepted {
  seq: number;
  repeated: boolean;
}

type AnyCall = Call<unknown, unknown, unknown, unknown>;
type Asked = Pick<AnyCall, 'account' | 'action' | 'key'>;
type Asking = Pick<AnyCall, 'context' | 'isKeyNew'>;

export const actorOf = ({ account }: Asked): Actor => ({ accountId: account.accountId, role: account.role });

/** A request as a command; `content` is what the caller sent, after defaults. */
export const commandOf = (call: Asked, content: unknown, body: CommandBody): Command => ({
  ...identityOf(call, content),
  actor: actorOf(call),
  body,
});

/** What makes two requests the same. */
export const identityOf = (
  { account, action, key }: Asked,
  content: unknown,
): Pick<Command, 'commandId' | 'bodyHash'> => ({
  commandId: commandIdOf(account.accountId, action, key),
  bodyHash: contentHashOf(content),
});

/** The answer to a command that is already in the ledger; `undefined` for a new one. */
export async function alreadyCarriedOut(
  { context, isKeyNew }: Asking,
  episodeId: string,
  { commandId, bodyHash }: Pick<Command, 'commandId' | 'bodyHash'>,
): Promise<Accepted | undefined> {
  if (isKeyNew) return undefined;
  const made = await context.reads.command(episodeId, commandId);
  if (made && made.bodyHash !== bodyHash) throw problemOf(refuseKey());
  return made && { seq: made.seq, repeated: true };
}

/**
 * Carries a command out at most once. A closed episode answers repeats only. `admit` refuses by what may change later, as
 * contacts do: a repeat is answered by its entry, whatever holds by then.
 */
export async function carryOut(
  asking: Asking,
  state: EpisodeState,
  command: Command,
  admit: () => Promise<void> = async () => {},
): Promise<Accepted> {
  const earlier = await alreadyCarriedOut(asking, state.episodeId, command);
  if (earlier) return earlier;
  await admit();
  requireNotOver(state);
  return accepted(asking.context.gate.submit(state.episodeId, command));
}

/** Refuses a new command to an episode that is over. */
export function requireNotOver(state: EpisodeState): void {
  const over = whenOver(state);
  if (over) throw problemOf(over);
}

/** Waits for an outcome up to the limit of an HTTP call. Throws refusals. */
export async function accepted(outcome: Promise<Outcome>): Promise<Accepted> {
  const patience = new AbortController();
  const tooLate = pause(LONGEST_WAIT, undefined, { signal: patience.signal }).then(
    () => {
      throw outcomeUnknown();
    },
    () => new Promise<never>(() => {}),
  );
  try {
    const known = await Promise.race([outcome, tooLate]);
    if (known.status === 'refused') throw problemOf(known);
    return known;
  } catch (error) {
    throw error instanceof UpdateRefused ? refusedWhole(error) : error;
  } finally {
    patience.abort();
  }
}

const refusedWhole = (error: UpdateRefused): Error =>
  isProblemType(error.type) ? new Problem(error.type, error.message) : error;
