/** A number is given to a notice that came without one, or takes the place of a wrong one; so is the district's own notice. */
import type { z } from 'zod';
import { findNotice } from '../../episode/state.js';
import type { NoticeState } from '../../episode/state-types.js';
import { foldedNumber, isSameNumber } from '../../lib/normal/notice-number.js';
import { alreadyCarriedOut, commandOf, requireNotOver } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { episodeAfter } from '../engine/episode-command.js';
import { type FoundEpisode, theEpisode } from '../engine/load-episode.js';
import { madeEntry, theEntry } from '../engine/present.js';
import { Problem } from '../http/problems.js';
import type { Answer, Call } from '../http/route.js';
import { enterNotice, numberScopeOf } from './enter-notice.js';
import type { numberRequest } from './schemas.js';

interface FoundNotice extends FoundEpisode {
  notice: NoticeState;
}

export async function theNotice(context: Context, ids: Record<string, string>): Promise<FoundNotice> {
  const found = await theEpisode(context, ids);
  const notice = findNotice(found.state, ids.noticeId ?? '');
  if (!notice) throw new Problem('notice-unknown', '本次过程中没有这份通知，请核对通知的编号。');
  return { ...found, notice };
}

export async function handleNumber(
  call: Call<unknown, unknown, z.output<typeof numberRequest>, FoundNotice>,
): Promise<Answer> {
  const { context, action, body, found } = call;
  const { episodeId, state, notice } = found;
  const { noticeId } = notice;
  const { number } = body;
  const content = { noticeId, ...body, ...(number === undefined ? {} : { number: foldedNumber(number) }) };
  const command = commandOf(call, content, { kind: 'numberNotice', noticeId, ...body });
  const hasIt = number !== undefined && notice.number !== undefined && isSameNumber(notice.number, number);
  const { seq } =
    (await alreadyCarriedOut(call, episodeId, command)) ??
    (await enterNotice(context, {
      scope: numberScopeOf(state.drill, episodeId),
      episodeId,
      kind: 'number',
      // The number that it has already is claimed.
      number: hasIt ? undefined : number,
      action,
      content,
      command,
      admit: async () => requireNotOver(state),
      send: context.gate.submit,
    }));
  const entry = madeEntry(await theEntry(context, episodeId, seq));
  return { status: 200, body: { ...(await episodeAfter(call)), entry } };
}
