import { z } from 'zod';
import { boardOf } from '../../episode/views.js';
import { verify } from '../../ledger/chain/verification.js';
import { isInterrupted } from '../../ledger/interruptions.js';
import { historyPage } from '../../ledger/reading/reading.js';
import { illChannels } from '../engine/channel-health.js';
import { holderNames } from '../engine/contact-warnings.js';
import { theEpisode, theWholeEpisode } from '../engine/load-episode.js';
import { episodeNow } from '../engine/present.js';
import { referralsOf } from '../engine/referrals.js';
import { episodePaths } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { cursor, limit, line, listOf } from '../http/schemas.js';
import { accountabilityOf } from './accountability.js';
import { withViews } from './history-view.js';
import { problemsAnswer } from './problems.js';
import { accountability, board, episodePolicy, historyEntry, problemRow, verification } from './schemas.js';

const WATCH = { office: 'any', supervisor: 'any' } as const;

const problemQuery = {
  state: z.enum(['open', 'resolved']).optional(),
  unitId: line.optional(),
  cursor: cursor.optional(),
  limit,
};

/** Views of all units for office and supervisors (§7). */
export const oversightRoutes = [
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}/board',
    summary: '所有责任单位的确认、任务、报送和期限',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: board },
    find: theWholeEpisode,
    async handle({ context, found: { state } }) {
      const interrupted = await isInterrupted(context.database, state.episodeId);
      const ill = await illChannels(context.database);
      const shown = boardOf(state, episodeNow(context, state));
      const names = holderNames(context.edition);
      const body = {
        ...shown,
        unreachable: shown.unreachable.map((one) => ({ ...one, name: names.get(one.unitId)! })),
        ...(interrupted ? { interrupted: true as const } : {}),
        ...(ill.length > 0 ? { channels: ill } : {}),
      };
      return { status: 200, body };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}/policy',
    summary: '本次过程所依的各项规定：时限、夜间、渠道、提醒和逐级催办；演练可以与现行规定不同',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: episodePolicy },
    find: theEpisode,
    async handle({ found: { state } }) {
      return { status: 200, body: { policy: state.policy } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/problems',
    summary: '各单位日报中的问题，跨过程，新报的在前；state=open 只看尚未整改的',
    access: WATCH,
    query: z.strictObject({ ...problemQuery, episodeId: line.optional(), drill: z.enum(['true', 'false']).optional() }),
    answers: { 200: listOf(problemRow) },
    handle: ({ context, query: { drill, ...query } }) =>
      problemsAnswer(context, { ...query, ...(drill === undefined ? {} : { drill: drill === 'true' }) }),
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}/problems',
    summary: '一次过程中各单位日报中的问题，新报的在前；state=open 只看尚未整改的',
    access: WATCH,
    params: episodePaths.episode,
    query: z.strictObject(problemQuery),
    answers: { 200: listOf(problemRow) },
    find: theEpisode,
    handle: ({ context, found: { state }, query }) => problemsAnswer(context, { ...query, episodeId: state.episodeId }),
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}/history',
    summary: '台账，旧的在前；责任单位只查本单位',
    access: { ...WATCH, unit: 'own' },
    params: episodePaths.episode,
    query: z.strictObject({
      unitId: line.optional(),
      kind: line.optional(),
      cursor: cursor.optional(),
      limit,
    }),
    answers: { 200: listOf(historyEntry) },
    find: theEpisode,
    async handle({ context, found, query }) {
      const page = await historyPage(context.database, found.episodeId, query);
      return { status: 200, body: { ...page, items: await withViews(context, found.episodeId, page.items) } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}/history/verification',
    summary: '核验台账：编号、哈希链，以及读取模型与台账是否一致',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: verification },
    find: theEpisode,
    async handle({ context, found }) {
      return { status: 200, body: await verify(context.database, found.episodeId) };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}/accountability',
    summary: '各单位逾期和未办的事项，以及所违反的条款',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: accountability },
    find: theWholeEpisode,
    async handle({ context, found: { state } }) {
      return { status: 200, body: accountabilityOf(state, await referralsOf(context, state)) };
    },
  }),
];
