import type { z } from 'zod';
import type { CommandBody, Notice } from '../../episode/commands.js';
import { whenOver } from '../../episode/decide/refusals.js';
import { unreachableHolders } from '../../ledger/people/contacts.js';
import { isRealEpisodeRunning } from '../../ledger/reading/reading.js';
import { holdersOf } from '../../plan/people/holders.js';
import { alreadyCarriedOut, commandOf } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { type FoundEpisode, theEpisode } from '../engine/load-episode.js';
import { episodeAnswer, madeEntry, theEntry } from '../engine/present.js';
import { Problem, problemOf } from '../http/problems.js';
import type { Answer, Call, Exact } from '../http/route.js';
import { enterNotice, type NoticeEntered, numberScopeOf } from './enter-notice.js';
import type { adjustRequest, liftRequest, startRequest } from './schemas.js';

type NoticeCall<Body, Found> = Call<unknown, unknown, Body, Found>;

/**
 * Starts an episode. Its id is derived from the command's, so that a repeat after a crash reaches the same workflow.
 */
export async function handleStart(call: NoticeCall<z.output<typeof startRequest>, unknown>): Promise<Answer> {
  const { context, body } = call;
  const content = { ...body, level: body.level ?? body.cityLevel, notice: withEffect(body.notice) };
  const command = commandOf(call, content, { kind: 'start', ...content });
  const episodeId = command.commandId;
  const earlier = await alreadyCarriedOut(call, episodeId, command);
  const entered = earlier
    ? { ...earlier, episodeId }
    : await enterNotice(context, {
        scope: numberScopeOf(body.drill !== undefined, episodeId),
        episodeId,
        kind: 'start',
        action: call.action,
        content,
        command,
        admit: () => (body.drill ? Promise.resolve() : requireNoneRunning(context)),
        send: (id, one) => context.gate.start(id, one),
      });
  const answered = await answer(context, entered, entered.repeated ? 200 : 201);
  return { ...answered, body: { ...answered.body, warnings: await warningsFor(context) } };
}

/** Units and bodies whom no message can reach (§6.6). The start goes on all the same. */
async function warningsFor({ database, edition }: Context) {
  const names = new Map(holdersOf(edition).map(({ unitId, name }) => [unitId, name]));
  const unreachable = await unreachableHolders(database, [...names.keys()]);
  return unreachable.map(({ holder, because }) => ({ unitId: holder, name: names.get(holder)!, reason: because }));
}

export function handleAdjust(call: NoticeCall<z.output<typeof adjustRequest>, FoundEpisode>): Promise<Answer> {
  const { body } = call;
  const content = { ...body, level: body.level ?? body.cityLevel, notice: withEffect(body.notice) };
  return enterInEpisode(call, content, { kind: 'adjust', ...content });
}

export function handleLift(call: NoticeCall<z.output<typeof liftRequest>, FoundEpisode>): Promise<Answer> {
  const content = { notice: withEffect(call.body.notice) };
  return enterInEpisode(call, content, { kind: 'lift', ...content });
}

async function enterInEpisode(
  call: NoticeCall<unknown, FoundEpisode>,
  content: { notice: Notice },
  body: CommandBody & { kind: 'adjust' | 'lift' },
): Promise<Answer> {
  const { context, found } = call;
  const { episodeId, state } = found;
  const command = commandOf(call, content, body);
  const earlier = await alreadyCarriedOut(call, episodeId, command);
  const entered = earlier
    ? { ...earlier, episodeId }
    : await enterNotice(context, {
        scope: numberScopeOf(state.drill, episodeId),
        episodeId,
        kind: body.kind,
        action: call.action,
        content,
        command,
        admit: async () => {
          const over = whenOver(state);
          if (over) throw problemOf(over);
        },
        send: (id, one) => context.gate.submit(id, one),
      });
  return answer(context, entered, 200);
}

/** Takes effect when issued, unless it says otherwise. */
const withEffect = (notice: Exact<z.output<typeof startRequest>>['notice']): Notice => ({
  ...notice,
  effectiveAt: notice.effectiveAt ?? notice.issuedAt,
});

/** One real episode is announced or active at a time. Simultaneous starts are settled by the ledger's index. */
async function requireNoneRunning({ database }: Context): Promise<void> {
  if (await isRealEpisodeRunning(database))
    throw new Problem('episode-active', '已有一次重污染天气过程正在进行，请调整或解除该过程，或者以演练方式启动。');
}

async function answer(context: Context, { episodeId, seq }: NoticeEntered, status: 200 | 201): Promise<Answer> {
  const { state } = await theEpisode(context, { episodeId });
  const entry = madeEntry(await theEntry(context, episodeId, seq));
  return {
    status,
    ...(status === 201 ? { location: `/api/v1/episodes/${episodeId}` } : {}),
    body: { ...(await episodeAnswer(context, state)), entry },
  };
}
