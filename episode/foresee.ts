/**
 * What a notice would do if it were entered now: by the very turns that entering it would take, of which nothing is kept. Pure.
 */
import { beijingDate, firstOwedDay, lastOwedDay } from '../plan/rules/calendar.js';
import type { DeadlineKind } from '../plan/types.js';
import { episodeTimeAt } from './clock.js';
import type { Actor, AdjustCommand, CommandBody, Instant, Refusal, StartCommand } from './commands.js';
import { closingOf } from './decide/deadlines.js';
import { reportDue } from './due.js';
import { noLongerOwed } from './effects.js';
import type { AssignedTask, Entry } from './entries.js';
import { tasksUnder } from './notice-tasks.js';
import { implementationDue } from './policy.js';
import { isWithoutResponse, knownFrom, lastNotice, plannedAt, unitsOf } from './state.js';
import type { EpisodeState, Message, NoticeState, UnitState } from './state-types.js';
import { takeTurn } from './turn.js';

export type NoticeCommandBody = StartCommand | AdjustCommand | Extract<CommandBody, { kind: 'lift' }>;

export interface UnitForeseen {
  unit: UnitState;
  /** By which it is told. */
  message: Message | undefined;
  tasks: AssignedTask[];
  ended: string[];
}

/** A deadline that arises, for so many units; of no unit, the office's. */
export interface DueForeseen {
  deadline: DeadlineKind;
  dueAt: Instant;
  date?: string;
  units?: number;
}

export interface Foreseen {
  notice: NoticeState;
  /** The notice that is in force, or planned, until this one. */
  before: NoticeState | undefined;
  /** Afterwards. */
  state: EpisodeState;
  now: Instant;
  units: UnitForeseen[];
  dues: DueForeseen[];
  /** Of a lifting: the deadlines of units that end with it. */
  ends: Array<{ deadline: DeadlineKind; unitId: string }>;
  /** Notices that it overtakes: they never take effect. */
  overtakes: NoticeState[];
}

/** The refusal, the entry that it would repeat, or what would come. `clockNow` is real. */
export function foresee(
  before: EpisodeState,
  body: NoticeCommandBody,
  actor: Actor,
  clockNow: Instant,
): Refusal | { repeats: number } | Foreseen {
  const entries: Entry[] = [];
  const underWay = Object.keys(before.messages);
  const command = { commandId: 'preview', bodyHash: '', actor, body };
  let state = before;
  for (let made: number | undefined; ; ) {
    const turn = takeTurn(state, made === undefined ? [command] : [], clockNow, underWay);
    const [outcome] = turn.outcomes;
    if (outcome?.status === 'refused') return outcome;
    if (outcome?.repeated) return { repeats: outcome.seq };
    made ??= outcome?.seq;
    state = turn.state;
    if (made !== undefined) entries.push(...turn.entries.filter(({ seq }) => seq >= made!));
    if (made !== undefined && turn.entries.length === 0) return foreseen(before, state, entries, clockNow);
  }
}

function foreseen(before: EpisodeState, state: EpisodeState, entries: readonly Entry[], clockNow: Instant): Foreseen {
  const notice = lastNotice(state);
  const now = episodeTimeAt(state.clock, Math.max(clockNow, state.head.at));
  const units = unitsOf(state).map((unit) => unitForeseen(state, unit, notice, entries));
  const ended = entries.flatMap(({ kind, unitId, data }) =>
    kind === 'deadline.withdrawn' && unitId !== undefined ? [{ deadline: data.deadline, unitId }] : [],
  );
  return {
    notice,
    before: before.phase === 'new' ? undefined : (plannedAt(before, notice.effectiveAt) ?? lastNotice(before)),
    state,
    now,
    units,
    dues: [...duesOfUnits(state, notice), ...duesOfNotice(state, notice, now)].sort(
      (one, other) => one.dueAt - other.dueAt,
    ),
    ends: notice.kind === 'lift' ? [...ended, ...endingWith(state, notice)] : [],
    overtakes: state.notices.filter(
      ({ effect, effectiveAt }, i) =>
        before.notices[i]?.effect === 'to-come' &&
        (effect === 'overtaken' || (effect === 'to-come' && effectiveAt >= notice.effectiveAt)),
    ),
  };
}

function unitForeseen(
  state: EpisodeState,
  unit: UnitState,
  { noticeId, level, kind }: NoticeState,
  entries: readonly Entry[],
): UnitForeseen {
  const told = entries.find((entry) => entry.kind === 'unit.notified' && entry.unitId === unit.unitId);
  const message = told && state.messages[`unit:${unit.unitId}:${told.seq}`];
  return { unit, message, ...(kind === 'lift' ? NO_TASKS : tasksUnder(state, unit, { noticeId, level })) };
}

const NO_TASKS = { tasks: [], ended: [] };

/** Of a lifting that is to come: as it would be if it came now. */
const endingWith = (state: EpisodeState, { effect, effectiveAt }: NoticeState): Foreseen['ends'] =>
  effect === 'to-come' ? noLongerOwed({ ...state, liftedAt: effectiveAt }) : [];

/** Acknowledgements, counted by their time. */
function duesOfUnits(state: EpisodeState, { noticeId, kind }: NoticeState): DueForeseen[] {
  const deadline = kind === 'lift' ? 'lifting' : 'acknowledgement';
  const counts = new Map<Instant, number>();
  for (const { acknowledgements, lifting } of unitsOf(state)) {
    const asked = [...acknowledgements, ...(lifting ? [lifting] : [])].find((one) => one.noticeId === noticeId);
    if (asked) counts.set(asked.dueAt, (counts.get(asked.dueAt) ?? 0) + 1);
  }
  return [...counts].map(([dueAt, units]) => ({ deadline, dueAt, units }));
}

function duesOfNotice(state: EpisodeState, notice: NoticeState, now: Instant): DueForeseen[] {
  const { kind, level, effectiveAt } = notice;
  const units = state.unitCount;
  if (kind === 'lift') return duesOfLifting(state, notice);
  const first = kind === 'start' ? firstOwedDay({ from: effectiveAt }) : beijingDate(Math.max(effectiveAt, now));
  return [
    { deadline: 'implementation', dueAt: implementationDue(state, level, knownFrom(notice)), units },
    { deadline: 'report', date: first, dueAt: reportDue(state, first), units },
  ];
}

/** What the office and the units owe afterwards; without a response nothing is owed of it. */
function duesOfLifting(state: EpisodeState, notice: NoticeState): DueForeseen[] {
  const { followUpDueAt, reviewDueAt, summaryDueAt } = closingOf(state, notice);
  const ofOffice: DueForeseen[] = [
    { deadline: 'follow-up', dueAt: followUpDueAt },
    { deadline: 'review', dueAt: reviewDueAt },
  ];
  if (isWithoutResponse(state)) return ofOffice;
  const units = state.unitCount;
  const last = lastOwedDay(notice.effectiveAt);
  return [
    { deadline: 'report', date: last, dueAt: reportDue(state, last), units },
    ...ofOffice,
    { deadline: 'summary', dueAt: summaryDueAt, units },
  ];
}
