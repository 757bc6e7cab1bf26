/** One turn of the district's chain, at one moment: first what fell due, then the commands in order of arrival. */
import type { Command, Instant, Outcome } from '../episode/commands.js';
import { refuseKey } from '../episode/decide/index.js';
import { sealed } from '../episode/hash-chain.js';
import { recall, remember } from '../episode/recent-commands.js';
import { FULL_BYTES } from '../episode/turn.js';
import { decideDistrict, districtHappening } from './decide.js';
import type { DistrictCommandBody, DistrictDraft, DistrictEntry, DistrictState } from './entries.js';
import { evolveDistrict } from './evolve.js';
import { withoutDone } from './state.js';

export type DistrictCommand = Command<DistrictCommandBody>;

export interface DistrictTurn {
  now: Instant;
  state: DistrictState;
  entries: DistrictEntry[];
  outcomes: Outcome[];
  applied: Array<{ commandId: string; bodyHash: string; seq: number }>;
  bytes: number;
}

export function takeDistrictTurn(
  before: DistrictState,
  commands: readonly DistrictCommand[],
  clockNow: Instant,
): DistrictTurn {
  const now = Math.max(clockNow, before.head.at);
  const turn: DistrictTurn = { now, state: before, entries: [], outcomes: [], applied: [], bytes: 0 };
  happen(turn);
  for (const command of commands) {
    if (turn.bytes >= FULL_BYTES) break;
    turn.outcomes.push(carryOut(turn, command));
  }
  happen(turn);
  turn.state = withoutDone(turn.state);
  return turn;
}

const happen = (turn: DistrictTurn): void => write(turn, districtHappening(turn.state, turn.now) ?? []);

function carryOut(turn: DistrictTurn, { commandId, bodyHash, actor, body }: DistrictCommand): Outcome {
  const known = recall(turn.state.commands, commandId);
  if (known) {
    return known.bodyHash === bodyHash ? { status: 'accepted', seq: known.seq, repeated: true } : refuseKey();
  }
  const decision = decideDistrict(turn.state, body, actor, turn.now);
  if ('status' in decision) return decision;
  const isRepeat = 'repeats' in decision;
  const seq = isRepeat ? decision.repeats : turn.state.head.seq + 1;
  if (!isRepeat) write(turn, decision);
  // Outcomes come once, from the run itself.
  if (body.kind !== 'recordDeliveries') {
    if (!isRepeat) turn.applied.push({ commandId, bodyHash, seq });
    turn.state = { ...turn.state, commands: remember(turn.state.commands, commandId, { bodyHash, seq }) };
  }
  return { status: 'accepted', seq, repeated: isRepeat };
}

function write(turn: DistrictTurn, drafts: readonly DistrictDraft[]): void {
  for (const draft of drafts) {
    const { entry, bytes } = sealed<DistrictEntry>(draft, turn.state.head, { at: turn.now, episodeTime: turn.now });
    turn.entries.push(entry);
    turn.bytes += bytes;
    turn.state = evolveDistrict(turn.state, entry);
  }
}
