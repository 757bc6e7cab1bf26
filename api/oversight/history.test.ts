import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canonical } from '../../episode/hash-chain.js';
import { sha256 } from '../../ledger/chain/chain.js';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const UNIT = 'education';
const OTHER = 'construction';

interface Item {
  seq: number;
  kind: string;
  episodeTime: string;
  unitId?: string;
  actor: { accountId: string; role: string };
  previousHash: string;
  hash: string;
}

let app: TestApp;
let path: string;
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  for (const unitId of [UNIT, OTHER])
    await app.ask('POST', `${path}/units/${unitId}/acknowledgement`, { as: unitId, body: {} });
  await app.pass(ONE_HOUR);
  await app.ask('POST', `${path}/units/${UNIT}/implementation-reports`, { as: UNIT, body: { text: '已停课“三天”' } });
});
afterAll(() => app.close());

const history = async (query: string, as = 'office') => {
  const { status, body } = await app.ask('GET', `${path}/history?limit=200&${query}`, { as });
  return { status, body, items: body.items as Item[] };
};

describe('the history', () => {
  test('of people is without the system, the newest first', async () => {
    const { items } = await history('actor=office,unit,supervisor&order=newest');
    expect(items.map(({ kind }) => kind)).toEqual([
      'implementation.reported',
      'unit.acknowledged',
      'unit.acknowledged',
      'warning.issued',
    ]);
  });

  test('is found by several kinds, by account, by time, and by words as they were written', async () => {
    const kinds = (items: Item[]) => [...new Set(items.map(({ kind }) => kind))].sort();
    expect(kinds((await history('kind=warning.issued,unit.acknowledged')).items)).toEqual([
      'unit.acknowledged',
      'warning.issued',
    ]);
    const [first] = (await history('kind=warning.issued')).items;
    expect(kinds((await history(`actor=${first!.actor.accountId}`)).items)).toEqual(['warning.issued']);
    const words = encodeURIComponent('已停课“三天”');
    expect(kinds((await history(`text=${words}`)).items)).toEqual(['implementation.reported']);
    const late = (await history(`from=${encodeURIComponent('2026-01-10T14:30+08:00')}`)).items;
    expect(late.every(({ episodeTime }) => episodeTime >= '2026-01-10T14:30')).toBe(true);
    expect(kinds(late)).toContain('implementation.reported');
    const early = (await history(`to=${encodeURIComponent('2026-01-10T14:30+08:00')}`)).items;
    expect(kinds(early)).not.toContain('implementation.reported');
    expect((await history('clause=4.2')).items.length).toBeGreaterThan(0);
  });

  test('of a unit is found by it alone, whatever it asks', async () => {
    const { items } = await history(`unitId=${UNIT}&actor=unit`, UNIT);
    expect(items.map(({ unitId, kind }) => [unitId, kind])).toEqual([
      [UNIT, 'unit.acknowledged'],
      [UNIT, 'implementation.reported'],
    ]);
    expect((await history(`unitId=${OTHER}`, UNIT)).status).toBe(403);
  });

  test.each([
    ['kind=,', 'kind'],
    ['from=gestern', 'from'],
    ['order=sideways', 'order'],
    ['text=', 'text'],
    ['cursor=x', 'cursor'],
  ])('asked for %s is refused in words', async (query, field) => {
    const { status, body } = await history(query);
    expect({ status, fields: (body.errors as Array<{ field: string }>).map((error) => error.field) }).toEqual({
      status: 400,
      fields: [field],
    });
  });
});

describe('the whole text', () => {
  test('proves itself on another machine: each line has the hash of the one before it, the last is the head', async () => {
    const headers = { Authorization: `Bearer ${await app.signIn('supervisor')}` };
    const response = await fetch(`${app.url}${path}/history/text`, { headers });
    expect(response.headers.get('Content-Disposition')).toContain('.jsonl');
    const lines = (await response.text()).split('\n').slice(0, -1);
    const hashes = lines.map(sha256);
    const named = lines.map((line) => (JSON.parse(line) as Item).previousHash);
    expect(named.slice(1)).toEqual(hashes.slice(0, -1));
    const { body } = await app.ask('GET', `${path}/history/verification`, { as: 'supervisor' });
    expect([body.valid, body.entries, body.head]).toEqual([true, lines.length, hashes.at(-1)]);
  });
});

describe('the text for the public', () => {
  test('is that of the level in force: what is dangerous, and what to do', async () => {
    const { body } = await app.ask('GET', `${path}/public-text`, { as: 'supervisor' });
    expect(body).toMatchObject({ area: '水磨沟区', danger: expect.stringContaining('重度污染') });
    const advice = body.advice as string[];
    expect(advice.length).toBeGreaterThan(2);
    expect(advice.join('')).toContain('户外');
  });
});

describe('one entry', () => {
  test('stands between its neighbours, with the text that its hash is of', async () => {
    const { items } = await history('');
    const { body } = await app.ask('GET', `${path}/history/3`, { as: 'supervisor' });
    const { entry, previous, next, hash } = body as unknown as Record<'entry' | 'previous' | 'next', Item> & {
      hash: string;
    };
    expect([previous, entry, next].map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect(entry).toEqual(items[2]);
    const { hash: _, ...hashed } = items[2]!;
    expect(body.canonical).toBe(canonical(hashed));
    expect(sha256(String(body.canonical))).toBe(hash);
    expect(body.recomputed).toEqual({ hash, isAsStored: true, followsPrevious: true, isFollowed: true });
  });

  test('at either end has one neighbour', async () => {
    const { items } = await history('order=newest');
    const last = items[0]!.seq;
    const ends = [
      await app.ask('GET', `${path}/history/1`, { as: 'office' }),
      await app.ask('GET', `${path}/history/${last}`, { as: 'office' }),
    ];
    expect(ends.map(({ body }) => ['previous' in body, 'next' in body])).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(ends[1]!.body.recomputed).not.toHaveProperty('isFollowed');
  });

  test.each(['0', '99999', '-1', '1.5', '1e3', 'x', '99999999999999'])('%s is not found', async (seq) => {
    const { status, body } = await app.ask('GET', `${path}/history/${seq}`, { as: 'office' });
    expect({ status, detail: body.detail }).toMatchObject({ status: 404, detail: expect.stringContaining(seq) });
  });
});
