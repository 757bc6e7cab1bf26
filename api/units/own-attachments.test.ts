import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';
import { pdf } from '../testing/files.js';
import { download, upload } from '../testing/upload.js';

const UNIT = 'education';
const OTHER = 'construction';

let app: TestApp;
let path = '';
let open: string[] = [];

beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  const { body } = await app.ask('GET', `${path}/units/${UNIT}`, { as: UNIT });
  open = (body.tasks as Array<{ taskId: string }>).map(({ taskId }) => taskId);
  await app.pass(20 * ONE_HOUR);
});
afterAll(() => app.close());

let made = 0;
async function uploaded(as: string): Promise<string> {
  made += 1;
  return String((await upload(app, as, pdf(`file ${made}`))).body.attachmentId);
}

const complete = (as: string, attachmentIds: unknown) =>
  app.ask('POST', `${path}/units/${UNIT}/tasks/${open[0]}/completion`, { as, body: { note: '已落实', attachmentIds } });

const report = (as: string, attachmentIds: unknown) =>
  app.ask('PUT', `${path}/units/${UNIT}/daily-reports/2026-01-10`, {
    as,
    body: { text: '正常', figures: {}, attachmentIds },
  });

const entriesOf = async () => (await app.ask('GET', `${path}/history?limit=200`, { as: 'office' })).body.items;

const refused = (...fields: string[]) => ({
  status: 400,
  body: { type: '/problems/fields-invalid', errors: fields.map((field) => expect.objectContaining({ field })) },
});

describe('attachments that a unit’s command may not name', () => {
  test.each([
    ['completion', complete],
    ['a daily report', report],
  ])('%s: another unit’s, the office’s, or what nobody has; which, it does not tell', async (_what, command) => {
    const before = await entriesOf();
    const own = await uploaded(UNIT);
    const none = 'f'.repeat(64);
    const ids = [own, await uploaded(OTHER), await uploaded('office'), none];
    const answered = await command(UNIT, ids);
    expect(answered).toMatchObject(refused('attachmentIds.1', 'attachmentIds.2', 'attachmentIds.3'));
    const details = (answered.body.errors as Array<{ detail: string }>).map(({ detail }) => detail);
    expect(new Set(details.map((detail) => detail.replace(/“.*”/, ''))).size).toBe(1);
    expect(await entriesOf()).toEqual(before);
  });

  test('the office for a unit: another unit’s', async () => {
    expect(await complete('office', [await uploaded(OTHER)])).toMatchObject(refused('attachmentIds.0'));
  });

  test('one twice, more than 20, or what is no id', async () => {
    const own = await uploaded(UNIT);
    const many = Array.from({ length: 21 }, (_, i) => i.toString(16).padStart(64, '0'));
    expect(await complete(UNIT, [own, own])).toMatchObject(refused('attachmentIds'));
    expect(await report(UNIT, many)).toMatchObject(refused('attachmentIds'));
    expect(await complete(UNIT, [own, own.toUpperCase()])).toMatchObject(refused('attachmentIds.1'));
    expect(await complete(UNIT, {})).toMatchObject(refused('attachmentIds'));
  });
});

describe('evidence in the record', () => {
  test('a completed task names it by its hash', async () => {
    const ids = [await uploaded(UNIT), await uploaded(UNIT)];
    const { status, body } = await complete(UNIT, ids);
    expect(status).toBe(200);
    const { seq } = body.entry as { seq: number };
    const { body: page } = await app.ask('GET', `${path}/history?kind=task.completed`, { as: 'office' });
    expect(page.items).toMatchObject([{ seq, kind: 'task.completed', data: { attachmentIds: ids } }]);
  });

  test('attachments of a report by the office for a unit are the unit’s to open and to name in a correction', async () => {
    const ids = [await uploaded('office'), await uploaded(UNIT)];
    expect((await report('office', ids)).status).toBe(201);
    expect((await download(app, UNIT, ids[0])).status).toBe(200);
    expect((await download(app, OTHER, ids[0])).status).toBe(404);
    const corrected = await report(UNIT, [...ids, await uploaded(UNIT)]);
    expect(corrected).toMatchObject({ status: 200, body: { entry: { kind: 'report.corrected' } } });
    const read = await app.ask('GET', `${path}/units/${UNIT}/daily-reports/2026-01-10`, { as: 'supervisor' });
    expect(read.body.attachmentIds).toHaveLength(3);
  });
});

test('a command repeated after its attachment was taken away is the first', async () => {
  const attachmentIds = [await uploaded(UNIT)];
  const send = () =>
    app.ask('PUT', `${path}/units/${UNIT}/daily-reports/2026-01-10`, {
      as: UNIT,
      body: { text: '附照片', figures: {}, attachmentIds },
      headers: { 'Idempotency-Key': 'photo' },
    });
  const first = await send();
  await app.database.db.deleteFrom('attachments').execute();
  expect(await send()).toMatchObject({ status: 200, body: { entry: first.body.entry as object } });
});
