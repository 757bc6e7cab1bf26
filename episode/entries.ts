/** The entries of the ledger, by kind. */
import type { StepCount } from '../plan/rules/chains.js';
import type { Clause } from '../plan/rules/clauses.js';
import type {
  NotApplicableTask,
  Policy,
  ReferredTo,
  ResponseLevel,
  StatementSubject,
  TaskChange,
  TextAudience,
  UnitKind,
  WarningLevel,
  Ways,
  Whom,
} from '../plan/types.js';
import type {
  Actor,
  AdjustCommand,
  CallMade,
  Clock,
  DailyReportContent,
  DeliveryReceipt,
  DeliveryResult,
  IssueCircularCommand,
  KeptFile,
  NoteAppearanceCommand,
  Notice,
  OwnNotice,
  ProblemWords,
  Restoration,
  ResumeCommand,
  ReviewContent,
  StartCommand,
  SummaryContent,
  SuspendCommand,
  Through,
  WarningWords,
} from './commands.js';

/** A notice as entries name it: by its id in the episode, and by the number that it has. */
export interface NamedNotice {
  noticeId: string;
  noticeNumber?: string;
}

/** A circular as entries name it: by its id in the episode, and by its title, which no other entry of a unit has. */
export interface NamedCircular {
  circularId: string;
  circularTitle?: string;
}

/** A deadline as entries name it: by its notice, its day, its task or its circular. */
export type NamedDeadline = NamedUnitDeadline | { deadline: 'follow-up' | 'review' };

type NamedUnitDeadline =
  | ({ deadline: 'acknowledgement' | 'lifting' | 'implementation' } & NamedNotice)
  | { deadline: 'report'; date: string }
  | { deadline: 'task'; taskId: string }
  | { deadline: 'summary' }
  | ({ deadline: 'circular' | 'measures' } & NamedCircular);

/** `unitId` is absent from a deadline of the office. */
export type OwedDeadline = NamedDeadline & { unitId?: string; dueAt: string };

/** A problem with its id in the episode. */
export interface ReportedProblem extends ProblemWords {
  problemId: string;
}

/** A daily report as its entry has it: its problems have ids. */
export type ReportContent = Omit<DailyReportContent, 'problems'> & { problems?: ReportedProblem[] };

/** Something done late or not at all, as it stood when the entry was made. */
export type NamedBreach = NamedDeadline & { dueAt: string; outcome: 'late' | 'missed' };

/** A step of the chains of deadlines that nobody has met: one recipient is told of all of them. */
export interface TakenStep {
  to: Whom;
  /** Of the unit the entry names, or the office's own. */
  deadlines: Array<OwedDeadline & StepCount>;
  ways: Ways;
  /** The key of the message; those above the units get one for all units. */
  message: string;
  /** Taken before its time, because none of these could be reached. */
  fellThrough?: Whom[];
}

/** A task as `task.assigned` hands it out. */
export interface AssignedTask {
  id: string;
  change: TaskChange;
  status: 'open' | 'done' | 'not-applicable';
  /** Of one that is not applicable: the entry of this episode that says so, or the one of an earlier episode. */
  notApplicable?: { saidIn: number } | Omit<NotApplicableTask, 'unitId'>;
}

/** The notices that an answer is for; `lateFor` holds the ids of those whose deadline had passed. */
export interface AnsweredNotices {
  noticeIds: string[];
  noticeNumbers: string[];
  lateFor: string[];
}

/** The data of entries about one unit. Times are ISO 8601 at +08:00, in episode time; texts are as people wrote them. */
export interface UnitEntryData {
  /** The first message of a notice to a unit. */
  'unit.notified': NamedNotice & {
    occasion: 'start' | 'adjustment' | 'joining' | 'lifting';
    level: WarningLevel;
    effectiveAt: string;
    acknowledgementDueAt?: string;
  };
  /** The unit is told of a suspension: which of its tasks are held, all of them without `taskIds`. */
  'unit.suspended': { suspensionId: string; taskIds?: string[] };
  'unit.resumed': { suspensionId: string; taskIds?: string[] };
  'unit.added': { name: string; unitKind: UnitKind };
  'unit.acknowledged': AnsweredNotices & Through;
  /** The office rang it. The person is named by reference; the number is nowhere. */
  'unit.called': CallMade;
  /** A person presses it about what is open. */
  'unit.urged': { about: OwedDeadline[]; text?: string };
  'acknowledgement.missed': NamedNotice & { dueAt: string };
  'lifting.missed': NamedNotice & { dueAt: string };
  'implementation.reported': { text: string } & AnsweredNotices & Through;
  'implementation.missed': NamedNotice & { dueAt: string };
  'task.assigned': NamedNotice & {
    level: ResponseLevel;
    tasks: AssignedTask[];
    /** Ids of tasks that end with this notice. */
    ended: string[];
    implementationDueAt: string;
  };
  /**
   * Stricter than the plan asks (§4.3): by the office for units, or by a unit for itself. The first unit's entry has the
   * text, the others name its number.
   */
  'task.added': { taskId: string; text?: string; textIn?: number; dueAt?: string };
  /** An added task is taken back. Of several units the first has the reason, the others name its number. */
  'task.cancelled': { taskId: string; reason?: string; reasonIn?: number };
  'task.progressed': { taskId: string; note: string; attachmentIds: string[] } & Through;
  /**
   * `late` of a task that has a time of its own. Of tasks completed together the first has note and evidence, the others
   * name its number.
   */
  'task.completed': {
    taskId: string;
    note?: string;
    attachmentIds?: string[];
    noteIn?: number;
    late?: boolean;
  } & Through;
  /** The completion is taken back; a task with a time is then due by it, or at once if it has passed. */
  'task.withdrawn': { taskId: string; withdraws: number; reason: string; dueAt?: string } & Through;
  /** The unit has nothing to do for it: no mine, no farmland. */
  'task.not-applicable': { taskId: string; reason: string } & Through;
  /** It has after all; the entry that is taken back may be of an earlier episode. */
  'task.applicable': { taskId: string; reason: string; withdraws: { episodeId: string; seq: number } } & Through;
  'task.missed': { taskId: string; dueAt: string };
  'report.submitted': {
    date: string;
    dueAt: string;
    late: boolean;
    content: ReportContent;
    contentHash: string;
  } & Through;
  /** `corrects` is the number of the entry it takes the place of. */
  'report.corrected': { date: string; corrects: number; content: ReportContent; contentHash: string } & Through;
  /** A problem of a daily report has been put right, as its unit says outside a report. */
  'problem.settled': { problemId: string; at: string; note: string } & Through;
  'report.missed': { date: string; dueAt: string };
  'summary.submitted': {
    dueAt: string;
    late: boolean;
    content: SummaryContent;
    contentHash: string;
    corrects?: number;
  } & Through;
  'summary.missed': { dueAt: string };
  /** The unit is sent a circular. `answerDueAt`: until then it tells which measures it has taken. */
  'circular.sent': NamedCircular & { dueAt: string; answerDueAt?: string };
  'circular.acknowledged': { circularId: string; late: boolean } & Through;
  'circular.missed': NamedCircular & { dueAt: string };
  /**
   * Which measures the unit has taken. `late` where an answer was asked for; `corrects` is the number of the entry it takes
   * the place of.
   */
  'circular.answered': {
    circularId: string;
    text: string;
    attachmentIds: string[];
    contentHash: string;
    late?: boolean;
    corrects?: number;
  } & Through;
  'measures.missed': NamedCircular & { dueAt: string };
  /** The office closes it for the unit. Of several closed together the first has the word, the others name its number. */
  'circular.closed': { circularId: string; note?: string; noteIn?: number };
  /** The unit's reason for it (§7), as it states it. `corrects` is the number of the entry it takes the place of. */
  'breach.explained': { about: NamedBreach; reason: string; corrects?: number } & Through;
}

/** The data of entries about the episode; those of steps and deliveries name the unit that they concern, if any. */
export interface EpisodeEntryData {
  'warning.issued': Omit<StartCommand, 'kind' | 'drill'> & {
    noticeId: string;
    rulesVersion: number;
    /** Why the episode started under this edition, by content. */
    edition: { id: string; hash: string };
    /** Of the edition's binding: units, tasks, rules and policy as the episode carries them. */
    bindingHash: string;
    policy: Policy;
    drill: boolean;
    clock: Clock;
  };
  'response.started': NamedNotice & { level: WarningLevel; effectiveAt: string };
  'level.adjusted': Omit<AdjustCommand, 'kind' | 'expectedEndAt'> & {
    noticeId: string;
    expectedEndAt?: string;
    previousLevel: WarningLevel;
  };
  'response.adjusted': NamedNotice & { previousLevel: WarningLevel; level: WarningLevel; effectiveAt: string };
  /** A number, the district's own notice, or both. `corrects`: the number that it had. */
  'notice.numbered': { noticeId: string; number?: string; corrects?: string; ownNotice?: OwnNotice };
  /** Measures, or the whole response, are to be suspended. */
  'suspension.ordered': Omit<SuspendCommand, 'kind' | 'from'> & { suspensionId: string; from: string };
  'response.suspended': { suspensionId: string; from: string };
  /** By order, by its time, or because no unit has the measures any more. `cancelled`: it had not begun. */
  'response.resumed': Omit<ResumeCommand, 'kind'> & {
    at: string;
    by: 'order' | 'time' | 'measures-ended';
    cancelled?: true;
  };
  'warning.lifted': { noticeId: string; notice: Notice };
  /** Lifted before any notice took effect: there was no response, and no summary is owed. */
  'response.cancelled': NamedNotice & { effectiveAt: string; followUpDueAt: string; reviewDueAt: string };
  /** The office is asked what follows the expected end. */
  'end.asked': NamedNotice & { expectedEndAt: string };
  'response.ended': NamedNotice & {
    effectiveAt: string;
    followUpDueAt: string;
    summaryDueAt: string;
    reviewDueAt: string;
  };
  /** `suspensionId`: of one that a suspension holds off; its clock stands still. */
  'deadline.withdrawn': NamedDeadline & { reason: string; suspensionId?: string };
  /** A deadline that was held off goes on with the time that was left. */
  'deadline.reopened': NamedDeadline & { dueAt: string };
  'deadline.reminded': TakenStep;
  'deadline.escalated': TakenStep;
  /** The number of units that reported a day, and the ones that did not. */
  /**
   * The office refers what a unit did late or not at all (§7). The entry is the episode's, not the unit's, so that it is in
   * no history that the unit reads: whether the unit is told is for those who inspect.
   */
  'unit.referred': { unitId: string; to: ReferredTo; about: NamedBreach[]; reason: string };
  /**
   * A circular, forwarded from the city (§5.1) or the district's own (§7). The entry is the episode's, not a unit's: it names
   * referrals, which no unit reads. `paper` is the SHA-256 of its file.
   */
  'circular.issued': Omit<IssueCircularCommand, 'kind'> & { circularId: string };
  'digest.compiled': { date: string; submitted: number; outstanding: string[] };
  /** The office has not yet sent the city the day's digest. */
  'digest.reminded': { date: string };
  /**
   * The district's day, sent to the city. `corrects` is the number of the entry it takes the place of, `paper` the SHA-256 of
   * the file that goes with the text.
   */
  'digest.submitted': { date: string; text: string; paper?: string; contentHash: string; corrects?: number };
  /**
   * A text of a warning is issued, for the notice of that id. A later version takes the place of the one before; both stay in
   * the record. `paper`: the official document, of a text to the units.
   */
  'text.issued': {
    notice: string;
    audience: TextAudience;
    version: number;
    paper?: KeptFile;
    broadcast?: true;
  } & WarningWords;
  /** The text of that entry goes to the public media again. */
  'broadcast.repeated': { notice: string; text: number };
  /** The last word to the public media: the text of the lifting, where it was issued before its effect, or the edition's words. */
  'broadcast.ended': NamedNotice & { effectiveAt: string; text?: number };
  /** An answer to the public, `t1`, `t2` … in the episode. One that is corrected stays in the record. */
  'statement.issued': { statementId: string; about: StatementSubject; corrects?: string } & Omit<
    WarningWords,
    'number'
  >;
  /** Where and when a text of the public appeared, as the office or the publishing unit notes it. */
  'appearance.noted': Omit<NoteAppearanceCommand, 'kind' | 'unitId'>;
  'response.evaluated': { text: string; supplements: string[] };
  'follow-up.submitted': { text: string; paper?: string; dueAt: string; late: boolean; contentHash: string };
  'follow-up.missed': { dueAt: string };
  'review.saved': { content: ReviewContent; contentHash: string };
  'review.published': { saved: number; dueAt: string; late: boolean; missingSummaries: string[] };
  'review.missed': { dueAt: string };
  /** What the review asks to be revised, and what was still open, is on the district's chain. */
  'review.handed-over': Record<'revisions' | 'problems' | 'circulars' | 'referrals', number>;
  /** One contact by one channel; `final` with the last outcome that a message waited for. */
  'notification.sent': Notification & Omit<DeliveryResult, 'outcome' | 'reason'>;
  /** `passedOn`: no person can get the message. The next step is taken now, and a robot that is away is waited for. */
  'notification.failed': Notification & Omit<DeliveryResult, 'outcome'> & { passedOn?: true };
  /** The gateway says later that it arrived, or that it did not: then the next channel has its turn. */
  'notification.delivered': Notification & Pick<DeliveryReceipt, 'contact' | 'channel'>;
  'notification.undelivered': Notification & Pick<DeliveryReceipt, 'contact' | 'channel'> & { reason: string };
  /**
   * Messages that no server has taken yet, or whose receipt is to come; they are due again. `refusedSince`: the recipients,
   * by `contact/channel`, that refuse for now and did not before.
   */
  'notification.deferred': {
    messages: Array<{
      message: string;
      attempt: number;
      notBefore: string;
      reason: string;
      refusedSince?: Record<string, string>;
    }>;
  };
  /**
   * Messages that became needless: the deadline was met, passed or fell away, or a later message says the
   * same; or no receipt came within a day, and what the gateway took counts as arrived. `byMail`:
   * acknowledged notices whose text still goes by mail, and by no other way.
   */
  'notification.withdrawn': {
    messages: string[];
    byMail?: string[];
    reason: 'answered' | 'passed' | 'ended' | 'repeated' | 'no-receipt';
  };
  /**
   * A person sends a message again, as the message of this entry: as it went, or by one channel, or to one contact.
   * `mailAlone`: of a notice that was acknowledged, whose text goes by mail.
   */
  'message.resent': {
    message: string;
    resends: string;
    about: number[];
    to: Recipient['kind'];
    whom?: 'duty' | 'lead';
    contact?: string;
    ways: Ways;
    leadWays?: Ways;
    deadlines: Array<NamedDeadline & { unitId?: string }>;
    announces?: NamedNotice;
    suspensionId?: string;
    asks?: 'end' | { digestOf: string };
    mailAlone?: true;
  };
  /** Nobody has touched a drill since `idleSince`; it is over from `abandonedAt` on, however late that is noticed. */
  'drill.abandoned': { idleSince: string; abandonedAt: string };
  'episode.closed': NamedNotice;
  /** The record was completed or begun again after a loss. */
  'record.restored': Restoration;
}

export interface EntryData extends UnitEntryData, EpisodeEntryData {}

interface Notification {
  message: string;
  about: number[];
  to: Recipient['kind'];
  final: boolean;
  /** On its way when it was withdrawn. */
  crossed?: true;
}

export type EntryKind = keyof EntryData;

/** An entry about a unit always names it. */
type Described<K extends EntryKind> = (K extends keyof UnitEntryData ? { unitId: string } : { unitId?: string }) & {
  kind: K;
  actor: Actor;
  clause?: Clause;
  data: EntryData[K];
};

/** An entry without number and hash, as `decide` returns it. */
export type Draft = { [K in EntryKind]: Described<K> }[EntryKind];

/** One line of the ledger. `at` and `episodeTime` are ISO 8601 at +08:00 with milliseconds. */
export type Entry = {
  [K in EntryKind]: Described<K> & { seq: number; at: string; episodeTime: string; previousHash: string; hash: string };
}[EntryKind];

/** The recipient of a message. A unit without `whom`: everybody who gets its notices. */
export type Recipient =
  | { kind: 'unit'; unitId: string; whom?: 'duty' | 'lead' }
  | { kind: 'office' | 'committee' | 'city' | 'supervisor' | 'media' };
