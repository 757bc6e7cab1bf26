/** Composes the messages of the district's chain, in the words of the edition in force: it has no episode and no edition of its own. */
import type { DistrictEntry, DistrictMessage, DistrictState } from '../district/entries.js';
import { DISTRICT_CHAIN, findRevision } from '../district/state.js';
import type { Message } from '../episode/state-types.js';
import { type DistrictRecord, readDistrict } from '../ledger/chain/district.js';
import type { Database } from '../ledger/database.js';
import { takenOf } from '../ledger/deliveries.js';
import { DUTY_DESK, deskOf } from '../ledger/people/duty-desk.js';
import { recipientsOf } from '../ledger/people/roster.js';
import type { KeptEdition } from '../plan/edition/edition.js';
import type { Channel, Ways } from '../plan/types.js';
import type { Channels } from './channels/create-channels.js';
import type { Composed } from './delivery-messages.js';
import { contactWaysOf, type DeliveryContext, holderOf, mute, whomOf } from './delivery-plan.js';
import { type RevisionTold, tellingOfRevisions } from './messages/revisions.js';

/** What is told of no episode takes its words from the edition in force. */
export type WordsInForce = Pick<KeptEdition, 'plan' | 'messages' | 'units'>;

interface Settings {
  database: Database;
  channels: Channels;
  publicUrl: string;
  inForce: WordsInForce;
  clock: () => number;
}

/** A revision takes weeks: mail first, an SMS where there is none; groups and programs besides. Nobody is rung. */
const WAYS: Ways = [['email', 'sms'], ['wecom'], ['dingtalk'], ['webhook']];

export async function composeOfDistrict(settings: Settings, keys: readonly string[]): Promise<Composed> {
  const { database, channels } = settings;
  const { state, entries } = await readDistrict(database);
  const waiting = keys.flatMap((key) => state.messages[key] ?? []);
  const wanted = waiting.map(messageOf);
  const now = Math.max(settings.clock(), state.head.at);
  const [onDuty = [], ...recipients] = await recipientsOf(
    database,
    [DUTY_DESK, ...wanted.map((message) => ({ holder: holderOf(message), whom: whomOf(message) }))],
    now,
  );
  const desk = deskOf(onDuty);
  const taken = await takenOf(database, DISTRICT_CHAIN, keys);
  const has = (channel: Channel) => channels[channel] !== undefined;
  const composed = await Promise.all(
    wanted.map(async (message, i) => {
      const telling = tellingOfRevisions(toldBy(waiting[i]!, { state, entries }, settings.inForce), {
        messages: settings.inForce.messages,
        desk,
        recipient: message.to.kind === 'unit' ? nameIn(settings.inForce, message.to.unitId) : '',
        page: pageFor(message, settings.publicUrl),
      });
      const context: DeliveryContext = {
        episodeId: DISTRICT_CHAIN,
        message,
        has,
        taken: taken.get(message.key) ?? new Map(),
        at: Date.parse(entries[message.about[0] - 1]!.at),
        drill: false,
      };
      const contacts = recipients[i]!;
      const lines = await contactWaysOf(context, contacts, async () => ({
        telling,
        link: pageFor(message, settings.publicUrl),
      }));
      return { key: message.key, lines, mute: mute(context, contacts) };
    }),
  );
  return {
    lines: composed.flatMap(({ lines }) => lines),
    mute: new Map(composed.map(({ key, mute }) => [key, mute])),
    wanted: new Map(wanted.map((message) => [message.key, message])),
  };
}

/** As the deliveries take it: a reminder, about no deadline of an episode. */
const messageOf = ({ revisionIds: _, ...message }: DistrictMessage): Message => ({
  ...message,
  ways: WAYS,
  deadlines: [],
  isReminder: true,
});

/** Those that wait or are under way, by key. */
export const messagesOfDistrict = ({ state }: DistrictRecord): Record<string, Message> =>
  Object.fromEntries(Object.values(state.messages).map((one) => [one.key, messageOf(one)]));

/** What is left to tell of, in the order in which it was asked. */
function toldBy(
  { about, revisionIds }: DistrictMessage,
  { state, entries }: { state: DistrictState; entries: readonly DistrictEntry[] },
  inForce: WordsInForce,
): [RevisionTold, ...RevisionTold[]] {
  const reminded = entries[about[0] - 1]!;
  const stages = new Map(
    reminded.kind === 'revision.reminded'
      ? reminded.data.reminders.map(({ revisionId, stage }) => [revisionId, stage])
      : [],
  );
  return revisionIds.map((revisionId): RevisionTold => {
    const { seq, dueAt, unitId } = findRevision(state, revisionId)!;
    const opened = entries[seq - 1] as Extract<DistrictEntry, { kind: 'revision.opened' }>;
    const { what, text } = opened.data;
    const owner = unitId === undefined ? inForce.plan.bodies.office.name : nameIn(inForce, unitId);
    return { what, text, owner, dueAt, stage: stages.get(revisionId)! };
  }) as [RevisionTold, ...RevisionTold[]];
}

/** A unit that joined an episode is known by its id alone. */
const nameIn = ({ units }: WordsInForce, unitId: string): string =>
  units.find((unit) => unit.unitId === unitId)?.name ?? unitId;

const pageFor = ({ to }: Message, publicUrl: string): string =>
  `${publicUrl.replace(/\/$/, '')}${to.kind === 'unit' ? '/u/revisions' : '/revisions'}`;
