import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ONE_HOUR, type TestApp, testApp } from '../testing/app.js';
import { form } from '../testing/upload.js';
import { sheetsIn } from './find-sheets.js';

const UNIT = 'education';
const IMPORTS = '/api/v1/roster/imports';
const RANGE = '?from=2026-01-01&until=2026-01-31';
const HEADER = '单位编号,单位,日期,班次,开始,结束,姓名,人员编号';
const person = (contactId: string, role: string, name: string) => ({ contactId, role, name });
const people = [person('lead:1', 'lead', '张三'), person('p-1', 'deputy', '=李四')];

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.ask('PUT', `/api/v1/units/${UNIT}/contacts`, { as: 'administrator', body: { contacts: people } });
  const items = [{ date: '2026-01-10', from: '08:00', until: '20:00', contactId: 'p-1', shift: '白班' }];
  await app.ask('PUT', `/api/v1/units/${UNIT}/roster?from=2026-01-10&until=2026-01-31`, { as: UNIT, body: { items } });
});

async function download(path: string, as: string): Promise<Buffer> {
  const response = await fetch(app.url + path, { headers: { Authorization: `Bearer ${await app.signIn(as)}` } });
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Disposition')).toMatch(/^attachment/);
  return Buffer.from(await response.arrayBuffer());
}

interface Uploaded {
  status: number;
  body: {
    importId: string;
    rows: number;
    changes: Array<{ change: string; unitId: string; text: string }>;
    errors: object[];
    warnings: object[];
    detail?: string;
    type?: string;
  };
}

async function upload(content: Buffer | string, as: string, headers: Record<string, string> = {}): Promise<Uploaded> {
  const response = await fetch(app.url + IMPORTS, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await app.signIn(as)}`, 'Content-Type': 'text/csv', ...headers },
    body: content,
  });
  return { status: response.status, body: (await response.json()) as Uploaded['body'] };
}

const confirm = (importId: string, as: string) =>
  app.ask('POST', `${IMPORTS}/${importId}/confirmation`, { as, body: {} });
const roster = async () => (await app.ask('GET', `/api/v1/units/${UNIT}/roster${RANGE}`, { as: UNIT })).body.items;
const csv = (...lines: string[]) => [HEADER, ...lines].join('\r\n');
const night = `${UNIT},,2026-01-11,夜班,20:00,08:00,张三,`;

describe('a download', () => {
  test.each([
    ['/api/v1/roster.xlsx', 'office'],
    ['/api/v1/roster.xlsx', UNIT],
    ['/api/v1/roster.xlsx', 'administrator'],
    ['/api/v1/roster.csv', 'office'],
    ['/api/v1/contacts.csv', UNIT],
    ['/api/v1/contacts.csv', 'administrator'],
  ])('changes nothing: %s of %s', async (path, as) => {
    const file = await download(path === '/api/v1/contacts.csv' ? path : path + RANGE, as);
    const { status, body } = await upload(file, as);
    expect({ status, body }).toMatchObject({ status: 201, body: { changes: [], errors: [] } });
    expect(body.rows).toBeGreaterThan(0);
    expect(await confirm(body.importId, as)).toMatchObject({ status: 200, body: { changes: 0 } });
  });

  test('is a unit’s own alone; the administrator sees no roster', async () => {
    const ofUnit = (await download(`/api/v1/roster.xlsx${RANGE}`, UNIT)).toString('base64');
    const sheets = await sheetsIn(Buffer.from(ofUnit, 'base64'));
    expect(sheets.map(({ kind, rows }) => [kind, rows.length])).toEqual([
      ['contacts', 2],
      ['roster', 1],
    ]);
    const ofAdministrator = await sheetsIn(await download(`/api/v1/roster.xlsx${RANGE}`, 'administrator'));
    expect(ofAdministrator.map(({ kind }) => kind)).toEqual(['contacts']);
    expect((await download('/api/v1/contacts.csv', UNIT)).toString()).toContain(",'=李四,");
  });
});

describe('an import', () => {
  test('changes nothing until it is confirmed, and then exactly what was shown', async () => {
    const before = await roster();
    const { status, body } = await upload(csv(night), UNIT);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        rows: 1,
        errors: [],
        changes: [{ change: 'added', unitId: UNIT, text: '2026-01-11 20:00–08:00 张三 夜班' }],
      },
    });
    expect(await roster()).toEqual(before);
    expect(await confirm(body.importId, UNIT)).toMatchObject({ status: 200, body: { changes: 1 } });
    const after = await roster();
    expect(after).toMatchObject([{ contactId: 'p-1' }, { date: '2026-01-11', shift: '夜班', contactId: 'lead:1' }]);
    await app.pass(ONE_HOUR);
    expect(await confirm(body.importId, UNIT)).toMatchObject({ status: 200, body: { changes: 1 } });
    expect(await roster()).toEqual(after);
  });

  test('for contacts is the administrator’s, and people keep their ids', async () => {
    const file = (await download('/api/v1/contacts.csv', 'administrator')).toString();
    const changed = file.replace('张三,', '张三丰,').replace(/\r\n$/, `\r\n${UNIT},,副职,王五,,,13800000000,,,,\r\n`);
    const refused = await upload(changed, 'office');
    expect(refused.body.errors).toMatchObject([{ sheet: '联系人', detail: expect.stringContaining('管理员') }]);
    const { body } = await upload(changed, 'administrator');
    expect(body.changes.map(({ change, text }) => `${change} ${text}`)).toEqual([
      'added 王五（副职）',
      'changed 张三丰（负责人）：姓名 张三 → 张三丰',
    ]);
    expect(await confirm(body.importId, 'administrator')).toMatchObject({ status: 200 });
    const { body: list } = await app.ask('GET', `/api/v1/units/${UNIT}/contacts`, { as: 'office' });
    expect(list.contacts).toMatchObject([
      { contactId: 'lead:1', name: '张三丰' },
      { contactId: 'p-1', name: '=李四' },
      { contactId: expect.stringMatching(/^p-/), name: '王五', sms: '13800000000' },
    ]);
  });

  test('with errors is not applied', async () => {
    const { status, body } = await upload(csv(night, `${UNIT},,2026-01-12,,20:00,08:00,王五,`), UNIT);
    expect({ status, errors: body.errors }).toMatchObject({ status: 201, errors: [{ row: 3, column: '姓名' }] });
    const refused = await confirm(body.importId, UNIT);
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/import-faulty' } });
  });

  test('for another unit is an error for a unit, not for the office', async () => {
    const line = 'office,,2026-01-11,,20:00,08:00,,lead:1';
    expect((await upload(csv(line), UNIT)).body.errors).toHaveLength(1);
    expect((await upload(csv(line), 'office')).body.errors).toEqual([]);
  });

  test('is out of date when contacts or roster have changed, or after half an hour', async () => {
    const { body } = await upload(csv(night), UNIT);
    const other = await upload(csv(night.replace('张三', '=李四')), 'office');
    expect(await confirm(other.body.importId, 'office')).toMatchObject({ status: 200 });
    expect(await confirm(body.importId, UNIT)).toMatchObject({
      status: 409,
      body: { type: '/problems/roster-changed' },
    });

    const late = await upload(csv(night), UNIT);
    await app.pass(ONE_HOUR / 2);
    expect(await confirm(late.body.importId, UNIT)).toMatchObject({
      status: 409,
      body: { type: '/problems/import-expired' },
    });
  });

  test('is confirmed by the account that previewed it', async () => {
    const { body } = await upload(csv(night), UNIT);
    expect((await confirm(body.importId, 'office')).status).toBe(404);
    expect((await confirm('none', UNIT)).status).toBe(404);
  });

  test('is looked at once for a key', async () => {
    const key = { 'Idempotency-Key': 'one file' };
    const first = await upload(csv(night), UNIT, key);
    expect(await upload(csv(night), UNIT, key)).toEqual(first);
    expect(await upload(csv(), UNIT, key)).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
  });

  test.each([
    ['a browser’s form', () => form(['名单.csv', Buffer.from(csv(night))])],
    [
      'a form with another field’s name',
      () => {
        const made = new FormData();
        made.append('note', '备注');
        made.append('list', new Blob([csv(night)]), '名单.csv');
        return made;
      },
    ],
  ])('comes as %s too', async (_how, made) => {
    const response = await fetch(app.url + IMPORTS, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await app.signIn(UNIT)}` },
      body: made(),
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 201,
      body: { rows: 1, errors: [], warnings: [] },
    });
  });

  test.each([
    ['without a file', []],
    ['with two', ['甲.csv', '乙.csv']],
  ])('in a form %s is refused, and told so', async (_how, names) => {
    const response = await fetch(app.url + IMPORTS, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await app.signIn(UNIT)}` },
      body: form(...names.map((name): [string, Buffer] => [name, Buffer.from(csv(night))])),
    });
    const detail = expect.stringContaining(names.length > 0 ? '“甲.csv”、“乙.csv”' : '没有选择文件');
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 400,
      body: { type: '/problems/fields-invalid', errors: [{ field: 'file', detail }] },
    });
  });

  test('in a form too large is refused', async () => {
    const response = await fetch(app.url + IMPORTS, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await app.signIn(UNIT)}` },
      body: form(['名单.csv', Buffer.alloc(10 * 1_048_576 + 1, 'x')]),
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 413,
      body: { type: '/problems/body-too-large', detail: expect.stringContaining('10 MiB') },
    });
  });

  test('sent by curl -d has lost its lines, and is told so', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(await upload(csv(night).replaceAll(/\r\n/g, ''), UNIT, headers)).toMatchObject({
      status: 400,
      body: { type: '/problems/body-malformed', detail: expect.stringMatching(/--data-binary/) },
    });
    expect(await upload(csv(night), UNIT, headers)).toMatchObject({ status: 201, body: { rows: 1 } });
  });

  test.each([
    ['is too large', 'x'.repeat(10 * 1_048_576 + 1), 413, '/problems/body-too-large'],
    ['is something else', '{"a": 1}', 400, '/problems/file-unreadable'],
  ])('that %s is refused', async (_name, content, status, type) => {
    expect(await upload(content, UNIT)).toMatchObject({ status, body: { type } });
  });
});
