/** A person presses units about what they have not done (§6.6). */

import { nameOf } from '../../episode/state.js';
import { findEpisodeWithUnits } from '../../ledger/reading/reading.js';
import { contactWarningsFor } from '../engine/contact-warnings.js';
import { episodeCommand } from '../engine/episode-command.js';
import { theEpisode } from '../engine/load-episode.js';
import { episodeAnswer } from '../engine/present.js';
import { route } from '../http/route.js';
import { urgedBody, urgePaths, urgeRequest } from './schemas.js';

export const urgeRoutes = [
  route({
    method: 'post',
    path: '/api/v1/episodes/{episodeId}/urges',
    summary: '催办：把单位没有办的事项立即再告知其人员，夜间也发；同一事项在时限办法规定的分钟数内只催一次',
    access: { office: 'any' },
    params: urgePaths,
    body: urgeRequest,
    answers: { 200: urgedBody },
    find: theEpisode,
    async handle(call) {
      const { context, body, found } = call;
      const { entry } = await episodeCommand(call, body, { kind: 'urge', ...body });
      const state = (await findEpisodeWithUnits(context.database, found.episodeId, body.unitIds))!;
      const warnings = await contactWarningsFor(context, body.unitIds);
      const named = warnings.map((one) => ({ ...one, name: nameOf(state, one.unitId) }));
      return { status: 200, body: { ...(await episodeAnswer(context, state)), entry, warnings: named } };
    },
  }),
];
