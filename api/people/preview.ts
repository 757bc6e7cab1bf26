/** The preview of an import: its changes and its errors. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { newContactId } from '../../ledger/people/contacts.js';
import type { ContactsAndDuties, ImportContent, ImportScope } from '../../ledger/people/import-content.js';
import { basisOf } from '../../ledger/people/roster-imports.js';
import { identified } from '../../plan/people/contacts.js';
import type { DutyRow } from '../../plan/people/roster.js';
import type { KnownContact } from '../../plan/types.js';
import { dutyKeyOf } from './duty.js';
import { type BadCell, badCell, type ContactLine, type DutyLine, type Lines } from './records.js';
import { MOST_CONTACTS } from './schemas.js';
import { ROLES, SHEETS, type SheetKind } from './sheets.js';

export interface Change {
  sheet: string;
  change: 'added' | 'changed' | 'removed';
  unitId: string;
  unit: string;
  /** For people to read. */
  text: string;
}

export interface Preview {
  changes: Change[];
  errors: BadCell[];
  /** The content that a confirmation writes. Absent while there are errors. */
  content?: ImportContent;
}

/** The sheets that an account may change. */
export type May = Record<SheetKind, boolean>;

const NOT_YOURS: Record<SheetKind, string> = {
  contacts: '联系人由系统管理员更新，请把变动告知管理员，或者恢复原内容',
  roster: '值班表由本单位或区环委会办公室更新，请恢复原内容或删去这张表',
};

/** The holders and days in a file. Only these are compared and replaced. */
export function importScopeOf({ contacts, roster }: Lines): ImportScope {
  const holders = [...contacts, ...roster].map(({ holder }) => holder.unitId);
  const days = new Map(roster.map((line) => [dayOf(line), { holder: line.holder.unitId, date: line.duty.date }]));
  return { contacts: [...new Set(holders)], days: [...days.values()] };
}

export function importPreviewOf(lines: Lines, present: ContactsAndDuties, may: May): Preview {
  const days = new Map(present.days.map(({ holder, date, rows }) => [`${holder} ${date}`, rows]));
  const judged = [
    ...byHolder(lines.contacts).map((list) => judgeContacts(list, peopleOf(list, present))),
    ...byDay(lines.roster).map((day) => judgeDay(day, peopleOf(day, present), days.get(dayOf(day[0]!)) ?? [])),
  ];
  const changing = judged.filter(({ changes }) => changes.length > 0);
  const forbidden = changing
    .filter(({ first }) => !may[first.kind])
    .map(({ first }) => badCell(first.kind, first.row)('unit', NOT_YOURS[first.kind]));

  const errors = [...lines.errors, ...judged.flatMap((one) => one.errors), ...forbidden];
  const changes = changing.flatMap((one) => one.changes);
  if (errors.length > 0) return { changes, errors: errors.toSorted(bySheetAndRow) };
  const written = {
    contacts: Object.fromEntries(changing.flatMap(({ list }) => (list ? [list] : []))),
    days: changing.flatMap(({ day }) => (day ? [day] : [])),
  };
  return { changes, errors, content: { scope: importScopeOf(lines), basis: basisOf(present), changes: written } };
}

interface Judgement {
  first: ContactLine | DutyLine;
  changes: Change[];
  errors: BadCell[];
  list?: [holder: string, contacts: KnownContact[]];
  day?: ContactsAndDuties['days'][number];
}

const byHolder = (lines: readonly ContactLine[]): ContactLine[][] => grouped(lines, ({ holder }) => holder.unitId);

const dayOf = ({ holder, duty }: DutyLine): string => `${holder.unitId} ${duty.date}`;

const byDay = (lines: readonly DutyLine[]): DutyLine[][] => grouped(lines, dayOf);

const peopleOf = (
  [first]: ReadonlyArray<ContactLine | DutyLine>,
  { contacts }: ContactsAndDuties,
): readonly KnownContact[] => contacts[first!.holder.unitId] ?? [];

/** A list replaces the present one. Order does not count. */
function judgeContacts(lines: readonly ContactLine[], before: readonly KnownContact[]): Judgement {
  const first = lines[0]!;
  const ids = lines.map(({ contact }) => contact.contactId);
  const twice = lines.filter((_, i) => ids[i] !== undefined && ids.indexOf(ids[i]) !== i);
  const errors = [
    ...twice.map(({ row }) => badCell('contacts', row)('contactId', '人员编号重复；新增人员请留空')),
    ...lines
      .slice(MOST_CONTACTS)
      .map(({ row }) => badCell('contacts', row)('unit', `一个单位最多 ${MOST_CONTACTS} 名联系人，请删减`)),
  ];
  const after = identified(
    lines.map(({ contact }) => contact),
    before,
    newContactId,
  );
  const isAmong = (list: readonly KnownContact[]) => (one: KnownContact) =>
    list.some((other) => other.contactId === one.contactId);
  const changed = after.filter((one) => isAmong(before)(one) && !before.some((other) => isDeepStrictEqual(one, other)));
  const told = (change: Change['change']) => (contact: KnownContact) =>
    changeOf(first, change, `${contact.name}（${ROLES[contact.role]}）`);
  return {
    first,
    errors,
    list: [first.holder.unitId, after],
    changes: [
      ...after.filter((one) => !isAmong(before)(one)).map(told('added')),
      ...changed.map(told('changed')),
      ...before.filter((one) => !isAmong(after)(one)).map(told('removed')),
    ],
  };
}

/** The rows of a day replace the present rows of that day. */
function judgeDay(lines: readonly DutyLine[], people: readonly KnownContact[], before: readonly DutyRow[]): Judgement {
  const first = lines[0]!;
  const rows: DutyRow[] = [];
  const errors: BadCell[] = [];
  for (const line of lines) {
    const row = rowOf(line, people, before);
    const bad = badCell('roster', line.row);
    if ('detail' in row) errors.push(bad(row.column, row.detail));
    else if (rows.some((other) => dutyKeyOf(other) === dutyKeyOf(row)))
      errors.push(bad('', '与前面的一行重复，请删去'));
    else rows.push(row);
  }
  const nameOf = (id: string) => people.find(({ contactId }) => contactId === id)?.name ?? id;
  const told = (change: Change['change']) => (row: DutyRow) =>
    changeOf(
      first,
      change,
      [row.date, `${row.from}–${row.until}`, nameOf(row.contactId), row.shift].filter(Boolean).join(' '),
    );
  const isAmong = (list: readonly DutyRow[]) => (row: DutyRow) => list.some((other) => isDeepStrictEqual(row, other));
  return {
    first,
    errors,
    day: { holder: first.holder.unitId, date: first.duty.date, rows },
    changes: [
      ...rows.filter((row) => !isAmong(before)(row)).map(told('added')),
      ...before.filter((row) => !isAmong(rows)(row)).map(told('removed')),
    ],
  };
}

/** A line with the person it names. A present row may name somebody who has left. */
function rowOf(
  { contactId, name, duty }: DutyLine,
  people: readonly KnownContact[],
  before: readonly DutyRow[],
): DutyRow | { column: string; detail: string } {
  if (contactId === '') {
    const namesakes = people.filter((one) => one.name === name);
    if (namesakes.length > 1) return { column: 'name', detail: `本单位有几位“${name}”，请填写人员编号` };
    if (namesakes.length === 0) return { column: 'name', detail: `本单位联系人中没有“${name}”，请先登记为联系人` };
    return { ...duty, contactId: namesakes[0]!.contactId };
  }
  const row = { ...duty, contactId };
  const person = people.find((one) => one.contactId === contactId);
  if (!person && !before.some((other) => isDeepStrictEqual(row, other)))
    return { column: 'contactId', detail: '本单位联系人中没有这个编号，请核对，或者先登记为联系人' };
  if (person && name !== '' && name !== person.name)
    return { column: 'name', detail: `人员编号“${contactId}”是${person.name}，请核对` };
  return row;
}

const changeOf = ({ kind, holder }: ContactLine | DutyLine, change: Change['change'], text: string): Change => ({
  sheet: SHEETS[kind].name,
  change,
  unitId: holder.unitId,
  unit: holder.name,
  text,
});

const bySheetAndRow = (a: BadCell, b: BadCell): number => a.sheet.localeCompare(b.sheet) || a.row - b.row;

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
};
