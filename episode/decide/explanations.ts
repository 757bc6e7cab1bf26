/** A unit states why it did something late or not at all (§7): in a place of its own, and in its own words. */
import { breachesOf, breachInEntries } from '../breaches.js';
import type { Actor, CommandBody } from '../commands.js';
import { chaseKey, deadlineInWords } from '../deadline-names.js';
import { hashOf } from '../hash-chain.js';
import { shortHash } from '../state.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { type Decision, draft, throughOf } from './decision.js';
import { refuse } from './refusals.js';

/** One for each deadline. Other words take the place of the first; the same again is a repeat. */
export function explainBreach(
  state: EpisodeState,
  unit: UnitState,
  { about, reason, ...body }: Extract<CommandBody, { kind: 'explainBreach' }>,
  actor: Actor,
): Decision {
  const { rules } = state.binding;
  const key = chaseKey(about);
  const breach = breachesOf(state, unit).find((one) => chaseKey(one) === key);
  if (!breach) return refuse('nothingToExplain', rules, { what: deadlineInWords(about) });
  const before = unit.explanations?.[key];
  if (before?.hash === shortHash(hashOf(reason))) return { repeats: before.seq };
  const data = {
    about: breachInEntries(state, breach),
    reason,
    ...(before && { corrects: before.seq }),
    ...throughOf(body),
  };
  return [draft('breach.explained', actor, data, { unitId: unit.unitId, clause: rules.referral })];
}
