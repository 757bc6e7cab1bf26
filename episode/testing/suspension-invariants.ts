/** Invariants of suspensions, judged from the entries alone. */
import { beijingInstant, endOfDay } from '../../plan/rules/calendar.js';
import type { Entry, OwedDeadline } from '../entries.js';
import { type Of, of, time } from './entries-of.js';
import { tasksTold } from './task-invariants.js';

interface SuspendedSpan {
  ordered: Of<'suspension.ordered'>;
  begun?: Of<'response.suspended'>;
  resumed?: Of<'response.resumed'>;
  from: number;
  /** Its end, or the end that is ordered; never, while there is none. */
  until: number;
}

export function suspendedSpans(entries: readonly Entry[]): SuspendedSpan[] {
  const [over] = of(entries, 'response.ended', 'response.cancelled');
  const [abandoned] = of(entries, 'drill.abandoned');
  const end = over
    ? time(over.data.effectiveAt)
    : abandoned
      ? time(abandoned.data.abandonedAt)
      : Number.POSITIVE_INFINITY;
  return of(entries, 'suspension.ordered').map((ordered) => {
    const { suspensionId, from, until } = ordered.data;
    const begun = of(entries, 'response.suspended').find(({ data }) => data.suspensionId === suspensionId);
    const resumed = of(entries, 'response.resumed').find(({ data }) => data.suspensionId === suspensionId);
    const planned = until === undefined ? Number.POSITIVE_INFINITY : time(until);
    return {
      ordered,
      ...(begun && { begun }),
      ...(resumed && { resumed }),
      from: time(from),
      until: resumed ? time(resumed.data.at) : Math.min(planned, end),
    };
  });
}

const isOfUnit = ({ ordered: { data } }: SuspendedSpan, unitId: string | undefined): boolean =>
  unitId !== undefined && (data.unitIds?.includes(unitId) ?? true);

/** Whether it holds a task, or with `undefined` the implementation report. */
const holds = (span: SuspendedSpan, unitId: string | undefined, taskId: string | undefined): boolean =>
  isOfUnit(span, unitId) &&
  (span.ordered.data.items === 'all' || (taskId !== undefined && span.ordered.data.items.includes(taskId)));

/** Whether the whole response was suspended for a unit through all of its part of a day: minute by minute, as a person counts. */
export function isDayPaused(
  entries: readonly Entry[],
  unitId: string,
  date: string,
  { from, until }: { from: number; until: number },
): boolean {
  const first = Math.max(from, beijingInstant(date));
  const end = Math.min(until, endOfDay(date));
  const pauses = suspendedSpans(entries).filter((span) => span.ordered.data.items === 'all' && isOfUnit(span, unitId));
  if (pauses.length === 0 || first >= end) return false;
  const edges = [first, end - 1, ...pauses.flatMap((span) => [span.from, span.from - 1, span.until, span.until - 1])];
  return edges
    .filter((moment) => moment >= first && moment < end)
    .every((moment) => pauses.some((span) => span.from <= moment && moment < span.until));
}

export const suspensionFaults = (entries: readonly Entry[], now: number): string[] =>
  suspendedSpans(entries)
    .flatMap((span) => [...spanFaults(span, entries, now), ...telling(span, entries), ...chasing(span, entries)])
    .concat(clockFaults(entries), undoneFaults(entries));

/** A missed deadline that a suspension holds off was missed after the beginning, which was entered late. */
function undoneFaults(entries: readonly Entry[]): string[] {
  const spans = suspendedSpans(entries);
  return of(entries, 'deadline.withdrawn').flatMap(({ seq, unitId, data }) => {
    const span = spans.find(({ ordered }) => ordered.data.suspensionId === data.suspensionId);
    const isIt = (entry: Entry) =>
      entry.unitId === unitId && 'dueAt' in entry.data && subjectIn(entry.data) === subjectIn(data);
    const last = entries.slice(0, seq - 1).findLast(isIt);
    const isMissed = last?.kind === 'task.missed' || last?.kind === 'implementation.missed';
    const isTooEarly = span && isMissed && time(last.data.dueAt) < span.from;
    return isTooEarly ? [`${seq} holds off what was missed before ${span.ordered.data.suspensionId}`] : [];
  });
}

const subjectIn = (data: object): unknown =>
  'taskId' in data ? data.taskId : 'noticeId' in data ? data.noticeId : undefined;

/** The time of an added task goes on with what was left of it. */
function clockFaults(entries: readonly Entry[]): string[] {
  const spans = new Map(suspendedSpans(entries).map((span) => [span.ordered.data.suspensionId, span]));
  const clocks = new Map<string, { opened: number; due: number; left?: number }>();
  return entries.flatMap((entry) => {
    const { data, seq } = entry;
    if (!('taskId' in data)) return [];
    const now = time(entry.episodeTime);
    const name = `${entry.unitId} ${data.taskId}`;
    const clock = clocks.get(name);
    if ((entry.kind === 'task.added' || entry.kind === 'task.withdrawn') && entry.data.dueAt)
      clocks.set(name, { opened: now, due: time(entry.data.dueAt) });
    if (entry.kind === 'deadline.withdrawn' && entry.data.suspensionId && clock)
      clock.left = clock.due - Math.max(clock.opened, spans.get(entry.data.suspensionId)!.from);
    if (entry.kind !== 'deadline.reopened') return [];
    const due = time(entry.data.dueAt);
    clocks.set(name, { opened: now, due });
    return clock?.left === due - now ? [] : [`${seq} opens ${name} with another time than was left`];
  });
}

/** It begins once, not before its time, and ends once: at the time that was ordered, or when somebody resumes. */
function spanFaults(
  { ordered, begun, resumed, from, until }: SuspendedSpan,
  entries: readonly Entry[],
  now: number,
): string[] {
  const { suspensionId, until: planned } = ordered.data;
  const faults: string[] = [];
  const times = (kind: 'response.suspended' | 'response.resumed') =>
    of(entries, kind).filter(({ data }) => data.suspensionId === suspensionId).length;
  if (times('response.suspended') > 1 || times('response.resumed') > 1) faults.push('begins or ends twice');
  if (begun && time(begun.episodeTime) < from) faults.push('begins too early');
  if (begun && time(begun.data.from) !== from) faults.push('begins at another time');
  const isOver = of(entries, 'response.ended', 'response.cancelled', 'drill.abandoned').length > 0;
  if (!begun && !resumed && !isOver && from < now) faults.push('does not begin');
  if (begun && !resumed && !isOver && planned && time(planned) < now) faults.push('does not end');
  if (resumed) {
    const { at, by, cancelled } = resumed.data;
    if (by === 'time' && at !== planned && time(at) !== time(planned!)) faults.push('ends at another time');
    if (by !== 'time' && time(at) !== time(resumed.episodeTime)) faults.push('ends at no moment');
    if ((cancelled === true) !== (begun === undefined)) faults.push('is taken back, or begun, wrongly');
    if (until !== time(at)) faults.push('has another span');
  }
  return faults.map((fault) => `${suspensionId} ${fault}`);
}

/** Each unit that has one of its measures when it is ordered is told once, and of the resumption once. */
function telling({ ordered, resumed }: SuspendedSpan, entries: readonly Entry[]): string[] {
  const { suspensionId, items, unitIds } = ordered.data;
  const told = of(entries, 'unit.suspended').filter(({ data }) => data.suspensionId === suspensionId);
  const toldOfEnd = of(entries, 'unit.resumed').filter(({ data }) => data.suspensionId === suspensionId);
  const { statuses } = tasksTold(entries.slice(0, ordered.seq));
  const concerned = [...statuses].flatMap(([unitId, tasks]) => {
    const isNamed = unitIds?.includes(unitId) ?? true;
    const has = items === 'all' || items.some((id) => ['open', 'done'].includes(tasks.get(id) ?? ''));
    return isNamed && has ? [unitId] : [];
  });
  const names = told.map(({ unitId }) => unitId);
  const faults = concerned.flatMap((unitId) =>
    names.includes(unitId) ? [] : [`${unitId} is not told of ${suspensionId}`],
  );
  if (new Set(names).size < names.length) faults.push(`a unit is told of ${suspensionId} twice`);
  const ends = toldOfEnd.map(({ unitId }) => unitId).sort();
  const isWordless = !resumed || resumed.data.by === 'measures-ended';
  const owed = isWordless ? [] : [...names].sort();
  if (JSON.stringify(ends) !== JSON.stringify(owed))
    faults.push(`the end of ${suspensionId} is told to ${ends}, not ${owed}`);
  return faults;
}

const isHeldBy = (span: SuspendedSpan, { unitId }: Entry, owed: OwedDeadline): boolean => {
  const whose = owed.unitId ?? unitId;
  if (owed.deadline === 'task') return holds(span, whose, owed.taskId);
  return owed.deadline === 'implementation' && holds(span, whose, undefined);
};

/** Nothing that is held is reminded of, missed or escalated. */
function chasing(span: SuspendedSpan, entries: readonly Entry[]): string[] {
  const { begun, resumed, until } = span;
  if (!begun) return [];
  const over = of(entries, 'response.ended', 'drill.abandoned')[0]?.seq ?? Number.POSITIVE_INFINITY;
  const within = entries.filter(
    ({ seq }) => seq > begun.seq && seq < Math.min(resumed?.seq ?? Number.POSITIVE_INFINITY, over),
  );
  const pressing = of(entries, 'deadline.reminded', 'deadline.escalated');
  return within.flatMap((entry) => {
    if (entry.kind === 'notification.sent' && !entry.data.crossed) {
      const about = pressing.filter(({ data }) => data.message === entry.data.message);
      const isNeedless =
        about.length > 0 && about.every((step) => step.data.deadlines.every((one) => isHeldBy(span, step, one)));
      return isNeedless ? [`${entry.seq} is sent about what ${span.ordered.data.suspensionId} holds`] : [];
    }
    if (entry.kind === 'deadline.reminded' || entry.kind === 'deadline.escalated')
      return entry.data.deadlines.flatMap((one) =>
        isHeldBy(span, entry, one) ? [`${entry.seq} presses for what ${span.ordered.data.suspensionId} holds`] : [],
      );
    const isHeld =
      (entry.kind === 'task.missed' && holds(span, entry.unitId, entry.data.taskId)) ||
      (entry.kind === 'implementation.missed' && holds(span, entry.unitId, undefined));
    const isWithin = 'dueAt' in entry.data && time(entry.data.dueAt!) < until;
    return isHeld && isWithin ? [`${entry.seq} misses what ${span.ordered.data.suspensionId} holds`] : [];
  });
}
