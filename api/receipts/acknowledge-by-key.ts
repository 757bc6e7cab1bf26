/** The key pressed in a call acknowledges for the unit, as the button behind a link does (docs/decisions/0018). */
import type { Actor } from '../../episode/commands.js';
import { isOpen } from '../../episode/due.js';
import { acknowledgementOf, noticeOf } from '../../episode/state.js';
import type { EpisodeState, UnitState } from '../../episode/state-types.js';
import type { DeliveryKey } from '../../ledger/deliveries.js';
import { carryOut } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { theUnitOfEpisode } from '../engine/load-episode.js';
import { commandIdOf, contentHashOf } from '../http/idempotency.js';

/** Nobody has signed in: the actor answered the unit's telephone. */
const BY_CALL: Actor = { accountId: 'call', role: 'unit' };

/**
 * The same notices and contact make the same command. A notice that was entered after the call was made is not
 * acknowledged by it: nobody has heard of it.
 */
export async function acknowledgeByKey(context: Context, { episodeId, message, contact }: DeliveryKey): Promise<void> {
  const [, unitId, seq] = /^unit:(.+):(\d+)$/.exec(message) ?? [];
  if (unitId === undefined) return;
  const { state, unit } = await theUnitOfEpisode(context, { episodeId, unitId });
  const open = openNotices(state, unit);
  if (open.length === 0 || open.some((noticeId) => noticeOf(state, noticeId).seq > Number(seq))) return;
  await carryOut({ context, isKeyNew: false }, state, {
    commandId: commandIdOf(`call:${contact}`, `acknowledge ${episodeId} ${unitId}`, open.join(' ')),
    bodyHash: contentHashOf({}),
    actor: BY_CALL,
    body: { kind: 'acknowledge', unitId, call: { contact } },
  });
}

const openNotices = (state: EpisodeState, { unitId, acknowledgements, lifting }: UnitState): string[] =>
  [...acknowledgements, ...(lifting ? [lifting] : [])].flatMap(({ noticeId }) => {
    const deadline = acknowledgementOf(state, noticeId);
    return isOpen(state, { deadline, unitId, subject: noticeId }) ? [noticeId] : [];
  });
