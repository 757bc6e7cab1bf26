/** The state of an episode, as plain JSON. */
import type {
  Binding,
  CallOutcome,
  CircularOrigin,
  DeadlineKind,
  HowReceived,
  Policy,
  ReferredTo,
  ResponseLevel,
  TaskChange,
  TextAudience,
  UnitKind,
  WarningLevel,
  Ways,
  Whom,
} from '../plan/types.js';
import type {
  Clock,
  DeliveryReceipt,
  DeliveryResult,
  Instant,
  OrderCited,
  OwnNotice,
  SuspendedItems,
} from './commands.js';
import type { Recipient } from './entries.js';

export type Phase = 'announced' | 'active' | 'reporting' | 'reviewing' | 'closed';

/** A deadline that a message is about. `subject`: the notice's id, the report's day, the task's id. */
export interface DeadlineReference {
  deadline: DeadlineKind;
  unitId?: string;
  subject?: string;
  /** How many steps of its chain were taken up to this message; 0 for the notice itself. */
  stepsTaken: number;
}

/** A message that waits or is under way. */
export interface Message {
  /** `unit:<unitId>:<seq>`, or the recipient's kind and the number. */
  key: string;
  to: Recipient;
  ways: Ways;
  /** To a unit's lead who is not on duty, where others are told too. */
  leadWays?: Ways;
  /** The notice that it tells of, by id. */
  announces?: string;
  /** The suspension of which, or of whose end, it tells: needless once that is over, and with the response. */
  suspensionId?: string;
  /** The notice was acknowledged: its text still goes by mail, which wakes nobody. */
  mailAlone?: true;
  /** The message is withdrawn once none of these is open. A message about no deadline is always sent. */
  deadlines: DeadlineReference[];
  /** Useless once the deadline has passed. */
  isReminder?: true;
  /** The people who could not be reached by earlier steps. */
  tried?: Whom[];
  /** A person sends an earlier message again; to this contact alone, where he says so. */
  again?: { of: string; contact?: string /** Real time. */; at: Instant };
  /** A person urges the unit. */
  urged?: true;
  /**
   * Asks the office for something, and is needless once it has answered: what follows the expected `end`, or the digest of
   * a day for the city.
   */
  asks?: 'end' | { digestOf: string };
  /** Some contact has it. */
  reached?: true;
  /** No person could get it, and the next step was taken. It still waits for a robot that is away. */
  passedOn?: true;
  /** Since when recipients refuse it for now, by `contact/channel`. */
  refusedSince?: Record<string, Instant>;
  /** The reason why the server did not take it at the last try. */
  waitsBecause?: string;
  /** Numbers of the entries that the message reports. */
  about: [number, ...number[]];
  attempt: number;
  /** Episode time from which it may be (re)tried. */
  notBefore: Instant;
  /** `contact/channel` of those whose outcome is recorded. */
  settled: string[];
  /** What gateways say of those that they took, by `contact/channel`. A receipt may overtake the outcome. */
  receipts?: Record<string, 'awaited' | DeliveryReceipt['outcome']>;
  /** Until then receipts are awaited. */
  receiptsBy?: Instant;
}

export type DeadlineStatus = 'pending' | 'met' | 'late' | 'missed' | 'withdrawn';

/** Of a deadline that a suspension can hold off. */
export type HoldableStatus = DeadlineStatus | 'suspended';

/** A deadline of one unit that a notice opened: an acknowledgement. */
export interface NoticeDeadline {
  noticeId: string;
  openedAt: Instant;
  dueAt: Instant;
  status: DeadlineStatus;
  metAt?: Instant;
}

/** The same of an implementation report. */
export interface ImplementationDeadline extends Omit<NoticeDeadline, 'status'> {
  status: HoldableStatus;
  /** Of one that is suspended: the time that is left. */
  left?: number;
}

/** `seq`: the entry that completed it. */
export type TaskState = TaskOrigin &
  (
    | { status: 'done'; seq: number }
    | { status: 'open' | 'ended'; seq?: number }
    | { status: 'not-applicable'; notApplicable: WhereSaid }
  );

/** The place of the reason why a task is not applicable: an entry, or the task of the unit's profile. */
export type WhereSaid = { seq: number } | { profile: string };

interface TaskOrigin {
  change: TaskChange;
  /** The id of the notice it ended with. */
  endedBy?: string;
  /** The entry that added it, with its text; none for the edition's. */
  addedSeq?: number;
  /** The unit asked it of itself, and may take it back. */
  own?: true;
  /** The entry with the reason why it was taken back. */
  cancelledSeq?: number;
  /** Kept after it has ended. */
  notApplicable?: WhereSaid;
  /** The unit took back that it is not applicable. */
  applies?: true;
}

/** A deadline of a task that has a time of its own. */
export interface TaskDeadline {
  taskId: string;
  openedAt: Instant;
  dueAt: Instant;
  status: HoldableStatus;
  metAt?: Instant;
  left?: number;
}

/** The progress of the chain of an unmet deadline. */
export interface Chase {
  stepsTaken: number;
  /** Places of steps taken before their turn, because earlier ones reached nobody. After a miss reminders do not count. */
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

/** A problem of a unit's daily reports; it is open until something says that it was put right. */
export interface ProblemState {
  /** Of what and where: the same told again without its id is this one. */
  hash: string;
  /** The report that has its words. */
  seq: number;
  /** Real time of the first report of it. */
  reportedAt: Instant;
  /** The days in whose reports it stands, in the order of reporting. */
  days: string[];
  /** The entries in force that say so: reports, or one of its own. */
  settled: Array<{ seq: number; at: Instant }>;
}

/** Sent to a unit: `receipt` is its acknowledgement, `measures` its answer where one is asked for. */
export interface CircularOfUnit {
  circularId: string;
  openedAt: Instant;
  receipt: CircularDeadline;
  measures?: CircularDeadline;
  /** Of its acknowledgement. */
  acknowledgedSeq?: number;
  /** The answer in force. */
  answer?: { seq: number; hash: string; at: Instant };
  /** The office has closed it for the unit. */
  closed?: { seq: number; at: Instant };
}

export interface CircularDeadline {
  dueAt: Instant;
  status: DeadlineStatus;
  metAt?: Instant;
}

/** A circular of the episode; `hash` of its content. */
export interface CircularState {
  /** `c1`, `c2` … in the order of issue. */
  circularId: string;
  seq: number;
  hash: string;
  issuedAt: Instant;
  origin: CircularOrigin;
  number?: string;
  title: string;
  unitIds: string[];
  answerDueAt?: Instant;
  /** Units that it is still to be sent to; absent once it went to all. */
  toSend?: string[];
}

export interface UnitState {
  unitId: string;
  /** Of a unit that joined during the episode (§2.2). */
  added?: { name: string; kind: UnitKind };
  /** Absent of a unit that takes part from the start. */
  joinedAt?: Instant;
  /** The id of the last notice that it was told of. */
  toldOf?: string;
  acknowledgements: NoticeDeadline[];
  /** The acknowledgement of the lifting, where the policy asks for one. */
  lifting?: NoticeDeadline;
  implementation: ImplementationDeadline[];
  tasks: Record<string, TaskState>;
  /** By Beijing date, once submitted, missed or withdrawn; pending ones are computed. */
  reports: Record<string, ReportState>;
  /** Once submitted, missed or withdrawn; it is owed from lifting on. */
  summary?: ReportState;
  acknowledgedSeq?: number;
  implementationSeq?: number;
  taskDeadlines: TaskDeadline[];
  circulars: CircularOfUnit[];
  /** The suspensions that it was told of, by id, and whether of their end too. */
  suspensions?: Record<string, 'suspended' | 'resumed'>;
  /** By id: `p1`, `p2` … in the episode. */
  problems: Record<string, ProblemState>;
  /** By kind and subject of the deadline. */
  chases: Record<string, Chase>;
  /**
   * To its contacts, each by each channel: taken by a server, delivered or not as its receipt says, failed. `reached`: some
   * message has reached a person.
   */
  deliveries: {
    sent: number;
    delivered: number;
    undelivered: number;
    failed: number;
    reached?: true;
    lastFailure?: { at: Instant; channel: DeliveryResult['channel']; reason: string };
  };
  /** The office's calls: how many, and the last. */
  calls?: { count: number; last: { at: Instant; seq: number; outcome: CallOutcome; contact?: string } };
  /** How often a person urged it about a deadline, by kind and subject, and the last time. */
  urges?: Record<string, Urged>;
  /** Its stated reasons for what was late or missed, by kind and subject: the entry in force, and the hash of its words. */
  explanations?: Record<string, { seq: number; hash: string }>;
  /** Since a message to it reached nobody, until one does. */
  unreachable?: OutOfReach;
}

export interface Urged {
  count: number;
  at: Instant;
  /** The last entry. */
  seq: number;
}

/**
 * A notice of the city; it is in force from `effectiveAt` on. One that a later notice overtakes before that never takes
 * effect.
 */
export interface NoticeState {
  kind: 'start' | 'adjust' | 'lift';
  /** `n1`, `n2` … in the order of entry. */
  noticeId: string;
  /** As it was first written. */
  number?: string;
  /** The entry that gave it its number later. */
  numberedSeq?: number;
  ownNotice?: OwnNotice;
  /** The entry that gave it its own notice later. */
  ownNoticeSeq?: number;
  /** How it came, where that was told. */
  received?: { by: HowReceived; at: Instant };
  seq: number;
  /** Episode time of entry. */
  enteredAt: Instant;
  issuedAt: Instant;
  effectiveAt: Instant;
  cityLevel: WarningLevel;
  level: WarningLevel;
  expectedEndAt?: string;
  effect: 'to-come' | 'taken' | 'overtaken';
}

/** Measures or the whole response held for a time. */
export interface SuspensionState {
  /** `s1`, `s2` … in the order of entry. */
  suspensionId: string;
  seq: number;
  items: SuspendedItems;
  unitIds?: string[];
  from: Instant;
  /** The end that was ordered. */
  until?: Instant;
  reason: string;
  order?: OrderCited;
  status: 'to-come' | 'in-force' | 'ended';
  /** `lifting`: with the response. */
  ended?: { at: Instant; by: 'order' | 'time' | 'measures-ended' | 'lifting'; reason?: string; order?: OrderCited };
}

/** A deadline of the office after lifting: follow-up report or review. */
export interface OfficeDeadline {
  dueAt: Instant;
  status: DeadlineStatus;
  hash?: string;
  seq?: number;
  submittedAt?: Instant;
}

/** `hash` and `seq` are of the text in force. */
export interface SubmittedDigest {
  seq: number;
  hash: string;
  submittedAt: Instant;
  correctedAt?: Instant;
}

/** The last version of a text of a warning, by the entry `seq`; `hash` of its words. */
export interface IssuedText {
  version: number;
  seq: number;
  hash: string;
  issuedAt: Instant;
}

/** What the public media are told, by the entry `seq` of its text, and when they last were. */
export interface BroadcastState {
  noticeId: string;
  seq: number;
  at: Instant;
  /** A later text is not for them: nothing is repeated, and the last word still follows. */
  isOff?: true;
}

/** A statement to the public, by the entry `seq`; `hash` of its words. */
export interface StatementState {
  statementId: string;
  seq: number;
  hash: string;
  /** The one that took its place. */
  correctedBy?: string;
}

/** Since a message reached nobody, until one does. */
export interface OutOfReach {
  since: Instant;
  reason: string;
}

/** A unit's failure, referred by the entry `seq`; `hash` of the content. */
export interface Referral {
  seq: number;
  unitId: string;
  to: ReferredTo;
  hash: string;
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
  suspensions: SuspensionState[];
  /** The level in force; absent before the response has started. */
  responseLevel?: ResponseLevel;
  /** Effect of the lifting. */
  liftedAt?: Instant;
  units: Record<string, UnitState>;
  unitCount: number;
  /** Of the last entry by a person. */
  attendedAt: Instant;
  /** Of a drill that nobody touched any more: its end, and the number of the entry that says so. */
  abandoned?: { at: Instant; seq: number };
  closedAt?: Instant;
  /** The next three exist from the lifting on; no summary is owed where no response began. */
  followUp?: OfficeDeadline;
  summaryDueAt?: Instant;
  /** `hash` and `savedSeq` are the last draft's, `seq` the publication's. */
  review?: OfficeDeadline & {
    savedSeq?: number;
    /** How many revisions the last draft asks for; once published, they go to the district's chain. */
    revisions?: number;
    /** They are there. */
    handedOver?: true;
  };
  /** Of the office's own deadlines. */
  chases: Record<string, Chase>;
  /** How many tasks were added: their ids are numbered. */
  tasksAdded: number;
  /** How many problems were reported: their ids are numbered. */
  problemsFound: number;
  referrals: Referral[];
  circulars: CircularState[];
  /** Bodies whom a message did not reach: the office, the city, the committee, the supervisor, the media. */
  unreachable: { [K in Exclude<Recipient['kind'], 'unit'>]?: OutOfReach };
  /** When the office was last asked what follows the expected end; absent once a notice has answered. */
  endAskedAt?: Instant;
  /** The last day whose digest was compiled. */
  digestedTo?: string;
  /** The last day whose digest the office was asked to send to the city. */
  digestRemindedTo?: string;
  /** By day, what was sent to the city. */
  digestsSubmitted: Record<string, SubmittedDigest>;
  /** By the notice's id. */
  texts: Record<string, { [A in TextAudience]?: IssuedText }>;
  /** Until the lifting, once the public media were told. */
  broadcast?: BroadcastState;
  statements: StatementState[];
  /** Where the texts of the public appeared, by the text's id: the entries, and the hash of what each says. */
  appearances: Record<string, Array<{ seq: number; hash: string }>>;
  messages: Record<string, Message>;
  /** How often a message was sent again, by the key of the first. */
  resent: Record<string, number>;
  /** The last commands by id, in generations, oldest first; the oldest generation goes when there are too many. */
  commands: Array<Record<string, RememberedCommand>>;
  head: { seq: number; hash: string; at: Instant; episodeTime: Instant };
}
