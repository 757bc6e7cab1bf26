/** Composes messages in the edition's words, with the contacts and people on duty of this moment. */
import { setImmediate as otherWork } from 'node:timers/promises';
import { episodeTimeAt } from '../episode/clock.js';
import type { DeliveryResult } from '../episode/commands.js';
import { type Digest, digestOf } from '../episode/digest.js';
import type { Entry } from '../episode/entries.js';
import type { EpisodeState, Message } from '../episode/state-types.js';
import type { Database } from '../ledger/database.js';
import { takenOf } from '../ledger/deliveries.js';
import { type IssuedPaper, keptPaper } from '../ledger/papers.js';
import { DUTY_DESK, deskOf } from '../ledger/people/duty-desk.js';
import type { Links } from '../ledger/people/links.js';
import { recipientsOf } from '../ledger/people/roster.js';
import { findEntries, readState } from '../ledger/reading/reading.js';
import { reportsInForce } from '../ledger/reading/reports.js';
import type { Channel } from '../plan/types.js';
import { acknowledgeLinkFor } from './acknowledge-link.js';
import type { Channels } from './channels/create-channels.js';
import { type ContactWay, contactWaysOf, type DeliveryContext, holderOf, mute, whomOf } from './delivery-plan.js';
import { broadcastOf } from './messages/broadcast.js';
import { pageAddressOf, tellingOf } from './messages/compose.js';
import type { Announcement, EditionWords, EntryOf, MessageInput } from './messages/message-input.js';
import { peopleToRing } from './people-to-ring.js';

interface Settings {
  database: Database;
  channels: Channels;
  links: Links;
  publicUrl: string;
  wordsOf(editionHash: string): Promise<EditionWords>;
  clock: () => number;
}

/** What is sent, and what is not. */
export interface Composed {
  lines: ContactWay[];
  /** Contacts that none of its ways can reach, by key of the message. */
  mute: Map<string, DeliveryResult[]>;
  /** The messages that have not been withdrawn meanwhile, by key. */
  wanted: Map<string, Message>;
}

export async function compose(settings: Settings, episodeId: string, keys: readonly string[]): Promise<Composed> {
  const { database } = settings;
  const state = await readState(database, episodeId);
  if (!state) throw new Error(`no episode ${episodeId} in the ledger`);
  const wanted = keys.flatMap((key) => state.messages[key] ?? []);
  const now = episodeTimeAt(state.clock, Math.max(settings.clock(), state.head.at));
  const edition = await settings.wordsOf(state.binding.editionHash);
  const told = await toldBy(database, edition.textOf, state, wanted);
  const [onDuty = [], ...recipients] = await recipientsOf(
    database,
    [DUTY_DESK, ...wanted.map((message) => ({ holder: holderOf(message), whom: whomOf(message) }))],
    now,
  );
  const desk = deskOf(onDuty);
  const taken = await takenOf(
    database,
    episodeId,
    wanted.map(({ key }) => key),
  );
  const has = (channel: Channel) => settings.channels[channel] !== undefined;
  // A rehearsal is on no screen that everybody sees.
  const takesBroadcast = (endpoint = '') => !state.drill || settings.channels.drillMedia?.has(endpoint) === true;

  const composed: Composed = { lines: [], mute: new Map(), wanted: new Map() };
  for (const [i, message] of wanted.entries()) {
    // The words of a message take this thread a millisecond, and who started the episode waits for his answer meanwhile.
    await otherWork();
    const about = message.about.map((seq) => told.bySeq.get(seq)!);
    const { publicUrl } = settings;
    const toRing = message.to.kind === 'office' ? await peopleToRing(database, about, now) : NOBODY_TO_RING;
    const input: MessageInput = { ...told, publicUrl, edition, state, now, entries: about, desk, toRing };
    const telling = tellingOf(message.to, input);
    const files = message.to.kind === 'city' ? await papersIn(database, about) : [];
    const broadcast = message.to.kind === 'media' ? broadcastOf(input) : undefined;
    const contacts = recipients[i]!.filter(
      ({ reference, webhook }) =>
        reference === (message.again?.contact ?? reference) && (!broadcast || takesBroadcast(webhook)),
    );
    const at = message.again?.at ?? Date.parse(about[0]!.at);
    const context: DeliveryContext = {
      episodeId,
      message,
      has,
      taken: taken.get(message.key) ?? new Map(),
      at,
      drill: state.drill,
    };
    const lines = await contactWaysOf(context, contacts, async (contact) => {
      const link = await acknowledgeLinkFor(settings, message, about, { episodeId, contact });
      const further = link ?? pageAddressOf(message.to, input);
      return {
        telling: { ...telling, acknowledgeLink: link },
        ...(further === undefined ? {} : { link: further }),
        files,
        ...(broadcast && { broadcast }),
      };
    });
    composed.lines.push(...lines);
    composed.mute.set(message.key, mute(context, contacts));
    composed.wanted.set(message.key, message);
  }
  return composed;
}

/** The files of what goes to the city. */
const papersIn = (database: Database, entries: readonly Entry[]): Promise<IssuedPaper[]> =>
  Promise.all(
    entries.flatMap(({ data }) =>
      'paper' in data && typeof data.paper === 'string' ? [keptPaper(database, data.paper)] : [],
    ),
  );

const NOBODY_TO_RING: ReadonlyMap<string, string> = new Map();

type Told = Pick<MessageInput, 'announcements' | 'circulars' | 'digests' | 'texts' | 'textOf'> & {
  bySeq: Map<number, Entry>;
};

/** Reads the entries that the messages report, the notices and circulars they cite, texts of added tasks, and daily reports. */
async function toldBy(
  database: Database,
  textOf: EditionWords['textOf'],
  state: EpisodeState,
  messages: Message[],
): Promise<Told> {
  // The entries of all units for an added task say the same, and those that take it back.
  const ofTasks = Object.values(state.units).flatMap(({ tasks }) =>
    Object.values(tasks).flatMap(({ addedSeq = [], cancelledSeq = [] }) => [addedSeq, cancelledSeq].flat()),
  );
  const notices = state.notices.map(({ seq }) => seq);
  const seqs = [...messages.flatMap(({ about }) => about), ...notices, ...ofTasks];
  const entries = await findEntries(database, state.episodeId, [...new Set(seqs)]);
  const asWritten = new Map(entries.map((entry) => [entry.seq, entry]));
  const bySeq = new Map(entries.map((entry) => [entry.seq, withReason(entry, asWritten)]));
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
    circulars: await circularsTold(database, state, entries),
    texts: await textsToldAgain(database, state, entries),
    announcements: state.notices.map(({ seq }) => bySeq.get(seq) as Announcement),
    textOf: (taskId) => texts.get(taskId) ?? textOf(taskId),
  };
}

/** Of several units whose task was taken back, the first has the reason. */
function withReason(entry: Entry, all: ReadonlyMap<number, Entry>): Entry {
  if (entry.kind !== 'task.cancelled' || entry.data.reasonIn === undefined) return entry;
  const first = all.get(entry.data.reasonIn);
  return first?.kind === 'task.cancelled' ? { ...entry, data: { ...entry.data, ...first.data } } : entry;
}

async function circularsTold(
  database: Database,
  { episodeId, circulars }: EpisodeState,
  entries: readonly Entry[],
): Promise<MessageInput['circulars']> {
  const told = new Set(entries.flatMap(({ kind, data }) => (kind === 'circular.sent' ? [data.circularId] : [])));
  const seqs = circulars.flatMap(({ circularId, seq }) => (told.has(circularId) ? [seq] : []));
  const issued = seqs.length === 0 ? [] : await findEntries(database, episodeId, seqs);
  return new Map(issued.flatMap((entry) => (entry.kind === 'circular.issued' ? [[entry.data.circularId, entry]] : [])));
}

async function textsToldAgain(
  database: Database,
  { episodeId }: EpisodeState,
  entries: readonly Entry[],
): Promise<MessageInput['texts']> {
  const seqs = entries.flatMap(({ kind, data }) =>
    (kind === 'broadcast.repeated' || kind === 'broadcast.ended') && data.text !== undefined ? [data.text] : [],
  );
  const issued = seqs.length === 0 ? [] : await findEntries(database, episodeId, [...new Set(seqs)]);
  return new Map(
    issued.flatMap(
      (entry): Array<[number, EntryOf<'text.issued'>]> => (entry.kind === 'text.issued' ? [[entry.seq, entry]] : []),
    ),
  );
}
