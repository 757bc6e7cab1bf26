import { z } from 'zod';
import { listEpisodes } from '../../ledger/reading/reading.js';
import { contactWarnings } from '../engine/contact-warnings.js';
import { theEpisode } from '../engine/load-episode.js';
import { episodeAnswer, listedAnswer } from '../engine/present.js';
import { episodeBody, episodePaths, phase, withEntry } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { cursor, limit, listOf } from '../http/schemas.js';
import { handleNumber, theNotice } from './number-notice.js';
import { adjustRequest, liftRequest, numberRequest, startRequest } from './schemas.js';
import { handleAdjust, handleLift, handleStart } from './start-adjust-lift.js';

const READ = { office: 'any', supervisor: 'any', unit: 'any' } as const;
const OFFICE = { office: 'any' } as const;
const made = withEntry(episodeBody);
const started = made.extend({ warnings: contactWarnings });

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
    async handle({ context, query: { drill, ...filters } }) {
      const page = await listEpisodes(context.database, {
        ...filters,
        ...(drill === undefined ? {} : { drill: drill === 'true' }),
      });
      const items = page.items.map((listed) => listedAnswer(context, listed));
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
