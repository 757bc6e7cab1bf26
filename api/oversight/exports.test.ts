/** The record of exports: who took what out, before it left. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const EXPORTS = '/api/v1/exports';
let app: TestApp;
let episode = '';
beforeAll(async () => {
  ({ app, path: episode } = await appInEpisode());
});
afterAll(() => app.close());

interface Item {
  name: string;
  by: { accountId: string };
}
const listed = async (query = '', as = 'supervisor') => {
  const { body } = await app.ask('GET', `${EXPORTS}?limit=200${query}`, { as });
  return body.items as Item[];
};
const episodeId = () => episode.split('/').at(-1)!;

test('a download says who took it, what, when and from where; supervisor and administrator read it', async () => {
  await app.ask('GET', `${episode}/ledger.csv`, { as: 'office' });
  await app.pass(60_000);
  await app.ask('GET', '/api/v1/roster.csv?from=2026-01-15&until=2026-01-31', { as: 'education' });
  const items = await listed();
  expect(items).toMatchObject([
    {
      by: { name: expect.any(String), role: 'unit', program: false },
      name: '值班表.csv',
      path: '/api/v1/roster.csv?from=2026-01-15&until=2026-01-31',
      address: '127.0.0.*',
      device: expect.any(String),
    },
    {
      by: { role: 'office', program: false },
      name: `全部记录-${episodeId()}.csv`,
      path: `${episode}/ledger.csv`,
      episodeId: episodeId(),
    },
  ]);
  expect(await listed('', 'administrator')).toEqual(items);
});

test('a program that downloads by a token is named as one, also after its token was revoked', async () => {
  const { body } = await app.ask('POST', '/api/v1/tokens', {
    as: 'administrator',
    body: {
      name: '数据平台',
      role: 'supervisor',
      scope: 'read',
      expiresAt: new Date(app.now() + ONE_HOUR).toISOString(),
    },
  });
  await app.ask('GET', `${episode}/ledger.xlsx`, { headers: { Authorization: `Bearer ${body.token}` } });
  await app.ask('DELETE', `/api/v1/tokens/${body.tokenId}`, { as: 'administrator' });
  expect(await listed(`&accountId=${body.tokenId}`)).toMatchObject([
    { by: { accountId: body.tokenId, name: '数据平台', role: 'supervisor', program: true } },
  ]);
});

test('filters hold together, and pages go on', async () => {
  const names = async (query: string) => (await listed(query)).map(({ name }) => name.split('-')[0]);
  expect(await names('&role=office')).toEqual(['全部记录']);
  expect(await names(`&episodeId=${episodeId()}`)).toEqual(['台账', '全部记录']);
  expect(await names('&text=ROSTER')).toEqual(['值班表.csv']);
  expect(await names(`&text=${encodeURIComponent('平台')}`)).toEqual(['台账']);
  expect(await names('&text=%25')).toEqual([]);
  const later = encodeURIComponent(new Date(app.now()).toISOString());
  expect(await names(`&from=${later}`)).toEqual(['台账', '值班表.csv']);
  expect(await names(`&to=${encodeURIComponent(new Date(app.now() - 1).toISOString())}`)).toEqual(['全部记录']);
  const all = await listed();
  const first = await app.ask('GET', `${EXPORTS}?limit=2`, { as: 'supervisor' });
  const rest = await app.ask('GET', `${EXPORTS}?limit=2&cursor=${first.body.nextCursor}`, { as: 'supervisor' });
  expect([...(first.body.items as Item[]), ...(rest.body.items as Item[])]).toEqual(all);
  expect(rest.body).not.toHaveProperty('nextCursor');
});

test('the calling list, which a page reads again at every change, is recorded once an hour', async () => {
  const read = () => app.ask('GET', `${episode}/calling-list`, { as: 'office' });
  const recorded = () => listed(`&text=${encodeURIComponent('电话名单')}`);
  await read();
  await app.pass(ONE_HOUR);
  await read();
  expect(await recorded()).toHaveLength(1);
  await app.pass(1);
  await read();
  expect(await recorded()).toHaveLength(2);
});

test('what is only looked at, or refused, is not recorded', async () => {
  const before = await listed();
  await app.ask('GET', `${episode}/board`, { as: 'office' });
  await app.ask('GET', '/api/v1/plan/messages/start/html', { as: 'office' });
  await app.ask('GET', `${episode}/ledger.csv`, { as: 'education' });
  await app.ask('HEAD', `${episode}/ledger.csv`, { as: 'office' });
  expect(await listed()).toEqual(before);
});

test('what cannot be recorded is not given', async () => {
  const headers = { Authorization: `Bearer ${await app.signIn('office')}` };
  const statuses = () =>
    Promise.all(
      ['ledger.csv', 'ledger.xlsx', 'calling-list'].map(async (what) => {
        const answered = await fetch(`${app.url}${episode}/${what}`, { headers });
        await answered.arrayBuffer();
        return [answered.status, answered.headers.get('Content-Type')];
      }),
    );
  await sql`alter table exports rename to exports_away`.execute(app.database.db);
  const refused = [500, 'application/problem+json; charset=utf-8'];
  expect(await statuses()).toEqual([refused, refused, refused]);
  await sql`alter table exports_away rename to exports`.execute(app.database.db);
  expect((await statuses()).map(([status]) => status)).toEqual([200, 200, 200]);
});
