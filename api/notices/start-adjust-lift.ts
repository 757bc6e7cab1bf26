import type { z } from 'zod';
import type { Command, CommandBody, Notice, Outcome } from '../../episode/commands.js';
import { isAlike } from '../../episode/decide/numbers.js';
import { refuse } from '../../episode/decide/refusals.js';
import { begin, RULES_VERSION } from '../../episode/state.js';
import { notApplicableTasks } from '../../ledger/reading/not-applicable.js';
import { findRunning } from '../../ledger/reading/reading.js';
import { bindingOf } from '../../plan/edition/edition.js';
import { idleSteps } from '../../plan/rules/idle-steps.js';
import { withChanges } from '../../plan/rules/policy.js';
import type { Binding, PolicyChanges } from '../../plan/types.js';
import { noticeName } from '../../plan/wording/words.js';
import { alreadyCarriedOut, commandOf, requireNotOver } from '../engine/commands.js';
import { contactWarningsFor } from '../engine/contact-warnings.js';
import type { Context } from '../engine/context.js';
import { type FoundEpisode, theEpisode } from '../engine/load-episode.js';
import { episodeAnswer, madeEntry, theEntry } from '../engine/present.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { Problem, problemOf } from '../http/problems.js';
import type { Answer, Call, Exact } from '../http/route.js';
import { enterNotice, type NoticeEntered, numberScopeOf } from './enter-notice.js';
import {
  effectOf,
  type GivenNotice,
  keepingWhoRang,
  recordedNotice,
  requireNoticeAttachments,
  sameNotice,
  shareWithUnits,
} from './given-notice.js';
import type { adjustRequest, liftRequest, startRequest } from './schemas.js';

type NoticeCall<Body, Found> = Call<unknown, unknown, Body, Found>;
type Start = Exact<z.output<typeof startRequest>>;

/**
 * Starts an episode. Its id is derived from the command's, so that a repeat after a crash reaches the same workflow.
 */
export async function handleStart(call: NoticeCall<z.output<typeof startRequest>, unknown>): Promise<Answer> {
  const { context, body } = call;
  const facts = { ...body, level: body.level ?? body.cityLevel };
  const episodeId = commandIdOf(call.account.accountId, call.action, call.key);
  const entered = await enter(call, {
    scope: numberScopeOf(body.drill !== undefined, episodeId),
    episodeId,
    given: body.notice,
    content: facts,
    bodyOf: (notice) => ({ kind: 'start', ...facts, notice }),
    admit: async () => (body.drill ? requireStepsTaken(context, body.drill) : requireNoneRunning(context, facts)),
    send: async (id, command) => context.gate.start(begin(id, await bindingNow(context)), command),
  });
  const answered = await answer(context, entered, entered.repeated ? 200 : 201);
  return { ...answered, body: { ...answered.body, warnings: await contactWarningsFor(context) } };
}

/** The chains of a drill are the office's own, so each of their steps has to be one that is taken. */
function requireStepsTaken({ edition }: Context, { policy }: { policy?: PolicyChanges }): void {
  const given = policy?.chains ?? {};
  const errors = idleSteps(withChanges(edition.policy, policy), edition.units.length)
    .filter(({ kind }) => kind in given)
    .map(({ kind, level, place, reason }) => ({
      field: ['drill.policy.chains', kind, ...(level ? [level] : []), place].join('.'),
      detail: reason,
    }));
  if (errors.length > 0) throw invalidFields(errors);
}

/** The edition in force, and what units said before to be none of their business. */
const bindingNow = async ({ edition, database }: Context): Promise<Binding> =>
  bindingOf(edition, RULES_VERSION, await notApplicableTasks(database));

export function handleAdjust(call: NoticeCall<z.output<typeof adjustRequest>, FoundEpisode>): Promise<Answer> {
  const { body } = call;
  const facts = { ...body, level: body.level ?? body.cityLevel };
  return enterInEpisode(call, facts, (notice) => ({ kind: 'adjust', ...facts, notice }));
}

export const handleLift = (call: NoticeCall<z.output<typeof liftRequest>, FoundEpisode>): Promise<Answer> =>
  enterInEpisode(call, call.body, (notice) => ({ kind: 'lift', notice }));

type NoticeBody = CommandBody & { kind: 'start' | 'adjust' | 'lift' };

async function enterInEpisode(
  call: NoticeCall<unknown, FoundEpisode>,
  content: { notice: GivenNotice },
  bodyOf: (notice: Notice) => NoticeBody,
): Promise<Answer> {
  const { episodeId, state } = call.found;
  const entered = await enter(call, {
    scope: numberScopeOf(state.drill, episodeId),
    episodeId,
    given: content.notice,
    content,
    bodyOf,
    admit: async () => requireNotOver(state),
    send: call.context.gate.submit,
  });
  return answer(call.context, entered, 200);
}

interface Entering {
  scope: string;
  episodeId: string;
  given: GivenNotice;
  /** The whole request after defaults. */
  content: object;
  bodyOf: (notice: Notice) => NoticeBody;
  admit: () => Promise<void>;
  send: (episodeId: string, command: Command) => Promise<Outcome>;
}

async function enter(call: NoticeCall<unknown, unknown>, entering: Entering): Promise<NoticeEntered> {
  const attachmentIds = entering.given.attachmentIds ?? [];
  const entered = await keepingWhoRang(call, entering.given, async (from) => {
    const { context, action } = call;
    const { given, episodeId, bodyOf } = entering;
    const content = { ...entering.content, notice: sameNotice(given) };
    const body = bodyOf(recordedNotice(given, from));
    const command = commandOf(call, content, body);
    const earlier = await alreadyCarriedOut(call, episodeId, command);
    if (earlier) return { ...earlier, episodeId };
    const { kind } = body;
    const { scope, admit, send } = entering;
    return enterNotice(context, {
      scope,
      async admit() {
        await requireNoticeAttachments(call, attachmentIds);
        await admit();
      },
      episodeId,
      kind,
      number: given.number,
      action,
      content,
      command,
      send,
    });
  });
  await shareWithUnits(call, attachmentIds);
  return entered;
}

/** One real episode is announced or active at a time. Simultaneous starts are settled by the ledger's index. */
async function requireNoneRunning({ database }: Context, { notice, ...facts }: Start): Promise<void> {
  const running = await findRunning(database);
  const known = running?.notices[0];
  if (!known) return;
  if (isAlike(known, { kind: 'start', ...facts, notice: { ...notice, effectiveAt: effectOf(notice) } }))
    throw problemOf(refuse('noticeKnown', undefined, { name: noticeName(known), noticeId: known.noticeId }));
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
