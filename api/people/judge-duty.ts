/** What a day of a roster in a file changes, and whom its rows name. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../../lib/grouped.js';
import type { DutyRow } from '../../plan/people/roster.js';
import type { KnownContact } from '../../plan/types.js';
import { dutyKeyOf } from './duty.js';
import { type Change, changeOf, type FieldChange, type Judgement, withFields } from './judge-contacts.js';
import { dutiesOf } from './named-in-duty.js';
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
  const remarks: string[] = [];
  const named = dutiesOf(people, before);
  for (const line of lines) {
    const bad = badCell('roster', line.row);
    const read = named(line);
    if ('detail' in read) errors.push(bad(read.column, read.detail));
    else if (read.rows.some((row) => rows.has(dutyKeyOf(row)))) errors.push(bad('', '与前面的一行重复，请删去'));
    else {
      for (const row of read.rows) rows.set(dutyKeyOf(row), row);
      remarks.push(...read.remarks);
    }
  }
  const present = new Map(before.map((row) => [dutyKeyOf(row), row]));
  const isAmong = (all: ReadonlyMap<string, DutyRow>) => (row: DutyRow) =>
    isDeepStrictEqual(row, all.get(dutyKeyOf(row)));
  return {
    first,
    errors,
    remarks,
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
