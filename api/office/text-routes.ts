import { DOCX_TYPE } from '../../documents/docx.js';
import type { IssueTextCommand } from '../../episode/commands.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { keptPaper } from '../../ledger/papers.js';
import { saveTextDraft } from '../../ledger/text-drafts.js';
import { quoted } from '../../lib/quoted.js';
import type { TextAudience } from '../../plan/types.js';
import { requireNotOver } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { episodeCommand } from '../engine/episode-command.js';
import { type FoundEpisode, theNoticeAmongAll, theWholeEpisode } from '../engine/load-episode.js';
import { withEntry } from '../engine/schemas.js';
import { invalidFields } from '../http/fields.js';
import { once } from '../http/idempotent.js';
import { notFound, Problem } from '../http/problems.js';
import { type Answer, type Call, route } from '../http/route.js';
import { versionIn } from '../http/versions.js';
import { downloadOf } from './paper-routes.js';
import { keptBefore } from './papers.js';
import { EPISODE_PATH, officePaths, READ } from './schemas.js';
import {
  textDraftRequest,
  textIssueRequest,
  textPaths,
  textVersion,
  warningText,
  warningTexts,
} from './text-schemas.js';
import {
  issuedVersion,
  mediaOf,
  noticeFile,
  revisionOf,
  type TextAddress,
  textAnswer,
  textSources,
  textsAnswer,
  wordsInHand,
} from './texts.js';

const OFFICE = { office: 'any' } as const;
const ONE = `${EPISODE_PATH}/texts/{noticeId}/{audience}`;

/** The texts of a warning (§3.1.3 to §3.1.5): to the responsible units, and to the public. */
export const textRoutes = [
  route({
    method: 'get',
    path: `${EPISODE_PATH}/texts`,
    summary: '各份通知发给责任单位和公众的文字：按记录生成的草稿、已修改的、已印发的各版，以及尚未印发的',
    access: READ,
    params: officePaths.episode,
    answers: { 200: warningTexts },
    find: theWholeEpisode,
    async handle({ context, found: { state } }) {
      return { status: 200, body: textsAnswer(await textSources(context, state), await mediaOf(context)) };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/texts/{noticeId}/units.docx`,
    summary: '发给责任单位的通知（公文格式）：已印发的原件，或者标明草稿的文稿；version 选择版次，draft 为草稿',
    access: READ,
    params: textPaths.paper,
    query: textVersion,
    answers: { 200: [DOCX_TYPE] },
    find: theNoticeAmongAll,
    async handle({ context, found: { state }, params: { noticeId }, query: { version } }) {
      const sources = await textSources(context, state);
      const issued = version === 'draft' ? undefined : issuedVersion(sources, noticeId, version);
      if (issued?.data.paper) return downloadOf(await keptPaper(context.database, issued.data.paper.hash));
      if (typeof version === 'number') throw notFound('textVersion', String(version));
      const words = wordsInHand(sources, { noticeId, audience: 'units' });
      return downloadOf(await noticeFile(context, sources, { noticeId }, words, true));
    },
  }),
  route({
    method: 'put',
    path: ONE,
    summary: '保存修改后的文字，不印发；带 If-Match 时不会覆盖他人的修改',
    access: OFFICE,
    ifMatch: true,
    params: textPaths.one,
    body: textDraftRequest,
    answers: { 200: warningText },
    find: theNoticeAmongAll,
    async handle(call) {
      const { context, body, params, found } = call;
      const { episodeId, state } = found;
      await once(call, body, async () => {
        requireNotOver(state);
        const basis = await requireUnchanged(call, params);
        const { noticeId, audience } = params;
        const afterVersion = state.texts[noticeId]?.[audience]?.version ?? 0;
        const draft = { noticeId, audience, ...body, afterVersion, savedAt: context.clock() };
        if (!(await saveTextDraft(context.database, episodeId, draft, basis))) throw changedSince(call);
      });
      return answerOf(context, episodeId, params);
    },
  }),
  route({
    method: 'post',
    path: `${ONE}/issues`,
    summary: '印发或发布：不填 title、text 时用已保存的文字，没有保存过的用草稿；再次印发为更正，各版都保留',
    access: OFFICE,
    ifMatch: true,
    params: textPaths.one,
    body: textIssueRequest,
    answers: { 200: withEntry(warningText) },
    find: theNoticeAmongAll,
    async handle(call) {
      const { context, body, params, found } = call;
      const { state, episodeId } = found;
      const { noticeId, audience } = params;
      const sources = await textSources(context, state);
      const { status: _, ...standing } = wordsInHand(sources, params);
      const { broadcast: asked, ...given } = body;
      const { number: written, ...words } = { ...standing, ...given };
      const broadcast = await isBroadcast(context, state, audience, asked);
      const command: IssueTextCommand = {
        kind: 'issueText',
        noticeId,
        audience,
        ...words,
        ...(written ? { number: written } : {}),
        ...(broadcast && { broadcast }),
      };
      const paper =
        audience === 'units'
          ? await keptBefore(call, command, async () => {
              // What is refused leaves no file behind.
              await requireUnchanged(call, params);
              return noticeFile(context, sources, { noticeId }, command, false);
            })
          : undefined;
      const { entry } = await episodeCommand(call, body, { ...command, ...(paper && { paper }) }, async () => {
        await requireUnchanged(call, params);
      });
      const { body: answered, ...answer } = await answerOf(context, episodeId, params);
      return { ...answer, body: { ...answered, entry } };
    },
  }),
];

/** A drill is told nobody outside it unless the office asks for it. */
async function isBroadcast(
  context: Context,
  { drill }: EpisodeState,
  audience: TextAudience,
  asked: boolean | undefined,
): Promise<boolean> {
  if (asked === false || (asked === undefined && (audience === 'units' || drill))) return false;
  const detail = audience === 'units' ? '只有面向公众的文字才向公共媒体播发' : NO_MEDIA;
  const canBe = audience === 'public' && (await mediaOf(context)) > 0;
  if (asked && !canBe) throw invalidFields([{ field: 'broadcast', detail }]);
  return canBe;
}

const NO_MEDIA = '没有登记公共媒体的接口，请管理员先在联系人“公共媒体”中填写 webhook';

type ConditionalCall = Pick<Call<unknown, unknown, unknown, FoundEpisode>, 'context' | 'request' | 'found'>;

const revisionRead = ({ request }: Pick<ConditionalCall, 'request'>): string | undefined =>
  versionIn(request.get('If-Match'));

/** Refuses what was read before somebody saved or issued. Answers the revision that a draft is to be written over. */
async function requireUnchanged(call: ConditionalCall, address: TextAddress): Promise<number | undefined> {
  const read = revisionRead(call);
  if (read === undefined) return undefined;
  const now = revisionOf(await textSources(call.context, call.found.state), address);
  if (read !== now) throw changedSince(call);
  return Number(now.split('.')[1]);
}

const changedSince = (call: Pick<ConditionalCall, 'request'>): Problem =>
  new Problem(
    'text-changed',
    `这份文字在您读取的版本${quoted(revisionRead(call) ?? '')}之后已被他人修改或印发，请重新读取，核对后再提交。`,
  );

async function answerOf(context: Context, episodeId: string, address: TextAddress): Promise<Answer & { body: object }> {
  const { state } = await theWholeEpisode(context, { episodeId });
  const body = textAnswer(await textSources(context, state), address);
  return { status: 200, body, headers: { ETag: `"${body.revision}"` } };
}
