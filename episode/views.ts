/** Views of an episode for people: pure functions of its state at a moment, in the contract's shapes. */
import { beijingIso, reportableDays } from '../plan/rules/calendar.js';
import { responseLevelOf } from '../plan/rules/levels.js';
import type { Figure, ResponseLevel, TaskChange, UnitKind, WarningLevel } from '../plan/types.js';
import { type CircularStanding, circularStanding } from './circular-views.js';
import type { Instant } from './commands.js';
import { chaseOf, namedInEntries } from './deadline-names.js';
import { figuresFor } from './digest.js';
import { digestsToSubmit, isOpen, reportDue } from './due.js';
import type { NamedDeadline } from './entries.js';
import { type ExpectedEndView, expectedEndOf, type NoticeView, noticeView, plannedStart } from './notice-views.js';
import { outlookOf, type SharedDeadline, type UnitOutlook } from './outlook.js';
import {
  endOfResponse,
  isWithoutResponse,
  itemsFor,
  kindOf,
  nameOf,
  namesOf,
  noticeInForce,
  noticeOf,
  responseOf,
  unitsOf,
} from './state.js';
import type {
  EpisodeState,
  HoldableStatus,
  ImplementationDeadline,
  NoticeDeadline,
  Phase,
  SuspensionState,
  TaskState,
  UnitState,
  WhereSaid,
} from './state-types.js';
import { type HeldView, heldView, type SuspensionView, suspensionView } from './suspension-views.js';
import { isHoldable, isPaused, pauseOf, suspensionOf } from './suspensions.js';
import { textsToIssue } from './texts.js';

export interface EpisodeView {
  episodeId: string;
  phase: Phase;
  warningLevel: WarningLevel;
  responseLevel: ResponseLevel;
  cityLevel: WarningLevel;
  drill: boolean;
  timeScale: number;
  startedAt: string;
  liftedAt?: string;
  /** Of a drill that ended by itself because nobody touched it. */
  abandonedAt?: string;
  closedAt?: string;
  expectedEndAt?: string;
  expectedEnd?: ExpectedEndView;
  /** Lifted before any notice took effect. */
  withoutResponse?: true;
  episodeTime: string;
  unitCount: number;
  /** In the order of entry. */
  notices: NoticeView[];
  suspensions: SuspensionView[];
}

export interface WaitingView {
  /** The entry that the message reports. */
  about: number;
  whom: 'everyone' | 'duty' | 'lead';
  attempts: number;
  nextTryAt: string;
  reason?: string;
}

export type UrgeView = NamedDeadline & { count: number; lastAt: string; seq: number };

export interface DeadlineView {
  noticeId: string;
  noticeNumber?: string;
  notifiedAt: string;
  dueAt: string;
  acknowledgedAt?: string;
  status: 'pending' | 'acknowledged' | 'late' | 'missed' | 'withdrawn';
}

export interface ImplementationView {
  noticeId: string;
  noticeNumber?: string;
  dueAt: string;
  reportedAt?: string;
  status: 'pending' | 'submitted' | 'late' | 'missed' | 'withdrawn' | 'suspended';
}

export interface ReportView {
  date: string;
  dueAt: string;
  status: 'pending' | 'submitted' | 'late' | 'missed';
  submittedAt?: string;
}

/** Whether a unit is known to have the last notice; late is told apart by the acknowledgement's own status. */
export type Confirmation = 'confirmed' | 'unconfirmed' | 'unreachable';

export interface UnitRow {
  unitId: string;
  name: string;
  kind: UnitKind;
  confirmation: Confirmation;
  /** Since when its last message reached nobody, and why. */
  unreachable?: { since: string; reason: string };
  /**
   * Messages to its contacts, each by each channel: taken by a server (`sent`); delivered or not, where its receipts are read;
   * and why the last failed that did.
   */
  messages: {
    sent: number;
    delivered: number;
    undelivered: number;
    failed: number;
    lastFailure?: { at: string; channel: string; reason: string };
  };
  /** Messages to it that no server has taken yet, the next to be tried first. */
  waiting: WaitingView[];
  /** How often a person urged it about what is still open, and the last time. */
  urges: UrgeView[];
  notifiedAt?: string;
  acknowledgementDueAt?: string;
  acknowledgedAt?: string;
  acknowledgements: DeadlineView[];
  /** The acknowledgement of the lifting, where the policy asks for one. */
  lifting?: DeadlineView;
  implementation: ImplementationView[];
  /** `total`: those that apply; `suspended`: of the open ones, those that a suspension holds. */
  tasks: { total: number; done: number; notApplicable: number; suspended: number };
  /** A suspension of the whole response is in force for it. */
  suspended?: HeldView;
  dailyReports: ReportView[];
  /** In the order in which they were sent. */
  circulars: CircularStanding[];
  summaryAt?: string;
  summary?: { dueAt: string; status: 'pending' | 'submitted' | 'late' | 'missed' | 'withdrawn' };
}

export interface TaskView {
  taskId: string;
  clause: string;
  level?: ResponseLevel;
  category: string;
  source?: string;
  status: 'open' | 'done' | 'not-applicable' | 'ended';
  change: TaskChange;
  /** Of one that is not applicable: where the reason is. */
  notApplicable?: WhereSaid;
  /** The entry that added it, with its text; none for the edition's. */
  addedSeq?: number;
  /** Of an added one that was taken back: the entry with the reason. */
  cancelledSeq?: number;
  /** The unit asked it of itself. */
  own?: true;
  /** Of one that has a time of its own. */
  deadline?: { dueAt: string; status: 'pending' | 'met' | 'late' | 'missed' | 'withdrawn' | 'suspended' };
  /** A suspension in force holds it. */
  suspended?: HeldView;
}

/** `figures`: what its daily reports tell in numbers. */
export type UnitPage = Omit<UnitRow, 'tasks'> & { episodeId: string; tasks: TaskView[]; figures: Figure[] };

const withTime = <K extends string>(key: K, instant: Instant | undefined): { [P in K]?: string } =>
  (instant === undefined ? {} : { [key]: beijingIso(instant) }) as { [P in K]?: string };

/** Works on the head alone: it reads no unit. */
export function episodeViewOf(state: EpisodeState, now: Instant): EpisodeView {
  const notice = noticeInForce(state);
  const expectedEnd = expectedEndOf(state, now);
  return {
    episodeId: state.episodeId,
    phase: state.phase as Phase,
    warningLevel: notice.level,
    responseLevel: responseLevelOf(notice.level),
    cityLevel: notice.cityLevel,
    drill: state.drill,
    timeScale: state.clock.timeScale,
    startedAt: beijingIso(plannedStart(state)),
    ...withTime('liftedAt', state.liftedAt),
    ...withTime('abandonedAt', state.abandoned?.at),
    ...withTime('closedAt', state.closedAt),
    ...(expectedEnd === undefined ? {} : { expectedEndAt: expectedEnd.at, expectedEnd }),
    ...(isWithoutResponse(state) ? { withoutResponse: true as const } : {}),
    episodeTime: beijingIso(now),
    unitCount: state.unitCount,
    notices: state.notices.map(noticeView),
    suspensions: state.suspensions.map(suspensionView),
  };
}

export interface BoardView {
  units: Array<UnitRow & UnitOutlook>;
  /** The next three to fall due. */
  nextDeadlines: SharedDeadline[];
  expectedEnd?: ExpectedEndView;
  suspensions: SuspensionView[];
  /** Bodies that are no units whom a message did not reach. */
  unreachable: Array<{ unitId: string; since: string; reason: string }>;
  /** The days that were summed up and have not gone to the city. */
  digestsToSubmit: string[];
  /** Texts of notices that nobody has issued yet. */
  textsToIssue: ReturnType<typeof textsToIssue>;
}

export function boardOf(state: EpisodeState, now: Instant): BoardView {
  const expectedEnd = expectedEndOf(state, now);
  const { nextDeadlines, ofUnit } = outlookOf(state, now);
  const dueOf = dueTimes(state);
  return {
    units: unitsOf(state).map((unit) => ({ ...rowOf(state, unit, now, dueOf), ...ofUnit(unit.unitId) })),
    nextDeadlines,
    suspensions: state.suspensions.map(suspensionView),
    unreachable: Object.entries(state.unreachable).map(([body, { since, reason }]) => ({
      unitId: body,
      since: beijingIso(since),
      reason,
    })),
    ...(expectedEnd && { expectedEnd }),
    digestsToSubmit: digestsToSubmit(state),
    textsToIssue: textsToIssue(state),
  };
}

/** A unit's own page: its row and its tasks, those in force first. Texts are the edition's. */
export function unitPageOf(state: EpisodeState, unitId: string, now: Instant): UnitPage {
  const unit = state.units[unitId]!;
  return {
    episodeId: state.episodeId,
    ...rowOf(state, unit, now, dueTimes(state)),
    tasks: tasksOf(state, unit),
    figures: figuresFor(state, unitId),
  };
}

/** When the report of a day is due. Units share their days: 200 units over 30 days ask 6,000 times. */
function dueTimes(state: EpisodeState): (date: string) => string {
  const known = new Map<string, string>();
  return (date) => {
    const due = known.get(date) ?? beijingIso(reportDue(state, date));
    known.set(date, due);
    return due;
  };
}

function rowOf(state: EpisodeState, unit: UnitState, now: Instant, dueOf: (date: string) => string): UnitRow {
  const latest = lastAsked(unit);
  return {
    unitId: unit.unitId,
    name: nameOf(state, unit.unitId),
    kind: kindOf(state, unit.unitId),
    confirmation: confirmationOf(unit),
    ...(unit.unreachable && {
      unreachable: { since: beijingIso(unit.unreachable.since), reason: unit.unreachable.reason },
    }),
    messages: messagesOf(unit),
    waiting: waitingFor(state, unit.unitId),
    urges: urgesOf(state, unit),
    ...withTime('notifiedAt', latest?.openedAt),
    ...withTime('acknowledgementDueAt', latest?.dueAt),
    ...withTime('acknowledgedAt', latest?.metAt),
    acknowledgements: unit.acknowledgements.map((one) => acknowledgementView(state, one)),
    ...(unit.lifting && { lifting: acknowledgementView(state, unit.lifting) }),
    implementation: unit.implementation.map((one) => implementationView(state, one)),
    tasks: taskCountsOf(state, unit),
    ...heldBy(pauseOf(state, unit.unitId)),
    dailyReports: reportsOf(state, unit, now, dueOf),
    circulars: unit.circulars.map((one) => circularStanding(state, one)),
    ...withTime('summaryAt', unit.summary?.submittedAt),
    ...(state.summaryDueAt === undefined
      ? {}
      : { summary: { dueAt: beijingIso(state.summaryDueAt), status: submission(unit.summary?.status ?? 'pending') } }),
  };
}

/** Those in force by how they stand; what is not applicable is neither done nor to be done. */
export function taskCountsOf(state: EpisodeState, { unitId, tasks }: UnitState): UnitRow['tasks'] {
  const statuses = Object.values(tasks).map(({ status }) => status);
  const count = (wanted: TaskState['status']) => statuses.filter((status) => status === wanted).length;
  const done = count('done');
  const held = Object.keys(tasks).filter((id) => tasks[id]!.status === 'open' && suspensionOf(state, unitId, id));
  return { total: done + count('open'), done, notApplicable: count('not-applicable'), suspended: held.length };
}

const heldBy = (one: SuspensionState | undefined): { suspended?: HeldView } =>
  one ? { suspended: heldView(one) } : {};

export function messagesOf({ deliveries }: UnitState): UnitRow['messages'] {
  const { lastFailure, reached: _, ...counts } = deliveries;
  return lastFailure ? { ...counts, lastFailure: { ...lastFailure, at: beijingIso(lastFailure.at) } } : counts;
}

const waitingFor = (state: EpisodeState, unitId: string): WaitingView[] =>
  Object.values(state.messages)
    .flatMap(({ to, about, attempt, notBefore, waitsBecause }) => {
      if (to.kind !== 'unit' || to.unitId !== unitId || attempt === 0) return [];
      const reason = waitsBecause === undefined ? {} : { reason: waitsBecause };
      return [{ about: about[0], whom: to.whom ?? ('everyone' as const), attempts: attempt, notBefore, ...reason }];
    })
    .sort((one, other) => one.notBefore - other.notBefore)
    .map(({ notBefore, ...one }) => ({ ...one, nextTryAt: beijingIso(notBefore) }));

const urgesOf = (state: EpisodeState, { unitId, urges = {} }: UnitState): UrgeView[] =>
  Object.entries(urges).flatMap(([key, { count, at, seq }]) => {
    const about = chaseOf(key);
    if (!isOpen(state, { ...about, unitId })) return [];
    return [{ ...namedInEntries(state, about), count, lastAt: beijingIso(at), seq }];
  });

/** What the unit was last asked to acknowledge. */
const lastAsked = ({ acknowledgements, lifting }: UnitState): NoticeDeadline | undefined =>
  lifting ?? acknowledgements.at(-1);

function confirmationOf(unit: UnitState): Confirmation {
  if (lastAsked(unit)?.metAt !== undefined) return 'confirmed';
  return unit.unreachable ? 'unreachable' : 'unconfirmed';
}

const acknowledgementView = (
  state: EpisodeState,
  { noticeId, openedAt, dueAt, metAt, status }: NoticeDeadline,
): DeadlineView => ({
  ...namesOf(noticeOf(state, noticeId)),
  notifiedAt: beijingIso(openedAt),
  dueAt: beijingIso(dueAt),
  ...withTime('acknowledgedAt', metAt),
  status: status === 'met' ? 'acknowledged' : status,
});

const implementationView = (
  state: EpisodeState,
  { noticeId, dueAt, metAt, status }: ImplementationDeadline,
): ImplementationView => ({
  ...namesOf(noticeOf(state, noticeId)),
  dueAt: beijingIso(dueAt),
  ...withTime('reportedAt', metAt),
  status: submission(status),
});

const submission = <S extends HoldableStatus>(status: S) =>
  status === 'met' ? ('submitted' as const) : (status as Exclude<S, 'met'>);

/** Owed days that are over, and after lifting the day of lifting (§5.1). */
function reportsOf(state: EpisodeState, unit: UnitState, now: Instant, dueOf: (date: string) => string): ReportView[] {
  if (state.responseLevel === undefined) return [];
  return reportableDays(responseOf(state, unit), now).flatMap((date) => {
    const { status = 'pending', submittedAt } = unit.reports[date] ?? {};
    if (status === 'withdrawn' || (status === 'pending' && isPaused(state, unit, date))) return [];
    const dueAt = dueOf(date);
    return [{ date, dueAt, status: status === 'met' ? 'submitted' : status, ...withTime('submittedAt', submittedAt) }];
  });
}

/** The edition's in its order, then those that were added (§4.3). */
function tasksOf(state: EpisodeState, unit: UnitState): TaskView[] {
  const items = itemsFor(state, unit).flatMap((item) => {
    const task = unit.tasks[item.id];
    if (!task) return [];
    return [
      {
        taskId: item.id,
        clause: item.clause,
        ...(item.category === 'duty' ? {} : { level: item.levels[0]! }),
        category: item.category,
        ...(item.source === undefined ? {} : { source: item.source }),
        ...shownAs(state, task),
        ...heldBy(isHoldable(task) ? suspensionOf(state, unit.unitId, item.id) : undefined),
      },
    ];
  });
  const added = Object.entries(unit.tasks).flatMap(([taskId, task]) => {
    if (task.addedSeq === undefined) return [];
    const deadline = unit.taskDeadlines.find((one) => one.taskId === taskId);
    return [
      {
        taskId,
        clause: state.binding.rules.stricter,
        category: 'added',
        addedSeq: task.addedSeq,
        ...(task.own && { own: task.own }),
        ...(task.cancelledSeq !== undefined && { cancelledSeq: task.cancelledSeq }),
        ...shownAs(state, task),
        ...heldBy(isHoldable(task) ? suspensionOf(state, unit.unitId, taskId) : undefined),
        ...(deadline && { deadline: { dueAt: beijingIso(deadline.dueAt), status: deadline.status } }),
      },
    ];
  });
  return [...items, ...added];
}

/** The response ends by itself, and open tasks end with it (§4.4). */
const shownAs = (
  state: EpisodeState,
  { status, change, notApplicable }: TaskState,
): Pick<TaskView, 'status' | 'change' | 'notApplicable'> => ({
  status: status === 'open' && endOfResponse(state) !== undefined ? 'ended' : status,
  change,
  ...(status === 'not-applicable' && notApplicable && { notApplicable }),
});
