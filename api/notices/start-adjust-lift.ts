import type { z } from 'zod';
import type { Command, Notice, Outcome } from '../../episode/commands.js';
import { isAlike } from '../../episode/decide/numbers.js';
import { refuse, refuseStart } from '../../episode/decide/refusals.js';
import type { NoticeCommandBody } from '../../episode/foresee.js';
import { begin, RULES_VERSION } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { numberScopeOf } from '../../ledger/notices.js';
import { notApplicableTasks } from '../../ledger/reading/not-applicable.js';
import { findRunning } from '../../ledger/reading/reading.js';
import { bindingOf } from '../../plan/edition/edition.js';
import { type IdleStep, idleSteps } from '../../plan/rules/idle-steps.js';
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
import { problemOf } from '../http/problems.js';
import type { Answer, Call, Exact } from '../http/route.js';
import { enterNotice, type NoticeEntered } from './enter-notice.js';
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

export type NoticeCall<Body, Found> = Call<unknown, unknown, Body, Found>;
type Start = Exact<z.output<typeof startRequest>>;

/**
 * Starts an episode. Its id is derived from the command's, so that a repeat after a crash reaches the same workflow.
 */
export async function handleStart(call: StartCall): Promise<Answer> {
  const { context } = call;
  const entering = starting(call);
  const entered = await enter(call, entering, async (id, command) =>
    context.gate.start(await newEpisode(context, id), command),
  );
  const answered = await answer(context, entered, entered.repeated ? 200 : 201);
  const warnings = await contactWarningsFor(context);
  return { ...answered, body: { ...answered.body, warnings, ...entering.remarks } };
}

export type StartCall = NoticeCall<z.output<typeof startRequest>, unknown>;
export type AdjustCall = NoticeCall<z.output<typeof adjustRequest>, FoundEpisode>;
export type LiftCall = NoticeCall<z.output<typeof liftRequest>, FoundEpisode>;

export function starting(call: StartCall): Entering {
  const { context, body } = call;
  const facts = { ...body, level: body.level ?? body.cityLevel };
  const episodeId = commandIdOf(call.account.accountId, call.action, call.key);
  return {
    scope: numberScopeOf(body.drill !== undefined, episodeId),
    episodeId,
    given: body.notice,
    content: facts,
    bodyOf: (notice) => ({ kind: 'start', ...facts, notice }),
    admit: async () => (body.drill ? requireStepsTaken(context, body.drill) : requireNoneRunning(context, facts)),
    remarks: body.drill ? remarksOn(context, body.drill) : {},
  };
}

/** An episode before its first entry. */
export const newEpisode = async (
  context: Pick<Context, 'edition' | 'database'>,
  episodeId: string,
): Promise<EpisodeState> => begin(episodeId, await bindingNow(context));

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

/** Steps of the shipped chains that no time is left for, where a drill changes the times alone. */
function remarksOn({ edition }: Context, { policy }: { policy?: PolicyChanges }): Entering['remarks'] {
  const given = policy?.chains ?? {};
  const shipped = new Set(idleSteps(edition.policy, edition.units.length).map(nameOfStep));
  const remarks = idleSteps(withChanges(edition.policy, policy), edition.units.length)
    .filter((step) => !(step.kind in given) && !shipped.has(nameOfStep(step)))
    .map((step) => `本次演练改了时限，预案自带的催办步骤 chains.${nameOfStep(step)} 因此用不上：${step.reason}`);
  return remarks.length > 0 ? { remarks } : {};
}

const nameOfStep = ({ kind, level, place }: IdleStep): string => [kind, level ?? [], place].flat().join('.');

/** The edition in force, and what units said before to be none of their business. */
const bindingNow = async ({ edition, database }: Pick<Context, 'edition' | 'database'>): Promise<Binding> =>
  bindingOf(edition, RULES_VERSION, await notApplicableTasks(database));

export const handleAdjust = (call: AdjustCall): Promise<Answer> => enterInEpisode(call, adjusting(call));

export const handleLift = (call: LiftCall): Promise<Answer> => enterInEpisode(call, lifting(call));

export function adjusting(call: AdjustCall): Entering {
  const { body } = call;
  const facts = { ...body, level: body.level ?? body.cityLevel };
  return inEpisode(call.found, facts, (notice) => ({ kind: 'adjust', ...facts, notice }));
}

export const lifting = (call: LiftCall): Entering =>
  inEpisode(call.found, call.body, (notice) => ({ kind: 'lift', notice }));

const inEpisode = (
  { episodeId, state }: FoundEpisode,
  content: { notice: GivenNotice },
  bodyOf: Entering['bodyOf'],
): Entering => ({
  scope: numberScopeOf(state.drill, episodeId),
  episodeId,
  given: content.notice,
  content,
  bodyOf,
  admit: async () => requireNotOver(state),
  remarks: {},
});

async function enterInEpisode(call: NoticeCall<unknown, FoundEpisode>, entering: Entering): Promise<Answer> {
  return answer(call.context, await enter(call, entering, call.context.gate.submit), 200);
}

/** A notice on its way into the record, or looked at before. */
export interface Entering {
  scope: string;
  episodeId: string;
  given: GivenNotice;
  /** The whole request after defaults. */
  content: object;
  bodyOf: (notice: Notice) => NoticeCommandBody;
  admit: () => Promise<void>;
  /** For the caller beside the answer of the act or its preview. */
  remarks: { remarks?: string[] };
}

async function enter(
  call: NoticeCall<unknown, unknown>,
  entering: Entering,
  send: (episodeId: string, command: Command) => Promise<Outcome>,
): Promise<NoticeEntered> {
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
    const { scope, admit } = entering;
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
async function requireNoneRunning({ database, edition }: Context, { notice, ...facts }: Start): Promise<void> {
  const running = await findRunning(database);
  const known = running?.notices[0];
  if (!known) return;
  if (isAlike(known, { kind: 'start', ...facts, notice: { ...notice, effectiveAt: effectOf(notice) } }))
    throw problemOf(refuse('noticeKnown', undefined, { name: noticeName(known), noticeId: known.noticeId }));
  throw problemOf(refuseStart(edition.plan.rules, { notice }));
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
