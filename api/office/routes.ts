import { z } from 'zod';
import { contactWarnings, contactWarningsFor } from '../engine/contact-warnings.js';
import { createdAt, episodeAfter, episodeCommand } from '../engine/episode-command.js';
import { theEpisode, theTaskOfAnyUnit, theUnitOfEpisode, theWholeEpisode } from '../engine/load-episode.js';
import { referralsOf } from '../engine/referrals.js';
import { episodeBody, referralView, withEntry } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { cursor, limit, listOf, nothing } from '../http/schemas.js';
import { digestAnswer, digestsAnswer, digestTextOf, requireDigested } from './digests.js';
import { followUpAnswer, followUpTextOf } from './follow-up.js';
import { newDigestPaper, newFollowUpPaper, withPaper } from './papers.js';
import { reviewAnswer } from './review.js';
import {
  digest,
  digestRow,
  digestSubmissionRequest,
  EPISODE_PATH,
  evaluationRequest,
  followUp,
  followUpRequest,
  officePaths,
  READ,
  referralRequest,
  reviewBody,
  reviewRequest,
  taskCancellationRequest,
  tasksRequest,
} from './schemas.js';

const OFFICE = { office: 'any' } as const;

/** The office's work beside notices: evaluation (§4.3.4.5), follow-up and review (§5). */
export const officeRoutes = [
  route({
    method: 'post',
    path: `${EPISODE_PATH}/evaluations`,
    summary: '评估减排措施的效果，补充完善措施',
    access: OFFICE,
    params: officePaths.episode,
    body: evaluationRequest,
    answers: { 200: withEntry(episodeBody) },
    find: theEpisode,
    async handle(call) {
      const { entry } = await episodeCommand(call, call.body, { kind: 'evaluate', ...call.body });
      return { status: 200, body: { ...(await episodeAfter(call)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE_PATH}/tasks`,
    summary: '为一个或多个责任单位增加更严格的任务',
    access: OFFICE,
    params: officePaths.episode,
    body: tasksRequest,
    answers: { 200: withEntry(episodeBody), 201: withEntry(episodeBody) },
    find: theEpisode,
    async handle(call) {
      const { found, body } = call;
      const { entry, repeated } = await episodeCommand(call, body, { kind: 'addTask', ...body });
      // Each unit has its task on its own page. The answer shows the first.
      return { ...createdAt(found, body.unitIds[0]!, repeated), body: { ...(await episodeAfter(call)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE_PATH}/tasks/{taskId}/cancellation`,
    summary: '撤销一项增加的任务，并说明理由：尚未完成的单位不必再办；已经逾期的记录不变',
    access: OFFICE,
    params: officePaths.task,
    body: taskCancellationRequest,
    answers: { 200: withEntry(episodeBody) },
    find: theTaskOfAnyUnit,
    async handle(call) {
      const { body, found } = call;
      const { entry } = await episodeCommand(call, body, { kind: 'cancelTask', taskId: found.taskId, ...body });
      return { status: 200, body: { ...(await episodeAfter(call)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE_PATH}/referrals`,
    summary: '把一个单位逾期补办或逾期未办的事项移交区纪委监委或区环委会，并说明理由',
    access: OFFICE,
    params: officePaths.episode,
    body: referralRequest,
    answers: { 200: withEntry(referralView).extend({ warnings: contactWarnings }) },
    find: theEpisode,
    async handle(call) {
      const { context, found, body } = call;
      const { entry } = await episodeCommand(call, body, { kind: 'refer', ...body });
      const { state } = await theUnitOfEpisode(context, { episodeId: found.episodeId, unitId: body.unitId });
      const referral = (await referralsOf(context, state)).find(({ seq }) => seq === entry.seq);
      const warnings = await contactWarningsFor(context, [body.to]);
      return { status: 200, body: { ...referral, entry, warnings } };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/digests`,
    summary: '已形成的每日汇总，旧的在前，以及是否已上报市环委办',
    access: READ,
    params: officePaths.episode,
    query: z.strictObject({ cursor: cursor.optional(), limit }),
    answers: { 200: listOf(digestRow) },
    find: theEpisode,
    async handle({ context, found, query }) {
      return { status: 200, body: await digestsAnswer(context, found.state, query) };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE_PATH}/digests/{date}/submission`,
    summary: '把一日的全区情况上报市环委办；不填 text 时上报按汇总生成的文字；再次上报为更正',
    access: OFFICE,
    params: officePaths.digest,
    body: digestSubmissionRequest,
    answers: { 200: withEntry(digest) },
    find: theWholeEpisode,
    async handle(call) {
      const { context, found, body, params } = call;
      const text = body.text ?? (await digestTextOf(context, found.state, params.date));
      const command = await withPaper(call, { kind: 'submitDigest', date: params.date, text }, () =>
        newDigestPaper(context, found.state, params.date, text),
      );
      const { entry } = await episodeCommand(call, body, command);
      const { state } = await theWholeEpisode(context, { episodeId: found.episodeId });
      return { status: 200, body: { ...(await digestAnswer(context, state, params.date)), entry } };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/digests/{date}`,
    summary: '一日的全区汇总：各单位报送数字的合计、未报送的单位，以及上报市环委办的文字',
    access: READ,
    params: officePaths.digest,
    answers: { 200: digest },
    find: theWholeEpisode,
    async handle({ context, found: { state }, params: { date } }) {
      requireDigested(context, state, date);
      return { status: 200, body: await digestAnswer(context, state, date) };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/follow-up-report`,
    summary: '解除后的信息报送：由记录生成的草稿，或者已报送的内容',
    access: READ,
    params: officePaths.episode,
    answers: { 200: followUp },
    find: theEpisode,
    async handle({ context, found }) {
      return { status: 200, body: await followUpAnswer(context, found.episodeId) };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE_PATH}/follow-up-report/submission`,
    summary: '向市环委办报送；不填 text 时报送草稿',
    access: OFFICE,
    params: officePaths.episode,
    body: followUpRequest,
    answers: { 200: withEntry(followUp) },
    find: theEpisode,
    async handle(call) {
      const { context, found, body } = call;
      const text = body.text ?? (await followUpTextOf(context, found.episodeId));
      const command = await withPaper(call, { kind: 'submitFollowUp', text }, () =>
        newFollowUpPaper(context, found.state, text),
      );
      const { entry } = await episodeCommand(call, body, command);
      return { status: 200, body: { ...(await followUpAnswer(context, found.episodeId)), entry } };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE_PATH}/review`,
    summary: '总结评估和各单位的总结',
    access: READ,
    params: officePaths.episode,
    answers: { 200: reviewBody },
    find: theEpisode,
    async handle({ context, found }) {
      return { status: 200, body: await reviewAnswer(context, found.episodeId) };
    },
  }),
  route({
    method: 'put',
    path: `${EPISODE_PATH}/review`,
    summary: '填写总结评估，发布前可反复修改',
    access: OFFICE,
    params: officePaths.episode,
    body: reviewRequest,
    answers: { 200: withEntry(reviewBody) },
    find: theEpisode,
    async handle(call) {
      const { entry } = await episodeCommand(call, call.body, { kind: 'saveReview', content: call.body });
      return { status: 200, body: { ...(await reviewAnswer(call.context, call.found.episodeId)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE_PATH}/review/publication`,
    summary: '发布总结评估，过程随之结束',
    access: OFFICE,
    params: officePaths.episode,
    body: nothing,
    answers: { 200: withEntry(reviewBody) },
    find: theEpisode,
    async handle(call) {
      const { entry } = await episodeCommand(call, {}, { kind: 'publishReview' });
      return { status: 200, body: { ...(await reviewAnswer(call.context, call.found.episodeId)), entry } };
    },
  }),
];
