/**
 * Hands what gateways said to its episode (docs/decisions/0015). The row is the memory: what the engine did not take, because
 * it was away or this process ended, is handed over by the next look at the rows.
 */
import { DISTRICT_CHAIN } from '../../district/state.js';
import type { Actor, Command, CommandBody } from '../../episode/commands.js';
import { markHandedOver, type NotedReceipt, receiptsToHandOver, takeUpEarly } from '../../ledger/receipts.js';
import { atIntervals, type Repeated } from '../../lib/at-intervals.js';
import type { Channel } from '../../plan/types.js';
import { carryOut } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { carryOutForDistrict } from '../engine/district-command.js';
import { theEpisode } from '../engine/load-episode.js';
import { commandIdOf, contentHashOf } from '../http/idempotency.js';
import { isRefusal } from '../http/problems.js';
import { acknowledgeByKey } from './acknowledge-by-key.js';

/** Throws when the outcome is unknown. */
export async function handOver(context: Context, receipt: NotedReceipt): Promise<void> {
  try {
    await tellChain(context, receipt);
  } catch (error) {
    // The episode is over: there is nothing to record any more.
    if (!isRefusal(error)) throw error;
  }
  await markHandedOver(context.database, receipt);
}

async function tellChain(context: Context, receipt: NotedReceipt): Promise<void> {
  const { episodeId } = receipt;
  const asking = { context, isKeyNew: false };
  if (episodeId === DISTRICT_CHAIN) {
    await carryOutForDistrict(asking, commandOf(receipt));
    return;
  }
  const { state } = await theEpisode(context, { episodeId });
  await carryOut(asking, state, commandOf(receipt));
  if (receipt.pressed) await acknowledgeByKey(context, receipt);
}

const EVERY_MS = 30_000;
const MOST_AT_ONCE = 500;

/** Looks for receipts that no episode has, now and every half minute, until it is stopped. */
export const keepHandingOver = (context: Context): Repeated =>
  atIntervals(
    EVERY_MS,
    () => handOverRest(context),
    (error) => context.log.warn({ reason: String(error) }, 'could not look for receipts that no episode has'),
  );

/** Where the engine is away they wait for the next look. */
async function handOverRest(context: Context): Promise<void> {
  await takeUpEarly(context.database);
  const receipts = await receiptsToHandOver(context.database, MOST_AT_ONCE);
  const ended = await Promise.allSettled(receipts.map((one) => handOver(context, one)));
  const failed = ended.filter(({ status }) => status === 'rejected').length;
  if (failed > 0) context.log.warn({ receipts: failed }, 'receipts wait for the engine');
}

const commandOf = ({
  episodeId,
  message,
  contact,
  channel,
  outcome,
  reason,
}: NotedReceipt): Command<Extract<CommandBody, { kind: 'recordReceipt' }>> => ({
  commandId: commandIdOf(GATEWAY.accountId, `receipt ${episodeId}`, `${message} ${contact} ${channel}`),
  bodyHash: contentHashOf({ outcome }),
  actor: GATEWAY,
  body: {
    kind: 'recordReceipt',
    message,
    contact,
    channel: channel as Channel,
    outcome,
    ...(reason === null ? {} : { reason }),
  },
});

/** A program tells it, and nobody has touched the episode. */
const GATEWAY: Actor = { accountId: 'gateway', role: 'system' };
