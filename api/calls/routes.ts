import { contactsOf } from '../../ledger/people/contacts.js';
import { quoted } from '../../lib/quoted.js';
import type { Context } from '../engine/context.js';
import { episodeCommand } from '../engine/episode-command.js';
import { theUnitAmongAll, theUnitOfEpisode, theWholeEpisode } from '../engine/load-episode.js';
import { unitAnswer } from '../engine/present.js';
import { episodePaths, unitPage, withEntry } from '../engine/schemas.js';
import { invalidFields } from '../http/fields.js';
import { route } from '../http/route.js';
import { callingListAnswer, reachAnswer } from './calling-list.js';
import { callingList, callRequest, reach } from './schemas.js';

const EPISODE = '/api/v1/episodes/{episodeId}';

/** Refuses with 400 a person who is none of the unit's contacts. */
async function requireContact({ database }: Context, unitId: string, contact: string | undefined): Promise<void> {
  if (contact === undefined) return;
  const known = await contactsOf(database, unitId);
  if (!known.some(({ contactId }) => contactId === contact))
    throw invalidFields([
      { field: 'contactId', detail: `本单位联系人中没有编号为${quoted(contact)}的人，请核对，或不填` },
    ]);
}

/** The office rings by its own telephone whoever does not answer (§6.1, §6.6). Numbers are for the office alone. */
export const callRoutes = [
  route({
    method: 'get',
    path: `${EPISODE}/calling-list`,
    summary: '要打电话的单位：为什么、从何时起、值班人员和号码、已经试过什么',
    access: { office: 'any' },
    listsPeople: '电话名单',
    params: episodePaths.episode,
    answers: { 200: callingList },
    find: theWholeEpisode,
    handle: async ({ context, found }) => ({ status: 200, body: await callingListAnswer(context, found.state) }),
  }),
  route({
    method: 'get',
    path: `${EPISODE}/units/{unitId}/reach`,
    summary: '一个单位现在找谁：值班人员和号码、程序接下来通知谁、打过的电话',
    access: { office: 'any' },
    params: episodePaths.episodeUnit,
    answers: { 200: reach },
    find: theUnitAmongAll,
    handle: async ({ context, found }) => ({ status: 200, body: await reachAnswer(context, found) }),
  }),
  route({
    method: 'post',
    path: `${EPISODE}/units/{unitId}/calls`,
    summary: '记下一次电话的结果；对方在电话中确认收到的，一并确认',
    access: { office: 'any' },
    params: episodePaths.episodeUnit,
    body: callRequest,
    answers: { 200: withEntry(unitPage) },
    find: theUnitOfEpisode,
    async handle(call) {
      const { context, body, found } = call;
      const { episodeId, unitId } = found;
      const { contactId: contact, ...said } = body;
      const command = { kind: 'recordCall' as const, unitId, ...(contact === undefined ? {} : { contact }), ...said };
      const { entry } = await episodeCommand(call, body, command, () => requireContact(context, unitId, contact));
      const { state } = await theUnitOfEpisode(context, { episodeId, unitId });
      return { status: 200, body: { ...(await unitAnswer(context, state, unitId)), entry } };
    },
  }),
];
