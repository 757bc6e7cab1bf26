/** The messages of an episode: what became of each, and sending one again. */
import { readKey } from '../../episode/message-keys.js';
import { resendOf } from '../../episode/resends.js';
import { contactListsOf, contactsOf } from '../../ledger/people/contacts.js';
import { findMessage, type ListedMessage, listMessages } from '../../ledger/reading/messages.js';
import { findEntries, findEpisodeWithUnits } from '../../ledger/reading/reading.js';
import { quoted } from '../../lib/quoted.js';
import { addressOf } from '../../plan/people/contacts.js';
import type { Channel } from '../../plan/types.js';
import { holderNames } from '../engine/contact-warnings.js';
import type { Context } from '../engine/context.js';
import { episodeCommand } from '../engine/episode-command.js';
import { type FoundEpisode, theEpisode, theWholeEpisode } from '../engine/load-episode.js';
import { invalidFields } from '../http/fields.js';
import { Problem } from '../http/problems.js';
import { route } from '../http/route.js';
import { messageView, reportedBy } from './message-view.js';
import { messageList, messagePaths, messageQuery, resendRequest, resentBody } from './schemas.js';

const MESSAGES = '/api/v1/episodes/{episodeId}/messages';
const OFFICE = { office: 'any' } as const;

interface FoundMessage extends FoundEpisode {
  listed: ListedMessage;
}

/** With all its units: a step may have been taken for any of them. */
async function theMessage(context: Context, ids: Record<string, string>): Promise<FoundMessage> {
  const found = await theWholeEpisode(context, ids);
  const listed = await findMessage(context.database, found.episodeId, ids.messageId ?? '');
  if (!listed)
    throw new Problem('message-unknown', `本次过程中没有${quoted(ids.messageId ?? '')}这条消息，请从消息清单中选择。`);
  return { ...found, listed };
}

async function viewsOf({ database, edition }: Context, episodeId: string, items: readonly ListedMessage[]) {
  const holders = items.map(({ message }) => holderIn(message));
  const state = (await findEpisodeWithUnits(database, episodeId, holders))!;
  const reported = await findEntries(database, episodeId, [...new Set(reportedBy(items))]);
  const lists = await contactListsOf(database, [...new Set(holders)]);
  const names = holderNames(edition);
  const bySeq = new Map(reported.map((entry) => [entry.seq, entry]));
  return items.map((listed) =>
    messageView(state, listed, bySeq, {
      holder: (holder) => names.get(holder) ?? holder,
      contact: (holder, id) => lists.get(holder)?.find(({ contactId }) => contactId === id)?.name,
    }),
  );
}

function holderIn(message: string): string {
  const { to } = readKey(message);
  return to.kind === 'unit' ? to.unitId : to.kind;
}

/** What the entries say of the message; of one that was itself sent again, what those of the first say. */
async function commandFor({ database }: Context, { episodeId, state, listed }: FoundMessage) {
  const [first] = listed.entries;
  const original =
    first.kind === 'message.resent' ? await findMessage(database, episodeId, first.data.resends) : listed;
  const made = original!.entries.filter(({ kind }) => !kind.startsWith('notification.'));
  return resendOf(state, original!.message, made)!;
}

/** Refuses with 400 a person who is none of the holder's contacts, and a channel by which nobody is reached. */
async function requireWay(
  { database }: Context,
  message: string,
  { channel, contactId }: { channel?: Channel; contactId?: string },
): Promise<void> {
  const contacts = await contactsOf(database, holderIn(message));
  const chosen = contacts.filter((one) => contactId === undefined || one.contactId === contactId);
  if (contactId !== undefined && chosen.length === 0)
    throw invalidFields([{ field: 'contactId', detail: `收信单位的联系人中没有${quoted(contactId)}，请核对，或不填` }]);
  if (channel !== undefined && !chosen.some((one) => addressOf(one, channel) !== undefined))
    throw invalidFields([
      { field: 'channel', detail: `没有登记可用“${channel}”送达的地址，请换一种渠道，或先补上联系方式` },
    ]);
}

export const sentMessageRoutes = [
  route({
    method: 'get',
    path: MESSAGES,
    summary: '本次过程的消息，新的在前：发给谁、用什么渠道、结果和原因、下一步怎么办',
    access: OFFICE,
    params: messagePaths.episode,
    query: messageQuery,
    answers: { 200: messageList },
    find: theEpisode,
    async handle({ context, found, query }) {
      const page = await listMessages(context.database, found.episodeId, query);
      return { status: 200, body: { ...page, items: await viewsOf(context, found.episodeId, page.items) } };
    },
  }),
  route({
    method: 'post',
    path: `${MESSAGES}/{messageId}/deliveries`,
    summary: '重发一条消息：照原样，或只用一种渠道、只发给一人；已经无用的不能重发',
    access: OFFICE,
    params: messagePaths.message,
    body: resendRequest,
    answers: { 200: resentBody, 201: resentBody },
    find: theMessage,
    async handle(call) {
      const { context, found, body } = call;
      const { channel, contactId: contact } = body;
      const { message } = found.listed;
      const command = {
        ...(await commandFor(context, found)),
        ...(channel === undefined ? {} : { channel }),
        ...(contact === undefined ? {} : { contact }),
      };
      const content = { message, ...body };
      const { entry, repeated } = await episodeCommand(call, content, command, () =>
        requireWay(context, message, body),
      );
      const { to } = readKey(message);
      const key = [to.kind, ...(to.kind === 'unit' ? [to.unitId] : []), entry.seq].join(':');
      const [view] = await viewsOf(context, found.episodeId, [
        (await findMessage(context.database, found.episodeId, key))!,
      ]);
      return {
        status: repeated ? 200 : 201,
        location: MESSAGES.replace('{episodeId}', found.episodeId),
        body: { ...view, entry },
      };
    },
  }),
];
