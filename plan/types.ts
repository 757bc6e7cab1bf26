/** The words of the plan, as data. Every entry carries the clause of the plan it comes from. */
import type { Clause, Rules } from './rules/clauses.js';

/** Response levels of §4.1, low to high. Ⅲ and Ⅱ are single characters in the plan; I is a Latin letter. */
export const RESPONSE_LEVELS = ['III', 'II', 'I'] as const;
export type ResponseLevel = (typeof RESPONSE_LEVELS)[number];

/** Warning levels of §3.1.1, low to high. */
export const WARNING_LEVELS = ['yellow', 'orange', 'red'] as const;
export type WarningLevel = (typeof WARNING_LEVELS)[number];

/** On whose word a notice is entered: the city's, the region's (§4.3.4.5), or the district's own. */
export const NOTICE_BASES = ['city', 'region', 'own'] as const;
export type NoticeBasis = (typeof NOTICE_BASES)[number];

/** The ways by which a notice of the city comes. */
export const HOW_RECEIVED = ['telephone', 'message', 'document'] as const;
export type HowReceived = (typeof HOW_RECEIVED)[number];

export type UnitKind = 'department' | 'street';
export type MeasureCategory = 'health' | 'advisory' | 'mandatory';
export type MandatorySource = 'industrial' | 'mobile' | 'dust' | 'combined';

/** The part of a unit in a task: it leads, or assists the one that does. */
export const TASK_ROLES = ['lead', 'assist'] as const;
export type TaskRole = (typeof TASK_ROLES)[number];

/** The words of the office to a unit about a task, beside the plan's own. */
export interface TaskWords {
  role: TaskRole;
  /** The card that the task is on. */
  group: string;
  /** The unit's own part, in one sentence. */
  do: string;
}

/** How an entry of a level follows an entry of a lower one: harder, or the same in substance. */
export type Succession = 'tightened' | 'continued';

/** The effect of a change of level on a task. */
export type TaskChange = 'new' | 'tightened' | 'continued' | 'eased';

/**
 * Kinds of deadlines; the last two are the office's. `task`: an added task with a time of its own. `lifting`: the
 * acknowledgement of the notice that lifts. `circular`: the acknowledgement of a circular, `measures`: the unit's answer to it.
 */
export const DEADLINES = [
  'acknowledgement',
  'lifting',
  'implementation',
  'task',
  'report',
  'summary',
  'circular',
  'measures',
  'follow-up',
  'review',
] as const;
export type DeadlineKind = (typeof DEADLINES)[number];

/**
 * The recipient of a step: of the owing unit the person on duty (§6.6) or the lead, or somebody above the unit. The
 * supervisor is none of them: a person refers a case to him (§7).
 */
export const WHOM = ['duty', 'lead', 'office', 'committee'] as const;
export type Whom = (typeof WHOM)[number];

/** To whom a person may refer a unit's failure (§7). */
export const REFERRED_TO = ['supervisor', 'committee'] as const;
export type ReferredTo = (typeof REFERRED_TO)[number];

/** What is to be revised after a review (§5.2). */
export const REVISED = ['plan', 'policy', 'site-plan'] as const;
export type Revised = (typeof REVISED)[number];

/** What else an episode may leave open; it is followed up as revisions are. */
export const OPEN_AT_SEAL = ['problem', 'circular', 'referral'] as const;
export type OpenAtSeal = (typeof OPEN_AT_SEAL)[number];

/** For whom a text of a warning is: the responsible units, or the public. */
export const TEXT_AUDIENCES = ['units', 'public'] as const;
export type TextAudience = (typeof TEXT_AUDIENCES)[number];

/** Whose circular it is: the city's, which the district forwards (§5.1), or the district's own (§7). */
export const CIRCULAR_ORIGINS = ['city', 'district'] as const;
export type CircularOrigin = (typeof CIRCULAR_ORIGINS)[number];

/** The subject of a statement to the public: what people ask about, or what is told wrongly. */
export const STATEMENT_SUBJECTS = ['concern', 'rumour'] as const;
export type StatementSubject = (typeof STATEMENT_SUBJECTS)[number];

/** How a call by the office's own telephone ended. */
export const CALL_OUTCOMES = ['reached', 'no-answer', 'wrong-number', 'refused'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/**
 * Ways to reach somebody: each line has to get through, by the first of its channels that does. A line is of channels to a
 * person, or of robots and programs, which are told besides (plan/rules/ways.ts).
 */
export type Ways = Channel[][];

/** A step about a deadline that nobody has met. */
export interface ChainStep {
  /** Minutes after the deadline; a reminder before it has them negative. */
  after: number;
  /** The minutes count from the opening of the deadline instead: a reminder. */
  since?: 'opening';
  /** From then on at the next such hour, `HH:mm`. */
  at?: string;
  to: Whom;
  ways: Ways;
  /** How many more times, at which pause in minutes. */
  repeat?: { every: number; times: number };
  /** The levels at which it is taken; without them at all. */
  levels?: WarningLevel[];
  /** In quiet hours it waits for their end; without it, and with `send`, it does not. */
  quiet?: 'hold' | 'send';
  /** It is taken only while so many units owe the same. */
  atLeast?: number;
}
export type Chain = ChainStep[];

/** A figure that a daily report carries: a whole number of `unit`, 0 or more. */
export interface Figure {
  id: string;
  name: string;
  unit: string;
  /** The kind of unit whose figures are added up, where two kinds see the same thing. */
  countedBy?: UnitKind;
  /** The figure of what was to be done, of which this is what has been: 已停 of 应停. */
  outOf?: string;
  /** Of what stands anew each day: over several days the largest is told, not the sum. */
  acrossDays?: 'most';
}

/** The hours of a night, half open, `HH:mm`; what would fall due in them is due at their end. */
export interface QuietHours {
  from: string;
  until: string;
  /** The deadlines that wait for the morning. Steps that are held wait too. */
  moves: MovedDeadline[];
}

/**
 * The deadlines that may wait for the morning. An acknowledgement is the answer to an alarm, a task has the time that a
 * person gave it, and the follow-up report has its day from the plan (§5.1).
 */
export const MOVED_DEADLINES = ['implementation', 'report', 'summary', 'review'] as const;
export type MovedDeadline = (typeof MOVED_DEADLINES)[number];

/** A time that somebody has: whole hours, or working days as `3 workdays`. */
export type TimeGiven = number | `${number} workdays`;

/** Days, `YYYY-MM-DD`: the holidays, and the days of weekends that are worked for them. */
export interface Holidays {
  off: string[];
  worked: string[];
}

/**
 * The values that the plan leaves to the office, as they hold at one level of warning.
 * Durations are whole numbers in the unit their name says; times are `HH:mm`, Beijing.
 */
export interface PolicyValues {
  /** How long before its effect a notice may be entered. */
  noticeAheadHours: number;
  acknowledgementMinutes: number;
  /** Minutes to acknowledge the notice that lifts; `false`: it is not acknowledged. */
  liftingAcknowledgement: number | false;
  /** Minutes to acknowledge a circular; at night it is due in the morning, at every level. */
  circularAcknowledgementMinutes: number;
  implementationReportMinutes: number;
  dailyReportTime: string;
  followUpReportHours: number;
  summaryHours: TimeGiven;
  reviewHours: TimeGiven;
  /** The hour at which a time in working days ends. */
  workdayEnd: string;
  /** The office is asked what follows so long before the expected end, at it, and again after each such pause. */
  endQuestionBeforeHours: number;
  endQuestionAgainHours: number;
  /** The time at which the office gets the day's digest. */
  digestTime: string;
  /** The time at which the office is reminded that the day's digest has not gone to the city. */
  digestSubmissionTime: string;
  /** A drill ends by itself after so many days of its own time without an entry by a person. */
  abandonedDrillDays: number;
  /** A person urges a unit about the same once in so many minutes. */
  urgeAgainMinutes: number;
  /** The public text goes to the public media again after so many minutes, until the warning is lifted (§3.1.4). */
  broadcastEveryMinutes: number;
  /** When owner and office are told of what outlives an episode, as it stood at the start of the episode that handed it over. */
  revisionReminders: RevisionReminders;
  /** What an episode leaves open is due so many days after its review is published, at the end of the working day. */
  carriedOverDays: Record<OpenAtSeal, number>;
  quiet: QuietHours;
  /** The ways of notices, and of all other messages that are no step of a chain. */
  noticeWays: Ways;
  /** The same for a unit's lead, where others of the unit are told too and he is not on duty. */
  leadNoticeWays: Ways;
  chains: Record<DeadlineKind, Chain>;
  /** By unit id; a unit without a list of its own has its kind's. */
  dailyFigures: Record<UnitKind, Figure[]> & Record<string, Figure[]>;
}

/** So long before the day something is due, each such pause after it, and not in the hours of the night. */
export interface RevisionReminders {
  aheadDays: number;
  againDays: number;
  quiet: Pick<QuietHours, 'from' | 'until'>;
}

export type ByLevel<T> = Record<WarningLevel, T>;

/**
 * Values that are one for all levels. No level is owed anything by when a notice may be entered, when the office is asked
 * about the end, how often a person urges, or when a drill ends by itself; a revision is of no level; figures are added up over
 * days of several levels.
 */
type Unleveled =
  | 'noticeAheadHours'
  | 'endQuestionBeforeHours'
  | 'endQuestionAgainHours'
  | 'abandonedDrillDays'
  | 'urgeAgainMinutes'
  | 'revisionReminders'
  | 'carriedOverDays'
  | 'dailyFigures';

/** The policy as written (`policy.yaml`): each other value, and each chain, is one for all levels or given by level. */
export type Policy = Pick<PolicyValues, Unleveled> & {
  [Name in Exclude<keyof PolicyValues, 'chains' | Unleveled>]: PolicyValues[Name] | ByLevel<PolicyValues[Name]>;
} & { chains: Record<DeadlineKind, Chain | ByLevel<Chain>> };

/** The changes of a drill to the policy (§8.2): any of its values; a chain as a whole. */
export type PolicyChanges = Partial<Omit<Policy, 'chains'>> & { chains?: Partial<Policy['chains']> };

export interface Unit {
  unitId: string;
  name: string;
  kind: UnitKind;
  aliases: string[];
}

/** Ways to reach a person, or the group that a robot writes to. */
export const CHANNELS = ['email', 'sms', 'call', 'wecom', 'dingtalk', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Whose fault it can be that a way out takes nothing (episode/faults.ts). */
export const WAY_FAULTS = ['account', 'policy', 'server'] as const;
export type WayFault = (typeof WAY_FAULTS)[number];

/** A contact of a unit, the office, the committee, the supervisors or the city office (§6.6). Never part of an episode. */
export interface Contact {
  role: 'liaison' | 'lead' | 'deputy';
  name: string;
  email?: string;
  /** To ring, by a person or a voice gateway; perhaps a landline. */
  phone?: string;
  /** A number that takes SMS. */
  sms?: string;
  /** Names of robots and endpoints of the installation's configuration, which has their secrets. */
  wecom?: string;
  dingtalk?: string;
  webhook?: string;
}

/** As it is stored: with an id within its holder's list, by which roster and entries name it. */
export interface KnownContact extends Contact {
  contactId: string;
}

/**
 * The work of a unit: a measure of §4.3 (one level) or a duty of annex 1, §2.3 or §3.1.4 that runs during a
 * response (every level it names). Its id is the `taskId` of each unit that answers for it.
 */
export interface TaskItem {
  id: string;
  clause: Clause;
  levels: ResponseLevel[];
  category: MeasureCategory | 'duty';
  source?: MandatorySource;
  units: string[];
  /** The entries of lower levels that it replaces. */
  replaces: Array<{ id: string; as: Succession }>;
  /** On raising, ends although nothing takes its place. */
  endsOnRaise?: boolean;
}

/** A task that a unit has nothing to do for, as it said in an earlier episode, by the entry there. */
export interface NotApplicableTask {
  unitId: string;
  taskId: string;
  reason: string;
  episodeId: string;
  seq: number;
}

/**
 * An edition as an episode carries it: by content, without texts and without contacts. It is part of the
 * state that a run is started with, so that editing a file cannot change the past.
 */
export interface Binding {
  editionId: string;
  /** SHA-256 of the edition's content: the database keeps it by that. */
  editionHash: string;
  units: Unit[];
  items: TaskItem[];
  /** The tasks that units need not do: the unit's profile, as it was at the start. */
  notApplicable: NotApplicableTask[];
  holidays: Holidays;
  /** On whose word notices may be entered. */
  noticeBases: NoticeBasis[];
  /** The unit that the supervisor is part of. */
  supervisorUnit?: string;
  /** The clause of each rule that entries, refusals and messages cite. */
  rules: Rules;
  policy: Policy;
  /** The rules that the episode is decided by (episode/state.ts). */
  rulesVersion: number;
}
