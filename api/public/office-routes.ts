import { ownerOf } from '../auth/account.js';
import { episodeCommand } from '../engine/episode-command.js';
import { theEpisode } from '../engine/load-episode.js';
import { requireAttachments } from '../engine/own-attachments.js';
import { episodePaths, withEntry } from '../engine/schemas.js';
import { type Call, route } from '../http/route.js';
import { publicWordsAnswer, requirePublisher } from './public-words.js';
import { appearanceRequest, publicWords, statementRequest } from './schemas.js';

const EPISODE = '/api/v1/episodes/{episodeId}';

/** What the public was told, and where it appeared (§3.1.4, §5.2). */
export const publicWordsRoutes = [
  route({
    method: 'get',
    path: `${EPISODE}/public-words`,
    summary: '已向社会发布的文字和回应，各在何时何处发布，以及预案列举的媒体中尚未登记的；责任单位中只有发布单位可看',
    access: { office: 'any', supervisor: 'any', unit: 'any' },
    params: episodePaths.episode,
    answers: { 200: publicWords },
    find: theEpisode,
    async handle({ context, found: { state }, account }) {
      await requirePublisher(context, state, account);
      return { status: 200, body: await publicWordsAnswer(context, state) };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE}/statements`,
    summary: '回应社会关切，澄清不实信息；填 corrects 时更正以前的回应',
    access: { office: 'any' },
    params: episodePaths.episode,
    body: statementRequest,
    answers: { 200: withEntry(publicWords) },
    find: theEpisode,
    async handle(call) {
      const { entry } = await episodeCommand(call, call.body, { kind: 'issueStatement', ...call.body });
      return { status: 200, body: { ...(await wordsAfter(call)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE}/appearances`,
    summary: '登记一份已发布的文字在何时何处发布：媒体、时间、网址、截图；由发布单位或办公室登记',
    access: { office: 'any', unit: 'any' },
    params: episodePaths.episode,
    body: appearanceRequest,
    answers: { 200: withEntry(publicWords) },
    find: theEpisode,
    async handle(call) {
      const { context, found, account, body } = call;
      await requirePublisher(context, found.state, account);
      const { unitId } = account;
      const command = { kind: 'noteAppearance' as const, ...body, ...(unitId === undefined ? {} : { unitId }) };
      const admit = () => requireAttachments(call, ownerOf(account), body.attachmentIds ?? []);
      const { entry } = await episodeCommand(call, body, command, admit);
      return { status: 200, body: { ...(await wordsAfter(call)), entry } };
    },
  }),
];

const wordsAfter = async ({
  context,
  found,
}: Pick<Call<unknown, unknown, unknown, { episodeId: string }>, 'context' | 'found'>) =>
  publicWordsAnswer(context, (await theEpisode(context, found)).state);
