import { z } from 'zod';
import type { Database } from '../../ledger/database.js';
import { listEpisodes, readState } from '../../ledger/reading/reading.js';
import { contactWarnings } from '../engine/contact-warnings.js';
import { type FoundEpisode, theEpisode, theNotice } from '../engine/load-episode.js';
import { episodeAnswer, listedAnswer } from '../engine/present.js';
import { episodeBody, episodePaths, phase, withEntry } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { cursor, limit, listOf } from '../http/schemas.js';
import { handleNumber } from './number-notice.js';
import { previewed } from './preview.js';
import { drillRemarks, noticePreview } from './preview-schemas.js';
import { adjustRequest, liftRequest, numberRequest, startRequest } from './schemas.js';
import {
  adjusting,
  handleAdjust,
  handleLift,
  handleStart,
  lifting,
  newEpisode,
  starting,
} from './start-adjust-lift.js';

const READ = { office: 'any', supervisor: 'any', unit: 'any' } as const;
const OFFICE = { office: 'any' } as const;
const made = withEntry(episodeBody);
const started = made.extend({ warnings: contactWarnings, remarks: drillRemarks });

const wholeEpisode =
  ({ episodeId }: FoundEpisode) =>
  async (then: Database) =>
    (await readState(then, episodeId))!;

/** An episode from the city's notice to its lifting (§3.1). */
export const episodeRoutes = [
  route({
    method: 'post',
    path: '/api/v1/episodes',
    summary: '按照市级通知启动预警和应急响应；drill 为演练',
    access: OFFICE,
    body: startRequest,
    answers: { 200: started, 201: started },
    handle: handleStart,
  }),
  route({
    method: 'post',
    path: '/api/v1/episodes/preview',
    summary: '启动的预览：通知谁、用什么渠道、任务和期限、要注意的事；不写入任何内容，不能启动的照样拒绝',
    access: OFFICE,
    body: startRequest,
    answers: { 200: noticePreview },
    handle: (call) =>
      previewed(call, starting(call), (database) => newEpisode({ ...call.context, database }, 'preview')),
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes',
    summary: '历次重污染天气过程，新的在前',
    access: READ,
    query: z.strictObject({
      phase: phase.optional(),
      drill: z.enum(['true', 'false']).optional(),
      cursor: cursor.optional(),
      limit,
    }),
    answers: { 200: listOf(episodeBody) },
    async handle({ context, account, query: { drill, ...filters } }) {
      const page = await listEpisodes(context.database, {
        ...filters,
        ...(drill === undefined ? {} : { drill: drill === 'true' }),
      });
      const items = page.items.map((listed) => listedAnswer(context, listed, account.role !== 'unit'));
      return { status: 200, body: { ...page, items } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/episodes/{episodeId}',
    summary: '一次重污染天气过程',
    access: READ,
    params: episodePaths.episode,
    answers: { 200: episodeBody },
    find: theEpisode,
    async handle({ context, found }) {
      return { status: 200, body: await episodeAnswer(context, found.state) };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/episodes/{episodeId}/adjustments',
    summary: '按照市级通知调整级别或预计结束时间',
    access: OFFICE,
    params: episodePaths.episode,
    body: adjustRequest,
    answers: { 200: made },
    find: theEpisode,
    handle: handleAdjust,
  }),
  route({
    method: 'post',
    path: '/api/v1/episodes/{episodeId}/adjustments/preview',
    summary: '调整的预览：任务的新增、加严、延续、放宽和终止，以及通知谁、期限、要注意的事；不写入任何内容',
    access: OFFICE,
    params: episodePaths.episode,
    body: adjustRequest,
    answers: { 200: noticePreview },
    find: theEpisode,
    handle: (call) => previewed(call, adjusting(call), wholeEpisode(call.found)),
  }),
  route({
    method: 'post',
    path: '/api/v1/episodes/{episodeId}/lift/preview',
    summary: '解除的预览：随之终止的事项、信息报送和总结的期限、通知谁；不写入任何内容',
    access: OFFICE,
    params: episodePaths.episode,
    body: liftRequest,
    answers: { 200: noticePreview },
    find: theEpisode,
    handle: (call) => previewed(call, lifting(call), wholeEpisode(call.found)),
  }),
  route({
    method: 'post',
    path: '/api/v1/episodes/{episodeId}/lift',
    summary: '按照市级通知解除预警，应急响应随之终止',
    access: OFFICE,
    params: episodePaths.episode,
    body: liftRequest,
    answers: { 200: made },
    find: theEpisode,
    handle: handleLift,
  }),
  route({
    method: 'post',
    path: '/api/v1/episodes/{episodeId}/notices/{noticeId}/number',
    summary: '为没有文号的通知补录文号，或更正录错的文号；本区的通知（ownNotice）也可以这样补录；同样内容重复提交不变',
    access: OFFICE,
    params: episodePaths.episodeNotice,
    body: numberRequest,
    answers: { 200: made },
    find: theNotice,
    handle: handleNumber,
  }),
];
