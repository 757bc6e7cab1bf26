/** The people of a unit that joins. */
import type { ReactNode } from 'react';
import { newKey, type Schemas } from '../../shared/api.js';
import { SelectField, TextField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { choicesOf } from '../fields.js';
import { onlyGiven } from './only-given.js';

const texts = actTexts.join;
const FIELDS = [
  ['name', texts.personName],
  ['sms', texts.sms],
  ['phone', texts.phone],
  ['email', texts.email],
] as const;

/** `row` tells the rows apart: one in the middle may be taken away. */
export type GivenPerson = Record<'row' | 'role' | (typeof FIELDS)[number][0], string>;

export const peopleGiven = (people: readonly GivenPerson[]): Array<Schemas['Contact']> =>
  people.map(({ row: _, role, name, ...ways }) => ({
    role: role as Schemas['Contact']['role'],
    name,
    ...onlyGiven(ways),
  }));

export interface PeopleFieldsProps {
  people: readonly GivenPerson[];
  wrong: Record<string, string>;
  onChange: (people: GivenPerson[]) => void;
}

export function PeopleFields({ people, wrong, onChange }: PeopleFieldsProps): ReactNode {
  const change = (index: number, changes: Partial<GivenPerson>) =>
    onChange(people.map((one, at) => (at === index ? { ...one, ...changes } : one)));
  return (
    <fieldset className="people-fields">
      <legend>{texts.contacts}</legend>
      <p className="small muted">{texts.contactsHint}</p>
      {people.map((person, index) => (
        <fieldset key={person.row} className="pair">
          <legend>
            {texts.person(index + 1)}{' '}
            <button
              type="button"
              className="link-button"
              aria-label={texts.remove(index + 1)}
              onClick={() => onChange(people.filter((_, at) => at !== index))}
            >
              ×
            </button>
          </legend>
          <SelectField
            label={texts.role}
            wrong={wrong[`contacts.${index}.role`]}
            choices={choicesOf(dutyTexts.drawer.roles)}
            value={person.role}
            onChoice={(role) => change(index, { role })}
          />
          {FIELDS.map(([field, label]) => (
            <TextField
              key={field}
              label={label}
              required={field === 'name'}
              wrong={wrong[`contacts.${index}.${field}`]}
              value={person[field]}
              onChange={({ target }) => change(index, { [field]: target.value })}
            />
          ))}
        </fieldset>
      ))}
      <button
        type="button"
        className="button"
        onClick={() =>
          onChange([...people, { row: newKey(), role: 'liaison', name: '', sms: '', phone: '', email: '' }])
        }
      >
        {texts.another}
      </button>
    </fieldset>
  );
}
