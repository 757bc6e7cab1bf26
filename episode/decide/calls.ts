/** The office rings a unit and says how it ended (§6.1, §6.6). */
import type { Actor, CommandBody } from '../commands.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { type Decision, draft } from './decision.js';
import { acknowledge } from './units.js';

type Body = Extract<CommandBody, { kind: 'recordCall' }>;

/** The person who was reached may acknowledge in the call. A unit that has acknowledged already is called all the same. */
export function recordCall(
  state: EpisodeState,
  unit: UnitState,
  { contact, outcome, note, acknowledged }: Body,
  actor: Actor,
): Decision {
  const who = contact === undefined ? {} : { contact };
  const answers = acknowledged && outcome === 'reached';
  const said = { ...(note === undefined ? {} : { note }), ...(answers ? { acknowledged } : {}) };
  const options = { unitId: unit.unitId, clause: state.binding.rules.reachable };
  const call = draft('unit.called', actor, { ...who, outcome, ...said }, options);
  if (!answers) return [call];
  const answer = acknowledge(state, unit, { kind: 'acknowledge', unitId: unit.unitId, call: who }, actor);
  if ('repeats' in answer) return [call];
  return Array.isArray(answer) ? [call, ...answer] : answer;
}
