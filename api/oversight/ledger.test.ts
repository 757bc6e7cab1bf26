import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.ask('POST', `${path}/units/education/acknowledgement`, { as: 'education', body: {} });
  await app.ask('POST', `${path}/tasks`, { as: 'office', body: { unitIds: ['education'], text: '增加的任务' } });
  await app.pass(ONE_HOUR);
});
afterAll(() => app.close());

async function download(address: string, as: string) {
  const response = await fetch(app.url + path + address, {
    headers: { Authorization: `Bearer ${await app.signIn(as)}` },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Disposition')).toMatch(/^attachment/);
  return Buffer.from(await response.arrayBuffer());
}

const entriesOf = async (query = '') => {
  const { body } = await app.ask('GET', `${path}/history?limit=200${query}`, { as: 'office' });
  return (body.items as Array<{ hash: string }>).map(({ hash }) => hash);
};

test('§5.2 the ledger as a workbook has every entry, with the texts of the edition and of added tasks', async () => {
  const parts = unzipSync(await download('/ledger.xlsx', 'supervisor'));
  const texts = strFromU8(parts['xl/sharedStrings.xml']!);
  for (const hash of await entriesOf()) expect(texts).toContain(hash);
  expect(texts).toContain('增加的任务');
  expect(texts).toContain('水磨沟区');
});

test('as CSV a line is an entry', async () => {
  const lines = (await download('/ledger.csv', 'office')).toString().trimEnd().split('\r\n');
  const hashes = lines.slice(1).map((line) => line.split(',').at(-1));
  const { body } = await app.ask('GET', `${path}/history/verification`, { as: 'office' });
  expect(hashes).toHaveLength(Number(body.entries));
  expect(hashes.at(-1)).toBe(body.head);
});

test('a unit downloads its own', async () => {
  const parts = unzipSync(await download('/units/education/ledger.xlsx', 'education'));
  const texts = strFromU8(parts['xl/sharedStrings.xml']!);
  for (const hash of await entriesOf('&unitId=education')) expect(texts).toContain(hash);
  const others = await entriesOf('&unitId=construction');
  for (const hash of others) expect(texts).not.toContain(hash);
});
