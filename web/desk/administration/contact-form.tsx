/** The people of a unit or a body, entered as a whole. Somebody else's change meanwhile is shown, and the form stays. */
import { type ReactNode, useState } from 'react';
import { ApiRefusal, answeredWithVersion, api, newKey, under } from '../../shared/api.js';
import { SelectField, SmallForm, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { peopleTexts as texts } from '../../texts/zh-CN/people.js';
import { choicesOf } from '../fields.js';
import { FoundDraft } from '../found-draft.js';
import { useKeptDraft } from '../kept-draft.js';
import {
  changesBetween,
  enteredContacts,
  type ListedContact,
  type TypedContact,
  typedContact,
} from './contact-list.js';

export interface ReadContacts {
  content: { contacts: ListedContact[]; warnings?: string[] };
  version: string;
}

export const readContacts = (unitId: string): Promise<ReadContacts> =>
  answeredWithVersion(api.GET('/api/v1/units/{unitId}/contacts', { params: { path: { unitId } } }));

const typedList = (contacts: readonly ListedContact[]) =>
  contacts.map((contact) => typedContact(contact, contact.contactId));

export interface ContactFormProps {
  unitId: string;
  read: ReadContacts;
  onSaved: (saved: ReadContacts) => void;
}

export function ContactForm({ unitId, read, onSaved }: ContactFormProps): ReactNode {
  const [empty] = useState(() => ({ basis: read, list: typedList(read.content.contacts) }));
  const kept = useKeptDraft(`contacts/${unitId}`, empty);
  const { draft, set, clear } = kept;
  const { basis, list } = draft;
  const [moved, setMoved] = useState<string[]>([]);
  const keyOf = useKeyOf();
  const change = (rowId: string, changes: Partial<TypedContact>) =>
    set({ list: list.map((one) => (one.rowId === rowId ? { ...one, ...changes } : one)) });
  const submission = useSubmission(async () => {
    const body = { contacts: enteredContacts(list) };
    const header = { ...under(keyOf({ body, basis: basis.version })), 'If-Match': basis.version };
    const params = { path: { unitId }, header };
    try {
      const saved = await answeredWithVersion(api.PUT('/api/v1/units/{unitId}/contacts', { params, body }));
      clear();
      onSaved(saved);
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 412) {
        const now = await readContacts(unitId);
        setMoved(changesBetween(basis.content.contacts, now.content.contacts));
        set({ basis: now });
      }
      throw error;
    }
  });
  return (
    <SmallForm submission={submission} submit={texts.save}>
      <FoundDraft kept={kept} />
      {list.length === 0 && <p className="muted">{texts.none}</p>}
      {list.map((contact, index) => (
        <PersonFields
          key={contact.rowId}
          contact={contact}
          number={index + 1}
          wrong={(field) => submission.fields[`contacts.${index}.${field}`]}
          set={(changes) => change(contact.rowId, changes)}
          remove={() => set({ list: list.filter(({ rowId }) => rowId !== contact.rowId) })}
        />
      ))}
      <p className="page-hint">
        <button type="button" className="button" onClick={() => set({ list: [...list, typedContact({}, newKey())] })}>
          {texts.add}
        </button>
      </p>
      {moved.length > 0 && (
        <div className="notice warn" role="status">
          <p>{texts.changed}</p>
          <ul>
            {moved.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{texts.changedNext}</p>
        </div>
      )}
    </SmallForm>
  );
}

interface PersonFieldsProps {
  contact: TypedContact;
  number: number;
  wrong: (field: string) => string | undefined;
  set: (changes: Partial<TypedContact>) => void;
  remove: () => void;
}

const HINTS = { phone: texts.phoneHint, sms: texts.smsHint, email: undefined } as const;

function PersonFields({ contact, number, wrong, set, remove }: PersonFieldsProps) {
  const field = (name: 'name' | 'phone' | 'sms' | 'email' | 'wecom' | 'dingtalk' | 'webhook', hint?: string) => (
    <TextField
      key={name}
      label={texts[name]}
      hint={hint}
      required={name === 'name'}
      autoComplete="off"
      wrong={wrong(name)}
      value={contact[name]}
      onChange={({ target }) => set({ [name]: target.value })}
    />
  );
  const { wecom, dingtalk, webhook } = contact;
  return (
    <fieldset className="person">
      <legend>{texts.person(number)}</legend>
      <div className="person-fields">
        <SelectField
          label={texts.role}
          choices={choicesOf(texts.roles)}
          wrong={wrong('role')}
          value={contact.role}
          onChoice={(role) => set({ role: role as TypedContact['role'] })}
        />
        {field('name')}
        {field('phone', HINTS.phone)}
        {field('sms', HINTS.sms)}
        {field('email', HINTS.email)}
      </div>
      <details open={[wecom, dingtalk, webhook].some((name) => name !== '')}>
        <summary>{texts.robots}</summary>
        <div className="person-fields">
          {field('wecom')}
          {field('dingtalk')}
          {field('webhook')}
        </div>
      </details>
      <button type="button" className="link-button" onClick={remove}>
        {texts.remove(contact.name || texts.person(number))}
      </button>
    </fieldset>
  );
}
