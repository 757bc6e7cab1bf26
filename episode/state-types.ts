/** An episode as it stands, as plain JSON. */
import type {
  Binding,
  DeadlineKind,
  Policy,
  ResponseLevel,
  TaskChange,
  UnitKind,
  WarningLevel,
  Ways,
  Whom,
} from '../plan/types.js';
import type { Clock, DeliveryResult, Instant } from './commands.js';
import type { Recipient } from './entries.js';

export type Phase = 'announced' | 'active' | 'reporting' | 'reviewing' | 'closed';

/** A deadline that a message is about. `subject`: the notice's number, the report's day, the task's id. */
export interface DeadlineReference {
  deadline: DeadlineKind;
  unitId?: string;
  subject?: string;
  /** How many calls of its chain had been made with this message; 0 for the notice itself. */
  stepsTaken: number;
}

/** A message that a turn's entries call for; its key is the number of the first entry it is about. */
export interface Message {
  /** `unit:<unitId>:<seq>`, or the recipient's kind and the number. */
  key: string;
  to: Recipient;
  ways: Ways;
  /** Once none of these is open, the message need not be sent; a message about none is sent in any case. */
  deadlines: DeadlineReference[];
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

/** `seq`: the entry that completed it. */
export type TaskState = TaskOrigin & ({ status: 'done'; seq: number } | { status: 'open' | 'ended'; seq?: number });

interface TaskOrigin {
  change: TaskChange;
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
  stepsTaken: number;
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
  taskDeadlines: TaskDeadline[];
  /** By kind and subject of the deadline. */
  chases: Record<string, Chase>;
  /** To its contacts, each by each channel. */
  deliveries: {
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
  chases: Record<string, Chase>;
  /** How many tasks were added: their ids are numbered. */
  tasksAdded: number;
  /** The last day whose digest was compiled. */
  digestedTo?: string;
  messages: Record<string, Message>;
  /** The last commands by id, in generations, oldest first; the oldest generation goes when there are too many. */
  commands: Array<Record<string, RememberedCommand>>;
  head: { seq: number; hash: string; at: Instant; episodeTime: Instant };
}
