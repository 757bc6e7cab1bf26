/** A number is given to a notice that came without one, or takes the place of a wrong one; so is the district's own notice. */
import type { z } from 'zod';
import { numberScopeOf } from '../../ledger/notices.js';
import { foldedNumber, isSameNumber } from '../../lib/normal/notice-number.js';
import { alreadyCarriedOut, commandOf, requireNotOver } from '../engine/commands.js';
import { episodeAfter } from '../engine/episode-command.js';
import type { FoundNotice } from '../engine/load-episode.js';
import { madeEntry, theEntry } from '../engine/present.js';
import type { Answer, Call } from '../http/route.js';
import { enterNotice } from './enter-notice.js';
import type { numberRequest } from './schemas.js';

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
