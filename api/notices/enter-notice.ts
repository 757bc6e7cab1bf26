import { setTimeout as pause } from 'node:timers/promises';
import type { Command, Outcome } from '../../episode/commands.js';
import { refuseKey } from '../../episode/decide/refusals.js';
import type { Database } from '../../ledger/database.js';
import {
  type Claimed,
  claimNotice,
  findClaim,
  type NoticeClaim,
  releaseNotice,
  replaceCorrected,
  replaceCutOff,
} from '../../ledger/notices.js';
import { findCommand, findEpisode } from '../../ledger/reading/reading.js';
import { foldedNumber } from '../../lib/normal/notice-number.js';
import { type Accepted, accepted } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { UpdateRefused } from '../engine/engine.js';
import { contentHashOf } from '../http/idempotency.js';
import { Problem, problemOf } from '../http/problems.js';

export interface NoticeEntered extends Accepted {
  /** The episode of the notice. For a repeated start, that of the first. */
  episodeId: string;
}

interface NoticeCommand {
  scope: string;
  episodeId: string;
  kind: NoticeClaim['kind'];
  /** Absent of a notice that has none. Then only its idempotency key tells that it is repeated. */
  number: string | undefined;
  /** Route and content after defaults, the number folded. A number with the same hash is the same notice. */
  action: string;
  content: unknown;
  command: Command;
  /** Refusals from the read model, for new notices only. */
  admit: () => Promise<void>;
  send: (episodeId: string, command: Command) => Promise<Outcome>;
}

/**
 * Enters a notice once. Its number is claimed before the command, and given back as soon as a refusal is known. A claim
 * without a command in the ledger was cut off, so the same command is sent again.
 */
export async function enterNotice(context: Context, notice: NoticeCommand): Promise<NoticeEntered> {
  const { database } = context;
  if (notice.number === undefined) return enterWithoutNumber(context, notice);
  const claim = await claimed(context, notice, notice.number);
  const { episodeId, commandId } = claim.row;
  const made = claim.status === 'same' ? await findCommand(database, episodeId, commandId) : undefined;
  if (made) return { episodeId, seq: made.seq, repeated: true };

  try {
    if (claim.status === 'claimed') await notice.admit();
  } catch (error) {
    await releaseNotice(database, commandId);
    throw error;
  }
  const outcome = giveBackIfRefused(context, commandId, notice.send(episodeId, { ...notice.command, commandId }));
  return { episodeId, ...(await accepted(outcome)) };
}

async function enterWithoutNumber(
  { database }: Context,
  { episodeId, command, admit, send }: NoticeCommand,
): Promise<NoticeEntered> {
  try {
    await admit();
  } catch (error) {
    // Its own first try may be what stands in the way.
    const made = await findCommand(database, episodeId, command.commandId);
    if (!made) throw error;
    return { episodeId, seq: made.seq, repeated: true };
  }
  return { episodeId, ...(await accepted(send(episodeId, command))) };
}

/** The entry of the same notice, if it was entered before. Different content of its number is a conflict. Claims nothing. */
export async function alreadyEnteredAs(
  { database }: Context,
  { scope, number, action, content }: Pick<NoticeCommand, 'scope' | 'number' | 'action' | 'content'>,
): Promise<{ episodeId: string; seq: number } | undefined> {
  if (number === undefined) return undefined;
  const row = await findClaim(database, scope, foldedNumber(number));
  const made = row && (await findCommand(database, row.episodeId, row.commandId));
  if (!made) return undefined;
  if (row.contentHash === contentHashOf({ action, content })) return { episodeId: row.episodeId, seq: made.seq };
  if (!(await isCorrected(database, row))) throw conflict(number, row);
  return undefined;
}

/** The episode has given the notice of this number another one since. */
async function isCorrected(database: Database, { episodeId, number: known }: NoticeClaim): Promise<boolean> {
  const episode = await findEpisode(database, episodeId);
  return !episode?.notices.some((one) => one.number !== undefined && foldedNumber(one.number) === known);
}

/** The longest wait for the outcome of the number's other content. Then the answer is 503. */
const LONGEST_WAIT = 10_000;
const BETWEEN = 100;

/**
 * The claim of a notice's number. Different content is a conflict once its command is in the ledger, unless the number was
 * corrected since, and unknown before. A command that was cut off gives its number up.
 */
async function claimed(
  { database, gate, engine, clock }: Context,
  notice: NoticeCommand,
  number: string,
): Promise<Claimed> {
  const claim: NoticeClaim = {
    scope: notice.scope,
    number: foldedNumber(number),
    contentHash: contentHashOf({ action: notice.action, content: notice.content }),
    commandId: notice.command.commandId,
    episodeId: notice.episodeId,
    kind: notice.kind,
  };
  const isCutOff = async ({ kind, episodeId, commandId }: NoticeClaim) =>
    !gate.isUnderWay(commandId) && !(kind === 'start' && (await engine.has(episodeId)));

  for (let waited = 0; ; waited += BETWEEN) {
    const found = await claimNotice(database, claim, clock()).catch((error: unknown) => {
      throw isClaimedByCommand(error) ? problemOf(refuseKey()) : error;
    });
    if (found.status !== 'conflict') return found;
    const { row } = found;
    // The claim was made again from the command (ledger/notices.ts, `restoreClaims`).
    if (row.commandId === claim.commandId && row.contentHash === notice.command.bodyHash)
      return { status: 'same', row };
    if (await findCommand(database, row.episodeId, row.commandId)) {
      if (!(await isCorrected(database, row))) throw conflict(number, row);
      if (await replaceCorrected(database, row, claim, clock())) return { status: 'claimed', row: claim };
    } else if ((await isCutOff(row)) && (await replaceCutOff(database, row, claim, clock())))
      return { status: 'claimed', row: claim };
    if (waited >= LONGEST_WAIT) throw otherUnknown(number);
    await pause(BETWEEN);
  }
}

const conflict = (number: string, { kind }: NoticeClaim): Problem =>
  new Problem(
    'notice-conflict',
    kind === 'number'
      ? `文号“${number}”已补录给先前以电话等方式录入的通知，不必再次录入；如是另一份通知，请核对文号。`
      : `文号“${number}”已用于内容不同的通知，请核对文号和内容。`,
  );

const otherUnknown = (number: string): Problem =>
  new Problem(
    'outcome-unknown',
    `文号“${number}”刚才已用于内容不同的通知，尚不知是否已办理。请一分钟后用同一 Idempotency-Key 重试。`,
    { headers: { 'Retry-After': '60' } },
  );

/** A command with unknown outcome holds the number for other content. */
const isClaimedByCommand = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'notices_command_id_key';

/** The caller may have got a 503 before the refusal comes. */
async function giveBackIfRefused(
  { database, log }: Context,
  commandId: string,
  outcome: Promise<Outcome>,
): Promise<Outcome> {
  const giveBack = () => releaseNotice(database, commandId);
  try {
    const known = await outcome;
    if (known.status === 'refused') await giveBack();
    return known;
  } catch (error) {
    log.error({ err: error, commandId }, 'a notice ended without an outcome');
    // Refused before the engine, or by it.
    const isRefused = error instanceof UpdateRefused || (error instanceof Problem && error.status < 500);
    if (isRefused) await giveBack();
    throw error;
  }
}
