/** Gateways tell here whether a message that they took has arrived (docs/decisions/0015, docs/operations.md). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type NotedReceipt, noteReceipt } from '../../ledger/receipts.js';
import type { Channel } from '../../plan/types.js';
import type { Context, ReceiptSettings } from '../engine/context.js';
import { readText } from '../http/body.js';
import { loggedPath, RECEIPTS_PATH } from '../http/logged-path.js';
import { addressNotFound, outcomeUnknown } from '../http/problems.js';
import { handOver } from './hand-over.js';
import { contentIn, fieldsIn, type ReadReceipt, receiptsIn } from './read-receipts.js';

const ANSWER = { code: 0 };

/**
 * Without settings for its channel, or with another secret, there is no such address. The secret comes first: nobody else's
 * body is read. By GET a gateway tells of one message, in the query; the same again changes nothing, as by POST.
 */
export function receiptRoutes(context: Context): Router {
  const path = `${RECEIPTS_PATH}/:channel/:secret`;
  return Router()
    .get(
      path,
      receive(context, async ({ each: _, ...settings }, { url }) => receiptsIn(fieldsIn(url), settings)),
    )
    .post(
      path,
      receive(context, async (settings, request, response) =>
        receiptsIn(contentIn(await readText(request, response)), settings),
      ),
    );
}

type Read = (settings: ReceiptSettings, request: Request, response: Response) => Promise<ReadReceipt[]>;

const receive =
  (context: Context, read: Read): RequestHandler =>
  async (request, response) => {
    const settings = settingsFor(context, request);
    const channel = request.params.channel as Channel;
    const noted: Array<NotedReceipt | 'unknown' | 'kept' | 'perhaps'> = [];
    for (const { messageId, ...said } of await read(settings, request, response))
      noted.push(...[await noteReceipt(context.database, channel, messageId, said)].flat());
    // One that has to be sent again holds up none that stands behind it, and all together wait no longer than one.
    const ended = await Promise.allSettled(noted.map((one) => take(context, channel, one)));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    answer(response, settings.reply ?? ANSWER);
  };

/** Gateways that want a word want it without quotation marks. */
const answer = (response: Response, reply: unknown) =>
  typeof reply === 'string' ? response.type('text').send(reply) : response.json(reply);

function settingsFor({ receipts = {} }: Context, { params, path }: Request): ReceiptSettings {
  const { channel, secret } = params;
  const settings = Object.hasOwn(receipts, String(channel)) ? receipts[channel as Channel] : undefined;
  if (!settings || !timingSafeEqual(digest(String(secret)), digest(settings.secret)))
    throw addressNotFound(loggedPath(path, undefined));
  return settings;
}

/** Of equal length, so that the comparison takes the same time whatever is sent. */
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * The row first: the first receipt of a message stands, and a repeat of the call finds it. One that comes before the id of
 * its message is stored has a row of its own. 503 asks the gateway to repeat, because the outcome of the command is unknown;
 * if it gives up, what the row holds is handed over later.
 */
async function take(
  context: Context,
  channel: Channel,
  noted: NotedReceipt | 'unknown' | 'kept' | 'perhaps',
): Promise<void> {
  if (noted === 'perhaps') throw outcomeUnknown();
  if (noted === 'kept') return;
  if (noted === 'unknown') context.log.warn({ channel }, 'a receipt of no message of ours');
  else await handOver(context, noted);
}
