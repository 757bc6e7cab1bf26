/** Circulars (§5.1, §7): issued to units, acknowledged and answered by them, closed by the office. */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import { policyAt } from '../../plan/rules/policy.js';
import { afterQuiet } from '../../plan/rules/quiet.js';
import { circularOf, findCircular, hashOfCircular, isProblemKnown, MOST_CIRCULARS, openUnitsOf } from '../circulars.js';
import type { Actor, CommandBody, Instant, IssueCircularCommand, Refusal } from '../commands.js';
import { namedInEntries } from '../deadline-names.js';
import type { Draft } from '../entries.js';
import { hashOf } from '../hash-chain.js';
import { findUnit, nameOf, noticeInForce, shortHash } from '../state.js';
import type { CircularOfUnit, CircularState, EpisodeState, UnitState } from '../state-types.js';
import { type Decision, draft, SYSTEM, throughOf } from './decision.js';
import { refuse } from './refusals.js';

type Body<K extends CommandBody['kind']> = Extract<CommandBody, { kind: K }>;

/** The same again is a repeat. The units are sent it afterwards, in the same turn if they are not too many. */
export function issueCircular(state: EpisodeState, body: IssueCircularCommand, actor: Actor, now: Instant): Decision {
  const { kind: _, ...content } = body;
  const before = state.circulars.find(({ hash }) => hash === hashOfCircular(content));
  if (before) return { repeats: before.seq };
  const refused = notIssuable(state, body, now);
  if (refused) return refused;
  const { circulars, ownCirculars } = state.binding.rules;
  const data = { circularId: `c${state.circulars.length + 1}`, ...content };
  return [draft('circular.issued', actor, data, { clause: body.origin === 'city' ? circulars : ownCirculars })];
}

function notIssuable(
  state: EpisodeState,
  { unitIds, answerDueAt, referrals = [], problems = [] }: IssueCircularCommand,
  now: Instant,
): Refusal | undefined {
  const { rules } = state.binding;
  const unknown = unitIds.find((unitId) => !findUnit(state, unitId));
  if (unknown !== undefined) return refuse('unitUnknown', rules, { unitId: unknown });
  if (answerDueAt !== undefined && Date.parse(answerDueAt) <= now) return refuse('answerTime', rules, { answerDueAt });
  const seq = referrals.find((one) => !state.referrals.some((referral) => referral.seq === one));
  if (seq !== undefined) return refuse('referralUnknown', rules, { seq });
  const problemId = problems.find((one) => !isProblemKnown(state, one));
  if (problemId !== undefined) return refuse('problemOfEpisodeUnknown', rules, { problemId });
  const addressed = state.circulars.reduce((count, one) => count + one.unitIds.length, unitIds.length);
  const { circulars: most, units } = MOST_CIRCULARS;
  return state.circulars.length >= most || addressed > units
    ? refuse('circularsTooMany', rules, { most, units })
    : undefined;
}

/**
 * Sends a circular to a unit. It is no alarm: its acknowledgement falls due by day, at red too. Example with 240 minutes: sent
 * at 20:00, it is due at 09:00.
 */
export function sendCircular(
  state: EpisodeState,
  { circularId, title, answerDueAt }: CircularState,
  unitId: string,
  now: Instant,
): Draft {
  const { circularAcknowledgementMinutes: minutes, quiet } = policyAt(state.policy, noticeInForce(state).level);
  const data = {
    circularId,
    circularTitle: title,
    dueAt: beijingIso(afterQuiet(now + minutes * MINUTE, quiet)),
    ...(answerDueAt === undefined ? {} : { answerDueAt: beijingIso(answerDueAt) }),
  };
  return draft('circular.sent', SYSTEM, data, { unitId, clause: state.binding.rules.circulars });
}

export function acknowledgeCircular(
  state: EpisodeState,
  unit: UnitState,
  { circularId, ...body }: Body<'acknowledgeCircular'>,
  actor: Actor,
): Decision {
  const one = circularOf(unit, circularId);
  if (!one) return unknownTo(state, unit, circularId);
  if (one.acknowledgedSeq !== undefined) return { repeats: one.acknowledgedSeq };
  return one.closed ? closedFor(state, unit, circularId) : [acknowledged(state, unit, one, actor, throughOf(body))];
}

const acknowledged = (
  { binding }: EpisodeState,
  { unitId }: UnitState,
  { circularId, receipt }: CircularOfUnit,
  actor: Actor,
  through: ReturnType<typeof throughOf>,
): Draft =>
  draft(
    'circular.acknowledged',
    actor,
    { circularId, late: receipt.status === 'missed', ...through },
    { unitId, clause: binding.rules.circulars },
  );

/** Whoever answers has it: an acknowledgement that is still open is given too. Another answer corrects the first. */
export function answerCircular(
  state: EpisodeState,
  unit: UnitState,
  { circularId, text, attachmentIds, ...body }: Body<'answerCircular'>,
  actor: Actor,
  now: Instant,
): Decision {
  const one = circularOf(unit, circularId);
  if (!one) return unknownTo(state, unit, circularId);
  const contentHash = hashOf({ text, attachmentIds });
  if (one.answer?.hash === shortHash(contentHash)) return { repeats: one.answer.seq };
  if (one.closed) return closedFor(state, unit, circularId);
  const through = throughOf(body);
  const late = one.measures && !one.answer ? { late: now > one.measures.dueAt } : {};
  const corrects = one.answer && { corrects: one.answer.seq };
  const data = { circularId, text, attachmentIds, contentHash, ...late, ...corrects, ...through };
  const { unitId } = unit;
  const answered = draft('circular.answered', actor, data, { unitId, clause: state.binding.rules.circulars });
  return one.acknowledgedSeq === undefined ? [answered, acknowledged(state, unit, one, actor, through)] : [answered];
}

/** Takes off what is still to come of it. The units that are closed already stay so. */
export function closeCircular(
  state: EpisodeState,
  { circularId, unitIds, note }: Body<'closeCircular'>,
  actor: Actor,
): Decision {
  const { rules } = state.binding;
  const circular = findCircular(state, circularId);
  if (!circular) return refuse('circularUnknown', rules, { circularId });
  for (const unitId of unitIds ?? []) {
    const unit = findUnit(state, unitId);
    if (!unit) return refuse('unitUnknown', rules, { unitId });
    if (!circularOf(unit, circularId)) return unknownTo(state, unit, circularId);
  }
  const open = openUnitsOf(state, circularId).filter(([{ unitId }]) => unitIds?.includes(unitId) ?? true);
  if (open.length === 0) return refuse('circularClosed', rules, { title: circular.title });
  const noteIn = state.head.seq + 1;
  const clause = rules.circulars;
  const closed = open.map(([{ unitId }], i) =>
    draft('circular.closed', actor, { circularId, ...(i === 0 ? { note } : { noteIn }) }, { unitId, clause }),
  );
  return [...closed, ...open.flatMap(([{ unitId }, one]) => takenOffWith(state, unitId, one))];
}

function takenOffWith(state: EpisodeState, unitId: string, { circularId, receipt, measures }: CircularOfUnit): Draft[] {
  const pending = [
    ...(receipt.status === 'pending' ? (['circular'] as const) : []),
    ...(measures?.status === 'pending' ? (['measures'] as const) : []),
  ];
  const clause = state.binding.rules.circulars;
  return pending.map((deadline) =>
    draft(
      'deadline.withdrawn',
      SYSTEM,
      { ...namedInEntries(state, { deadline, subject: circularId }), reason: 'circular-closed' },
      { unitId, clause },
    ),
  );
}

const unknownTo = (state: EpisodeState, { unitId }: UnitState, circularId: string): Refusal =>
  refuse('circularUnknownToUnit', state.binding.rules, { circularId, name: nameOf(state, unitId) });

const closedFor = (state: EpisodeState, { unitId }: UnitState, circularId: string): Refusal =>
  refuse('circularClosedForUnit', state.binding.rules, { circularId, name: nameOf(state, unitId) });
