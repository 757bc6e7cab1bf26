/** What a list of contacts in a file changes, field by field. Pure. */
import { type EnteredContact, newContactId } from '../../ledger/people/contacts.js';
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import { normalName } from '../../lib/normal/person.js';
import { quoted } from '../../lib/quoted.js';
import {
  asFirstWritten,
  type ContactField,
  changedFields,
  identified,
  knownAmong,
} from '../../plan/people/identify.js';
import type { Contact, KnownContact } from '../../plan/types.js';
import { type BadCell, badCell, type ContactLine, type DutyLine } from './records.js';
import { MOST_CONTACTS } from './schemas.js';
import { KEPT, ROLES, SHEETS, titleOf } from './sheets.js';

/** A field that changes, by the title of its column. A value that is not there is empty. */
export interface FieldChange {
  field: string;
  column: string;
  from: string;
  to: string;
}

export interface Change {
  sheet: string;
  change: 'added' | 'changed' | 'removed';
  unitId: string;
  unit: string;
  /** For people to read. */
  text: string;
  fields?: FieldChange[];
}

/** What a file does to the contacts of one holder, or to one day of its roster. */
export interface Judgement {
  first: ContactLine | DutyLine;
  changes: Change[];
  errors: BadCell[];
  /** What somebody should know of a day. */
  remarks?: string[];
  isFaulty?: boolean;
  list?: { holder: string; before: readonly KnownContact[]; after: KnownContact[] };
  day?: ContactsAndDuties['days'][number];
}

/** A list replaces the present one. Order does not count. */
export function judgeContacts(lines: readonly ContactLine[], before: readonly KnownContact[]): Judgement {
  const first = lines[0]!;
  const ids = lines.map(({ contact }) => contact.contactId);
  const twice = lines.filter((_, i) => ids[i] !== undefined && ids.indexOf(ids[i]) !== i);
  const errors = [
    ...twice.map(({ row, contact }) =>
      badCell('contacts', row)('contactId', `人员编号“${contact.contactId}”重复，请每人一个，新增人员请留空`),
    ),
    ...lines
      .slice(MOST_CONTACTS)
      .map(({ row }) =>
        badCell('contacts', row)(
          'unit',
          `${first.holder.name}有 ${lines.length} 名联系人，最多 ${MOST_CONTACTS} 名，请删减`,
        ),
      ),
  ];
  const whole = completed(lines, before);
  const entered = whole.flatMap((one) => ('error' in one ? [] : one));
  errors.push(...whole.flatMap((one) => ('error' in one ? one.error : [])));
  const after = identified(entered, before, newContactId).map((one) => {
    const known = same(one, before);
    return known ? asFirstWritten(one, known) : one;
  });
  const told = (change: Change['change'], contact: KnownContact): Change =>
    changeOf(first, change, `${contact.name}（${ROLES[contact.role]}）`);
  return {
    first,
    errors,
    list: { holder: first.holder.unitId, before, after },
    changes: [
      ...after.filter((one) => !same(one, before)).map((one) => told('added', one)),
      ...after.flatMap((one) => {
        const known = same(one, before);
        const fields = known ? fieldsOf(known, one) : [];
        return fields.length === 0 ? [] : [withFields(told('changed', one), fields)];
      }),
      ...before.filter((one) => !same(one, after)).map((one) => told('removed', one)),
    ],
  };
}

/** The contacts of the lines. What the list does not say of a known person stays; of a new one it has to say the role. */
function completed(
  lines: readonly ContactLine[],
  before: readonly KnownContact[],
): Array<EnteredContact | { error: BadCell }> {
  const known = knownAmong(
    lines.map(({ contact }) => contact),
    before,
  );
  return lines.map(({ contact, row, unsaid }) => {
    const person = known.get(contact);
    const kept = KEPT.contacts.filter((field) => unsaid.includes(field) && person?.[field] !== undefined);
    const { role, ...others }: Partial<Contact> & typeof contact = {
      ...contact,
      ...(person && { contactId: person.contactId }),
      ...Object.fromEntries(kept.map((field) => [field, person?.[field]])),
    };
    if (role !== undefined) return { ...others, role };
    const isNamesake = before.some(({ name }) => normalName(name) === normalName(contact.name));
    const why = isNamesake ? `本单位有几位${quoted(contact.name)}` : `${quoted(contact.name)}是新增的人`;
    return { error: badCell('contacts', row)('role', `${why}，请补上“职责”这一列，写明${ROLES_IN_WORDS}`) };
  });
}

const ROLES_IN_WORDS = `${Object.values(ROLES).join('、')}之一`;

const same = ({ contactId }: KnownContact, list: readonly KnownContact[]): KnownContact | undefined =>
  list.find((other) => other.contactId === contactId);

const fieldsOf = (before: KnownContact, after: KnownContact): FieldChange[] =>
  changedFields(before, after).map((field) => ({
    field,
    column: titleOf('contacts', field),
    from: shown(before, field),
    to: shown(after, field),
  }));

const shown = (contact: KnownContact, field: ContactField): string =>
  field === 'role' ? ROLES[contact.role] : (contact[field] ?? '');

/** `王伟（联络员）：电子邮箱 a@x.cn → b@x.cn` */
export const withFields = (change: Change, fields: FieldChange[]): Change => ({
  ...change,
  text: `${change.text}：${fields.map(({ column, from, to }) => `${column} ${from || '（空）'} → ${to || '（空）'}`).join('，')}`,
  fields,
});

export const changeOf = ({ kind, holder }: ContactLine | DutyLine, change: Change['change'], text: string): Change => ({
  sheet: SHEETS[kind].name,
  change,
  unitId: holder.unitId,
  unit: holder.name,
  text,
});
