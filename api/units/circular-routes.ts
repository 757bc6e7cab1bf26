import { circularsOfUnit, theCircularOfUnit } from '../engine/circulars.js';
import { theUnitOfEpisode } from '../engine/load-episode.js';
import { circularOfUnit, unitPage, withEntry } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { listOf } from '../http/schemas.js';
import { contentOf, type OnBehalf } from './on-behalf.js';
import { acknowledgementRequest, circularAnswerRequest, unitPaths } from './schemas.js';
import { OWN_UNIT, unitCommand } from './unit-commands.js';

const CIRCULARS = '/api/v1/episodes/{episodeId}/units/{unitId}/circulars';
const page = withEntry(unitPage);

/** Circulars as the unit reads, acknowledges and answers them (§5.1, §7). */
export const unitCircularRoutes = [
  route({
    method: 'get',
    path: CIRCULARS,
    summary: '发给一个单位的通报，后发的在前',
    access: { office: 'any', supervisor: 'any', unit: 'own' },
    params: unitPaths.episodeUnit,
    answers: { 200: listOf(circularOfUnit) },
    find: theUnitOfEpisode,
    async handle({ context, found }) {
      return { status: 200, body: { items: await circularsOfUnit(context, found) } };
    },
  }),
  route({
    method: 'post',
    path: `${CIRCULARS}/{circularId}/acknowledgement`,
    summary: '确认收到通报；应急响应结束后、过程归档前也可确认',
    access: OWN_UNIT,
    params: unitPaths.circular,
    body: acknowledgementRequest,
    answers: { 200: page },
    find: theCircularOfUnit,
    handle(call) {
      const { unitId, circularId } = call.found;
      return unitCommand<OnBehalf>(call, { kind: 'acknowledgeCircular', unitId, circularId });
    },
  }),
  route({
    method: 'put',
    path: `${CIRCULARS}/{circularId}/answer`,
    summary: '答复通报：采取的措施和整改情况；尚未确认的一并确认，再次答复为更正',
    access: OWN_UNIT,
    params: unitPaths.circular,
    body: circularAnswerRequest,
    answers: { 200: page },
    find: theCircularOfUnit,
    handle(call) {
      const { unitId, circularId } = call.found;
      return unitCommand<OnBehalf>(call, { kind: 'answerCircular', unitId, circularId, ...contentOf(call.body) });
    },
  }),
];
