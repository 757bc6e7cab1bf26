/** The messages of deliveries, in the edition's words, with contacts and who is on duty as they are at this moment. */
import { episodeTimeAt } from '../episode/clock.js';
import type { DeliveryResult } from '../episode/commands.js';
import { type Digest, digestOf } from '../episode/digest.js';
import type { Entry } from '../episode/entries.js';
import type { Delivery, EpisodeState } from '../episode/state-types.js';
import type { Database } from '../ledger/database.js';
import { takenOf } from '../ledger/deliveries.js';
import type { Links } from '../ledger/people/links.js';
import { recipientsOf } from '../ledger/people/roster.js';
import { findEntries, readState } from '../ledger/reading/reading.js';
import { reportsInForce } from '../ledger/reading/reports.js';
import type { KeptEdition } from '../plan/edition/edition.js';
import type { Channel } from '../plan/types.js';
import { acknowledgeLinkFor } from './acknowledge-link.js';
import type { Channels } from './channels/create-channels.js';
import { type ContactWay, contactWaysOf, type DeliveryContext, holderOf, mute, whomOf } from './delivery-plan.js';
import { letterTo, pageAddressOf } from './messages/compose.js';
import type { Announcement, MessageInput } from './messages/message-input.js';

interface Settings {
  database: Database;
  channels: Channels;
  links: Links;
  publicUrl: string;
  wordsOf(editionHash: string): Promise<EditionWords>;
  clock: () => number;
}

/** Text of each task, and wording of each message. */
export type EditionWords = Pick<KeptEdition, 'textOf' | 'messages'>;

interface Composed {
  lines: ContactWay[];
  /** By delivery: contacts whom none of its ways can reach. */
  mute: Map<string, DeliveryResult[]>;
  /** Deliveries that have not been withdrawn meanwhile. */
  wanted: Set<string>;
}

export async function compose(settings: Settings, episodeId: string, deliveries: Delivery[]): Promise<Composed> {
  const { database } = settings;
  const state = await readState(database, episodeId);
  if (!state) throw new Error(`no episode ${episodeId} in the ledger`);
  const wanted = deliveries.filter(({ key }) => state.deliveries[key] !== undefined);
  const now = episodeTimeAt(state.clock, Math.max(settings.clock(), state.head.at));
  const { textOf, messages } = await settings.wordsOf(state.binding.editionHash);
  const told = await toldBy(database, textOf, state, wanted);
  const recipients = await recipientsOf(
    database,
    wanted.map((delivery) => ({ holder: holderOf(delivery), whom: whomOf(delivery) })),
    now,
  );
  const taken = await takenOf(
    database,
    episodeId,
    wanted.map(({ key }) => key),
  );
  const has = (channel: Channel) => settings.channels[channel] !== undefined;

  const parts = wanted.map(async (delivery, i) => {
    const about = delivery.about.map((seq) => told.bySeq.get(seq)!);
    const story: MessageInput = { ...told, publicUrl: settings.publicUrl, messages, state, now, entries: about };
    const letter = letterTo(delivery.to, story);
    const contacts = recipients[i]!;
    const at = Date.parse(about[0]!.at);
    const ground: DeliveryContext = {
      episodeId,
      delivery,
      has,
      taken: taken.get(delivery.key) ?? new Set(),
      at,
      drill: state.drill,
    };
    const lines = await contactWaysOf(ground, contacts, async (contact) => {
      const link = await acknowledgeLinkFor(settings, delivery, about, { episodeId, contact });
      const further = link ?? pageAddressOf(delivery.to, story);
      return { wording: letter(link), ...(further === undefined ? {} : { link: further }) };
    });
    return { key: delivery.key, lines, mute: mute(ground, contacts) };
  });
  const composed = await Promise.all(parts);
  return {
    lines: composed.flatMap(({ lines }) => lines),
    mute: new Map(composed.map(({ key, mute }) => [key, mute])),
    wanted: new Set(wanted.map(({ key }) => key)),
  };
}

type Told = Pick<MessageInput, 'announcements' | 'digests' | 'textOf'> & { bySeq: Map<number, Entry> };

/** What the messages tell of, the notices they cite, the tasks that were added, and the days they sum up. */
async function toldBy(
  database: Database,
  textOf: EditionWords['textOf'],
  state: EpisodeState,
  deliveries: Delivery[],
): Promise<Told> {
  // Every unit's entry of a task that was added says the same.
  const added = new Map(
    Object.values(state.units).flatMap(({ tasks }) =>
      Object.entries(tasks).flatMap(([id, { addedSeq }]) => (addedSeq === undefined ? [] : [[id, addedSeq] as const])),
    ),
  );
  const notices = state.notices.map(({ seq }) => seq);
  const seqs = [...deliveries.flatMap(({ about }) => about), ...notices, ...added.values()];
  const entries = await findEntries(database, state.episodeId, [...new Set(seqs)]);
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const texts = new Map(
    entries.flatMap(({ data }) => ('taskId' in data && 'text' in data ? [[data.taskId, data.text]] : [])),
  );
  const digests = new Map<string, Digest>();
  for (const { kind, data } of entries) {
    if (kind !== 'digest.compiled') continue;
    digests.set(data.date, digestOf(state, data.date, await reportsInForce(database, state, data.date)));
  }
  return {
    bySeq,
    digests,
    announcements: state.notices.map(({ seq }) => bySeq.get(seq) as Announcement),
    textOf: (taskId) => texts.get(taskId) ?? textOf(taskId),
  };
}
