/** The life of an episode as plain JSON: state, commands, entries. No `Date`, `Map` or `Set` crosses a boundary. */
import type { Binding, Policy, ResponseLevel, TaskChange, UnitKind, WarningLevel } from '../plan/types.js';

export type Phase = 'announced' | 'active' | 'reporting' | 'reviewing' | 'closed';
export type Role = 'office' | 'unit' | 'supervisor' | 'administrator' | 'system';

export interface Actor {
  accountId: string;
  role: Role;
}

/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** Real: both anchors equal, scale 1. Drill: episode time runs `timeScale` times as fast from `episodeAnchor`. */
export interface Clock {
  realAnchor: Instant;
  episodeAnchor: Instant;
  timeScale: number;
}

/** The city's notice, §3.1.2 and §3.1.5. Times are ISO 8601 with offset; `effectiveAt` is filled in by the API. */
export interface Notice {
  number: string;
  issuer: string;
  issuedAt: string;
  effectiveAt: string;
  /** A regional warning is a start notice too, §4.3.4.5. */
  basis?: 'city' | 'region';
  text?: string;
}

export interface StartCommand {
  kind: 'start';
  notice: Notice;
  cityLevel: WarningLevel;
  level: WarningLevel;
  reason?: string;
  primaryPollutant: string;
  extent?: string;
  affectedArea?: string;
  danger?: string;
  advice?: string;
  expectedEndAt?: string;
  drill?: { timeScale: number; policy?: Partial<Policy> };
}

export interface AdjustCommand {
  kind: 'adjust';
  notice: Notice;
  cityLevel: WarningLevel;
  level: WarningLevel;
  reason?: string;
  expectedEndAt?: string;
}

export interface DailyReportContent {
  text: string;
  figures: Record<string, number>;
  attachmentIds?: string[];
}

export interface SummaryContent {
  work: string;
  lessons: string;
  shortcomings: string;
  proposals: string;
}

export interface ReviewContent {
  conclusions: string;
  planRevisionNeeded: boolean;
  work?: string;
  lessons?: string;
  shortcomings?: string;
  proposals?: string;
  sitePlanRevisionNeeded?: boolean;
  publicText?: string;
}

/** How one message to one contact ended. `contact` is a reference; no name, number or address enters an episode. */
export interface DeliveryResult {
  contact: string;
  /** SHA-256 of the contact's data as used. */
  contactHash: string;
  channel: 'email' | 'none';
  outcome: 'taken' | 'failed' | 'deferred';
  /** Why not: `no-contact`, `invalid-address`, or the server's answer in short. */
  reason?: string;
  /** Sent again after a crash between the server's answer and the record of it. */
  perhapsTwice?: boolean;
}

export type CommandBody =
  | StartCommand
  | AdjustCommand
  | { kind: 'lift'; notice: Notice }
  | { kind: 'addUnit'; unitId: string; name: string; unitKind: UnitKind }
  | { kind: 'evaluate'; text: string; supplements: string[] }
  | { kind: 'acknowledge'; unitId: string }
  | { kind: 'reportImplementation'; unitId: string; text: string }
  | { kind: 'completeTask'; unitId: string; taskId: string; note: string; attachmentIds: string[] }
  | { kind: 'submitDailyReport'; unitId: string; date: string; content: DailyReportContent }
  | { kind: 'submitSummary'; unitId: string; content: SummaryContent }
  | { kind: 'submitFollowUp'; text: string }
  | { kind: 'saveReview'; content: ReviewContent }
  | { kind: 'publishReview' }
  | { kind: 'recordDeliveries'; results: Array<{ delivery: string; contacts: DeliveryResult[] }> };

/** A command as it reaches the episode. `commandId` is made from account, route and idempotency key. */
export interface Command {
  commandId: string;
  /** SHA-256 of the canonical request; the same id with another body is refused as `key-reused`. */
  bodyHash: string;
  actor: Actor;
  body: CommandBody;
}

export type DeadlineKind = 'acknowledgement' | 'implementation' | 'report' | 'follow-up' | 'summary' | 'review';

export interface MissedDeadline {
  deadline: DeadlineKind;
  unitId?: string;
  noticeNumber?: string;
  date?: string;
  dueAt: string;
}

/** A task as `task.assigned` hands it out. */
export interface AssignedTask {
  id: string;
  change: TaskChange;
  status: 'open' | 'done';
}

/** What an entry of each kind says. Times are ISO 8601 at +08:00, in episode time; texts are as people wrote them. */
export interface EntryData {
  'warning.issued': Omit<StartCommand, 'kind' | 'drill'> & {
    rulesVersion: number;
    /** Why the episode started under this edition, by content. */
    edition: { id: string; hash: string };
    policy: Policy;
    drill: boolean;
    clock: Clock;
  };
  'response.started': { noticeNumber: string; level: WarningLevel; effectiveAt: string };
  'level.adjusted': Omit<AdjustCommand, 'kind'> & { previousLevel: WarningLevel };
  'response.adjusted': { noticeNumber: string; previousLevel: WarningLevel; level: WarningLevel; effectiveAt: string };
  'warning.lifted': { notice: Notice };
  'response.ended': {
    noticeNumber: string;
    effectiveAt: string;
    followUpDueAt: string;
    summaryDueAt: string;
    reviewDueAt: string;
  };
  /** The first message of a notice to a unit; lifting asks for no acknowledgement. */
  'unit.notified': {
    occasion: 'start' | 'adjustment' | 'joining' | 'lifting';
    noticeNumber: string;
    level: WarningLevel;
    effectiveAt: string;
    acknowledgementDueAt?: string;
  };
  'unit.added': { name: string; unitKind: UnitKind };
  'unit.acknowledged': { noticeNumbers: string[]; lateFor: string[] };
  'acknowledgement.missed': { noticeNumber: string; dueAt: string };
  'implementation.reported': { text: string; noticeNumbers: string[]; lateFor: string[] };
  'implementation.missed': { noticeNumber: string; dueAt: string };
  'task.assigned': {
    noticeNumber: string;
    level: ResponseLevel;
    tasks: AssignedTask[];
    /** Ids of tasks that end with this notice. */
    ended: string[];
    implementationDueAt: string;
  };
  'task.completed': { taskId: string; note: string; attachmentIds: string[] };
  'report.submitted': { date: string; dueAt: string; late: boolean; content: DailyReportContent; contentHash: string };
  /** `corrects` is the number of the entry it takes the place of. */
  'report.corrected': { date: string; corrects: number; content: DailyReportContent; contentHash: string };
  'report.missed': { date: string; dueAt: string };
  /** What was missed in a turn, told to the office in one message. */
  'deadline.escalated': { to: 'office'; missed: MissedDeadline[] };
  'deadline.withdrawn': {
    deadline: Exclude<DeadlineKind, 'follow-up' | 'review'>;
    noticeNumber?: string;
    date?: string;
    reason: string;
  };
  'response.evaluated': { text: string; supplements: string[] };
  'follow-up.submitted': { text: string; dueAt: string; late: boolean; contentHash: string };
  'follow-up.missed': { dueAt: string };
  'summary.submitted': {
    dueAt: string;
    late: boolean;
    content: SummaryContent;
    contentHash: string;
    corrects?: number;
  };
  'summary.missed': { dueAt: string };
  'review.saved': { content: ReviewContent; contentHash: string };
  'review.published': { saved: number; dueAt: string; late: boolean; missingSummaries: string[] };
  'review.missed': { dueAt: string };
  /** One contact by one channel; `final` with the last outcome that a message waited for. */
  'notification.sent': { delivery: string; about: number[]; to: 'unit' | 'office' | 'city'; final: boolean } & Omit<
    DeliveryResult,
    'outcome' | 'reason'
  >;
  'notification.failed': { delivery: string; about: number[]; to: 'unit' | 'office' | 'city'; final: boolean } & Omit<
    DeliveryResult,
    'outcome'
  >;
  /** What the server did not take yet and is due again. */
  'notification.deferred': {
    deliveries: Array<{ delivery: string; attempt: number; notBefore: string; reason: string }>;
  };
  'episode.closed': { noticeNumber: string };
}

export type EntryKind = keyof EntryData;

interface Described<K extends EntryKind> {
  kind: K;
  unitId?: string;
  actor: Actor;
  clause?: string;
  data: EntryData[K];
}

/** What `decide` says happened; numbering and hashing make an `Entry` of it. */
export type Draft = { [K in EntryKind]: Described<K> }[EntryKind];

/** One line of the ledger. `at` and `episodeTime` are ISO 8601 at +08:00 with milliseconds. */
export type Entry = {
  [K in EntryKind]: Described<K> & { seq: number; at: string; episodeTime: string; previousHash: string; hash: string };
}[EntryKind];

/** Every reason a command may be refused for by the episode itself; `api/` maps each to a status in one place. */
export type RefusalType =
  | 'key-reused'
  | 'pollutant-not-covered'
  | 'level-below-city'
  | 'reason-required'
  | 'effective-time'
  | 'nothing-changed'
  | 'episode-active'
  | 'episode-started'
  | 'episode-not-started'
  | 'episode-lifted'
  | 'episode-not-lifted'
  | 'episode-closed'
  | 'response-not-started'
  | 'unit-unknown'
  | 'unit-already-added'
  | 'task-unknown'
  | 'task-ended'
  | 'report-day'
  | 'follow-up-submitted'
  | 'follow-up-outstanding'
  | 'review-missing'
  | 'review-published';

export interface Refusal {
  status: 'refused';
  type: RefusalType;
  /** Chinese, saying what to do. */
  detail: string;
  clause?: string;
}

/** `seq`: the entry that made it so; `repeated`: it already stood and nothing was added. */
export type Outcome = { status: 'accepted'; seq: number; repeated: boolean } | Refusal;

/** A message that a turn's entries call for; its key is the number of the first entry it is about. */
export interface Delivery {
  /** `unit:<unitId>:<seq>`, `office:<seq>` or `city:<seq>`. */
  key: string;
  to: { kind: 'unit'; unitId: string } | { kind: 'office' } | { kind: 'city' };
  /** Numbers of the entries the message tells of. */
  about: number[];
  attempt: number;
  /** Episode time from which it may be (re)tried. */
  notBefore: Instant;
  /** `contact/channel` of those whose outcome is recorded. */
  settled: string[];
}

export type DeadlineStatus = 'pending' | 'met' | 'late' | 'missed' | 'withdrawn';

/** A deadline of one unit that a notice opened: an acknowledgement or an implementation report. */
export interface NoticeDeadline {
  noticeNumber: string;
  openedAt: Instant;
  dueAt: Instant;
  status: DeadlineStatus;
  metAt?: Instant;
}

export interface TaskState {
  status: 'open' | 'done' | 'ended';
  change: TaskChange;
  /** The entry that completed it. */
  seq?: number;
}

export interface ReportState {
  status: Exclude<DeadlineStatus, 'pending'>;
  /** Of the content in force, and the number of its entry. */
  hash?: string;
  seq?: number;
  /** First submission. */
  submittedAt?: Instant;
}

export interface UnitState {
  unitId: string;
  /** Of a unit that joined during the episode (§2.2). */
  added?: { name: string; kind: UnitKind };
  joinedAt: Instant;
  acknowledgements: NoticeDeadline[];
  implementation: NoticeDeadline[];
  tasks: Record<string, TaskState>;
  /** By Beijing date, once submitted, missed or withdrawn; what is only owed is computed. */
  reports: Record<string, ReportState>;
  /** Once submitted or missed; that it is owed follows from the lifting. */
  summary?: ReportState;
  acknowledgedSeq?: number;
  implementationSeq?: number;
}

/** A notice that changes what is in force from `effectiveAt` on. */
export interface NoticeState {
  kind: 'start' | 'adjust' | 'lift';
  number: string;
  seq: number;
  /** Episode time of entry. */
  enteredAt: Instant;
  effectiveAt: Instant;
  cityLevel: WarningLevel;
  level: WarningLevel;
  expectedEndAt?: string;
  inEffect: boolean;
}

/** A deadline of the office after lifting: follow-up report or review. */
export interface OfficeDeadline {
  dueAt: Instant;
  status: DeadlineStatus;
  hash?: string;
  seq?: number;
  submittedAt?: Instant;
}

export interface RememberedCommand {
  bodyHash: string;
  seq: number;
}

export interface EpisodeState {
  rulesVersion: number;
  episodeId: string;
  binding: Binding;
  /** The edition's, with what the drill overrides. */
  policy: Policy;
  drill: boolean;
  clock: Clock;
  phase: 'new' | Phase;
  notices: NoticeState[];
  /** What is in force; absent before the response has started. */
  responseLevel?: ResponseLevel;
  /** Effect of the lifting, once the response has ended. */
  liftedAt?: Instant;
  units: Record<string, UnitState>;
  unitCount: number;
  closedAt?: Instant;
  /** The three below stand from the end of the response on. */
  followUp?: OfficeDeadline;
  summaryDueAt?: Instant;
  /** `hash` and `savedSeq` are the last draft's, `seq` the publication's. */
  review?: OfficeDeadline & { savedSeq?: number };
  deliveries: Record<string, Delivery>;
  /** The last commands by id, in generations, oldest first; the oldest generation goes when there are too many. */
  commands: Array<Record<string, RememberedCommand>>;
  head: { seq: number; hash: string; at: Instant; episodeTime: Instant };
}
