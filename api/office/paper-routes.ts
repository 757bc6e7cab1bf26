import { DOCX_TYPE } from '../../documents/docx.js';
import { XLSX_TYPE } from '../../documents/workbook.js';
import type { IssuedPaper } from '../../ledger/papers.js';
import { theWholeEpisode } from '../engine/load-episode.js';
import { type Answer, route } from '../http/route.js';
import { digestTextOf, requireDigested } from './digests.js';
import { followUpTextOf } from './follow-up.js';
import { digestFile, digestSheets, followUpFile, reviewFile } from './papers.js';
import { EPISODE_PATH, officePaths, READ } from './schemas.js';

/** The papers of an episode to download. Before the routes of the same address without an ending. */
export const paperRoutes = [
  route({
    method: 'get',
    path: `${EPISODE_PATH}/digests/{date}.docx`,
    summary: '一日的全区日报（公文格式）：已上报的原件，或者按汇总生成的草稿',
    access: READ,
    params: officePaths.digest,
    answers: { 200: [DOCX_TYPE] },
    find: theWholeEpisode,
    async handle({ context, found: { state }, params: { date } }) {
      requireDigested(context, state, date);
      return downloadOf(await digestFile(context, state, date, await digestTextOf(context, state, date)));
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/digests/{date}.xlsx`,
    summary: '一日的全区数据：全区一行、每单位一行、每个问题一行',
    access: READ,
    params: officePaths.digest,
    answers: { 200: [XLSX_TYPE] },
    find: theWholeEpisode,
    async handle({ context, found: { state }, params: { date } }) {
      requireDigested(context, state, date);
      return downloadOf(await digestSheets(context, state, date));
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/follow-up-report.docx`,
    summary: '解除后的信息报送（公文格式）：已报送的原件，或者由记录生成的草稿',
    access: READ,
    params: officePaths.episode,
    answers: { 200: [DOCX_TYPE] },
    find: theWholeEpisode,
    async handle({ context, found: { episodeId, state } }) {
      return downloadOf(await followUpFile(context, state, await followUpTextOf(context, episodeId)));
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/review.docx`,
    summary: '总结评估报告（公文格式），含台账中的图表和各单位总结',
    access: READ,
    params: officePaths.episode,
    answers: { 200: [DOCX_TYPE] },
    find: theWholeEpisode,
    async handle({ context, found: { state } }) {
      return downloadOf(await reviewFile(context, state));
    },
  }),
];

export const downloadOf = ({ name, mediaType, content }: IssuedPaper): Answer => ({
  status: 200,
  file: { name, mediaType, content, size: content.length },
});
