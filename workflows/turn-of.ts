import type { Command, Instant, Outcome, StartCommand } from '../episode/commands.js';
import { refuseStart, whenOver } from '../episode/decide/index.js';
import type { EpisodeState } from '../episode/state-types.js';
import { type Turn, takeTurn } from '../episode/turn.js';
import type { TurnTaken } from './chain.js';
import type { AppendInput, AppendResult } from './contract.js';
import type { Inbox } from './inbox.js';

interface Around {
  inbox: Inbox;
  append(input: AppendInput): Promise<AppendResult>;
}

/**
 * One turn in the order in which it is durable: decides what has come and what is due, stores the entries, and only then
 * has a new state and answers. Without a clock and an engine: the workflow and tests take the same.
 */
export async function turnOf(
  before: EpisodeState,
  { inbox, append }: Around,
  now: Instant,
  underWay: string[],
): Promise<TurnTaken<EpisodeState>> {
  // The first turn holds only the start, which decides whether there is an episode at all.
  const waiting = before.phase === 'new' ? inbox.take(1) : inbox.take();
  const commands = waiting.map(({ command }) => command);
  const turn = takeTurn(before, commands, now, underWay);
  const refused = await store(append, before, turn, commands, underWay);
  for (const [i, outcome] of turn.outcomes.entries()) waiting[i]!.answer(refused ?? outcome);
  inbox.putBack(waiting.slice(turn.outcomes.length));

  const state = refused ? before : turn.state;
  if (state.phase === 'new') return { state, ended: refused ?? turn.outcomes[0]! };
  const over = state.phase === 'closed' && whenOver(state);
  return over ? { state, ended: over } : { state };
}

/** Stores a turn; a refusal means that nothing was stored and the episode does not begin. */
async function store(
  append: Around['append'],
  before: EpisodeState,
  { now, entries, applied, outcomes }: Turn,
  commands: Command[],
  underWay: string[],
): Promise<Outcome | undefined> {
  if (entries.length === 0) return undefined;
  const result = await append({
    chainId: before.episodeId,
    ...(before.head.seq === 0 ? { binding: before.binding } : {}),
    now,
    commands: commands.slice(0, outcomes.length),
    underWay,
    applied,
    entries,
  });
  return result.status === 'stored' ? undefined : refuseStart(before.binding.rules, commands[0]!.body as StartCommand);
}
