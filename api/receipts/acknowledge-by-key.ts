/** The key pressed in a call acknowledges for the unit, as the button behind a link does (docs/decisions/0018). */
import { acknowledgementsAskedIn } from '../../episode/asked-acknowledgements.js';
import type { Actor } from '../../episode/commands.js';
import { isOpen } from '../../episode/due.js';
import { acknowledgementOf } from '../../episode/state.js';
import type { EpisodeState, UnitState } from '../../episode/state-types.js';
import type { DeliveryKey } from '../../ledger/deliveries.js';
import { carryOut } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { theUnitOfEpisode } from '../engine/load-episode.js';
import { theEntry } from '../engine/present.js';
import { commandIdOf, contentHashOf } from '../http/idempotency.js';

/** Nobody has signed in: the actor answered the unit's telephone. */
const BY_CALL: Actor = { accountId: 'call', role: 'unit' };

/**
 * Of the open notices those that the call read out: whoever pressed the key has heard of no other. Example: a call about
 * a missing report acknowledges nothing. The same notices and contact make the same command.
 */
export async function acknowledgeByKey(context: Context, { episodeId, message, contact }: DeliveryKey): Promise<void> {
  const [, unitId, seq] = /^unit:(.+):(\d+)$/.exec(message) ?? [];
  if (unitId === undefined) return;
  const { state, unit } = await theUnitOfEpisode(context, { episodeId, unitId });
  const readOut = acknowledgementsAskedIn(await theEntry(context, episodeId, Number(seq)));
  const noticeIds = openNotices(state, unit).filter((noticeId) => readOut.includes(noticeId));
  if (noticeIds.length === 0) return;
  await carryOut({ context, isKeyNew: false }, state, {
    commandId: commandIdOf(`call:${contact}`, `acknowledge ${episodeId} ${unitId}`, noticeIds.join(' ')),
    bodyHash: contentHashOf({}),
    actor: BY_CALL,
    body: { kind: 'acknowledge', unitId, noticeIds, call: { contact } },
  });
}

const openNotices = (state: EpisodeState, { unitId, acknowledgements, lifting }: UnitState): string[] =>
  [...acknowledgements, ...(lifting ? [lifting] : [])].flatMap(({ noticeId }) => {
    const deadline = acknowledgementOf(state, noticeId);
    return isOpen(state, { deadline, unitId, subject: noticeId }) ? [noticeId] : [];
  });
