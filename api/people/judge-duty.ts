/** What a day of a roster in a file changes, and whom its rows name. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../../lib/grouped.js';
import { namesIn, normalName, withoutDuty } from '../../lib/normal/person.js';
import { quoted } from '../../lib/quoted.js';
import type { DutyRow } from '../../plan/people/roster.js';
import type { KnownContact } from '../../plan/types.js';
import { dutyKeyOf } from './duty.js';
import { type Change, changeOf, type FieldChange, type Judgement, withFields } from './judge-contacts.js';
import { type BadCell, badCell, type DutyLine } from './records.js';
import { titleOf } from './sheets.js';

export const dayKeyOf = ({ holder, duty }: DutyLine): string => `${holder.unitId} ${duty.date}`;

/** The rows of a day replace the present rows of that day. */
export function judgeDay(
  lines: readonly DutyLine[],
  people: readonly KnownContact[],
  before: readonly DutyRow[],
): Judgement {
  const first = lines[0]!;
  const rows = new Map<string, DutyRow>();
  const errors: BadCell[] = [];
  for (const line of lines) {
    const bad = badCell('roster', line.row);
    const read = rowsOf(line, people, before);
    if ('detail' in read) errors.push(bad(read.column, read.detail));
    else if (read.some((row) => rows.has(dutyKeyOf(row)))) errors.push(bad('', '与前面的一行重复，请删去'));
    else for (const row of read) rows.set(dutyKeyOf(row), row);
  }
  const present = new Map(before.map((row) => [dutyKeyOf(row), row]));
  const isAmong = (all: ReadonlyMap<string, DutyRow>) => (row: DutyRow) =>
    isDeepStrictEqual(row, all.get(dutyKeyOf(row)));
  return {
    first,
    errors,
    day: { holder: first.holder.unitId, date: first.duty.date, rows: [...rows.values()] },
    changes: changesOf(
      first,
      people,
      before.filter((row) => !isAmong(rows)(row)),
      [...rows.values()].filter((row) => !isAmong(present)(row)),
    ),
  };
}

/** A person with one row before and one after has changed shifts; others are added and removed. */
function changesOf(
  first: DutyLine,
  people: readonly KnownContact[],
  gone: readonly DutyRow[],
  come: readonly DutyRow[],
): Change[] {
  const nameOf = (id: string) => people.find(({ contactId }) => contactId === id)?.name ?? id;
  const told = (change: Change['change'], row: DutyRow): Change =>
    changeOf(
      first,
      change,
      [row.date, `${row.from}–${row.until}`, nameOf(row.contactId), row.shift].filter(Boolean).join(' '),
    );
  const [goneOf, comeOf] = [gone, come].map((rows) => grouped(rows, ({ contactId }) => contactId));
  const pairOf = ({ contactId }: DutyRow): DutyRow | undefined => {
    const [before = [], after = []] = [goneOf!.get(contactId), comeOf!.get(contactId)];
    return before.length === 1 && after.length === 1 ? before[0] : undefined;
  };
  return [
    ...come.map((row) => {
      const known = pairOf(row);
      return known ? withFields(told('changed', row), fieldsOf(known, row)) : told('added', row);
    }),
    ...gone.filter((row) => !pairOf(row)).map((row) => told('removed', row)),
  ];
}

const fieldsOf = (before: DutyRow, after: DutyRow): FieldChange[] =>
  (['from', 'until', 'shift'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      field,
      column: titleOf('roster', field),
      from: before[field] ?? '',
      to: after[field] ?? '',
    }));

type Unclear = { column: string; detail: string };

/** A line with the people it names: one, or several in one cell when all of them are known. */
function rowsOf(line: DutyLine, people: readonly KnownContact[], before: readonly DutyRow[]): DutyRow[] | Unclear {
  const { contactId, name, duty } = line;
  if (contactId !== '') return rowById(line, people, before);
  const [whole] = [peopleNamed(people, name), peopleNamed(people, withoutDuty(name))].filter(
    ({ length }) => length > 0,
  );
  if (whole?.length === 1) return [{ ...duty, contactId: whole[0]!.contactId }];
  if (whole)
    return {
      column: 'name',
      detail: `本单位有几位${quoted(name)}，请填写人员编号，例如 ${whole[0]!.contactId}`,
    };
  const several = namesIn(name).map((one) => peopleNamed(people, withoutDuty(one)));
  if (several.length > 1 && several.every(({ length }) => length === 1))
    return several.map(([person]) => ({ ...duty, contactId: person!.contactId }));
  const detail =
    several.length > 1
      ? `${quoted(name)}像是几个人，其中有人不在本单位联系人中，请一行填一人，并先登记为联系人`
      : `本单位联系人中没有${quoted(name)}，请核对姓名，或者先登记为联系人`;
  return { column: 'name', detail };
}

const peopleNamed = (people: readonly KnownContact[], name: string): KnownContact[] => {
  const exactly = people.filter((one) => one.name === name);
  return exactly.length > 0 ? exactly : people.filter((one) => normalName(one.name) === normalName(name));
};

/** A present row may name somebody who has left. */
function rowById(
  { contactId, name, duty }: DutyLine,
  people: readonly KnownContact[],
  before: readonly DutyRow[],
): DutyRow[] | Unclear {
  const row = { ...duty, contactId };
  const person = people.find((one) => one.contactId === contactId);
  if (!person && !before.some((other) => isDeepStrictEqual(row, other)))
    return {
      column: 'contactId',
      detail: `本单位联系人中没有这个编号${quoted(contactId)}，请核对，或者先登记为联系人`,
    };
  if (person && name !== '' && ![name, withoutDuty(name)].some((one) => normalName(one) === normalName(person.name)))
    return { column: 'name', detail: `人员编号“${contactId}”是${person.name}，不是${quoted(name)}，请核对` };
  return [row];
}
