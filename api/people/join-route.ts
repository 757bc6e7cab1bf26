import type { CommandBody } from '../../episode/commands.js';
import { whenOver } from '../../episode/decide/refusals.js';
import { isLiftNoticed } from '../../episode/state.js';
import { giveContacts } from '../../ledger/people/contacts.js';
import { alreadyCarriedOut, commandOf } from '../engine/commands.js';
import { createdAt, episodeAfter, episodeCommand } from '../engine/episode-command.js';
import { theWholeEpisode } from '../engine/load-episode.js';
import { episodeBody, episodePaths, withEntry } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { unitRequest } from './schemas.js';
import { unitToAdd } from './unit-to-add.js';

/** A unit that joins an episode, with the people who answer for it (§2.2). */
export const joinRoutes = [
  route({
    method: 'post',
    path: '/api/v1/episodes/{episodeId}/units',
    summary: '增加责任单位',
    access: { office: 'any' },
    params: episodePaths.episode,
    body: unitRequest,
    answers: { 200: withEntry(episodeBody), 201: withEntry(episodeBody) },
    find: theWholeEpisode,
    async handle(call) {
      const { context, body, found } = call;
      const unit = unitToAdd(context.edition, body);
      const command: CommandBody = { kind: 'addUnit', ...unit };
      // Refused here when its key is another body's: that must leave no contacts behind.
      const earlier = await alreadyCarriedOut(call, found.episodeId, commandOf(call, body, command));
      // Before the command, because the unit is notified as soon as it has joined. A unit that will be refused gets no
      // contacts.
      const joins = !whenOver(found.state) && !isLiftNoticed(found.state) && !found.state.units[unit.unitId];
      if (joins && !earlier) await giveContacts(context.database, unit.unitId, body.contacts);
      const { entry, repeated } = await episodeCommand(call, body, command);
      return { ...createdAt(found, unit.unitId, repeated), body: { ...(await episodeAfter(call)), entry } };
    },
  }),
];
