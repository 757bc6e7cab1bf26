/** Folds the entries of the district's chain into its state. */
import type { Instant } from '../episode/commands.js';
import type { Recipient } from '../episode/entries.js';
import { reachesPerson } from '../plan/rules/ways.js';
import type {
  DistrictEntry,
  DistrictEntryData,
  DistrictEntryKind,
  DistrictMessage,
  DistrictState,
  RevisionReminded,
  RevisionState,
} from './entries.js';

type Folding<K extends DistrictEntryKind> = (
  state: DistrictState,
  entry: Extract<DistrictEntry, { kind: K }>,
) => DistrictState;

/** The state after an entry. Neither argument is changed. */
export function evolveDistrict(state: DistrictState, entry: DistrictEntry): DistrictState {
  const fold = foldings[entry.kind] as Folding<DistrictEntryKind>;
  return { ...fold(state, entry), head: { seq: entry.seq, hash: entry.hash, at: Date.parse(entry.at) } };
}

const change = (state: DistrictState, revisionId: string, changed: (one: RevisionState) => RevisionState) => ({
  ...state,
  revisions: state.revisions.map((one) => (one.revisionId === revisionId ? changed(one) : one)),
});

const foldings: { [K in DistrictEntryKind]: Folding<K> } = {
  'revision.opened': (state, { data, clause, seq, at }) => {
    const { revisionId, from, what, unitId, dueAt, reminders } = data;
    const opened: RevisionState = {
      revisionId,
      seq,
      from,
      clause: clause!,
      what,
      reminders,
      openedAt: Date.parse(at),
      dueAt: Date.parse(dueAt),
      ...(unitId === undefined ? {} : { unitId }),
    };
    return {
      ...state,
      opened: state.opened + 1,
      handedOver: handedOverBy(state.handedOver, from.episodeId, seq),
      revisions: [...state.revisions, opened],
    };
  },
  'revision.progressed': (state) => state,
  // It is told anew.
  'revision.postponed': (state, { data, at }) =>
    change(untold(state, data.revisionId), data.revisionId, ({ told: _, ...one }) => ({
      ...one,
      openedAt: Date.parse(at),
      dueAt: Date.parse(data.dueAt),
    })),
  'revision.done': (state, { data, seq, at }) =>
    change(untold(state, data.revisionId), data.revisionId, (one) => ({
      ...one,
      done: { seq, at: Date.parse(at), late: data.late },
    })),
  'revision.reminded': (state, { data: { reminders }, seq, at, unitId }) => {
    const told = reminders.reduce(
      (before, { revisionId, stage }) =>
        change(before, revisionId, (one) => ({ ...one, told: { stage, at: Date.parse(at), seq } })),
      state,
    );
    return { ...told, messages: { ...state.messages, ...messagesOf(reminders, { seq, at: Date.parse(at), unitId }) } };
  },
  'notification.sent': (state, { data }) => settled(state, data, data.awaitsReceipt !== true),
  'notification.failed': (state, { data }) => settled(state, data, false),
  'notification.deferred': (state, { data }) => ({
    ...state,
    messages: { ...state.messages, ...Object.fromEntries(data.messages.flatMap((one) => deferred(state, one))) },
  }),
  'notification.delivered': (state, { data }) => reached(state, data, true),
  'notification.undelivered': (state, { data }) => reached(state, data, false),
  'record.restored': (state) => state,
};

/** More than can be at their hand-over at a time: an episode is sealed as soon as it has handed over. */
const MOST_HANDING_OVER = 20;

function handedOverBy(known: DistrictState['handedOver'], episodeId: string, seq: number): DistrictState['handedOver'] {
  const before = known.find((one) => one.episodeId === episodeId);
  const others = known.filter((one) => one !== before);
  return [...others, { episodeId, seqs: [...(before?.seqs ?? []), seq] }].slice(-MOST_HANDING_OVER);
}

/** An owner's own words are told to the owner alone until one is due; then to the office, too. */
function messagesOf(
  reminders: readonly RevisionReminded[],
  { seq, at, unitId }: { seq: number; at: Instant; unitId: string | undefined },
): Record<string, DistrictMessage> {
  const messageTo = (to: Recipient, told: readonly RevisionReminded[]): [string, DistrictMessage] => {
    const key = to.kind === 'unit' ? `unit:${to.unitId}:${seq}` : `${to.kind}:${seq}`;
    const revisionIds = told.map(({ revisionId }) => revisionId);
    return [key, { key, to, about: [seq], revisionIds, attempt: 0, notBefore: at, settled: [] }];
  };
  if (unitId === undefined) return Object.fromEntries([messageTo({ kind: 'office' }, reminders)]);
  const escalated = reminders.filter(({ stage }) => stage === 'due' || stage === 'again');
  return Object.fromEntries([
    messageTo({ kind: 'unit', unitId }, reminders),
    ...(escalated.length > 0 ? [messageTo({ kind: 'office' }, escalated)] : []),
  ]);
}

/** Nobody is told of it any more by what waits. A message that tells of nothing else is dropped. */
const untold = (state: DistrictState, revisionId: string): DistrictState => ({
  ...state,
  messages: Object.fromEntries(
    Object.entries(state.messages).flatMap(([key, { revisionIds, ...message }]) => {
      const left = revisionIds.filter((id) => id !== revisionId);
      return left.length > 0 ? [[key, { ...message, revisionIds: left }]] : [];
    }),
  ),
});

type Outcome = DistrictEntryData['notification.sent' | 'notification.failed'];

function settled(state: DistrictState, data: Outcome, isTaken: boolean): DistrictState {
  const { message: key, contact, channel, final } = data;
  const after = reachesPerson(channel) && isTaken ? reached(state, data, true) : state;
  const { [key]: message, ...others } = after.messages;
  if (!message) return after;
  const next = { ...message, settled: [...message.settled, `${contact}/${channel}`] };
  return { ...after, messages: final ? others : { ...others, [key]: next } };
}

/** Of the revisions that the owner was told of by the entry. */
const reached = (
  state: DistrictState,
  { to, about }: Pick<Outcome, 'to' | 'about'>,
  isReached: boolean,
): DistrictState => ({
  ...state,
  revisions: state.revisions.map((one) => {
    const isOfOwner = to === (one.unitId === undefined ? 'office' : 'unit');
    if (!one.told || !isOfOwner || !about.includes(one.told.seq)) return one;
    return { ...one, told: { ...one.told, reached: one.told.reached === true || isReached } };
  }),
});

type Deferred = DistrictEntryData['notification.deferred']['messages'][number];

function deferred(
  { messages }: DistrictState,
  { message: key, attempt, notBefore, refusedSince = {} }: Deferred,
): Array<[string, DistrictMessage]> {
  const message = messages[key];
  if (!message) return [];
  const refused = Object.fromEntries(Object.entries(refusedSince).map(([place, since]) => [place, Date.parse(since)]));
  const next = { ...message, attempt, notBefore: Date.parse(notBefore) };
  return [[key, { ...next, refusedSince: { ...message.refusedSince, ...refused } }]];
}
