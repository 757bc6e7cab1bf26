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

export type EntryKind =
  | 'warning.issued'
  | 'response.started'
  | 'level.adjusted'
  | 'response.adjusted'
  | 'warning.lifted'
  | 'response.ended'
  | 'unit.notified'
  | 'unit.added'
  | 'unit.acknowledged'
  | 'acknowledgement.missed'
  | 'implementation.reported'
  | 'implementation.missed'
  | 'task.assigned'
  | 'task.completed'
  | 'report.submitted'
  | 'report.corrected'
  | 'report.missed'
  | 'deadline.withdrawn'
  | 'response.evaluated'
  | 'follow-up.submitted'
  | 'follow-up.missed'
  | 'summary.submitted'
  | 'summary.missed'
  | 'review.saved'
  | 'review.published'
  | 'review.missed'
  | 'notification.sent'
  | 'notification.failed'
  | 'episode.closed';

/** What `decide` says happened; numbering and hashing make an `Entry` of it. */
export interface Draft {
  kind: EntryKind;
  unitId?: string;
  actor: Actor;
  clause?: string;
  data: EntryData;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type EntryData = { [key: string]: Json };

/** One line of the ledger. `at` and `episodeTime` are ISO 8601 at +08:00 with milliseconds. */
export interface Entry {
  seq: number;
  at: string;
  episodeTime: string;
  kind: EntryKind;
  unitId?: string;
  actor: Actor;
  clause?: string;
  data: EntryData;
  previousHash: string;
  hash: string;
}

export type EntryRef = Pick<Entry, 'seq' | 'at' | 'episodeTime' | 'kind' | 'hash'>;

/** Every reason a command may be refused for by the episode itself; `api/` maps each to a status in one place. */
export type RefusalType =
  | 'key-reused'
  | 'pollutant-not-covered'
  | 'level-below-city'
  | 'reason-required'
  | 'effective-time'
  | 'time-scale'
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
  | 'review-published'
  | 'evaluation-basis';

export interface Refusal {
  status: 'refused';
  type: RefusalType;
  /** Chinese, saying what to do. */
  detail: string;
  clause?: string;
}

/** `repeated`: what was asked already stands; `entry` is the one that made it so and nothing was added. */
export type Outcome = { status: 'accepted'; entry: EntryRef; repeated: boolean } | Refusal;

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
}

export interface ReportState {
  status: Exclude<DeadlineStatus, 'pending'>;
  hash?: string;
  entry?: EntryRef;
}

export interface UnitState {
  unitId: string;
  joinedAt: Instant;
  acknowledgements: NoticeDeadline[];
  implementation: NoticeDeadline[];
  tasks: Record<string, TaskState>;
  /** By Beijing date, once submitted, missed or withdrawn; what is only owed is computed. */
  reports: Record<string, ReportState>;
  summary?: { dueAt: Instant; status: DeadlineStatus; hash?: string; entry?: EntryRef };
  lastAcknowledgement?: EntryRef;
  lastImplementation?: EntryRef;
}

/** A notice that changes what is in force from `effectiveAt` on. */
export interface NoticeState {
  kind: 'start' | 'adjust' | 'lift';
  number: string;
  /** Episode time of entry. */
  enteredAt: Instant;
  effectiveAt: Instant;
  cityLevel: WarningLevel;
  level: WarningLevel;
  expectedEndAt?: string;
  inEffect: boolean;
}

export interface OfficeDeadline {
  dueAt: Instant;
  status: DeadlineStatus;
  entry?: EntryRef;
  hash?: string;
}

export interface RememberedCommand {
  bodyHash: string;
  entry: EntryRef;
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
  followUp?: OfficeDeadline;
  review?: OfficeDeadline & { saved?: EntryRef; savedHash?: string };
  deliveries: Record<string, Delivery>;
  commands: Record<string, RememberedCommand>;
  /** Ids of `commands`, oldest first; the oldest go at 10,000. */
  commandOrder: string[];
  head: { seq: number; hash: string; at: Instant; episodeTime: Instant };
}
