import { expect, test } from '@jest/globals';
import { breachesOf } from '../../episode/breaches.js';
import { append } from '../chain/append.js';
import { onBothDatabases } from '../testing/databases.js';
import { appendOf, drillUnderWay, lifeUnderWay, store, wholeLife } from '../testing/stored.js';
import { type HistoryFilter, historyPage } from './history.js';
import {
  findEntries,
  findEntry,
  findEpisode,
  findEpisodeWithUnits,
  findRunning,
  listEpisodes,
  readState,
} from './reading.js';

const whole = wholeLife();

/** Follows the cursors to the end. */
async function allPages<T>(read: (cursor?: string) => Promise<{ items: T[]; nextCursor?: string }>): Promise<T[][]> {
  const pages: T[][] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    pages.push(page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

const from = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

onBothDatabases('reading', (database) => {
  test('an episode is read with no unit, with one, with all', async () => {
    await store(database(), 'e1', whole, [5]);
    const { units, ...rest } = whole.state;
    expect(await findEpisode(database(), 'e1')).toEqual({ ...rest, units: {}, commands: [] });
    expect((await findEpisodeWithUnits(database(), 'e1', ['street-a']))?.units).toEqual({
      'street-a': units['street-a'],
    });
    expect((await findEpisodeWithUnits(database(), 'e1', ['nobody']))?.units).toEqual({});
    expect((await readState(database(), 'e1'))?.units).toEqual(units);
    for (const read of [findEpisode, readState]) expect(await read(database(), 'unknown')).toBeUndefined();
  });

  test('entries are read by number as they were hashed', async () => {
    await store(database(), 'e1', whole);
    expect(await findEntry(database(), 'e1', 3)).toEqual(whole.entries[2]);
    expect(await findEntry(database(), 'e1', 100_000)).toBeUndefined();
    expect(await findEntries(database(), 'e1', [7, 2, 100_000])).toEqual([whole.entries[1], whole.entries[6]]);
  });

  test.each([
    ['everything', {}],
    ['one unit', { unitId: 'education' }],
    ['one kind', { kinds: ['unit.notified'] }],
    ['two kinds of one unit', { unitId: 'street-b', kinds: ['report.missed', 'unit.notified'] }],
    ['a unit that is not there', { unitId: 'nobody' }],
  ])('history of %s comes in pages, oldest first, each entry once', async (_name, filter: HistoryFilter) => {
    await store(database(), 'e1', whole);
    await store(database(), 'other', drillUnderWay());
    const expected = whole.entries.filter(
      ({ unitId, kind }) => (filter.unitId ?? unitId) === unitId && (filter.kinds?.includes(kind) ?? true),
    );
    const pages = await allPages((cursor) => historyPage(database(), 'e1', { ...filter, limit: 3, ...from(cursor) }));
    expect(pages.flat()).toEqual(expected);
    expect(pages.slice(0, -1).every(({ length }) => length === 3)).toBe(true);
    expect(pages.at(-1)!.length > 0 || expected.length === 0).toBe(true);
  });

  test('a page has 50 entries unless asked otherwise, and never more than 200', async () => {
    const { entries } = drillUnderWay();
    const one = entries[0]!;
    const rows = Array.from({ length: 250 }, (_, i) => ({
      chain_id: 'long',
      seq: i + 1,
      kind: one.kind,
      unit_id: null,
      canonical: '{}',
      hash: one.hash,
    }));
    await database().db.insertInto('entries').values(rows).execute();
    expect((await historyPage(database(), 'long', {})).items).toHaveLength(50);
    expect((await historyPage(database(), 'long', { limit: 1_000 })).items).toHaveLength(200);
  });

  test('entries appended between two pages are neither left out nor repeated', async () => {
    await append(database(), appendOf('e1', whole.entries.slice(0, 5)));
    const { nextCursor } = await historyPage(database(), 'e1', { limit: 4 });
    await append(database(), appendOf('e1', whole.entries.slice(5, 9)));
    const rest = await historyPage(database(), 'e1', { cursor: nextCursor! });
    expect(rest.items).toEqual(whole.entries.slice(4, 9));
    expect(rest.nextCursor).toBeUndefined();
  });

  test('episodes are listed the last opened first, by phase and by drill, in pages', async () => {
    await store(database(), 'closed', whole);
    for (const id of ['a', 'b', 'c']) await store(database(), id, drillUnderWay());
    await store(database(), 'running', lifeUnderWay());
    const ids = async (filter: Parameters<typeof listEpisodes>[1]) => {
      const pages = await allPages((cursor) => listEpisodes(database(), { ...filter, limit: 2, ...from(cursor) }));
      return pages.flat().map(({ state }) => state.episodeId);
    };
    // All were opened at one moment of the test's clock: then by id.
    expect(await ids({})).toEqual(['running', 'closed', 'c', 'b', 'a']);
    expect(await ids({ drill: true })).toEqual(['c', 'b', 'a']);
    expect(await ids({ drill: false })).toEqual(['running', 'closed']);
    expect(await ids({ phase: 'closed' })).toEqual(['closed']);
    expect(await ids({ phase: 'active', drill: false })).toEqual(['running']);
    const [first] = (await listEpisodes(database(), { phase: 'closed' })).items;
    expect(first?.state).toMatchObject({
      phase: 'closed',
      unitCount: 4,
      units: {},
      notices: [{ number: 'N1' }, {}, {}],
    });
    expect(first?.first).toEqual(whole.entries[0]);
    const outcomes = Object.values(whole.state.units).flatMap((unit) =>
      breachesOf(whole.state, unit).map(({ outcome }) => outcome),
    );
    const count = (of: string) => outcomes.filter((outcome) => outcome === of).length;
    expect(outcomes).not.toEqual([]);
    expect(first?.units).toEqual({ late: count('late'), missed: count('missed') });
  });

  test.each(['', 'nonsense', Buffer.from('["x"]').toString('base64url'), Buffer.from('[1e300]').toString('base64url')])(
    'the cursor %p is refused with what to do',
    async (cursor) => {
      await expect(historyPage(database(), 'e1', { cursor })).rejects.toThrow('游标无效，请从第一页重新读取。');
      await expect(listEpisodes(database(), { cursor })).rejects.toMatchObject({ name: 'CursorUnknown' });
    },
  );

  test('a running real episode is found', async () => {
    expect(await findRunning(database())).toBeUndefined();
    await store(database(), 'closed', whole);
    await store(database(), 'drill', drillUnderWay());
    expect(await findRunning(database())).toBeUndefined();
    await store(database(), 'running', lifeUnderWay());
    expect(await findRunning(database())).toMatchObject({ episodeId: 'running', phase: 'active' });
  });
});
