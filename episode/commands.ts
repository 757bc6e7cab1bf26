/** The commands of an episode and its answers. Plain JSON: no `Date`, `Map` or `Set` crosses a boundary. */
import type { Clause } from '../plan/rules/clauses.js';
import type {
  CallOutcome,
  Channel,
  CircularOrigin,
  DeadlineKind,
  HowReceived,
  NoticeBasis,
  PolicyChanges,
  ReferredTo,
  Revised,
  StatementSubject,
  TextAudience,
  UnitKind,
  WarningLevel,
  Ways,
} from '../plan/types.js';
import type { Blame } from './faults.js';

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
  /** Absent while a notice that came by telephone or message has none. */
  number?: string;
  received?: NoticeReceipt;
  issuer: string;
  issuedAt: string;
  effectiveAt: string;
  /** A regional warning is a start notice too, §4.3.4.5. */
  basis?: NoticeBasis;
  text?: string;
  /** The district's own notice, which cites this one. */
  ownNotice?: OwnNotice;
  forecast?: Forecast;
  /** The scanned order, the forecasters' opinion. */
  attachmentIds?: string[];
}

/** The district's own notice, by its number or its title. */
export interface OwnNotice {
  number?: string;
  title?: string;
}

/** The air that is expected: the index from and to, for which hours, and what else the forecasters say. */
export interface Forecast {
  aqi?: [from: number, to: number];
  from?: string;
  until?: string;
  text?: string;
}

/** How a notice came. `from`: the person who rang or wrote; `at` is the time of entry where it is absent. */
export interface NoticeReceipt {
  by: HowReceived;
  from?: PersonalReference;
  at?: string;
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
  /** Absent: as before, where that still lies ahead. Null: open. */
  expectedEndAt?: string | null;
}

/** The measures that a suspension holds: tasks by their id, or the whole response. */
export type SuspendedItems = string[] | 'all';

/** The order that a suspension or a resumption goes back to. */
export interface OrderCited {
  number?: string;
  issuer?: string;
  text?: string;
}

export interface SuspendCommand {
  kind: 'suspend';
  items: SuspendedItems;
  /** Absent: every unit that it concerns, those that join too. */
  unitIds?: string[];
  /** Absent: now. */
  from?: string;
  /** Absent: until somebody resumes. */
  until?: string;
  reason: string;
  order?: OrderCited;
}

export interface ResumeCommand {
  kind: 'resume';
  suspensionId: string;
  reason?: string;
  order?: OrderCited;
}

/** Something found wrong, as a daily report tells it: what became of it too. Times are ISO 8601. */
export interface ProblemWords {
  what: string;
  where: string;
  foundAt?: string;
  handedTo?: string;
  /** By when it is to be put right. */
  until?: string;
  resolvedAt?: string;
}

/** With the id of a problem that is known, or without one. */
export interface GivenProblem extends ProblemWords {
  problemId?: string;
}

export interface DailyReportContent {
  text: string;
  figures: Record<string, number>;
  problems?: GivenProblem[];
  attachmentIds?: string[];
}

export interface SummaryContent {
  work: string;
  lessons: string;
  shortcomings: string;
  proposals: string;
}

/** Something that is to be revised after a review, by an owner: a unit, or the office itself. */
export interface RevisionWords {
  what: Revised;
  text: string;
  /** A unit; absent: the office. */
  unitId?: string;
  dueAt: string;
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
  /** Followed up on the district's chain once the review is published. */
  revisions?: RevisionWords[];
}

/** A text of a warning as it is issued. */
export interface WarningWords {
  title: string;
  /** Paragraphs, one a line. */
  text: string;
  /** The number of the district's own document. */
  number?: string;
  /** Whether the public pages show it. */
  onPublicPages: boolean;
}

/** A file that is kept for good, by the SHA-256 of its bytes. */
export interface KeptFile {
  hash: string;
  name: string;
  size: number;
}

/** `onPublicPages`: of a text for the public in a drill, which is not shown unless the office says so. */
export type IssueTextCommand = {
  kind: 'issueText';
  noticeId: string;
  audience: TextAudience;
  paper?: KeptFile;
  /** To the public media at once, and again and again until the warning is lifted (§3.1.4). */
  broadcast?: boolean;
} & Omit<WarningWords, 'onPublicPages'> &
  Partial<Pick<WarningWords, 'onPublicPages'>>;

/** An answer to what the public asks or hears (§5.2). `corrects`: the statement that it takes the place of. */
export interface IssueStatementCommand extends Pick<WarningWords, 'title' | 'text'> {
  kind: 'issueStatement';
  about: StatementSubject;
  corrects?: string;
  /** Of a drill, which is not shown unless the office says so. */
  onPublicPages?: boolean;
}

/** Where and when what the public was told appeared. `unitId`: of the publishing unit that says so. */
export interface NoteAppearanceCommand {
  kind: 'noteAppearance';
  /** `n1-2` is the second text of a notice, `t1` a statement. */
  textId: string;
  medium: string;
  at: string;
  url?: string;
  attachmentIds?: string[];
  unitId?: string;
}

/** A deadline of a unit: the notice's id, the report's day or the task's id is its subject. */
export interface UnitDeadline {
  deadline: Exclude<DeadlineKind, 'follow-up' | 'review'>;
  subject?: string;
}

/** What a message is about, as far as that can be over. */
export type MessageMatter =
  | { noticeId: string }
  | { suspensionId: string; told: 'suspended' | 'resumed' }
  | { taskId: string; cancelled?: true }
  | { circularId: string }
  /** The day that was sent to the city, or that the office is reminded to send. */
  | { digestOf: string; submittedBy?: number }
  /** The question what follows the expected end, asked then. */
  | { endAskedAt: Instant };

/** A message that is sent again, with what its entries say of it. */
export interface ResendCommand {
  kind: 'resend';
  /** Its key. Of a message that was itself sent again, the key of the first. */
  message: string;
  about: number[];
  whom?: 'duty' | 'lead';
  ways: Ways;
  leadWays?: Ways;
  deadlines: Array<{ deadline: DeadlineKind; unitId?: string; subject?: string }>;
  isReminder?: true;
  matter?: MessageMatter;
  /** By this channel alone. */
  channel?: Channel;
  /** To this person alone, by reference. */
  contact?: string;
}

/** How one delivery ended: one message to one contact by one channel. `contact` is a reference; no name, number or address enters an episode. */
export interface DeliveryResult {
  contact: string;
  /** SHA-256 of the contact's data as used. */
  contactHash: string;
  channel: Channel | 'none';
  outcome: 'taken' | 'failed' | 'deferred';
  /** The reason of a failure: `no-contact`, `no-channel`, `not-delivered`, `invalid-address`, or the server's answer. */
  reason?: string;
  /** Whose fault it was that the message was not taken. */
  fault?: Blame;
  /** Real seconds after which the other side may take it. */
  retryAfter?: number;
  /** Sent again after a crash between the server's answer and the record of it. */
  perhapsTwice?: boolean;
  /** One message told the person of both: the delivery that it went by. He has two roles, or answers for two units. */
  sameAs?: { message: string; contact: string };
  /** The gateway has it and will say later whether it arrived: until then nobody was reached. */
  awaitsReceipt?: boolean;
}

/** What a gateway says later of a delivery that it took. */
export interface DeliveryReceipt {
  message: string;
  contact: string;
  channel: Channel;
  outcome: 'delivered' | 'undelivered';
  reason?: string;
}

/** The outcome of one message: its deliveries to all contacts. */
export interface MessageResult {
  message: string;
  deliveries: DeliveryResult[];
}

/**
 * What was done to a record that engine and ledger did not both have (docs/design.md, "The ledger"), and to which of its
 * entries. `completed`: from the engine's history. `begun-again`: the engine goes on from the ledger. `from-backup`: the
 * ledger is a backup's.
 */
export interface Restoration {
  how: 'completed' | 'begun-again' | 'from-backup';
  firstSeq: number;
  lastSeq: number;
  /** When the backup was made, ISO 8601. */
  backupOf?: string;
  /** Of what these entries name, the database no longer has so many. */
  missing?: { attachments: number; papers: number; people: number };
}

/** Personal data are kept beside the chain, where they can be taken away; `hash` is the hash of those data. */
export interface PersonalReference {
  reference: string;
  hash: string;
}

/** The person behind a unit's command, where the account does not tell. */
export interface Through {
  /** The office acts for a unit that rang: the person who rang. */
  onBehalf?: PersonalReference;
  /** By the link in a message to this contact, without signing in. */
  link?: { contact: string };
  /**
   * On the telephone: said to the office, which rang, or by a key pressed in a call of the gateway, as the actor tells; the
   * contact, where it was one of the list.
   */
  call?: { contact?: string };
}

/** A call of the office to a unit. `contact` is a reference; no number enters an episode. */
export interface CallMade {
  contact?: string;
  outcome: CallOutcome;
  note?: string;
  /** Only of a person who was reached. */
  acknowledged?: true;
}

/** A circular to units: forwarded from the city (§5.1), or the district's own (§7). */
export interface IssueCircularCommand {
  kind: 'issueCircular';
  origin: CircularOrigin;
  number?: string;
  title: string;
  text: string;
  attachmentIds?: string[];
  unitIds: string[];
  /** By when each unit tells which measures it has taken; without it none is asked to. */
  answerDueAt?: string;
  /** The referrals that it goes back to, by the numbers of their entries. */
  referrals?: number[];
  /** The problems of daily reports that it names, by id. */
  problems?: string[];
  /** The hash of its file. */
  paper?: string;
}

export type CommandBody =
  | StartCommand
  | AdjustCommand
  | { kind: 'lift'; notice: Notice }
  | { kind: 'numberNotice'; noticeId: string; number?: string; ownNotice?: OwnNotice }
  | SuspendCommand
  | ResumeCommand
  | { kind: 'addUnit'; unitId: string; name: string; unitKind: UnitKind }
  | { kind: 'evaluate'; text: string; supplements: string[] }
  | { kind: 'addTask'; unitIds: string[]; text: string; dueAt?: string }
  /** Without units: for all that have it and have not done it. */
  | { kind: 'cancelTask'; taskId: string; unitIds?: string[]; reason: string }
  | ResendCommand
  | { kind: 'urge'; unitIds: string[]; about: UnitDeadline[]; text?: string }
  | IssueCircularCommand
  /** Without units: for all for which it is open. */
  | { kind: 'closeCircular'; circularId: string; unitIds?: string[]; note: string }
  | { kind: 'refer'; unitId: string; to: ReferredTo; about: UnitDeadline[]; reason: string }
  | UnitCommandBody
  /** `paper`: the hash of the file that goes with the text. */
  | { kind: 'submitDigest'; date: string; text: string; paper?: string }
  | { kind: 'submitFollowUp'; text: string; paper?: string }
  | IssueTextCommand
  | IssueStatementCommand
  | NoteAppearanceCommand
  | { kind: 'saveReview'; content: ReviewContent }
  | { kind: 'publishReview' }
  | { kind: 'recordHandOver' }
  | { kind: 'recordDeliveries'; results: MessageResult[] }
  | ({ kind: 'recordReceipt' } & DeliveryReceipt)
  | ({ kind: 'recordRestoration' } & Restoration);

/**
 * The commands about one unit: given by itself, by a link, or by the office on its behalf; a call by the office.
 * `noticeIds`: these alone are acknowledged, of those that are open.
 */
export type UnitCommandBody = { unitId: string } & Through &
  (
    | { kind: 'acknowledge'; noticeIds?: string[] }
    | { kind: 'reportImplementation'; text: string }
    | { kind: 'noteProgress'; taskId: string; note: string; attachmentIds: string[] }
    | { kind: 'completeTasks'; taskIds: string[]; note: string; attachmentIds: string[] }
    | { kind: 'withdrawCompletion'; taskId: string; reason: string }
    | { kind: 'declareNotApplicable'; taskId: string; reason: string }
    | { kind: 'withdrawNotApplicable'; taskId: string; reason: string }
    | { kind: 'submitDailyReport'; date: string; content: DailyReportContent }
    | { kind: 'settleProblem'; problemId: string; at?: string; note: string }
    | { kind: 'submitSummary'; content: SummaryContent }
    | { kind: 'acknowledgeCircular'; circularId: string }
    | { kind: 'answerCircular'; circularId: string; text: string; attachmentIds: string[] }
    | { kind: 'explainBreach'; about: UnitDeadline; reason: string }
    | ({ kind: 'recordCall' } & CallMade)
  );

/** A command as it reaches the episode. `commandId` is made from account, route and idempotency key. */
export interface Command<Body = CommandBody> {
  commandId: string;
  /** SHA-256 of the canonical request; the same id with another body is refused as `key-reused`. */
  bodyHash: string;
  actor: Actor;
  body: Body;
}

/** Every reason a command may be refused for by its chain itself, an episode's or the district's; `api/` maps each to a status in one place. */
export type RefusalType =
  | 'key-reused'
  | 'pollutant-not-covered'
  | 'level-below-city'
  | 'reason-required'
  | 'basis-not-allowed'
  | 'effective-time'
  | 'nothing-changed'
  | 'episode-active'
  | 'episode-started'
  | 'episode-not-started'
  | 'episode-lifted'
  | 'episode-not-lifted'
  | 'episode-closed'
  | 'response-not-started'
  | 'response-cancelled'
  | 'notice-known'
  | 'notice-unknown'
  | 'number-taken'
  | 'unit-unknown'
  | 'unit-already-added'
  | 'task-unknown'
  | 'task-ended'
  | 'task-not-done'
  | 'task-done'
  | 'task-added'
  | 'task-not-added'
  | 'task-of-office'
  | 'task-not-applicable'
  | 'task-applicable'
  | 'measure-unknown'
  | 'measure-not-in-force'
  | 'suspension-unknown'
  | 'suspension-ended'
  | 'suspension-overlaps'
  | 'suspensions-too-many'
  | 'suspension-time'
  | 'response-suspended'
  | 'due-time'
  | 'digest-missing'
  | 'text-unchanged'
  | 'text-unknown'
  | 'statement-unknown'
  | 'statement-corrected'
  | 'appearance-time'
  | 'appearances-too-many'
  | 'problem-unknown'
  | 'problem-settled'
  | 'problem-time'
  | 'problems-too-many'
  | 'message-unknown'
  | 'message-obsolete'
  | 'message-under-way'
  | 'resent-too-often'
  | 'nothing-open'
  | 'urged-recently'
  | 'not-breached'
  | 'nothing-to-explain'
  | 'referred-to-itself'
  | 'circular-unknown'
  | 'circular-closed'
  | 'circulars-too-many'
  | 'referral-unknown'
  | 'report-day'
  | 'follow-up-submitted'
  | 'follow-up-outstanding'
  | 'review-missing'
  | 'review-published'
  | 'revision-unknown'
  | 'revision-done'
  | 'office-completes'
  | 'filing-required'
  | 'filing-time';

export interface Refusal {
  status: 'refused';
  type: RefusalType;
  /** Chinese, saying what to do. */
  detail: string;
  clause?: Clause;
}

/** `seq`: the command's entry; `repeated`: that entry existed already and nothing was added. */
export type Outcome = { status: 'accepted'; seq: number; repeated: boolean } | Refusal;
