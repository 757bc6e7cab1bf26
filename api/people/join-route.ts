import type { z } from 'zod';
import { whenOver } from '../../episode/decide/refusals.js';
import { isLiftNoticed } from '../../episode/state.js';
import { giveAccount } from '../../ledger/people/accounts.js';
import { giveContacts } from '../../ledger/people/contacts.js';
import { alreadyCarriedOut, carryOut, commandOf, identityOf } from '../engine/commands.js';
import { createdAt, episodeAfter } from '../engine/episode-command.js';
import { type FoundEpisode, theWholeEpisode } from '../engine/load-episode.js';
import { madeEntry, theEntry } from '../engine/present.js';
import { episodeBody, episodePaths, withEntry } from '../engine/schemas.js';
import { type Call, type Exact, route } from '../http/route.js';
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
      const earlier = await alreadyCarriedOut(call, found.episodeId, identityOf(call, body));
      const { seq, repeated } = earlier ?? (await join(call));
      const entry = await theEntry(context, found.episodeId, seq);
      return {
        ...createdAt(found, entry.unitId!, repeated),
        body: { ...(await episodeAfter(call)), entry: madeEntry(entry) },
      };
    },
  }),
];

async function join(call: Call<unknown, unknown, Exact<z.output<typeof unitRequest>>, FoundEpisode>) {
  const { context, body, found } = call;
  const { state } = found;
  const unit = unitToAdd(context.edition, body);
  // Before the command, because the unit is notified as soon as it has joined. A unit that will be refused gets neither
  // contacts nor an account.
  const joins = !whenOver(state) && !isLiftNoticed(state) && !state.units[unit.unitId];
  if (joins) {
    await giveContacts(context.database, unit.unitId, body.contacts);
    await giveAccount(context.database, unit);
  }
  return carryOut(call, state, commandOf(call, body, { kind: 'addUnit', ...unit }));
}
