import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { noticeInForce, unitsOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { boardOf } from '../../episode/views.js';
import { keptEdition } from '../../ledger/editions.js';
import { isInterrupted } from '../../ledger/interruptions.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { publicTextAt } from '../../plan/edition/public-text.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { Policy } from '../../plan/types.js';
import { illChannels } from '../engine/channel-health.js';
import { holderNames } from '../engine/contact-warnings.js';
import { theKnownUnit } from '../engine/known-unit.js';
import { theEpisode, theWholeEpisode } from '../engine/load-episode.js';
import { episodeNow } from '../engine/present.js';
import { referralsIn, seqsOfReferrals } from '../engine/referrals.js';
import { episodePaths } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { cursor, limit, line, listOf } from '../http/schemas.js';
import { accountabilityOf } from './accountability.js';
import { explanationsIn, seqsOfExplanations } from './explanations.js';
import { problemsAnswer } from './problems.js';
import { accountability, board, episodePolicy, problemRow, publicText, unitRecordRow } from './schemas.js';
import { unitRecordAnswer } from './unit-record.js';

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
    path: '/api/v1/units/{unitId}/record',
    summary: '一个单位历次参加的过程，新的在前：级别、确认、报送、任务、总结，逾期的逐项列出；责任单位只查本单位',
    access: { ...WATCH, unit: 'own' },
    params: z.object({ unitId: z.string() }),
    query: z.strictObject({ drill: z.enum(['true', 'false']).optional(), cursor: cursor.optional(), limit }),
    answers: { 200: listOf(unitRecordRow) },
    find: theKnownUnit,
    async handle({ context, account, found: { unitId }, query: { drill, ...query } }) {
      const asked = { ...query, ...(drill === undefined ? {} : { drill: drill === 'true' }) };
      return { status: 200, body: await unitRecordAnswer(context, unitId, account, asked) };
    },
  }),
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
      return { status: 200, body: { policy: state.policy, changed: changedIn(state) } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}/public-text',
    summary: '现行级别下面向公众的文字：首要污染物、范围、危险程度和建议采取的措施',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: publicText },
    find: theEpisode,
    async handle({ context: { database }, found: { state } }) {
      const edition = await keptEdition(database, state.binding.editionHash);
      return { status: 200, body: publicTextAt(edition, responseLevelOf(noticeInForce(state).level)) };
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
    path: '/api/v1/episodes/{episodeId}/accountability',
    summary: '各单位逾期和未办的事项，以及所违反的条款',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: accountability },
    find: theWholeEpisode,
    async handle({ context, found: { state } }) {
      const seqs = [...seqsOfReferrals(state), ...unitsOf(state).flatMap(seqsOfExplanations)];
      const entries = await findEntries(context.database, state.episodeId, seqs);
      return { status: 200, body: accountabilityOf(state, referralsIn(state, entries), explanationsIn(entries)) };
    },
  }),
];

/** The names of the values that a drill has of its own (§8.2). */
function changedIn({ policy, binding }: EpisodeState): string[] {
  const flat = ({ chains, ...values }: Policy) =>
    new Map<string, unknown>([
      ...Object.entries(values),
      ...Object.entries(chains).map(([deadline, chain]) => [`chains.${deadline}`, chain] as const),
    ]);
  const usual = flat(binding.policy);
  return [...flat(policy)].flatMap(([name, value]) => (isDeepStrictEqual(value, usual.get(name)) ? [] : [name]));
}
