import { expect, test } from '@jest/globals';
import type { DutyRow } from '../../plan/people/roster.js';
import { beijingInstant, HOUR } from '../../plan/rules/calendar.js';
import type { Contact } from '../../plan/types.js';
import { onBothDatabases } from '../testing/databases.js';
import { contactsOf, replaceContacts, unreachableHolders } from './contacts.js';
import { cancelOverride, enterOverride, findOverride, type StoredOverride } from './duty-overrides.js';
import type { ImportContent, ImportScope } from './import-content.js';
import { dutyRowsOf, type MessageRecipients, recipientsOf, replaceDutyRows, rosterOf, rostersOf } from './roster.js';
import { applyImport, basisOf, contactsAndDutiesIn, findImport, keepImport } from './roster-imports.js';

const liaison = { contactId: 'liaison:1', role: 'liaison' as const, name: '甲', email: 'a@example.org' };
const lead = { contactId: 'lead:1', role: 'lead' as const, name: '乙', sms: '13800000000' };
const deputy = { contactId: 'deputy:1', role: 'deputy' as const, name: '丙', email: 'c@example.org' };
const people = [liaison, lead, deputy];
const DAY = '2026-01-10';
const at = (time: string) => beijingInstant(DAY, time);
const row = (contactId: string, from: string, until: string, date = DAY): DutyRow => ({ date, from, until, contactId });
const week = { from: DAY, until: '2026-01-16' };

const override = (overrideId: string, changes: Partial<StoredOverride> = {}): StoredOverride => ({
  overrideId,
  holder: 'education',
  contactId: 'deputy:1',
  from: at('10:00'),
  until: at('12:00'),
  enteredBy: 'account-1',
  enteredAt: at('09:00'),
  ...changes,
});

onBothDatabases('a roster', (database) => {
  const told = async (holder: string, whom: MessageRecipients, time: string) =>
    (await recipientsOf(database(), [{ holder, whom }], at(time)))[0]!;
  const recipients = async (whom: MessageRecipients, time: string) =>
    (await told('education', whom, time)).map(({ reference }) => reference);

  test('rows are replaced by days, and read by day and time', async () => {
    const rows = [row('lead:1', '20:00', '08:00'), { ...row('liaison:1', '08:00', '20:00'), shift: '白班' }];
    const later = row('deputy:1', '08:00', '08:00', '2026-01-17');
    await replaceDutyRows(database(), 'education', { from: DAY, until: '2026-01-31' }, [...rows, later]);
    await replaceDutyRows(database(), 'health', week, [row('liaison:1', '08:00', '20:00')]);
    const ofEducation = (days = week) => dutyRowsOf(database(), ['education'], days);
    expect(await ofEducation()).toEqual([rows[1], rows[0]].map((one) => ({ ...one, holder: 'education' })));

    await replaceDutyRows(database(), 'education', week, []);
    expect(await ofEducation()).toEqual([]);
    expect(await ofEducation({ from: DAY, until: '2026-01-31' })).toEqual([{ ...later, holder: 'education' }]);
    expect(await dutyRowsOf(database(), ['health'], week)).toHaveLength(1);
  });

  test('recipients by roster, lead, or all', async () => {
    await replaceContacts(database(), 'education', people);
    await replaceDutyRows(database(), 'education', week, [row('deputy:1', '20:00', '08:00', '2026-01-09')]);
    await replaceDutyRows(database(), 'education', { from: '2026-01-09', until: DAY }, [
      row('deputy:1', '20:00', '08:00', '2026-01-09'),
      row('lead:1', '08:00', '20:00'),
    ]);
    expect(await recipients('duty', '07:59')).toEqual(['deputy:1']);
    expect(await recipients('duty', '08:00')).toEqual(['lead:1']);
    expect(await recipients('duty', '20:00')).toEqual(['liaison:1']);
    expect(await recipients('lead', '07:59')).toEqual(['lead:1']);
    expect(await recipients('everyone', '07:59')).toEqual(['liaison:1', 'lead:1', 'deputy:1']);
    expect(await recipients('everyone', '20:00')).toEqual(['liaison:1', 'lead:1']);
    const [first] = await told('education', 'duty', '08:00');
    expect(first).toEqual({ reference: 'lead:1', role: 'lead', name: '乙', sms: '13800000000', isOnDuty: true });
    expect(await told('nobody', 'everyone', '08:00')).toEqual([]);
  });

  test('a substitute who takes over is told at once; cancelled, the roster holds again, and the record stays', async () => {
    await replaceContacts(database(), 'education', people);
    await enterOverride(database(), override('o1', { until: at('22:00'), reason: '病假' }));
    await enterOverride(database(), override('o2', { contactId: 'lead:1' }));
    await enterOverride(database(), override('o2', { contactId: 'liaison:1' }));
    expect(await recipients('duty', '09:59')).toEqual(['liaison:1']);
    expect(await recipients('duty', '10:00')).toEqual(['lead:1']);
    expect(await recipients('duty', '12:00')).toEqual(['deputy:1']);

    await cancelOverride(database(), 'o1', 'account-2', at('13:00'));
    await cancelOverride(database(), 'o1', 'account-3', at('12:30'));
    expect(await recipients('duty', '12:59')).toEqual(['deputy:1']);
    expect(await recipients('duty', '13:00')).toEqual(['liaison:1']);
    expect(await findOverride(database(), 'o1')).toEqual({
      ...override('o1', { until: at('22:00'), reason: '病假' }),
      cancelledBy: 'account-2',
      cancelledAt: at('13:00'),
    });
    await expect(database().db.deleteFrom('duty_overrides').execute()).rejects.toThrow('never removed');
  });

  test('is read for a span, with what reaches into it', async () => {
    await replaceContacts(database(), 'education', people);
    await enterOverride(database(), override('before', { until: at('11:00') }));
    await enterOverride(database(), override('within', { from: at('11:00') }));
    const span = { from: at('11:00'), until: at('11:00') + HOUR };
    const { overrides, contacts } = await rosterOf(database(), 'education', span);
    expect(overrides.map(({ overrideId }) => overrideId)).toEqual(['within']);
    expect(contacts).toEqual(people);
    expect([...(await rostersOf(database(), ['health', 'education'], span)).keys()]).toEqual(['health', 'education']);
  });
});

onBothDatabases('contacts by id', (database) => {
  const ids = async () => (await contactsOf(database(), 'education')).map(({ contactId }) => contactId);
  const other: Contact = { role: 'liaison', name: '丁' };

  test('a person with an id is the same; one without is found by role and name, or is new', async () => {
    const { contactId: _, ...entered } = liaison;
    await replaceContacts(database(), 'education', [entered, other]);
    expect(await ids()).toEqual(['liaison:1', 'liaison:2']);
    await replaceContacts(database(), 'education', [other, { ...lead, contactId: 'liaison:1' }, { ...other }]);
    expect(await ids()).toEqual(['liaison:2', 'liaison:1', expect.stringMatching(/^p-[0-9a-f]{12}$/)]);
  });

  test('an id that was given away is not given to another', async () => {
    await replaceContacts(database(), 'education', [other]);
    await replaceContacts(database(), 'education', []);
    await replaceContacts(database(), 'education', [{ ...other, name: '戊' }]);
    expect(await ids()).toEqual([expect.stringMatching(/^p-/)]);
  });

  test('simultaneous replacements of a list all keep the people who were in it', async () => {
    await replaceContacts(database(), 'education', [other]);
    await Promise.all(Array.from({ length: 5 }, () => replaceContacts(database(), 'education', [other])));
    expect(await ids()).toEqual(['liaison:1']);
  });

  test('unreachable: no contact, telephones alone, or placeholders', async () => {
    await replaceContacts(database(), 'health', [{ role: 'lead', name: '己', phone: '0991-0000000' }]);
    await replaceContacts(database(), 'parks', [{ role: 'lead', name: '庚', email: 'lead@parks.example' }]);
    await replaceContacts(database(), 'finance', [{ ...lead, email: 'lead@finance.example' }]);
    expect(await unreachableHolders(database(), ['parks', 'finance', 'health', 'education'])).toEqual([
      { holder: 'parks', because: 'placeholder' },
      { holder: 'health', because: 'no-channel' },
      { holder: 'education', because: 'no-contact' },
    ]);
    expect(await unreachableHolders(database(), [])).toEqual([]);
  });
});

onBothDatabases('an import', (database) => {
  const scope: ImportScope = { contacts: ['education'], days: [{ holder: 'education', date: DAY }] };
  const days = [{ holder: 'education', date: DAY, rows: [row('lead:1', '08:00', '20:00')] }];

  async function content(): Promise<ImportContent> {
    const basis = basisOf(await contactsAndDutiesIn(database(), scope));
    return { scope, basis, changes: { contacts: { education: people }, days } };
  }

  test('is kept as it was shown, applied once, and then emptied', async () => {
    const one = { importId: 'i1', accountId: 'account-1', madeAt: 5, preview: { rows: 1 }, content: await content() };
    await keepImport(database(), one, 0);
    await keepImport(database(), { ...one, preview: { rows: 2 } }, 0);
    expect(await findImport(database(), 'i1')).toEqual(one);

    expect(await applyImport(database(), 'i1', one.content, 7)).toBe('applied');
    expect(await contactsAndDutiesIn(database(), scope)).toEqual({ contacts: { education: people }, days });
    const { content: _, ...emptied } = one;
    expect(await findImport(database(), 'i1')).toEqual({ ...emptied, confirmedAt: 7 });
    await keepImport(database(), { ...one, importId: 'i2', madeAt: 20 }, 6);
    expect(await findImport(database(), 'i1')).toBeUndefined();
  });

  test.each([
    ['contacts', () => replaceContacts(database(), 'education', [liaison])],
    ['rows', () => replaceDutyRows(database(), 'education', week, [row('lead:1', '09:00', '20:00')])],
  ])('whose %s have changed since is not applied', async (_what, change) => {
    const looked = await content();
    await change();
    const present = await contactsAndDutiesIn(database(), scope);
    expect(await applyImport(database(), 'i1', looked, 7)).toBe('changed');
    expect(await contactsAndDutiesIn(database(), scope)).toEqual(present);
  });

  test('leaves other days and other holders alone', async () => {
    const others = [row('lead:1', '08:00', '20:00', '2026-01-11')];
    await replaceDutyRows(database(), 'education', week, [row('liaison:1', '08:00', '20:00'), ...others]);
    await replaceDutyRows(database(), 'health', week, days[0]!.rows);
    await applyImport(database(), 'i1', await content(), 7);
    expect((await dutyRowsOf(database(), ['education'], week)).map(({ contactId }) => contactId)).toEqual([
      'lead:1',
      'lead:1',
    ]);
    expect(await dutyRowsOf(database(), ['health'], week)).toHaveLength(1);
  });
});
