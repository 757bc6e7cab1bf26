/** The entries of the district's chain: what outlives the episodes that it comes from. */
import type {
  Actor,
  DeliveryReceipt,
  Instant,
  MessageResult,
  Restoration,
  RevisionWords,
} from '../episode/commands.js';
import type { EntryData } from '../episode/entries.js';
import type { EpisodeState, Message } from '../episode/state-types.js';
import type { Clause } from '../plan/rules/clauses.js';
import type { OpenAtSeal, Revised, RevisionReminders } from '../plan/types.js';

/** What an episode hands over: a revision that its review asks for, or what it left open. Either is followed up alike. */
export interface CarriedMatter extends Omit<RevisionWords, 'what'> {
  what: Revised | OpenAtSeal;
  clause: Clause;
  /** The entry of the episode that it goes back to. */
  seq: number;
  /** Of what was left open, its id in the episode; of a referral, the number of its entry. */
  subject?: string;
}

/** The episode and the entry of it that something goes back to. */
export interface Origin {
  episodeId: string;
  seq: number;
}

/** That the revised text was filed with those above (报备). */
export interface Filing {
  number?: string;
  at: string;
}

/** `opened`: the owner is told what is asked, or that its day has changed. */
export type ReminderStage = 'opened' | 'ahead' | 'due' | 'again';

export interface RevisionReminded {
  revisionId: string;
  dueAt: string;
  stage: ReminderStage;
}

/** How messages went is told as an episode tells it. */
type Told = 'notification.sent' | 'notification.failed' | 'notification.deferred' | 'notification.delivered';

export interface DistrictEntryData extends Pick<EntryData, Told | 'notification.undelivered'> {
  /** `rulesVersion`: the rules that it is decided by; the chain itself never ends. `reminders`: of its episode's policy. */
  'revision.opened': Omit<CarriedMatter, 'clause' | 'seq'> & {
    revisionId: string;
    from: Origin;
    reminders: RevisionReminders;
    rulesVersion: number;
  };
  'revision.progressed': { revisionId: string; note: string };
  'revision.postponed': { revisionId: string; dueAt: string; reason: string };
  /** `late`: after its time, as it stood. */
  'revision.done': { revisionId: string; note: string; filing?: Filing; late: boolean };
  /** The owner of these is told of them, and the office where one is due. */
  'revision.reminded': { reminders: RevisionReminded[] };
  'record.restored': Restoration;
}

export type DistrictEntryKind = keyof DistrictEntryData;

interface Described<K extends DistrictEntryKind> {
  kind: K;
  /** The owner, where that is a unit. */
  unitId?: string;
  actor: Actor;
  clause?: Clause;
  data: DistrictEntryData[K];
}

export type DistrictDraft = { [K in DistrictEntryKind]: Described<K> }[DistrictEntryKind];
export type DistrictEntry = {
  [K in DistrictEntryKind]: Described<K> & {
    seq: number;
    at: string;
    episodeTime: string;
    previousHash: string;
    hash: string;
  };
}[DistrictEntryKind];

export type DistrictCommandBody =
  /** A part of what an episode hands over; `after`: how many of its matters came before. The same part once. */
  | { kind: 'handOver'; episodeId: string; after: number; reminders: RevisionReminders; matters: CarriedMatter[] }
  | { kind: 'noteRevision'; revisionId: string; note: string }
  | { kind: 'postponeRevision'; revisionId: string; dueAt: string; reason: string }
  | { kind: 'completeRevision'; revisionId: string; note: string; filing?: Filing }
  | { kind: 'recordDeliveries'; results: MessageResult[] }
  | ({ kind: 'recordReceipt' } & DeliveryReceipt)
  | ({ kind: 'recordRestoration' } & Restoration);

export interface RevisionState {
  revisionId: string;
  seq: number;
  from: Origin;
  clause: Clause;
  what: CarriedMatter['what'];
  unitId?: string;
  reminders: RevisionReminders;
  openedAt: Instant;
  dueAt: Instant;
  /** What the owner was last told, by the entry `seq`; `reached`: whether somebody has it, once that is known. */
  told?: { stage: ReminderStage; at: Instant; seq: number; reached?: boolean };
  done?: { seq: number; at: Instant; late: boolean };
}

/** A message that waits or is under way. */
export interface DistrictMessage
  extends Pick<Message, 'key' | 'to' | 'about' | 'attempt' | 'notBefore' | 'settled' | 'refusedSince'> {
  /** What it tells of; it is dropped once all of it is done or has another day. */
  revisionIds: string[];
}

export interface DistrictState {
  /** Those that were ever opened: the next one is the `r` of one more. */
  opened: number;
  /** The last episodes that handed something over, with the numbers of the entries that opened it, in its order. */
  handedOver: Array<{ episodeId: string; seqs: number[] }>;
  /** In the chain's own state the open ones alone; folded from all entries, those that are done too. */
  revisions: RevisionState[];
  messages: Record<string, DistrictMessage>;
  commands: EpisodeState['commands'];
  head: { seq: number; hash: string; at: Instant };
}
