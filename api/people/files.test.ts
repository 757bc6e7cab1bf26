import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import type { DutyRow } from '../../plan/people/roster.js';
import { addDays } from '../../plan/rules/calendar.js';
import type { KnownContact } from '../../plan/types.js';
import { HOLDERS, filePreviewOf as preview } from '../testing/preview.js';
import { csvOf } from './csv.js';
import { dutyKeyOf } from './duty.js';
import { sheetOf } from './files.js';
import { contact } from './schemas.js';
import { guarded, type Sheet, type SheetKind, unguarded } from './sheets.js';
import { xlsxOf } from './xlsx.js';

const DAY = '2026-01-10';
const NONE: ContactsAndDuties = { contacts: {}, days: [] };

const sheets = (present: ContactsAndDuties, kinds: SheetKind[] = ['contacts', 'roster']): Sheet[] =>
  kinds.map((kind) => sheetOf(kind, HOLDERS, present));

/** Names that are known to upset spreadsheets, CSV and XML. */
const trap = fc.constantFrom(
  'valueOf',
  '__proto__',
  '=1+1',
  '+86',
  '-',
  '@x',
  "'=a",
  "''-b",
  '"',
  'a,b',
  'a;b',
  '<&>',
  '甲  乙',
  '\u2028',
  '😀',
  '1e5',
  '007',
  '1/2',
  'TRUE',
  '#N/A',
);
const word = fc.oneof(trap, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }));
const name = fc
  .array(word, { minLength: 1, maxLength: 2 })
  .map((words) => words.join(''))
  .filter((text) => contact.shape.name.safeParse(text).success && !/_x[0-9A-Fa-f]{4}_/.test(text))
  .map((text) => contact.shape.name.parse(text));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anyContact = fc.record({
  role: fc.constantFrom('liaison' as const, 'lead' as const, 'deputy' as const),
  name,
  email: optional(fc.constantFrom('a@example.org', '-b@example.org')),
  phone: optional(fc.constantFrom('+86 991 4612345', '0991-4612345')),
  sms: optional(fc.constantFrom('13800000000', '+8613800000000')),
  wecom: optional(fc.constant('duty-group')),
});
const whole = <T extends object>(record: T): T => JSON.parse(JSON.stringify(record)) as T;
const contactsArbitrary = fc
  .array(anyContact, { minLength: 1, maxLength: 4 })
  .map((list): KnownContact[] => list.map((one, i) => ({ ...whole(one), contactId: `p-${i}` }) as KnownContact));
const time = fc.constantFrom('00:00', '08:00', '09:30', '20:00');
const anyRows = fc.uniqueArray(
  fc.record({ from: time, until: time, contactId: fc.constantFrom('p-0', 'p-gone'), shift: optional(name) }),
  { maxLength: 3, selector: (row) => dutyKeyOf({ date: DAY, ...whole(row) } as DutyRow) },
);
const anyContent = fc
  .record({
    contacts: fc.array(contactsArbitrary, { minLength: 2, maxLength: 2 }),
    rows: fc.array(anyRows, { maxLength: 4 }),
  })
  .map(
    ({ contacts, rows }): ContactsAndDuties => ({
      contacts: { education: contacts[0]!, office: contacts[1]! },
      days: rows.map((list, i) => {
        const date = addDays(DAY, Math.floor(i / 2));
        return {
          holder: i % 2 === 0 ? 'education' : 'office',
          date,
          rows: list.map((row) => whole({ date, ...row }) as DutyRow),
        };
      }),
    }),
  );

describe('an exported file changes nothing when it is imported', () => {
  test.each([['contacts'], ['roster']] as Array<[SheetKind]>)('as CSV: %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (present) => {
        const [sheet] = sheets(present, [kind]);
        expect(await preview(csvOf(sheet!.rows), present)).toMatchObject({ changes: [], errors: [] });
      }),
      { numRuns: 300 },
    );
  });

  test('as a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (present) => {
        expect(await preview(await xlsxOf(sheets(present)), present)).toMatchObject({ changes: [], errors: [] });
      }),
      // Each takes two threads; a failure would be narrowed down for minutes.
      { numRuns: 25, endOnFailure: true },
    );
  });

  test('into an empty installation it brings everything', async () => {
    await fc.assert(
      fc.asyncProperty(contactsArbitrary, async (contacts) => {
        const present = { contacts: { education: contacts }, days: [] };
        const { content, errors } = await preview(csvOf(sheets(present, ['contacts'])[0]!.rows), NONE);
        expect({ errors, contacts: content?.changes.contacts }).toEqual({ errors: [], contacts: present.contacts });
      }),
    );
  });
});

describe('text that a spreadsheet would calculate', () => {
  test('is written behind an apostrophe, and comes back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(trap, fc.string()), (text) => {
        expect(guarded(text)).not.toMatch(/^[=+\-@]/);
        expect(unguarded(guarded(text.trim()))).toBe(text.trim());
      }),
    );
  });

  test('does not begin any field of a CSV', () => {
    expect(csvOf([['=cmd()', '+86', '-1', '@x', '甲']]).toString()).toBe("\ufeff'=cmd(),'+86,'-1,'@x,甲\r\n");
  });
});
