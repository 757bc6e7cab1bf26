/** One turn of an episode: what fell due, then the commands in order of arrival, at one moment. */
import { episodeTimeAt } from './clock.js';
import { type Decision, decide, happening, refusals } from './decide/index.js';
import { evolve } from './evolve.js';
import { recall, remember } from './remembered.js';
import { seal } from './seal.js';
import type { Clock, Command, Draft, Entry, EpisodeState, Instant, Outcome } from './types.js';

export interface Turn {
  /** The turn's one moment, real: the later of the clock and the last entry's. */
  now: Instant;
  state: EpisodeState;
  entries: Entry[];
  /** One for each command, in order. */
  outcomes: Outcome[];
  /** Accepted commands that made an entry, with its number. */
  applied: Array<{ commandId: string; bodyHash: string; seq: number }>;
}

/** Past this many entries what else fell due waits for the next turn, so that a turn fits into one message. */
const MAX_HAPPENINGS = 1_500;
/** What may bring about more at the same moment: a notice in effect at once, or the last thing before closing. */
const BRINGS_ABOUT: ReadonlySet<string> = new Set(['start', 'adjust', 'lift', 'publishReview', 'recordDeliveries']);

/** Takes a turn at `clockNow` (real time). The commands see what fell due before them, and each other in order. */
export function takeTurn(before: EpisodeState, commands: readonly Command[], clockNow: Instant): Turn {
  const turn: Turn = {
    now: Math.max(clockNow, before.head.at),
    state: before,
    entries: [],
    outcomes: [],
    applied: [],
  };
  happen(turn);
  for (const command of commands) {
    turn.outcomes.push(carryOut(turn, command));
    if (BRINGS_ABOUT.has(command.body.kind)) happen(turn);
  }
  return turn;
}

function happen(turn: Turn): void {
  if (turn.state.phase === 'new') return;
  while (turn.entries.length < MAX_HAPPENINGS) {
    const drafts = happening(turn.state, episodeTimeAt(turn.state.clock, turn.now));
    if (!drafts) return;
    write(turn, drafts);
  }
}

function carryOut(turn: Turn, { commandId, bodyHash, actor, body }: Command): Outcome {
  const known = recall(turn.state.commands, commandId);
  if (known) {
    return known.bodyHash === bodyHash ? { status: 'accepted', seq: known.seq, repeated: true } : refusals.keyReused();
  }
  const clock = turn.state.phase === 'new' ? clockOf(body, turn.now) : turn.state.clock;
  const decision: Decision = decide(turn.state, body, actor, episodeTimeAt(clock, turn.now), clock);
  if ('status' in decision) return decision;
  if ('standsBy' in decision) return { status: 'accepted', seq: decision.standsBy, repeated: true };
  const seq = turn.state.head.seq + 1;
  write(turn, decision, clock);
  if (decision.length > 0 && actor.role !== 'system') {
    turn.applied.push({ commandId, bodyHash, seq });
    turn.state = { ...turn.state, commands: remember(turn.state.commands, commandId, { bodyHash, seq }) };
  }
  return { status: 'accepted', seq, repeated: false };
}

function write(turn: Turn, drafts: Draft[], clock: Clock = turn.state.clock): void {
  const moment = { at: turn.now, episodeTime: episodeTimeAt(clock, turn.now) };
  for (const draft of drafts) {
    const entry = seal(draft, turn.state.head, moment);
    turn.entries.push(entry);
    turn.state = evolve(turn.state, entry);
  }
}

/** Real time, or for a drill episode time from the start notice's `issuedAt` on, at any date. */
function clockOf(body: Command['body'], now: Instant): Clock {
  if (body.kind !== 'start' || !body.drill) return { realAnchor: now, episodeAnchor: now, timeScale: 1 };
  return { realAnchor: now, episodeAnchor: Date.parse(body.notice.issuedAt), timeScale: body.drill.timeScale };
}
