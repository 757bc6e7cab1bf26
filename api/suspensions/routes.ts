import { refuse } from '../../episode/decide/refusals.js';
import type { SuspensionState } from '../../episode/state-types.js';
import type { Context } from '../engine/context.js';
import { episodeAfter, episodeCommand } from '../engine/episode-command.js';
import { type FoundEpisode, theEpisode } from '../engine/load-episode.js';
import { episodeBody, withEntry } from '../engine/schemas.js';
import { problemOf } from '../http/problems.js';
import { route } from '../http/route.js';
import { resumptionRequest, suspensionPaths, suspensionRequest } from './schemas.js';

const EPISODE = '/api/v1/episodes/{episodeId}';
const OFFICE = { office: 'any' } as const;
const made = withEntry(episodeBody);

interface FoundSuspension extends FoundEpisode {
  suspension: SuspensionState;
}

async function theSuspension(context: Context, ids: Record<string, string>): Promise<FoundSuspension> {
  const found = await theEpisode(context, ids);
  const { suspensionId = '' } = ids;
  const suspension = found.state.suspensions.find((one) => one.suspensionId === suspensionId);
  if (!suspension) throw problemOf(refuse('suspensionUnknown', found.state.binding.rules, { suspensionId }));
  return { ...found, suspension };
}

/** Measures, or the whole response, held for a time. */
export const suspensionRoutes = [
  route({
    method: 'post',
    path: `${EPISODE}/suspensions`,
    summary: '暂停一项或多项措施，或整个应急响应；entry 所记的暂停见 suspensions 中同一 seq 的一项',
    access: OFFICE,
    params: suspensionPaths.episode,
    body: suspensionRequest,
    answers: { 200: made },
    find: theEpisode,
    async handle(call) {
      const { notice, ...facts } = call.body;
      const command = { kind: 'suspend' as const, ...facts, ...(notice && { order: notice }) };
      const { entry } = await episodeCommand(call, call.body, command);
      return { status: 200, body: { ...(await episodeAfter(call)), entry } };
    },
  }),
  route({
    method: 'post',
    path: `${EPISODE}/suspensions/{suspensionId}/resumption`,
    summary: '恢复执行；尚未开始的暂停随之取消',
    access: OFFICE,
    params: suspensionPaths.suspension,
    body: resumptionRequest,
    answers: { 200: made },
    find: theSuspension,
    async handle(call) {
      const { notice, ...facts } = call.body;
      const { suspensionId } = call.found.suspension;
      const command = { kind: 'resume' as const, suspensionId, ...facts, ...(notice && { order: notice }) };
      const { entry } = await episodeCommand(call, { suspensionId, ...call.body }, command);
      return { status: 200, body: { ...(await episodeAfter(call)), entry } };
    },
  }),
];
