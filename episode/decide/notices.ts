/**
 * The city's notices: start, adjust, lift (§3.1.2, §3.1.3, §3.1.5), and units that join (§2.2). A notice is one entry; the
 * units that are to be told of it follow from the state (effects.ts).
 */
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import type { Rules } from '../../plan/rules/clauses.js';
import { compareWarnings, coversPollutant } from '../../plan/rules/levels.js';
import { withChanges } from '../../plan/rules/policy.js';
import type { WarningLevel } from '../../plan/types.js';
import { BASES, timeInWords, warningName } from '../../plan/wording/words.js';
import type { Actor, AdjustCommand, Clock, CommandBody, Instant, Notice, Refusal, StartCommand } from '../commands.js';
import { hashOf } from '../hash-chain.js';
import {
  isLiftNoticed,
  lastNotice,
  nameOf,
  namesOf,
  newUnit,
  nextNoticeId,
  noticeInForce,
  noticesThatCount,
  plannedAt,
} from '../state.js';
import type { EpisodeState, NoticeState, UnitState } from '../state-types.js';
import { assign } from './deadlines.js';
import { type Decision, draft, MAX_BACK } from './decision.js';
import { acknowledgedFrom, notify } from './notifications.js';
import { alreadyEntered, instantOf, repeatOf } from './numbers.js';
import { refuse, refuseNow } from './refusals.js';

/** A start is decided against the new episode, whose clock begins with it. */
export function start(state: EpisodeState, command: StartCommand, actor: Actor, now: Instant, clock: Clock): Decision {
  if (state.phase !== 'new')
    return refuse('started', undefined, { notice: command.notice.number ?? command.notice.issuer });
  if (!coversPollutant(command.primaryPollutant))
    return refuse('pollutantNotCovered', state.binding.rules, { pollutant: command.primaryPollutant });
  const { rules } = state.binding;
  const refused = levelRefusal(rules, command) ?? noticeRefusal(state, command, now);
  if (refused) return refused;

  const { kind: _, drill, ...facts } = command;
  const policy = withChanges(state.binding.policy, drill?.policy);
  return [
    draft(
      'warning.issued',
      actor,
      {
        noticeId: nextNoticeId(state),
        ...facts,
        rulesVersion: state.rulesVersion,
        edition: { id: state.binding.editionId, hash: state.binding.editionHash },
        bindingHash: hashOf(state.binding),
        policy,
        drill: drill !== undefined,
        clock,
      },
      { clause: command.notice.basis === 'region' ? rules.regional : rules.starts },
    ),
  ];
}

/**
 * An adjustment may keep the level and change the expected end alone. Before the start's effect it may take effect first,
 * and then begins the response.
 */
export function adjust(state: EpisodeState, command: AdjustCommand, actor: Actor, now: Instant): Decision {
  const { kind, expectedEndAt: given, ...facts } = command;
  const expectedEndAt = endOf(state, command, now);
  const facing = { kind, ...facts, ...(expectedEndAt === undefined ? {} : { expectedEndAt }) };
  const known = repeatOf(state, command.notice) ?? alreadyEntered(state, facing);
  if (known) return known;
  const { rules } = state.binding;
  if (isLiftNoticed(state)) return lifted(state);
  const before = plannedAt(state, Date.parse(command.notice.effectiveAt));
  if (before && !changesPlan(state, before, { ...command, expectedEndAt }))
    return refuse('nothingChanged', rules, {
      ...levelsOf(command),
      expectedEnd: expectedEndAt === undefined ? '未定' : timeInWords(expectedEndAt),
    });
  const refused =
    levelRefusal(rules, command) ??
    noticeRefusal(state, { notice: command.notice, ...(given ? { expectedEndAt: given } : {}) }, now);
  if (refused) return refused;

  const previousLevel = (before ?? lastNotice(state)).level;
  return [
    draft(
      'level.adjusted',
      actor,
      {
        noticeId: nextNoticeId(state),
        ...facts,
        ...(expectedEndAt === undefined ? {} : { expectedEndAt }),
        previousLevel,
      },
      { clause: rules.adjusts },
    ),
  ];
}

/**
 * The expected end under an adjustment: the one given; none where it is said to be open (null); otherwise that of the
 * notice it follows, if it still lies ahead. Example: the end was 14:00; at 15:00 the city orders to go on, without a new end: it is open.
 */
function endOf(
  state: EpisodeState,
  { notice, expectedEndAt }: Pick<AdjustCommand, 'notice' | 'expectedEndAt'>,
  now: Instant,
): string | undefined {
  if (expectedEndAt !== undefined) return expectedEndAt ?? undefined;
  const last = (plannedAt(state, Date.parse(notice.effectiveAt)) ?? lastNotice(state)).expectedEndAt;
  const isAhead = last !== undefined && Date.parse(last) > Math.max(now, Date.parse(notice.effectiveAt));
  return isAhead ? last : undefined;
}

type Planned = Pick<NoticeState, 'level' | 'cityLevel'> & { notice: Notice; expectedEndAt: string | undefined };

/** Whether levels or the end differ from what would stand then, or a notice to come never takes effect. */
const changesPlan = (state: EpisodeState, before: NoticeState, { notice, ...planned }: Planned): boolean =>
  before.level !== planned.level ||
  before.cityLevel !== planned.cityLevel ||
  instantOf(before.expectedEndAt) !== instantOf(planned.expectedEndAt) ||
  comesBefore(state, notice).length > 0;

/** Notices to come that this one precedes: with its effect it overtakes them. */
const comesBefore = ({ notices }: EpisodeState, { effectiveAt }: Notice): NoticeState[] =>
  notices.filter((one) => one.effect === 'to-come' && one.effectiveAt > Date.parse(effectiveAt));

/** An episode is lifted on the city's notice alone (§3.1.5). */
export function lift(state: EpisodeState, { notice }: { notice: Notice }, actor: Actor, now: Instant): Decision {
  const known = repeatOf(state, notice) ?? alreadyEntered(state, { kind: 'lift', notice });
  if (known) return known;
  if (isLiftNoticed(state)) return lifted(state);
  const refused = noticeRefusal(state, { notice }, now);
  if (refused) return refused;
  return [
    draft('warning.lifted', actor, { noticeId: nextNoticeId(state), notice }, { clause: state.binding.rules.lifts }),
  ];
}

/**
 * A unit that joins owes from its joining (§2.2). It is notified of the notice in force and of an adjustment that is to
 * come; before the start takes effect, of all notices so far.
 */
export function addUnit(
  state: EpisodeState,
  { unitId, name, unitKind }: Extract<CommandBody, { kind: 'addUnit' }>,
  actor: Actor,
  now: Instant,
): Decision {
  if (isLiftNoticed(state)) return lifted(state);
  if (state.units[unitId]) return refuse('unitAlreadyAdded', state.binding.rules, { unitId: nameOf(state, unitId) });
  const inForce = noticeInForce(state);
  const notices = noticesThatCount(state).filter((notice) => notice === inForce || notice.effect === 'to-come');
  const unit: UnitState = { ...newUnit(unitId, now), added: { name, kind: unitKind } };
  return [
    draft('unit.added', actor, { name, unitKind }, { unitId, clause: state.binding.rules.units }),
    ...notices.map((notice) =>
      notify(state, unitId, actor, {
        occasion: notice === inForce ? 'joining' : 'adjustment',
        ...namesOf(notice),
        level: notice.level,
        effectiveAt: beijingIso(Math.max(notice.effectiveAt, now)),
        ...acknowledgedFrom(state, notice.level, now),
      }),
    ),
    ...(state.responseLevel === undefined ? [] : [assign(state, unit, inForce, now)]),
  ];
}

const lifted = (state: EpisodeState): Refusal =>
  refuseNow(state, state.liftedAt === undefined ? 'liftNoticed' : 'lifted');

const levelsOf = ({ level, cityLevel }: Record<'level' | 'cityLevel', WarningLevel>) => ({
  level: warningName(level),
  cityLevel: warningName(cityLevel),
});

function levelRefusal(
  rules: Rules,
  command: { level: WarningLevel; cityLevel: WarningLevel; reason?: string },
): Refusal | undefined {
  const order = compareWarnings(command.level, command.cityLevel);
  if (order < 0) return refuse('levelBelowCity', rules, levelsOf(command));
  if (order > 0 && !command.reason?.trim()) return refuse('reasonRequired', rules, levelsOf(command));
  return undefined;
}

/**
 * Refuses a basis that the edition does not allow (§3.1.5), and times that are probably mistyped: 2025 for 2026, or an end
 * before now. A notice takes effect not before the one in force. It comes before one to come only if it was issued later,
 * because the city's last word counts.
 */
function noticeRefusal(
  state: EpisodeState,
  { notice, expectedEndAt }: { notice: Notice; expectedEndAt?: string },
  now: Instant,
): Refusal | undefined {
  const { rules, noticeBases } = state.binding;
  if (notice.basis !== undefined && !noticeBases.includes(notice.basis))
    return refuse('basisNotAllowed', rules, { basis: BASES[notice.basis] });
  const hours = state.policy.noticeAheadHours;
  const latest = now + hours * HOUR;
  const issuedAt = Date.parse(notice.issuedAt);
  if (issuedAt > latest || issuedAt < now - MAX_BACK)
    return refuse('issuedFarOff', rules, { issuedAt: notice.issuedAt, hours });
  if (expectedEndAt !== undefined && Date.parse(expectedEndAt) <= now)
    return refuse('endPassed', rules, { expectedEndAt });
  const effectiveAt = Date.parse(notice.effectiveAt);
  if (effectiveAt > latest) return refuse('tooFarAhead', rules, { effectiveAt: notice.effectiveAt, hours });
  if (effectiveAt < now - MAX_BACK) return refuse('tooFarBack', rules, { effectiveAt: notice.effectiveAt });
  const inForce = state.notices.findLast(({ effect }) => effect === 'taken');
  const isTooEarly = inForce !== undefined && effectiveAt < inForce.effectiveAt;
  const previous = isTooEarly ? inForce : comesBefore(state, notice).find((later) => later.issuedAt > issuedAt);
  return (
    previous &&
    refuse('beforePrevious', rules, {
      effectiveAt: notice.effectiveAt,
      previous: timeInWords(beijingIso(previous.effectiveAt)),
    })
  );
}
