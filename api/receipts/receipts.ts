/** Gateways tell here whether a message that they took has arrived (docs/decisions/0015, docs/operations.md). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Actor, Command } from '../../episode/commands.js';
import { type DeliveryKey, noteReceipt } from '../../ledger/deliveries.js';
import type { Channel } from '../../plan/types.js';
import { carryOut } from '../engine/commands.js';
import type { Context, ReceiptSettings } from '../engine/context.js';
import { theEpisode } from '../engine/load-episode.js';
import { readText } from '../http/body.js';
import { commandIdOf, contentHashOf } from '../http/idempotency.js';
import { RECEIPTS_PATH } from '../http/logged-path.js';
import { isRefusal, notFound, outcomeUnknown } from '../http/problems.js';
import { acknowledgeByKey } from './acknowledge-by-key.js';
import { contentIn, type ReadReceipt, receiptsIn } from './read-receipts.js';

const ANSWER = { code: 0 };

/** A receipt with what its row says. */
interface Noted extends Pick<ReadReceipt, 'acknowledged'> {
  row: Awaited<ReturnType<typeof noteReceipt>>;
}

/**
 * Without settings for its channel, or with another secret, there is no such address. The secret comes first: nobody else's
 * body is read.
 */
export function receiptRoutes(context: Context): Router {
  return Router().post(`${RECEIPTS_PATH}/:channel/:secret`, receive(context));
}

const receive =
  (context: Context): RequestHandler =>
  async (request, response) => {
    const settings = settingsFor(context, request.params);
    const channel = request.params.channel as Channel;
    const receipts = receiptsIn(contentIn(await readText(request, response)), settings);
    const noted: Noted[] = [];
    for (const { messageId, ...said } of receipts)
      noted.push({ ...said, row: await noteReceipt(context.database, channel, messageId, said) });
    // One that has to be sent again holds up none that stands behind it, and all together wait no longer than one.
    const ended = await Promise.allSettled(noted.map((one) => take(context, channel, one)));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    answer(response, settings.reply ?? ANSWER);
  };

/** Gateways that want a word want it without quotation marks. */
const answer = (response: Response, reply: unknown) =>
  typeof reply === 'string' ? response.type('text').send(reply) : response.json(reply);

function settingsFor({ receipts = {} }: Context, { channel, secret }: Request['params']): ReceiptSettings {
  const settings = Object.hasOwn(receipts, String(channel)) ? receipts[channel as Channel] : undefined;
  if (!settings || !timingSafeEqual(digest(String(secret)), digest(settings.secret))) throw notFound('这个地址');
  return settings;
}

/** Of equal length, so that the comparison takes the same time whatever is sent. */
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * The row first: the first receipt of a message stands, and a repeat of the call finds it. 503 asks the gateway to repeat:
 * the outcome of the command is unknown, or the message is so new that its id is not stored yet.
 */
async function take(context: Context, channel: Channel, { acknowledged, row: noted }: Noted): Promise<void> {
  if (noted === 'perhaps') throw outcomeUnknown();
  if (noted === 'unknown') {
    context.log.warn({ channel }, 'a receipt of no message of ours');
    return;
  }
  const { state } = await theEpisode(context, { episodeId: noted.episodeId });
  try {
    await carryOut({ context, isKeyNew: false }, state, commandOf(noted));
    if (acknowledged) await acknowledgeByKey(context, noted);
  } catch (error) {
    // The episode is over: there is nothing to record any more.
    if (!isRefusal(error)) throw error;
  }
}

const commandOf = ({
  episodeId,
  message,
  contact,
  channel,
  outcome,
  reason,
}: DeliveryKey & Pick<ReadReceipt, 'outcome'> & { reason: string | null }): Command => ({
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
