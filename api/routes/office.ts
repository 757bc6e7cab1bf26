import { digestOf } from '../../episode/digest.js';
import { isLiftNoticed, nameOf, startNotice } from '../../episode/state.js';
import { giveContacts } from '../../ledger/contacts.js';
import { reportsInForce } from '../../ledger/reports.js';
import { isReportable } from '../../plan/calendar.js';
import { createdAt, episodeCommand } from '../episode-command.js';
import { type FoundEpisode, theEpisode, theWholeEpisode } from '../find.js';
import { followUpAnswer, followUpTextOf } from '../follow-up.js';
import { episodeAnswer, episodeNow } from '../present.js';
import { notFound } from '../problems.js';
import { reviewAnswer } from '../review.js';
import { type Call, route } from '../route.js';
import { digest, episode, followUp, review, withEntry } from '../schemas/answers.js';
import { nothing } from '../schemas/common.js';
import {
  evaluationRequest,
  followUpRequest,
  paths,
  reviewRequest,
  tasksRequest,
  unitRequest,
} from '../schemas/requests.js';
import { unitToAdd } from '../unit-to-add.js';

const EPISODE = '/api/v1/episodes/{episodeId}';
const OFFICE = { office: 'any' } as const;
const READ = { office: 'any', supervisor: 'any' } as const;

/** What the office does beside notices: units that join (§2.2), evaluation (§4.3.4.5), follow-up and review (§5). */
export const officeRoutes = [
  route({
    method: 'post',
    path: `${EPISODE}/units`,
    summary: '增加责任单位（§2.2）',
    access: OFFICE,
    params: paths.episode,
    body: unitRequest,
    answers: { 200: withEntry(episode), 201: withEntry(episode) },
    find: theWholeEpisode,
    async handle(call) {
      const { context, body, found } = call;
      const unit = unitToAdd(context.edition, body);
      // Before the command, for the unit is notified as soon as it has joined; not for one that will be refused.
      const joins = found.state.phase !== 'closed' && !isLiftNoticed(found.state) && !found.state.units[unit.unitId];
      if (joins) await giveContacts(context.database, unit.unitId, body.contacts);
      const { entry, repeated } = await episodeCommand(call, body, { kind: 'addUnit', ...unit });
      return { ...createdAt(found, unit.unitId, repeated), body: { ...(await episodeNowOf(call)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE}/evaluations`,
    summary: '评估减排措施的效果，补充完善措施（§4.3.4.5）',
    access: OFFICE,
    params: paths.episode,
    body: evaluationRequest,
    answers: { 200: withEntry(episode) },
    find: theEpisode,
    async handle(call) {
      const { entry } = await episodeCommand(call, call.body, { kind: 'evaluate', ...call.body });
      return { status: 200, body: { ...(await episodeNowOf(call)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE}/tasks`,
    summary: '为一个或多个责任单位增加更严格的任务（§4.3）',
    access: OFFICE,
    params: paths.episode,
    body: tasksRequest,
    answers: { 200: withEntry(episode), 201: withEntry(episode) },
    find: theEpisode,
    async handle(call) {
      const { found, body } = call;
      const { entry, repeated } = await episodeCommand(call, body, { kind: 'addTask', ...body });
      // Each unit has its task on its own page; the first stands for all.
      return { ...createdAt(found, body.unitIds[0]!, repeated), body: { ...(await episodeNowOf(call)), entry } };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE}/digests/{date}`,
    summary: '一日的全区汇总：各单位报送数字的合计，以及未报送的单位（§5.1）',
    access: READ,
    params: paths.digest,
    answers: { 200: digest },
    find: theWholeEpisode,
    async handle({ context, found: { state }, params: { date } }) {
      const response = { from: startNotice(state).effectiveAt, until: state.liftedAt };
      const isOver = state.responseLevel !== undefined && isReportable(response, date, episodeNow(context, state));
      if (!isOver) throw notFound('这一日的汇总（不在响应期间，或者尚未过去）');
      const { outstanding, ...sums } = digestOf(state, date, await reportsInForce(context.database, state, date));
      const named = outstanding.map((unitId) => ({ unitId, name: nameOf(state, unitId) }));
      return { status: 200, body: { ...sums, outstanding: named } };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE}/follow-up-report`,
    summary: '解除后的信息报送（§5.1）：由记录生成的草稿，或者已报送的内容',
    access: READ,
    params: paths.episode,
    answers: { 200: followUp },
    find: theEpisode,
    async handle({ context, found }) {
      return { status: 200, body: await followUpAnswer(context, found.episodeId) };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE}/follow-up-report/submission`,
    summary: '向市环委办报送（§5.1）；不填 text 时报送草稿',
    access: OFFICE,
    params: paths.episode,
    body: followUpRequest,
    answers: { 200: withEntry(followUp) },
    find: theEpisode,
    async handle(call) {
      const { context, found, body } = call;
      const text = body.text ?? (await followUpTextOf(context, found.episodeId));
      const { entry } = await episodeCommand(call, body, { kind: 'submitFollowUp', text });
      return { status: 200, body: { ...(await followUpAnswer(context, found.episodeId)), entry } };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE}/review`,
    summary: '总结评估（§5.2）和各单位的总结',
    access: READ,
    params: paths.episode,
    answers: { 200: review },
    find: theEpisode,
    async handle({ context, found }) {
      return { status: 200, body: await reviewAnswer(context, found.episodeId) };
    },
  }),
  route({
    method: 'put',
    path: `${EPISODE}/review`,
    summary: '填写总结评估（§5.2），发布前可反复修改',
    access: OFFICE,
    params: paths.episode,
    body: reviewRequest,
    answers: { 200: withEntry(review) },
    find: theEpisode,
    async handle(call) {
      const { entry } = await episodeCommand(call, call.body, { kind: 'saveReview', content: call.body });
      return { status: 200, body: { ...(await reviewAnswer(call.context, call.found.episodeId)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE}/review/publication`,
    summary: '发布总结评估（§5.2），过程随之结束',
    access: OFFICE,
    params: paths.episode,
    body: nothing,
    answers: { 200: withEntry(review) },
    find: theEpisode,
    async handle(call) {
      const { entry } = await episodeCommand(call, {}, { kind: 'publishReview' });
      return { status: 200, body: { ...(await reviewAnswer(call.context, call.found.episodeId)), entry } };
    },
  }),
];

/** The episode as it is after the command. */
async function episodeNowOf({ context, found }: Call<unknown, unknown, unknown, FoundEpisode>) {
  const { state } = await theEpisode(context, { episodeId: found.episodeId });
  return episodeAnswer(context, state);
}
