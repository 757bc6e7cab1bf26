/** Checks of entered duty: rows of a roster, substitutes. */
import type { z } from 'zod';
import { contactsOf } from '../../ledger/people/contacts.js';
import type { Days } from '../../ledger/people/roster.js';
import { quoted } from '../../lib/quoted.js';
import type { DutyRow } from '../../plan/people/roster.js';
import type { Context } from '../engine/context.js';
import { invalidFields } from '../http/fields.js';
import type { FieldError } from '../http/problems.js';
import type { Exact } from '../http/route.js';
import type { overrideRequest } from './roster-schemas.js';

/** Refuses rows of other days, of people of other holders, and duplicates. */
export async function requireRows(
  { database }: Context,
  holder: string,
  days: Days,
  rows: readonly DutyRow[],
): Promise<void> {
  const people = new Set((await contactsOf(database, holder)).map(({ contactId }) => contactId));
  const firsts = new Map(rows.map((row, i) => [dutyKeyOf(row), i] as const).toReversed());
  const errors = rows.flatMap((row, i): FieldError[] => [
    ...wrong(
      row.date < days.from || row.date > days.until,
      `items.${i}.date`,
      `${row.date}不在所更新的范围（${days.from} 至 ${days.until}）内，请核对`,
    ),
    ...wrong(!people.has(row.contactId), `items.${i}.contactId`, notThere(row.contactId)),
    ...wrong(
      firsts.get(dutyKeyOf(row)) !== i,
      `items.${i}`,
      `${row.date} ${row.from}–${row.until} 与前面的一行重复，请删去`,
    ),
  ]);
  if (errors.length > 0) throw invalidFields(errors);
}

/** The span of a substitution. It begins now at the earliest: nobody takes over past hours. */
export async function requireOverride(
  { database }: Context,
  holder: string,
  { contactId, from, until }: Exact<z.output<typeof overrideRequest>>,
  now: number,
): Promise<{ from: number; until: number }> {
  const span = { from: Math.max(now, from === undefined ? now : Date.parse(from)), until: Date.parse(until) };
  const people = await contactsOf(database, holder);
  const errors = [
    ...wrong(!people.some((one) => one.contactId === contactId), 'contactId', notThere(contactId)),
    ...wrong(span.until <= span.from, 'until', `结束时间${quoted(until)}应晚于开始时间，也应晚于现在`),
  ];
  if (errors.length > 0) throw invalidFields(errors);
  return span;
}

const notThere = (contactId: string): string =>
  `本单位联系人中没有编号为${quoted(contactId)}的人，请核对，或先登记为联系人`;

/** Rows with the same key are duplicates. */
export const dutyKeyOf = ({ date, from, until, contactId }: DutyRow): string =>
  [date, from, until, contactId].join(' ');

const wrong = (is: boolean, field: string, detail: string): FieldError[] => (is ? [{ field, detail }] : []);
