import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { beijingIso } from '../../plan/rules/calendar.js';
import { ONE_HOUR, type TestApp, testApp } from '../testing/app.js';
import { CONTACTS_HEADER } from '../testing/people.js';

const UNIT = 'education';
const ROSTER = `/api/v1/units/${UNIT}/roster`;
const CONTACTS = `/api/v1/units/${UNIT}/contacts`;
const MINUTE = 60_000;
const person = (contactId: string, role: string, name: string) => ({
  contactId,
  role,
  name,
  email: `${role}@education.org`,
});
const people = [person('liaison:1', 'liaison', '甲'), person('lead:1', 'lead', '乙'), person('p-1', 'deputy', '丙')];
const row = (date: string, from: string, until: string, contactId: string) => ({ date, from, until, contactId });

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await app.ask('PUT', CONTACTS, { as: 'administrator', body: { contacts: people } });
});
afterAll(() => app.close());

const roster = async (query = '') => (await app.ask('GET', ROSTER + query, { as: UNIT })).body;
const put = (items: object[], query = '?from=2026-01-10&until=2026-01-16', as = UNIT) =>
  app.ask('PUT', ROSTER + query, { as, body: { items } });
const invalid = (field: string, detail = /./) => ({
  status: 400,
  body: { type: '/problems/fields-invalid', errors: [{ field, detail: expect.stringMatching(detail) }] },
});

describe('contacts', () => {
  const replace = (contacts: object[]) => app.ask('PUT', CONTACTS, { as: 'administrator', body: { contacts } });

  test('a person keeps the id through all changes; a new person gets one', async () => {
    const renamed = { ...people[0], name: ' 甲甲 ', sms: '13800000000', wecom: 'duty-group' };
    const { body } = await replace([...people.slice(1), renamed, { role: 'deputy', name: '丁', dingtalk: 'group' }]);
    expect(body).toEqual({
      contacts: [
        people[1],
        people[2],
        { ...renamed, name: '甲甲' },
        { contactId: expect.stringMatching(/^p-/), role: 'deputy', name: '丁', dingtalk: 'group' },
      ],
      warnings: [expect.stringMatching(/丁（副职）没有手机和邮箱/)],
    });
    await replace(people);
  });

  test.each([
    ['contacts', [people[0], people[0]]],
    ['contacts.0.sms', [{ ...people[0], sms: '0991-1234567' }]],
    ['contacts.0.wecom', [{ ...people[0], wecom: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' }]],
    ['contacts.0.name', [{ ...people[0], name: '甲\n乙' }]],
    ['contacts.0.contactId', [{ ...people[0], contactId: 'Liaison 1' }]],
  ])('%s is refused', async (field, contacts) => {
    expect(await replace(contacts as object[])).toMatchObject(invalid(field));
  });

  test('the second of two administrators who read the same list is told, and overwrites nothing', async () => {
    const read = await app.ask('GET', CONTACTS, { as: 'administrator' });
    const change = (name: string) =>
      app.ask('PUT', CONTACTS, {
        as: 'administrator',
        headers: { 'If-Match': read.headers.get('ETag')! },
        body: { contacts: [...people, { role: 'deputy', name, email: 'new@education.cn' }] },
      });
    const first = await change('丁');
    expect(first.status).toBe(200);
    expect(await change('戊')).toMatchObject({ status: 412, body: { type: '/problems/contacts-changed' } });
    expect((await app.ask('GET', CONTACTS, { as: 'administrator' })).body).toEqual(first.body);
    await replace(people);
  });

  test.each(['committee', 'supervisor', 'office', 'city'])('%s has some, as placeholders', async (holder) => {
    const { status, body } = await app.ask('GET', `/api/v1/units/${holder}/contacts`, { as: 'office' });
    expect(status).toBe(200);
    expect(body.contacts).toMatchObject([{ contactId: 'liaison:1' }, { contactId: 'lead:1' }]);
  });
});

describe('a roster', () => {
  test('without anybody is one gap of seven days, and the liaisons stand in', async () => {
    expect(await roster()).toEqual({
      unitId: UNIT,
      from: '2026-01-10',
      until: '2026-01-16',
      items: [],
      overrides: [],
      gaps: [{ from: '2026-01-10T00:00:00.000+08:00', until: '2026-01-17T00:00:00.000+08:00' }],
      onDuty: { at: beijingIso(app.now()), source: 'fallback', contacts: [{ contactId: 'liaison:1', name: '甲' }] },
    });
  });

  test('is replaced for the days named, by the unit or the office', async () => {
    const night = row('2026-01-10', '20:00', '08:00', 'p-1');
    const { status, body } = await put([night, { ...row('2026-01-10', '08:00', '20:00', 'lead:1'), shift: '白班' }]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [
        { from: '08:00', contactId: 'lead:1', name: '乙', shift: '白班' },
        { from: '20:00', contactId: 'p-1', name: '丙' },
      ],
      gaps: [
        { from: '2026-01-10T00:00:00.000+08:00', until: '2026-01-10T08:00:00.000+08:00' },
        { from: '2026-01-11T08:00:00.000+08:00', until: '2026-01-17T00:00:00.000+08:00' },
      ],
      onDuty: { source: 'roster', contacts: [{ contactId: 'lead:1', name: '乙' }] },
    });
    await put([row('2026-01-12', '08:00', '08:00', 'lead:1')], '?from=2026-01-12&until=2026-01-12', 'office');
    expect((await roster()).items).toHaveLength(3);
    expect((await roster('?from=2026-01-12&until=2026-01-31')).items).toHaveLength(1);
  });

  test.each([
    [[row('2026-01-17', '08:00', '20:00', 'lead:1')], 'items.0.date', /范围/],
    [[row('2026-01-10', '08:00', '20:00', 'nobody')], 'items.0.contactId', /先登记/],
    [Array.from({ length: 2 }, () => row('2026-01-10', '08:00', '20:00', 'lead:1')), 'items.1', /重复/],
    [[row('2026-01-10', '8.5', '20:00', 'lead:1')], 'items.0.from', /“8.5”.*例如 08:00/],
    [[row('2026-01-10', '08:00', '次日09:00', 'lead:1')], 'items.0.until', /“次日09:00”.*两行/],
    [[row('12/11/2026', '08:00', '20:00', 'lead:1')], 'items.0.date', /“12\/11\/2026”分不清.*例如/],
  ])('row %j is refused, and nothing is changed', async (items, field, detail) => {
    const before = await roster();
    expect(await put(items, '?from=2026-01-10&until=2026-01-16')).toMatchObject(invalid(field, detail));
    expect(await roster()).toEqual(before);
  });

  test.each(['?from=2026-01-11&until=2026-01-10', '?from=2026-01-10&until=2027-02-01'])('days %s', async (query) => {
    expect(await app.ask('GET', ROSTER + query, { as: UNIT })).toMatchObject(invalid('until'));
    expect(await put([], query)).toMatchObject(invalid('until'));
  });

  test('for a day that is over stays as it was: nobody puts another’s name there', async () => {
    const answered = await app.ask('PUT', `${ROSTER}?from=2026-01-08&until=2026-01-12`, {
      as: UNIT,
      body: { items: [] },
    });
    expect(answered).toMatchObject({ status: 400, body: { errors: [{ field: 'from' }] } });
  });

  test('PUT names its days; a unit unknown is 404', async () => {
    expect((await put([], '?from=2026-01-10')).status).toBe(400);
    expect((await app.ask('GET', '/api/v1/units/none/roster', { as: 'office' })).status).toBe(404);
  });
});

describe('taking over', () => {
  const OVERRIDES = `${ROSTER}/overrides`;
  const enter = (body: object, headers = {}) => app.ask('POST', OVERRIDES, { as: UNIT, body, headers });
  const until = () => beijingIso(app.now() + 4 * ONE_HOUR);
  const onDuty = async () => (await roster()).onDuty as { source: string; contacts: Array<{ contactId: string }> };

  test('now: from this moment on, once for a key', async () => {
    const body = { contactId: 'p-1', until: until(), reason: '病假' };
    const first = await enter(body, { 'Idempotency-Key': 'takes-over' });
    const again = await enter(body, { 'Idempotency-Key': 'takes-over' });
    expect(first).toMatchObject({
      status: 201,
      body: { unitId: UNIT, contactId: 'p-1', name: '丙', from: beijingIso(app.now()), reason: '病假' },
    });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await onDuty()).toMatchObject({ source: 'override', contacts: [{ contactId: 'p-1' }] });
    expect((await roster()).overrides).toEqual([first.body]);
  });

  test('the one entered later wins; cancelled, the earlier holds again, and both stay in the record', async () => {
    await app.pass(MINUTE);
    const { body } = await enter({ contactId: 'liaison:1', from: '2026-01-10T00:00:00+08:00', until: until() });
    expect(body.from).toBe(beijingIso(app.now()));
    expect(await onDuty()).toMatchObject({ contacts: [{ contactId: 'liaison:1' }] });

    const cancel = () => app.ask('POST', `${OVERRIDES}/${body.overrideId}/cancellation`, { as: 'office', body: {} });
    await app.pass(MINUTE);
    const cancelled = await cancel();
    expect(cancelled).toMatchObject({ status: 200, body: { ...body, cancelledAt: beijingIso(app.now()) } });
    await app.pass(MINUTE);
    expect(await cancel()).toMatchObject({ status: 200, body: cancelled.body });
    expect(await onDuty()).toMatchObject({ contacts: [{ contactId: 'p-1' }] });
    expect((await roster()).overrides).toHaveLength(2);
  });

  test('in advance; a past substitution is not cancelled', async () => {
    const from = beijingIso(app.now() + 5 * ONE_HOUR);
    const { body } = await enter({ contactId: 'lead:1', from, until: beijingIso(app.now() + 6 * ONE_HOUR) });
    expect(body.from).toBe(from);
    await app.pass(7 * ONE_HOUR);
    const late = await app.ask('POST', `${OVERRIDES}/${body.overrideId}/cancellation`, { as: UNIT, body: {} });
    expect(late).toMatchObject({ status: 409, body: { type: '/problems/override-ended' } });
  });

  test.each([
    [{ contactId: 'nobody', until: '2026-01-20T00:00:00+08:00' }, 'contactId'],
    [{ contactId: 'lead:1', until: '2026-01-10T00:00:00+08:00' }, 'until'],
    [{ contactId: 'lead:1', from: '2026-01-20T00:00:00+08:00', until: '2026-01-20T00:00:00+08:00' }, 'until'],
  ])('%j is refused', async (body, field) => {
    expect(await enter(body)).toMatchObject(invalid(field));
  });

  test('another unit’s is not found under one’s own', async () => {
    const { body } = await enter({ contactId: 'lead:1', until: until() });
    const path = `/api/v1/units/health/roster/overrides/${body.overrideId}/cancellation`;
    expect((await app.ask('POST', path, { as: 'health', body: {} })).status).toBe(404);
  });
});

describe('a person who leaves the list', () => {
  const stay = [person('liaison:1', 'liaison', '甲'), person('p-1', 'deputy', '丙')];
  const lost = [
    expect.stringMatching(/^乙不在名单中，其值班 .*将无人，请重新排班$/),
    '乙不在名单中，其替班（2026年1月21日08时00分至2026年1月21日20时00分）将无人，请另行安排替班',
  ];

  test('leaves duties and substitutions, which a preview names, and the answer to PUT', async () => {
    await put([row('2026-01-20', '08:00', '20:00', 'lead:1')], '?from=2026-01-20&until=2026-01-20');
    const substitution = { contactId: 'lead:1', from: '2026-01-21T08:00:00+08:00', until: '2026-01-21T20:00:00+08:00' };
    const [, cancelled] = await Promise.all(
      [substitution, { ...substitution, until: '2026-01-21T09:00:00+08:00' }].map((body) =>
        app.ask('POST', `${ROSTER}/overrides`, { as: UNIT, body }),
      ),
    );
    const at = `${ROSTER}/overrides/${cancelled!.body.overrideId}/cancellation`;
    await app.ask('POST', at, { as: UNIT, body: {} });

    const lines = stay.map(({ contactId, role, name, email }) =>
      [UNIT, '', role === 'liaison' ? '联络员' : '副职', name, email, '', '', '', '', '', contactId].join(','),
    );
    const preview = await fetch(`${app.url}/api/v1/roster/imports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await app.signIn('administrator')}`, 'Content-Type': 'text/csv' },
      body: [CONTACTS_HEADER, ...lines].join('\r\n'),
    });
    const { warnings } = (await preview.json()) as { warnings: Array<{ detail: string }> };
    const previewed = warnings.map(({ detail }) => detail);
    expect(previewed).toEqual(expect.arrayContaining(lost));
    expect(previewed.join('')).not.toContain('21日09时00分');
    const answered = await app.ask('PUT', CONTACTS, { as: 'administrator', body: { contacts: stay } });
    expect(answered.body.warnings).toEqual(previewed);
    await app.ask('PUT', CONTACTS, { as: 'administrator', body: { contacts: people } });
    await put([], '?from=2026-01-20&until=2026-01-20');
  });
});

describe('the office’s overview', () => {
  test('gaps of the next days, by unit, with the office’s own', async () => {
    const { body } = await app.ask('GET', '/api/v1/roster/gaps', { as: 'supervisor' });
    const items = body.items as Array<{ unitId: string; gaps: Array<{ from: string; until: string }> }>;
    expect(items.map(({ unitId }) => unitId)).toEqual(['office', ...app.edition.units.map(({ unitId }) => unitId)]);
    const whole = { from: beijingIso(app.now()), until: beijingIso(app.now() + 168 * ONE_HOUR) };
    expect(body).toMatchObject(whole);
    expect(items[0]?.gaps).toEqual([whole]);
    const own = items.find(({ unitId }) => unitId === UNIT);
    expect(own?.gaps.map(({ from }) => from)).toEqual([
      '2026-01-11T08:00:00.000+08:00',
      '2026-01-13T08:00:00.000+08:00',
    ]);
  });

  test('a covered unit is not among them', async () => {
    const dates = ['2026-01-10', '2026-01-11', '2026-01-12'];
    await put(
      dates.map((date) => row(date, '08:00', '08:00', 'lead:1')),
      '?from=2026-01-10&until=2026-01-12',
    );
    const { body } = await app.ask('GET', '/api/v1/roster/gaps?days=1', { as: 'office' });
    expect((body.items as Array<{ unitId: string }>).map(({ unitId }) => unitId)).not.toContain(UNIT);
  });

  test('all rosters at once, each as its own page has it', async () => {
    const days = '?from=2026-01-10&until=2026-01-12';
    const { body } = await app.ask('GET', `/api/v1/roster${days}`, { as: 'supervisor' });
    const items = body.items as Array<{ unitId: string; name: string }>;
    expect(items.map(({ unitId }) => unitId)).toEqual(['office', ...app.edition.units.map(({ unitId }) => unitId)]);
    expect(items.find(({ unitId }) => unitId === UNIT)).toEqual({ name: '区教育局', ...(await roster(days)) });
    const { status } = await app.ask('GET', '/api/v1/roster?from=2026-01-10&until=2026-02-10', { as: 'office' });
    expect(status).toBe(400);
  });

  test('unreachable holders: no contacts, telephones alone, placeholders', async () => {
    await app.ask('PUT', '/api/v1/units/health/contacts', {
      as: 'administrator',
      body: {
        contacts: [
          { role: 'lead', name: '己', phone: '0991-1234567' },
          { role: 'deputy', name: '庚', sms: '13800000000' },
        ],
      },
    });
    await app.ask('PUT', '/api/v1/units/parks/contacts', { as: 'administrator', body: { contacts: [] } });
    const { body } = await app.ask('GET', '/api/v1/readiness', { as: 'office' });
    const items = body.items as Array<{ unitId: string }>;
    const of = (unitId: string) => items.find((item) => item.unitId === unitId);
    expect(of(UNIT)).toBeUndefined();
    expect(of('parks')).toMatchObject({ reachable: false, because: 'no-contact', contacts: [] });
    expect(of('health')).toMatchObject({ reachable: true, contacts: [{ role: 'lead', name: '己', channels: [] }] });
    expect(of('emergency')).toMatchObject({
      reachable: false,
      because: 'placeholder',
      contacts: [{ contactId: 'liaison:1', channels: [], placeholders: ['email'] }, { contactId: 'lead:1' }],
    });
    expect(items).toHaveLength(4 + app.edition.units.length - 1);
    const { passwords, drillHeld } = body as { passwords: { handedOut: object[] }; drillHeld: boolean };
    expect(passwords).toMatchObject({ accounts: app.accounts.length });
    expect(passwords.handedOut).toHaveLength(app.accounts.length);
    expect(passwords.handedOut).toContainEqual(
      expect.objectContaining({ username: UNIT, role: 'unit', unitId: UNIT, hasPassword: true }),
    );
    expect(drillHeld).toBe(false);
  });
});
