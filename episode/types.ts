/** The life of an episode as plain JSON: state, commands, entries. No `Date`, `Map` or `Set` crosses a boundary. */
import type {
  Binding,
  Channel,
  DeadlineKind,
  Policy,
  PolicyChanges,
  ResponseLevel,
  TaskChange,
  UnitKind,
  WarningLevel,
  Ways,
  Whom,
} from '../plan/types.js';

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
  drill?: { timeScale: number; policy?: PolicyChanges };
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
  channel: Channel | 'none';
  outcome: 'taken' | 'failed' | 'deferred';
  /** Why not: `no-contact`, `no-channel`, `invalid-address`, or the server's answer in short. */
  reason?: string;
  /** Sent again after a crash between the server's answer and the record of it. */
  perhapsTwice?: boolean;
}

/** Personal data: kept beside the chain, where it can be taken away; the hash is of what is kept. */
export interface PersonalReference {
  reference: string;
  hash: string;
}

/** Who is behind a unit's command, where the account does not tell. */
export interface Through {
  /** The office acts for a unit that rang: who did. */
  onBehalf?: PersonalReference;
  /** By the link in a message to this contact, without signing in. */
  link?: { contact: string };
}

export type CommandBody =
  | StartCommand
  | AdjustCommand
  | { kind: 'lift'; notice: Notice }
  | { kind: 'addUnit'; unitId: string; name: string; unitKind: UnitKind }
  | { kind: 'evaluate'; text: string; supplements: string[] }
  | { kind: 'addTask'; unitIds: string[]; text: string; dueAt?: string }
  | UnitCommandBody
  | { kind: 'submitFollowUp'; text: string }
  | { kind: 'saveReview'; content: ReviewContent }
  | { kind: 'publishReview' }
  | { kind: 'recordDeliveries'; results: Array<{ delivery: string; contacts: DeliveryResult[] }> };

/** What a unit does, by itself, by a link, or by the office on its behalf. */
export type UnitCommandBody = { unitId: string } & Through &
  (
    | { kind: 'acknowledge' }
    | { kind: 'reportImplementation'; text: string }
    | { kind: 'noteProgress'; taskId: string; note: string; attachmentIds: string[] }
    | { kind: 'completeTask'; taskId: string; note: string; attachmentIds: string[] }
    | { kind: 'withdrawCompletion'; taskId: string; reason: string }
    | { kind: 'submitDailyReport'; date: string; content: DailyReportContent }
    | { kind: 'submitSummary'; content: SummaryContent }
  );

/** A command as it reaches the episode. `commandId` is made from account, route and idempotency key. */
export interface Command {
  commandId: string;
  /** SHA-256 of the canonical request; the same id with another body is refused as `key-reused`. */
  bodyHash: string;
  actor: Actor;
  body: CommandBody;
}

/** A deadline as entries name it: by its notice, its day or its task. */
export interface OwedDeadline {
  deadline: DeadlineKind;
  unitId?: string;
  noticeNumber?: string;
  date?: string;
  taskId?: string;
  dueAt: string;
}

/** Somebody is called about deadlines that nobody has met. */
export interface Calling {
  to: Whom;
  /** Of the unit the entry names, or the office's own. */
  deadlines: Array<OwedDeadline & CallCount>;
  ways: Ways;
  /** The message; one goes to those above for all units. */
  delivery: string;
  /** Called before its time, because none of these could be reached. */
  fellThrough?: Whom[];
}

/** How far a chain has got with a call: how many have been made in order, or which was made before its turn. */
export interface CallCount {
  called: number;
  early?: number;
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
  'unit.acknowledged': { noticeNumbers: string[]; lateFor: string[] } & Through;
  'acknowledgement.missed': { noticeNumber: string; dueAt: string };
  'implementation.reported': { text: string; noticeNumbers: string[]; lateFor: string[] } & Through;
  'implementation.missed': { noticeNumber: string; dueAt: string };
  'task.assigned': {
    noticeNumber: string;
    level: ResponseLevel;
    tasks: AssignedTask[];
    /** Ids of tasks that end with this notice. */
    ended: string[];
    implementationDueAt: string;
  };
  /** Stricter than the plan asks (§4.3): by the office for units, or by a unit for itself. */
  'task.added': { taskId: string; text: string; dueAt?: string };
  'task.progressed': { taskId: string; note: string; attachmentIds: string[] } & Through;
  /** `late` of a task that has a time of its own. */
  'task.completed': { taskId: string; note: string; attachmentIds: string[]; late?: boolean } & Through;
  /** The completion is taken back; a task with a time is then due by it, or at once if it has passed. */
  'task.withdrawn': { taskId: string; withdraws: number; reason: string; dueAt?: string } & Through;
  'task.missed': { taskId: string; dueAt: string };
  'report.submitted': {
    date: string;
    dueAt: string;
    late: boolean;
    content: DailyReportContent;
    contentHash: string;
  } & Through;
  /** `corrects` is the number of the entry it takes the place of. */
  'report.corrected': { date: string; corrects: number; content: DailyReportContent; contentHash: string } & Through;
  'report.missed': { date: string; dueAt: string };
  'deadline.reminded': Calling;
  /** By the first rules what was missed in a turn, told to the office in one message. */
  'deadline.escalated': Calling | { to: 'office'; missed: OwedDeadline[] };
  'deadline.withdrawn': {
    deadline: Exclude<DeadlineKind, 'follow-up' | 'review'>;
    noticeNumber?: string;
    date?: string;
    taskId?: string;
    reason: string;
  };
  /** What the units reported of a day, and who did not. */
  'digest.compiled': { date: string; submitted: number; outstanding: string[] };
  'response.evaluated': { text: string; supplements: string[] };
  'follow-up.submitted': { text: string; dueAt: string; late: boolean; contentHash: string };
  'follow-up.missed': { dueAt: string };
  'summary.submitted': {
    dueAt: string;
    late: boolean;
    content: SummaryContent;
    contentHash: string;
    corrects?: number;
  } & Through;
  'summary.missed': { dueAt: string };
  'review.saved': { content: ReviewContent; contentHash: string };
  'review.published': { saved: number; dueAt: string; late: boolean; missingSummaries: string[] };
  'review.missed': { dueAt: string };
  /** One contact by one channel; `final` with the last outcome that a message waited for. */
  'notification.sent': Notification & Omit<DeliveryResult, 'outcome' | 'reason'>;
  'notification.failed': Notification & Omit<DeliveryResult, 'outcome'>;
  /** What the server did not take yet and is due again. */
  'notification.deferred': {
    deliveries: Array<{ delivery: string; attempt: number; notBefore: string; reason: string }>;
  };
  /** What need not be sent any more: the deadline was met, it passed, it is no longer owed, or a later call tells the same. */
  'notification.withdrawn': { deliveries: string[]; reason: 'answered' | 'passed' | 'ended' | 'repeated' };
  'episode.closed': { noticeNumber: string };
}

interface Notification {
  delivery: string;
  about: number[];
  to: Recipient['kind'];
  final: boolean;
  /** On its way when it was withdrawn. */
  crossed?: true;
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
  | 'task-not-done'
  | 'due-time'
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

/** Who a message goes to; of a unit without `whom` all that are to be told of a notice. */
export type Recipient =
  | { kind: 'unit'; unitId: string; whom?: 'duty' | 'lead' }
  | { kind: 'office' | 'committee' | 'supervisor' | 'city' };

/** A deadline that a message is about. `subject`: the notice's number, the report's day, the task's id. */
export interface DeadlineReference {
  deadline: DeadlineKind;
  unitId?: string;
  subject?: string;
  /** How many calls of its chain had been made with this message; 0 for the notice itself. */
  called: number;
}

/** A message that a turn's entries call for; its key is the number of the first entry it is about. */
export interface Delivery {
  /** `unit:<unitId>:<seq>`, or the recipient's kind and the number. */
  key: string;
  to: Recipient;
  /** Absent by the first rules: e-mail alone. */
  ways?: Ways;
  /** Once none of these is open, the message need not be sent. */
  deadlines?: DeadlineReference[];
  /** Sent before a deadline, and pointless after it. */
  isReminder?: true;
  /** Who could not be reached before. */
  tried?: Whom[];
  /** Somebody has it. */
  reached?: true;
  /** What kept the server from taking it at the last try. */
  waitsBecause?: string;
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
  /** The notice it ended with. */
  endedBy?: string;
  /** The entry that added it, with its text; none for the edition's. */
  addedSeq?: number;
}

/** A deadline of a task that has a time of its own. */
export interface TaskDeadline {
  taskId: string;
  openedAt: Instant;
  dueAt: Instant;
  status: DeadlineStatus;
  metAt?: Instant;
}

/** How far the chain of a deadline has got that nobody has met. */
export interface Chase {
  called: number;
  /** Calls made before their turn, because those before reached nobody; from the deadline on none of before counts. */
  early?: number[];
  /** Once it was missed. */
  missed?: { dueAt: Instant };
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
  taskDeadlines?: TaskDeadline[];
  /** By kind and subject of the deadline. */
  chases?: Record<string, Chase>;
  /** To its contacts, each by each channel. */
  messages?: {
    sent: number;
    failed: number;
    lastFailure?: { at: Instant; channel: DeliveryResult['channel']; reason: string };
  };
  /** Since the last message to it reached nobody. */
  unreachable?: { since: Instant; reason: string };
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
  /** Of the office's own deadlines. */
  chases?: Record<string, Chase>;
  /** How many tasks were added: their ids are numbered. */
  tasksAdded?: number;
  /** The last day whose digest was compiled. */
  digestedTo?: string;
  deliveries: Record<string, Delivery>;
  /** The last commands by id, in generations, oldest first; the oldest generation goes when there are too many. */
  commands: Array<Record<string, RememberedCommand>>;
  head: { seq: number; hash: string; at: Instant; episodeTime: Instant };
}
