import type { DistrictEntry, DistrictState } from '../district/entries.js';
import { DISTRICT_CHAIN } from '../district/state.js';
import { type DistrictCommand, takeDistrictTurn } from '../district/turn.js';
import type { Instant } from '../episode/commands.js';
import type { TurnTaken } from './chain.js';
import type { AppendInput, AppendResult } from './contract.js';
import type { Inbox } from './inbox.js';

interface Around {
  inbox: Inbox<DistrictCommand>;
  append(input: AppendInput): Promise<AppendResult>;
}

/** One turn in the order in which it is durable. Without a clock and an engine: the workflow and tests take the same. */
export async function districtTurnOf(
  before: DistrictState,
  { inbox, append: store }: Around,
  clockNow: Instant,
  underWay: string[],
): Promise<TurnTaken<DistrictState>> {
  const waiting = inbox.take();
  const commands = waiting.map(({ command }) => command);
  const { state, now, entries, outcomes, applied } = takeDistrictTurn(before, commands, clockNow);
  if (entries.length > 0) {
    // The ledger stores a turn of any chain; it folds an episode's alone.
    const turn: AppendInput<DistrictCommand, DistrictEntry> = {
      chainId: DISTRICT_CHAIN,
      now,
      commands: commands.slice(0, outcomes.length),
      underWay,
      applied,
      entries,
    };
    await store(turn as AppendInput<unknown, unknown> as AppendInput);
  }
  for (const [i, outcome] of outcomes.entries()) waiting[i]!.answer(outcome);
  inbox.putBack(waiting.slice(outcomes.length));
  return { state };
}
