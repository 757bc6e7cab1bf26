import { callingListOf, callsOf } from '../../episode/calling-list.js';
import { outlookOf } from '../../episode/outlook.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { type PersonTold, recipientsOf } from '../../ledger/people/roster.js';
import { numberToRing } from '../../plan/people/contacts.js';
import type { Context } from '../engine/context.js';
import type { FoundUnit } from '../engine/load-episode.js';
import { episodeNow } from '../engine/present.js';

/** The rows with the people of each unit, who are looked up now and enter no entry. */
export async function callingListAnswer(context: Context, state: EpisodeState): Promise<{ items: object[] }> {
  const rows = callingListOf(state);
  const people = await peopleOf(
    context,
    state,
    rows.map(({ unitId }) => unitId),
  );
  return { items: rows.map((row, i) => ({ ...row, people: people[i]! })) };
}

/** Whom the office may ring of a unit, and whom the program tells next. */
export async function reachAnswer(context: Context, { state, unit }: FoundUnit): Promise<object> {
  const [people] = await peopleOf(context, state, [unit.unitId]);
  return { people, steps: outlookOf(state, episodeNow(context, state)).stepsOf(unit.unitId), calls: callsOf(unit) };
}

/** The people of each unit with a number to ring, those on duty first. */
async function peopleOf(context: Context, state: EpisodeState, unitIds: readonly string[]): Promise<object[][]> {
  const asked = unitIds.map((unitId) => ({ holder: unitId, whom: 'anybody' as const }));
  const told = await recipientsOf(context.database, asked, episodeNow(context, state));
  return told.map((people) =>
    people.toSorted((one, other) => Number(other.isOnDuty) - Number(one.isOnDuty)).map(personToRing),
  );
}

function personToRing(person: PersonTold): object {
  const { reference, role, name, isOnDuty } = person;
  const number = numberToRing(person);
  return { contactId: reference, role, name, onDuty: isOnDuty, ...(number === undefined ? {} : { number }) };
}
