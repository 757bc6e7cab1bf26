import { type CallingRow, callingListOf } from '../../episode/calling-list.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { type PersonTold, recipientsOf } from '../../ledger/people/roster.js';
import { numberToRing } from '../../plan/people/contacts.js';
import type { Context } from '../engine/context.js';
import { episodeNow } from '../engine/present.js';

/** The rows with the people of each unit, who are looked up now and enter no entry. */
export async function callingListAnswer(context: Context, state: EpisodeState): Promise<{ items: object[] }> {
  const rows = callingListOf(state);
  const asked = rows.map(({ unitId }) => ({ holder: unitId, whom: 'anybody' as const }));
  const people = await recipientsOf(context.database, asked, episodeNow(context, state));
  return { items: rows.map((row, i) => withPeople(row, people[i]!)) };
}

const withPeople = (row: CallingRow, people: readonly PersonTold[]) => ({
  ...row,
  people: people
    .toSorted((one, other) => Number(other.isOnDuty) - Number(one.isOnDuty))
    .map((person) => {
      const { reference, role, name, isOnDuty } = person;
      const number = numberToRing(person);
      return { contactId: reference, role, name, onDuty: isOnDuty, ...(number === undefined ? {} : { number }) };
    }),
});
