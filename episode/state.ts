/** An episode before its first entry, and what can be read off its state. */
import type { Interval } from '../plan/rules/calendar.js';
import type { Binding, TaskItem, UnitKind } from '../plan/types.js';
import type { Instant } from './commands.js';
import type { NamedNotice } from './entries.js';
import { GENESIS } from './hash-chain.js';
import type { EpisodeState, NoticeState, TaskState, UnitState } from './state-types.js';

/** The rules that new episodes are bound to. A rule that changes for running episodes branches on the state's version. */
export const RULES_VERSION = 1;

export const begin = (episodeId: string, binding: Binding): EpisodeState => ({
  rulesVersion: binding.rulesVersion,
  episodeId,
  binding,
  policy: binding.policy,
  drill: false,
  clock: { realAnchor: 0, episodeAnchor: 0, timeScale: 1 },
  phase: 'new',
  notices: [],
  suspensions: [],
  units: {},
  unitCount: 0,
  attendedAt: 0,
  chases: {},
  tasksAdded: 0,
  problemsFound: 0,
  referrals: [],
  circulars: [],
  unreachable: {},
  digestsSubmitted: {},
  texts: {},
  statements: [],
  appearances: {},
  messages: {},
  resent: {},
  commands: [],
  head: { seq: 0, hash: GENESIS, at: 0, episodeTime: 0 },
});

/** The last notice taken, in force or not yet. */
export const lastNotice = (state: EpisodeState): NoticeState => state.notices[state.notices.length - 1]!;

export const startNotice = (state: EpisodeState): NoticeState => state.notices[0]!;

/**
 * The notice that began the response: the start, or an adjustment that took effect before it. Before that and without a
 * response, the start.
 */
export const beginning = (state: EpisodeState): NoticeState =>
  state.notices.find(({ kind, effect }) => kind !== 'lift' && effect === 'taken') ?? startNotice(state);

/** The next notice to take effect; of two at one moment the later one, which overtakes the other. None in an abandoned drill. */
export function nextEffect({ notices, abandoned }: EpisodeState): NoticeState | undefined {
  if (abandoned) return undefined;
  let next: NoticeState | undefined;
  for (const notice of notices) {
    if (notice.effect === 'to-come' && (!next || notice.effectiveAt <= next.effectiveAt)) next = notice;
  }
  return next;
}

/**
 * The notice that is to be in force at a moment, as far as is known; none before the response. Of those in effect by then it
 * is the last entered, because that overtakes all before it.
 */
export const plannedAt = ({ notices }: EpisodeState, moment: Instant): NoticeState | undefined =>
  notices.findLast(
    ({ kind, effect, effectiveAt }) => kind !== 'lift' && effect !== 'overtaken' && effectiveAt <= moment,
  );

/** Notices in force, once in force, or to come. Left out is each that a later entry overtakes, or will overtake. */
export const noticesThatCount = ({ notices }: EpisodeState): NoticeState[] =>
  notices.filter(
    ({ effect, effectiveAt }, i) =>
      effect === 'taken' ||
      (effect === 'to-come' && !notices.slice(i + 1).some((later) => later.effectiveAt <= effectiveAt)),
  );

/** Lifted before any notice took effect, or about to be: there is no response. */
export function isWithoutResponse(state: EpisodeState): boolean {
  const last = lastNotice(state);
  const isLifting = last.kind === 'lift' && state.responseLevel === undefined;
  return isLifting && plannedAt(state, last.effectiveAt - 1) === undefined;
}

/** The notice whose level is in force; before the start's effect, the start. */
export const noticeInForce = (state: EpisodeState): NoticeState =>
  state.notices.findLast(({ effect, kind }) => effect === 'taken' && kind !== 'lift') ?? startNotice(state);

/** By an id that came from the state. */
export const noticeOf = (state: EpisodeState, noticeId: string): NoticeState => findNotice(state, noticeId)!;

/** The kind of deadline by which a notice is acknowledged. */
export const acknowledgementOf = (state: EpisodeState, noticeId: string): 'acknowledgement' | 'lifting' =>
  noticeOf(state, noticeId).kind === 'lift' ? 'lifting' : 'acknowledgement';

/** The id of the next notice to be entered. */
export const nextNoticeId = ({ notices }: EpisodeState): string => `n${notices.length + 1}`;

/** A notice as entries name it. */
export const namesOf = ({ noticeId, number }: Pick<NoticeState, 'noticeId' | 'number'>): NamedNotice => ({
  noticeId,
  ...(number === undefined ? {} : { noticeNumber: number }),
});

/**
 * The moment from which a notice's deadlines count: its effect, or its entry if that came later. Example: in effect at
 * 08:00, entered at 11:00 after an outage: four hours for the implementation report end at 15:00.
 */
export const knownFrom = ({ effectiveAt, enteredAt }: NoticeState): Instant => Math.max(effectiveAt, enteredAt);

export const isLiftNoticed = (state: EpisodeState): boolean => lastNotice(state).kind === 'lift';

/** The response ends with lifting, or with a drill that nobody touches any more. */
export const endOfResponse = ({ liftedAt, abandoned }: EpisodeState): Instant | undefined => liftedAt ?? abandoned?.at;

/** The part of the response that a unit answers for: from its start or its joining until its end, half open (§5.1). */
export const responseOf = (state: EpisodeState, unit: UnitState): Interval => ({
  from: Math.max(beginning(state).effectiveAt, unit.joinedAt ?? Number.NEGATIVE_INFINITY),
  until: endOfResponse(state),
});

export const isReviewPublished = (state: EpisodeState): boolean => state.review?.submittedAt !== undefined;

/** By an id that came from outside: what every object inherits is none of them. */
export const own = <T>(all: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(all, id) ? all[id] : undefined;
export const findNotice = (state: EpisodeState, noticeId: string): NoticeState | undefined =>
  state.notices.find((notice) => notice.noticeId === noticeId);
export const findUnit = (state: EpisodeState, unitId: string): UnitState | undefined => own(state.units, unitId);
export const findTask = (unit: UnitState, taskId: string): TaskState | undefined => own(unit.tasks, taskId);

export const unitsOf = (state: EpisodeState): UnitState[] => Object.values(state.units);

export function nameOf(state: EpisodeState, unitId: string): string {
  const added = state.units[unitId]?.added;
  return added?.name ?? state.binding.units.find((unit) => unit.unitId === unitId)?.name ?? unitId;
}

export function kindOf(state: EpisodeState, unitId: string): UnitKind {
  const added = state.units[unitId]?.added;
  return added?.kind ?? state.binding.units.find((unit) => unit.unitId === unitId)?.kind ?? 'department';
}

/** The edition's items; a unit that joined (§2.2) answers for what all units of its kind answer for. */
export function itemsFor(state: EpisodeState, unit: UnitState): TaskItem[] {
  if (!unit.added) return state.binding.items;
  const peers = state.binding.units.filter(({ kind }) => kind === unit.added?.kind).map(({ unitId }) => unitId);
  return state.binding.items.map((item) =>
    peers.length > 0 && peers.every((peer) => item.units.includes(peer))
      ? { ...item, units: [...item.units, unit.unitId] }
      : item,
  );
}

/** Of a content's hash, enough to know the same again: a state of 1,000 units and 90 days has to fit. */
export const shortHash = (hash: string): string => hash.slice(0, 16);

/** A unit as it enters an episode; one that joins later owes from `joinedAt`. */
export const newUnit = (unitId: string, joinedAt?: Instant): UnitState => ({
  unitId,
  ...(joinedAt === undefined ? {} : { joinedAt }),
  acknowledgements: [],
  implementation: [],
  tasks: {},
  taskDeadlines: [],
  circulars: [],
  reports: {},
  problems: {},
  chases: {},
  deliveries: { sent: 0, delivered: 0, undelivered: 0, failed: 0 },
});
