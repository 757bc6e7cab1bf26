/**
 * The city's notices: start, adjust, lift (§3.1.2, §3.1.3, §3.1.5), and units that join (§2.2). A notice is one entry; the
 * units that are to be told of it follow from the state (effects.ts).
 */
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import type { Rules } from '../../plan/rules/clauses.js';
import { compareWarnings, coversPollutant } from '../../plan/rules/levels.js';
import type { Policy, PolicyChanges, WarningLevel } from '../../plan/types.js';
import type { Actor, AdjustCommand, Clock, CommandBody, Instant, Notice, Refusal, StartCommand } from '../commands.js';
import { hashOf } from '../hash-chain.js';
import { isLiftNoticed, lastNotice, newUnit, noticeInForce } from '../state.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { assign } from './deadlines.js';
import { type Decision, draft } from './decision.js';
import { acknowledgedFrom, notify } from './notifications.js';
import { refuse } from './refusals.js';

const MAX_AHEAD = 24 * HOUR;
const MAX_BACK = 31 * 24 * HOUR;

/** A start is decided against the new episode, whose clock begins with it. */
export function start(state: EpisodeState, command: StartCommand, actor: Actor, now: Instant, clock: Clock): Decision {
  if (state.phase !== 'new') return refuse('started');
  if (!coversPollutant(command.primaryPollutant)) return refuse('pollutantNotCovered', state.binding.rules);
  const { rules } = state.binding;
  const refused = levelRefusal(rules, command) ?? timeRefusal(rules, command, now);
  if (refused) return refused;

  const { kind: _, drill, ...facts } = command;
  const policy = changed(state.binding.policy, drill?.policy);
  return [
    draft(
      'warning.issued',
      actor,
      {
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

/** A drill's chain replaces the whole chain of that deadline. */
const changed = (policy: Policy, { chains, ...changes }: PolicyChanges = {}): Policy => ({
  ...policy,
  ...changes,
  ...(chains === undefined ? {} : { chains: { ...policy.chains, ...chains } }),
});

/** An adjustment may keep the level and change the expected end alone. */
export function adjust(state: EpisodeState, command: AdjustCommand, actor: Actor, now: Instant): Decision {
  const repeat = repeatOf(state, command.notice);
  if (repeat) return repeat;
  const before = lastNotice(state);
  if (isLiftNoticed(state)) return lifted(state);
  const expectedEndAt = command.expectedEndAt ?? before.expectedEndAt;
  const same =
    before.level === command.level &&
    before.cityLevel === command.cityLevel &&
    instantOf(before.expectedEndAt) === instantOf(expectedEndAt);
  if (same) return refuse('nothingChanged', state.binding.rules);
  const refused =
    levelRefusal(state.binding.rules, command) ?? timeRefusal(state.binding.rules, command, now, before.effectiveAt);
  if (refused) return refused;

  const { kind: _, ...facts } = command;
  return [
    draft(
      'level.adjusted',
      actor,
      { ...facts, ...(expectedEndAt === undefined ? {} : { expectedEndAt }), previousLevel: before.level },
      { clause: state.binding.rules.adjusts },
    ),
  ];
}

/** An episode is lifted on the city's notice alone (§3.1.5); lifting is not acknowledged. */
export function lift(state: EpisodeState, { notice }: { notice: Notice }, actor: Actor, now: Instant): Decision {
  const repeat = repeatOf(state, notice);
  if (repeat) return repeat;
  if (isLiftNoticed(state)) return lifted(state);
  const before = lastNotice(state);
  const refused = timeRefusal(state.binding.rules, { notice }, now, before.effectiveAt);
  if (refused) return refused;
  return [draft('warning.lifted', actor, { notice }, { clause: state.binding.rules.lifts })];
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
  if (state.units[unitId]) return refuse('unitAlreadyAdded', state.binding.rules);
  const inForce = noticeInForce(state);
  const notices = state.notices.filter((notice) => notice === inForce || !notice.inEffect);
  const unit: UnitState = { ...newUnit(unitId, now), added: { name, kind: unitKind } };
  return [
    draft('unit.added', actor, { name, unitKind }, { unitId, clause: state.binding.rules.units }),
    ...notices.map((notice) =>
      notify(state, unitId, actor, {
        occasion: notice === inForce ? 'joining' : 'adjustment',
        noticeNumber: notice.number,
        level: notice.level,
        effectiveAt: beijingIso(Math.max(notice.effectiveAt, now)),
        ...acknowledgedFrom(state, now),
      }),
    ),
    ...(state.responseLevel === undefined ? [] : [assign(state, unit, inForce, now)]),
  ];
}

const lifted = (state: EpisodeState): Refusal =>
  state.liftedAt === undefined ? refuse('liftNoticed', state.binding.rules) : refuse('lifted', state.binding.rules);

function repeatOf(state: EpisodeState, notice: Notice): { repeats: number } | undefined {
  const known = state.notices.find(({ number }) => number === notice.number);
  return known && { repeats: known.seq };
}

function levelRefusal(
  rules: Rules,
  command: { level: WarningLevel; cityLevel: WarningLevel; reason?: string },
): Refusal | undefined {
  const order = compareWarnings(command.level, command.cityLevel);
  if (order < 0) return refuse('levelBelowCity', rules);
  if (order > 0 && !command.reason?.trim()) return refuse('reasonRequired', rules);
  return undefined;
}

/** Refuses times that a slip of the finger makes: in 2025 for 2026, or an end before now. */
function timeRefusal(
  rules: Rules,
  { notice, expectedEndAt }: { notice: Notice; expectedEndAt?: string },
  now: Instant,
  notBefore = Number.NEGATIVE_INFINITY,
): Refusal | undefined {
  const issuedAt = Date.parse(notice.issuedAt);
  if (issuedAt > now + MAX_AHEAD || issuedAt < now - MAX_BACK) return refuse('issuedFarOff', rules);
  if (expectedEndAt !== undefined && Date.parse(expectedEndAt) <= now) return refuse('endPassed', rules);
  const effectiveAt = Date.parse(notice.effectiveAt);
  if (effectiveAt > now + MAX_AHEAD) return refuse('tooFarAhead', rules);
  if (effectiveAt < now - MAX_BACK) return refuse('tooFarBack', rules);
  if (effectiveAt < notBefore) return refuse('beforePrevious', rules);
  return undefined;
}

const instantOf = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time));
