/** Whom to ring: the people on duty first, each with a number that a telephone can take. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';

const texts = dutyTexts.drawer;

type Person = Schemas['KnownContact'];

export interface PeopleProps {
  contacts: readonly Person[];
  onDuty: Schemas['Roster']['onDuty'];
}

const parted = ({ contacts, onDuty }: PeopleProps) => {
  const isOnDuty = ({ contactId }: Person) => onDuty.contacts.some((one) => one.contactId === contactId);
  return { now: contacts.filter(isOnDuty), others: contacts.filter((one) => !isOnDuty(one)) };
};

export function dutyFirst(people: PeopleProps): Person[] {
  const { now, others } = parted(people);
  return [...now, ...others];
}

export function People({ contacts, onDuty }: PeopleProps): ReactNode {
  const { now, others } = parted({ contacts, onDuty });
  if (contacts.length === 0) return <p className="notice warn">{texts.nobody}</p>;
  return (
    <section aria-labelledby="drawer-people">
      <h3 id="drawer-people">{texts.onDuty}</h3>
      {onDuty.source === 'fallback' && <p className="small muted">{texts.fallback}</p>}
      <PersonList people={now} />
      {others.length > 0 && (
        <details>
          <summary>{texts.others}</summary>
          <PersonList people={others} />
        </details>
      )}
    </section>
  );
}

export const PersonList = ({
  people,
}: {
  people: ReadonlyArray<Pick<Person, 'contactId' | 'name' | 'role' | 'phone' | 'sms'>>;
}) => (
  <ul className="people">
    {people.map(({ contactId, name, role, phone, sms }) => {
      const number = phone ?? sms;
      return (
        <li key={contactId}>
          <strong>{name}</strong> <span className="muted">{texts.roles[role]}</span>{' '}
          {number === undefined ? (
            <span className="bad-words">{texts.noNumber}</span>
          ) : (
            <a className="number" href={`tel:${number.replace(/[^\d+]/g, '')}`}>
              {number}
            </a>
          )}
        </li>
      );
    })}
  </ul>
);
