/** One turn of an episode, at one moment: first the things that fell due, then the commands in order of arrival. */

import { beginFolding, type Folding } from './batch-evolve.js';
import { episodeTimeAt } from './clock.js';
import type { Clock, Command, Instant, Outcome } from './commands.js';
import { type Decision, decide, happening, refuseKey } from './decide/index.js';
import type { Draft, Entry } from './entries.js';
import { sealed } from './hash-chain.js';
import { recall, remember } from './recent-commands.js';
import type { EpisodeState } from './state-types.js';

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

interface TurnUnderWay extends Turn {
  /** Of the whole turn: the units and messages of an episode are copied once for all that happens in it. */
  folding: Folding;
  /** Of the entries. */
  bytes: number;
  /** Things that happened by themselves: each looks at every open deadline. */
  happenings: number;
}

/**
 * A turn has to fit into one message to the engine (2 MiB, with the commands and the last decision), and to be thought
 * through within a second. Past these the rest waits for the next turn.
 */
export const FULL_BYTES = 700_000;
const FULL_HAPPENINGS = 50;
/** After these more falls due at the same moment: units to tell, a notice or a suspension in effect at once, or the seal. */
const BRINGS_ABOUT: ReadonlySet<string> = new Set([
  'start',
  'adjust',
  'lift',
  'suspend',
  'resume',
  'issueCircular',
  'publishReview',
  'recordDeliveries',
  'recordReceipt',
  'recordHandOver',
]);

/**
 * Takes a turn at `clockNow` (real time). The commands see what fell due before them, and each other in order. A turn
 * that is full has fewer outcomes than commands: the rest come again. `underWay`: messages whose outcome is to come back,
 * for which the seal waits.
 */
export function takeTurn(
  before: EpisodeState,
  commands: readonly Command[],
  clockNow: Instant,
  underWay: readonly string[] = [],
): Turn {
  const out = new Set(underWay);
  const turn: TurnUnderWay = {
    now: Math.max(clockNow, before.head.at),
    state: before,
    entries: [],
    outcomes: [],
    applied: [],
    folding: beginFolding(before),
    bytes: 0,
    happenings: 0,
  };
  happen(turn, out);
  for (const command of commands) {
    if (isFull(turn)) break;
    turn.outcomes.push(carryOut(turn, command));
    if (command.body.kind === 'recordDeliveries') for (const { message } of command.body.results) out.delete(message);
    if (BRINGS_ABOUT.has(command.body.kind)) happen(turn, out);
  }
  const { now, state, entries, outcomes, applied } = turn;
  return { now, state, entries, outcomes, applied };
}

const isFull = ({ bytes, happenings }: TurnUnderWay): boolean => bytes >= FULL_BYTES || happenings >= FULL_HAPPENINGS;

function happen(turn: TurnUnderWay, out: ReadonlySet<string>): void {
  if (turn.state.phase === 'new') return;
  while (!isFull(turn)) {
    const drafts = happening(turn.state, episodeTimeAt(turn.state.clock, turn.now), out.size === 0);
    if (!drafts) return;
    turn.happenings += 1;
    write(turn, drafts);
  }
}

function carryOut(turn: TurnUnderWay, { commandId, bodyHash, actor, body }: Command): Outcome {
  const known = recall(turn.state.commands, commandId);
  if (known) {
    return known.bodyHash === bodyHash ? { status: 'accepted', seq: known.seq, repeated: true } : refuseKey();
  }
  const clock = turn.state.phase === 'new' ? clockOf(body, turn.now) : turn.state.clock;
  const decision: Decision = decide(turn.state, body, actor, episodeTimeAt(clock, turn.now), clock);
  if ('status' in decision) return decision;
  const isRepeat = 'repeats' in decision;
  const seq = isRepeat ? decision.repeats : turn.state.head.seq + 1;
  if (!isRepeat) write(turn, decision, clock);
  // Outcomes come once, from the run itself; a gateway may say the same twice.
  if (body.kind !== 'recordDeliveries') {
    if (!isRepeat) turn.applied.push({ commandId, bodyHash, seq });
    turn.state = { ...turn.state, commands: remember(turn.state.commands, commandId, { bodyHash, seq }) };
  }
  return { status: 'accepted', seq, repeated: isRepeat };
}

function write(turn: TurnUnderWay, drafts: Draft[], clock: Clock = turn.state.clock): void {
  const moment = { at: turn.now, episodeTime: episodeTimeAt(clock, turn.now) };
  let previous = turn.state.head;
  for (const draft of drafts) {
    const { entry, bytes } = sealed(draft, previous, moment);
    turn.entries.push(entry);
    turn.bytes += bytes;
    turn.folding.fold(entry);
    previous = { ...moment, seq: entry.seq, hash: entry.hash };
  }
  turn.state = { ...turn.folding.state(), commands: turn.state.commands };
}

/** Real time, or for a drill episode time from the start notice's `issuedAt` on, at any date. */
function clockOf(body: Command['body'], now: Instant): Clock {
  if (body.kind !== 'start' || !body.drill) return { realAnchor: now, episodeAnchor: now, timeScale: 1 };
  return { realAnchor: now, episodeAnchor: Date.parse(body.notice.issuedAt), timeScale: body.drill.timeScale };
}
