/** A person hands what a unit failed to do to those who inspect and discipline (§7). No machine does. */
import { breachesOf, breachInEntries } from '../breaches.js';
import type { Actor, CommandBody } from '../commands.js';
import { chaseKey, deadlineInWords } from '../deadline-names.js';
import { hashOf } from '../hash-chain.js';
import { findUnit, shortHash } from '../state.js';
import type { EpisodeState } from '../state-types.js';
import { type Decision, draft } from './decision.js';
import { refuse } from './refusals.js';

type Body = Extract<CommandBody, { kind: 'refer' }>;

/** Only what was late or missed is referred. The same again is a repeat. */
export function refer(state: EpisodeState, { unitId, to, about, reason }: Body, actor: Actor): Decision {
  const { rules, supervisorUnit } = state.binding;
  const unit = findUnit(state, unitId);
  if (!unit) return refuse('unitUnknown', rules, { unitId });
  if (to === 'supervisor' && unitId === supervisorUnit) return refuse('referredToItself', rules, { unitId });
  const breaches = new Map(breachesOf(state, unit).map((one) => [chaseKey(one), one]));
  const met = about.find((one) => !breaches.has(chaseKey(one)));
  if (met) return refuse('notBreached', rules, { what: deadlineInWords(met) });
  const data = { unitId, to, about: about.map((one) => breachInEntries(state, breaches.get(chaseKey(one))!)), reason };
  const hash = shortHash(hashOf(data));
  const before = state.referrals.find((one) => one.hash === hash);
  return before ? { repeats: before.seq } : [draft('unit.referred', actor, data, { clause: rules.referral })];
}
