import type { z } from 'zod';
import { episodeTimeAt } from '../../episode/clock.js';
import type { UnitCommandBody } from '../../episode/commands.js';
import { dutyDesk } from '../../ledger/people/duty-desk.js';
import { createdAt, episodeCommand } from '../engine/episode-command.js';
import { type FoundTask, theTask, theUnitOfEpisode } from '../engine/load-episode.js';
import { unitAnswer } from '../engine/present.js';
import { unitPage, withEntry } from '../engine/schemas.js';
import { type Exact, route } from '../http/route.js';
import { contentOf, type OnBehalf } from './on-behalf.js';
import {
  acknowledgementRequest,
  completionRequest,
  completionsRequest,
  explanationRequest,
  implementationRequest,
  notApplicableRequest,
  progressRequest,
  unitPaths,
  unitTaskCancellationRequest,
  unitTaskRequest,
  withdrawalRequest,
} from './schemas.js';
import { OWN_UNIT, unitCommand } from './unit-commands.js';

const UNIT = '/api/v1/episodes/{episodeId}/units/{unitId}';
const page = withEntry(unitPage);

/** A desk that nobody stands at has neither name nor number. */
const shownDesk = ({ officeDuty, officePhone }: Awaited<ReturnType<typeof dutyDesk>>) => ({
  ...(officeDuty === '' ? {} : { name: officeDuty }),
  ...(officePhone === '' ? {} : { phone: officePhone }),
});

type OneTask = Pick<FoundTask, 'unitId' | 'taskId'>;

/** A command about one task, below its address. */
const onTask = <Body extends { onBehalf?: OnBehalf['onBehalf'] | undefined }>({
  path,
  summary,
  body,
  command,
}: {
  path: string;
  summary: string;
  body: z.ZodType<Body>;
  command: (task: OneTask, body: Exact<Body>) => UnitCommandBody;
}) =>
  route({
    method: 'post',
    path: `${UNIT}/tasks/{taskId}/${path}`,
    summary,
    access: OWN_UNIT,
    params: unitPaths.task,
    body,
    answers: { 200: page },
    find: theTask,
    handle: (call) => {
      const { unitId, taskId } = call.found;
      return unitCommand<OnBehalf>(call, command({ unitId, taskId }, call.body));
    },
  });

/** A unit's work during the response (§4.2, §4.3). */
export const unitWorkRoutes = [
  route({
    method: 'get',
    path: UNIT,
    summary: '一个责任单位的任务和期限',
    access: { office: 'any', supervisor: 'any', unit: 'own' },
    params: unitPaths.episodeUnit,
    answers: { 200: unitPage },
    find: theUnitOfEpisode,
    async handle({ context, found: { state, unitId } }) {
      const page = await unitAnswer(context, state, unitId);
      const desk = await dutyDesk(context.database, episodeTimeAt(state.clock, context.clock()));
      return { status: 200, body: { ...page, officeDesk: shownDesk(desk) } };
    },
  }),
  route({
    method: 'post',
    path: `${UNIT}/acknowledgement`,
    summary: '确认收到预警信息，所有未确认的一并确认',
    access: OWN_UNIT,
    params: unitPaths.episodeUnit,
    body: acknowledgementRequest,
    answers: { 200: page },
    find: theUnitOfEpisode,
    handle: (call) => unitCommand(call, { kind: 'acknowledge', unitId: call.found.unitId }),
  }),
  route({
    method: 'post',
    path: `${UNIT}/implementation-reports`,
    summary: '报告应急措施落实情况',
    access: OWN_UNIT,
    params: unitPaths.episodeUnit,
    body: implementationRequest,
    answers: { 200: page },
    find: theUnitOfEpisode,
    handle: (call) =>
      unitCommand(call, { kind: 'reportImplementation', unitId: call.found.unitId, text: call.body.text }),
  }),
  onTask({
    path: 'completion',
    summary: '一项任务已完成',
    body: completionRequest,
    command: ({ unitId, taskId }, body) => ({ kind: 'completeTasks', unitId, taskIds: [taskId], ...contentOf(body) }),
  }),
  route({
    method: 'post',
    path: `${UNIT}/tasks/completions`,
    summary: '几项任务一并完成，说明和附件共用；有一项不能完成的，全部不办',
    access: OWN_UNIT,
    params: unitPaths.episodeUnit,
    body: completionsRequest,
    answers: { 200: page },
    find: theUnitOfEpisode,
    handle: (call) => unitCommand(call, { kind: 'completeTasks', unitId: call.found.unitId, ...contentOf(call.body) }),
  }),
  onTask({
    path: 'not-applicable',
    summary: '一项任务本辖区（本单位）不涉及，并说明理由；以后启动时照此办理',
    body: notApplicableRequest,
    command: (task, { reason }) => ({ kind: 'declareNotApplicable', ...task, reason }),
  }),
  onTask({
    path: 'not-applicable/withdrawal',
    summary: '撤回“不涉及”：本次要办理，以后启动也不再照此办理',
    body: withdrawalRequest,
    command: (task, { reason }) => ({ kind: 'withdrawNotApplicable', ...task, reason }),
  }),
  onTask({
    path: 'progress',
    summary: '一项任务的进展，不表示完成',
    body: progressRequest,
    command: (task, body) => ({ kind: 'noteProgress', ...task, ...contentOf(body) }),
  }),
  onTask({
    path: 'withdrawal',
    summary: '撤回一项任务的完成，并说明原因',
    body: withdrawalRequest,
    command: (task, { reason }) => ({ kind: 'withdrawCompletion', ...task, reason }),
  }),
  route({
    method: 'post',
    path: `${UNIT}/explanations`,
    summary: '说明一项逾期的原因；再次说明为更正，同样内容重复提交不变；没有逾期的不受理',
    access: OWN_UNIT,
    params: unitPaths.episodeUnit,
    body: explanationRequest,
    answers: { 200: page },
    find: theUnitOfEpisode,
    handle(call) {
      const { reason, ...about } = contentOf(call.body);
      return unitCommand(call, { kind: 'explainBreach', unitId: call.found.unitId, about, reason });
    },
  }),
  route({
    method: 'post',
    path: `${UNIT}/tasks`,
    summary: '增加更严格的任务：单位为本单位，办公室为这个单位',
    access: OWN_UNIT,
    params: unitPaths.episodeUnit,
    body: unitTaskRequest,
    answers: { 200: page, 201: page },
    find: theUnitOfEpisode,
    async handle(call) {
      const { context, found, body } = call;
      const { entry, repeated } = await episodeCommand(call, body, {
        kind: 'addTask',
        unitIds: [found.unitId],
        ...body,
      });
      const after = await theUnitOfEpisode(context, found);
      const page = { ...(await unitAnswer(context, after.state, found.unitId)), entry };
      return { ...createdAt(found, found.unitId, repeated), body: page };
    },
  }),
  route({
    method: 'post',
    path: `${UNIT}/tasks/{taskId}/cancellation`,
    summary: '撤销一项增加的任务，并说明理由：单位撤销自己增加的，办公室撤销这个单位的任何一项',
    access: OWN_UNIT,
    params: unitPaths.task,
    body: unitTaskCancellationRequest,
    answers: { 200: page },
    find: theTask,
    async handle(call) {
      const { context, found, body } = call;
      const { unitId, taskId } = found;
      const { entry } = await episodeCommand(call, body, { kind: 'cancelTask', taskId, unitIds: [unitId], ...body });
      const { state } = await theUnitOfEpisode(context, found);
      return { status: 200, body: { ...(await unitAnswer(context, state, unitId)), entry } };
    },
  }),
];
