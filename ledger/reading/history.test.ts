import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Entry } from '../../episode/entries.js';
import { atLength } from '../../lib/testing/at-length.js';
import type { Database } from '../database.js';
import { onBothDatabases } from '../testing/databases.js';
import { withoutTriggers } from '../testing/empty.js';
import { store, wholeLife } from '../testing/stored.js';
import { type HistoryFilter, historyPage, LOOKED_THROUGH, lineInChain, linesOfPage } from './history.js';

const whole = wholeLife();
const { entries } = whole;
const at = (time: string) => Date.parse(`2015-${time}+08:00`);

/** What each filter lets through, as a person would say it. */
const FILTERS: Array<[name: string, filter: HistoryFilter, isFound: (entry: Entry) => boolean]> = [
  ['people, without the system', { actors: ['office', 'unit'] }, ({ actor }) => actor.role !== 'system'],
  [
    'one account',
    { actors: [entries[0]!.actor.accountId] },
    ({ actor }) => actor.accountId === entries[0]!.actor.accountId,
  ],
  ['the system alone', { actors: ['system'] }, ({ actor }) => actor.role === 'system'],
  ['a clause', { clause: '5.1' }, ({ clause = '' }) => clause === '5.1' || /^5\.1[.（]/.test(clause)],
  ['a clause, with those below it', { clause: '3.1' }, ({ clause = '' }) => /^3\.1($|[.（])/.test(clause)],
  ['from a time on', { from: at('11-29T10:00') }, ({ episodeTime }) => Date.parse(episodeTime) >= at('11-29T10:00')],
  ['up to a time', { to: at('11-29T10:00') }, ({ episodeTime }) => Date.parse(episodeTime) <= at('11-29T10:00')],
  [
    'a day of one unit',
    { unitId: 'education', from: at('11-28T00:00'), to: at('11-28T23:59') },
    ({ unitId, episodeTime }) => unitId === 'education' && episodeTime.startsWith('2015-11-28'),
  ],
  ['after the end', { from: at('12-31T00:00') }, () => false],
  ['before the beginning', { to: at('11-01T00:00') }, () => false],
  ['words', { text: '裸土未覆盖' }, (entry) => JSON.stringify(entry).includes('裸土未覆盖')],
  [
    'words of one kind',
    { text: '市环委办', kinds: ['warning.issued', 'level.adjusted'] },
    ({ kind }) => kind === 'level.adjusted',
  ],
  ['signs that JSON writes otherwise', { text: '"' }, () => false],
  ['signs that would mean anything in a pattern', { text: '%' }, () => false],
];

const orders = ['oldest', 'newest'] as const;

async function allOf(database: Database, filter: HistoryFilter): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await historyPage(database, 'e1', {
      ...filter,
      limit: 7,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined) return found;
  }
}

onBothDatabases('history', (database) => {
  test.each(FILTERS)('of %s, from either end', async (_name, filter, isFound) => {
    await store(database(), 'e1', whole);
    const expected = entries.filter(isFound);
    expect(await allOf(database(), filter)).toEqual(expected);
    expect(await allOf(database(), { ...filter, order: 'newest' })).toEqual(expected.toReversed());
  });

  describe('of many entries', () => {
    const MANY = atLength(100_000, 4 * LOOKED_THROUGH);
    /** Nine of ten are the system's; one word stands in the last and in the first. */
    const many = async () => {
      await sql`
        insert into entries (chain_id, seq, kind, unit_id, actor_role, account_id, clause, episode_time, canonical, hash)
        select 'e1', n, 'x' || n % 7, 'u' || n % 33, case when n % 10 = 0 then 'unit' else 'system' end, 'a' || n % 50,
          '4.3.' || n % 9, n * 1000.0,
          '{"seq":' || n || ',"text":"' || repeat('每日报送', 50) || case when n in (1, ${sql.lit(MANY)}) then '罕见' else '' end || '"}', ''
        from generate_series(1, ${sql.lit(MANY)}) as n`.execute(database().db);
      await sql`analyze entries`.execute(database().db);
    };

    const QUESTIONS: HistoryFilter[] = [
      {},
      { unitId: 'u7' },
      { kinds: ['x1'] },
      { actors: ['unit'] },
      { from: 900 * MANY, to: 950 * MANY },
      { text: '罕见' },
      { text: '没有的字' },
      { text: '罕见', actors: ['unit'] },
      { clause: '9.9' },
      { unitId: 'u7', clause: '4.3.1', text: '罕见' },
    ];

    interface Node {
      'Actual Rows': number;
      'Actual Loops': number;
      'Rows Removed by Filter'?: number;
      Plans?: Node[];
    }

    /** The most rows that any part of the statement looks at. */
    const looked = ({ Plans = [], ...node }: Node): number =>
      Math.max(
        (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        ...Plans.map(looked),
      );

    test('a page looks at few of them, whatever is asked', async () => {
      await many();
      for (const order of orders)
        for (const filter of QUESTIONS) {
          const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Node }] }>`
            explain (analyze, format json) ${linesOfPage('e1', { ...filter, order })}`.execute(database().db);
          const most = looked(rows[0]!['QUERY PLAN'][0].Plan);
          expect({ filter, order, isQuick: most <= 2 * LOOKED_THROUGH, most }).toMatchObject({ isQuick: true });
        }
    });

    test('a search goes on where it stopped looking, and finds what is far away', async () => {
      await many();
      const found: number[] = [];
      let pages = 0;
      for (let cursor: string | undefined; ; pages += 1) {
        const page = await historyPage(database(), 'e1', { text: '罕见', ...(cursor === undefined ? {} : { cursor }) });
        found.push(...page.items.map(({ seq }) => seq));
        cursor = page.nextCursor;
        if (cursor === undefined) break;
      }
      expect(found).toEqual([1, MANY]);
      expect(pages).toBeLessThanOrEqual(MANY / LOOKED_THROUGH);
    });
  });

  test('an entry stands between its neighbours, and its hashes are computed again', async () => {
    await store(database(), 'e1', whole);
    const sound = { isAsStored: true, followsPrevious: true };
    for (const { seq, hash } of entries) {
      const found = (await lineInChain(database(), 'e1', seq))!;
      expect(found).toMatchObject({ ...sound, hash, line: { entry: entries[seq - 1] } });
      expect(found.previous?.entry).toEqual(entries[seq - 2]);
      expect(found.next?.entry).toEqual(entries[seq]);
      expect(found.isFollowed).toBe(seq === entries.length ? undefined : true);
    }
    expect(await lineInChain(database(), 'e1', entries.length + 1)).toBeUndefined();
  });

  test.each([
    ['a changed text', `update entries set canonical = replace(canonical, '2015', '2016') where seq = 5`],
    ['a text that is none', `update entries set canonical = 'x' where seq = 5`],
  ])('%s shows at its number and at the next', async (_name, statement) => {
    await store(database(), 'e1', whole);
    await withoutTriggers(database().db, async (trx) => void (await sql.raw(statement).execute(trx)));
    expect(await lineInChain(database(), 'e1', 5)).toMatchObject({ isAsStored: false, isFollowed: false });
    expect(await lineInChain(database(), 'e1', 6)).toMatchObject({ isAsStored: true, followsPrevious: false });
    expect(await lineInChain(database(), 'e1', 4)).toMatchObject({ isAsStored: true, followsPrevious: true });
  });
});
