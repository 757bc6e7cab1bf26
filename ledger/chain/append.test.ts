import { beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entry } from '../../episode/entries.js';
import { canonical, sealed } from '../../episode/hash-chain.js';
import { at, binding, Life, OFFICE, startOf } from '../../episode/testing/life.js';
import { live, randomLife } from '../../episode/testing/random-life.js';
import type { Database } from '../database.js';
import { historyPage } from '../reading/history.js';
import { findCommand, listEpisodes, readState } from '../reading/reading.js';
import { onBothDatabases } from '../testing/databases.js';
import { appendOf, drillUnderWay, keepWordlessEdition, lifeUnderWay, store, wholeLife } from '../testing/stored.js';
import { append } from './append.js';
import { verify } from './verification.js';

async function counts({ db }: Database) {
  const count = async (table: 'entries' | 'episodes' | 'episode_units' | 'commands') =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((q) => q.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return {
    entries: await count('entries'),
    episodes: await count('episodes'),
    units: await count('episode_units'),
    commands: await count('commands'),
  };
}

/** The entry with another content and the hash of that. */
const forged = ({ hash: _hash, previousHash, ...draft }: Entry): Entry =>
  sealed(
    { ...draft, actor: { accountId: 'forger', role: 'office' } } as Entry,
    { seq: draft.seq - 1, hash: previousHash },
    { at: Date.parse(draft.at), episodeTime: Date.parse(draft.episodeTime) },
  ).entry;

onBothDatabases('append', (database) => {
  beforeEach(() => keepWordlessEdition(database()));

  test('entries, commands and read model are stored together', async () => {
    const life = lifeUnderWay();
    const applied = [{ commandId: 'c1', bodyHash: 'b1', seq: 1 }];
    expect(await append(database(), appendOf('e1', life.entries, applied))).toEqual({ status: 'stored' });
    expect(await counts(database())).toEqual({ entries: life.entries.length, episodes: 1, units: 3, commands: 1 });
    expect(await findCommand(database(), 'e1', 'c1')).toEqual({ bodyHash: 'b1', seq: 1 });
    expect(await findCommand(database(), 'e1', 'c2')).toBeUndefined();
  });

  test('a turn without entries stores nothing', async () => {
    expect(await append(database(), appendOf('e1', []))).toEqual({ status: 'stored' });
    expect(await counts(database())).toEqual({ entries: 0, episodes: 0, units: 0, commands: 0 });
  });

  test('the same entries again are a retry: nothing is added, even after later turns', async () => {
    const life = lifeUnderWay();
    const first = appendOf('e1', life.entries.slice(0, 4), [{ commandId: 'c1', bodyHash: 'b1', seq: 1 }]);
    await append(database(), first);
    await append(database(), appendOf('e1', life.entries.slice(4)));
    const before = [await counts(database()), await readState(database(), 'e1')];

    expect(await append(database(), first)).toEqual({ status: 'stored' });
    expect(await append(database(), appendOf('e1', life.entries.slice(4)))).toEqual({ status: 'stored' });
    expect([await counts(database()), await readState(database(), 'e1')]).toEqual(before);
  });

  test('two tries of one turn at once store it once', async () => {
    const turn = appendOf('e1', lifeUnderWay().entries);
    const tries = await Promise.all([1, 2, 3, 4].map(() => append(database(), turn)));
    expect(tries).toEqual(tries.map(() => ({ status: 'stored' })));
    expect((await counts(database())).entries).toBe(turn.entries.length);
    expect(await verify(database(), 'e1')).toMatchObject({ valid: true });
  });

  const life = lifeUnderWay();
  const cut = (from: number, to?: number) => life.entries.slice(from, to);
  test.each([
    ['a number that is stored with another hash', [forged(cut(2, 3)[0]!)]],
    ['a turn that begins among stored entries and goes on', cut(2)],
    ['a gap in the numbers', cut(5)],
    ['an entry that names another hash before it', [forged({ ...cut(4, 5)[0]!, previousHash: 'f'.repeat(64) })]],
    ['an entry whose hash is not its own', [{ ...cut(4, 5)[0]!, hash: 'a'.repeat(64) }]],
    ['a gap within the turn', [cut(4, 5)[0]!, cut(6, 7)[0]!]],
  ])('%s is a conflict and changes nothing', async (_name, entries) => {
    await append(database(), appendOf('e1', cut(0, 4)));
    const before = [await counts(database()), await readState(database(), 'e1')];
    await expect(append(database(), appendOf('e1', entries))).rejects.toMatchObject({ name: 'LedgerConflict' });
    expect([await counts(database()), await readState(database(), 'e1')]).toEqual(before);
  });

  test('§3.1: a second real episode is refused and stores nothing; a drill may run beside', async () => {
    await store(database(), 'first', lifeUnderWay());
    const before = await counts(database());
    expect(await append(database(), appendOf('second', lifeUnderWay().entries))).toEqual({
      status: 'refused',
      type: 'episode-active',
    });
    expect(await counts(database())).toEqual(before);

    await store(database(), 'drill', drillUnderWay());
    await store(database(), 'another-drill', drillUnderWay());
    expect((await listEpisodes(database(), {})).items.map(({ state }) => state.episodeId).sort()).toEqual([
      'another-drill',
      'drill',
      'first',
    ]);
  });

  test('one of two real episodes started at once is stored', async () => {
    const results = await Promise.all(
      ['a', 'b', 'c'].map((id) => append(database(), appendOf(id, lifeUnderWay().entries))),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['refused', 'refused', 'stored']);
    expect((await counts(database())).episodes).toBe(1);
  });

  test('§5.1: an episode that is lifted does not hinder the next', async () => {
    const lifted = new Life();
    lifted.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    await store(database(), 'first', lifted);
    const stored = lifted.entries.length;
    lifted.do('2015-11-28 14:00', {
      kind: 'lift',
      notice: {
        number: 'NL',
        issuer: '市',
        issuedAt: '2015-11-28T14:00:00+08:00',
        effectiveAt: '2015-11-28T14:00:00+08:00',
      },
    });
    await append(database(), appendOf('first', lifted.entries.slice(stored)));
    expect(await append(database(), appendOf('next', lifeUnderWay().entries))).toEqual({ status: 'stored' });
  });

  test('the read model is the fold, however a life is cut into turns', async () => {
    const whole = wholeLife();
    expect(whole.state.phase).toBe('closed');
    await store(database(), 'whole', whole, [1, 3, 2]);
    expect(await readState(database(), 'whole')).toEqual({ ...whole.state, episodeId: 'whole', commands: [] });
    expect(Object.keys((await readState(database(), 'whole'))!.units)).toEqual(Object.keys(whole.state.units));

    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        randomLife,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (drawn, sizes) => {
          n += 1;
          const { state, entries } = live({ ...drawn, timeScale: drawn.timeScale ?? 1 }).life;
          if (!state.drill) return;
          const id = `random-${n}`;
          await store(database(), id, { state, entries } as Life, sizes);
          const stored = await readState(database(), id);
          expect(canonical(stored)).toBe(canonical({ ...state, episodeId: id, commands: [] }));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('text that PostgreSQL cannot hold as text is stored all the same', async () => {
    const body = { ...startOf('2015-11-27 14:00'), reason: 'a\u0000b \ud800 "quoted" {x,y} \\ 晴空' };
    const odd = new Life();
    odd.submit(at('2015-11-27 14:00'), [body as typeof body & { kind: 'start' }], OFFICE);
    await store(database(), 'odd', odd);
    expect((await historyPage(database(), 'odd', { limit: 1 })).items[0]).toEqual(odd.entries[0]);
    expect(await verify(database(), 'odd')).toMatchObject({ valid: true });
  });

  test('a chain that is no episode’s has no read model', async () => {
    const entries = lifeUnderWay().entries.slice(0, 3);
    await append(database(), { chainId: 'district', applied: [], entries: entries.slice(0, 2) });
    await append(database(), { chainId: 'district', applied: [], entries: entries.slice(2) });
    expect(await counts(database())).toEqual({ entries: 3, episodes: 0, units: 0, commands: 0 });
    expect(await verify(database(), 'district')).toEqual({
      valid: true,
      entries: 3,
      head: entries[2]!.hash,
      differences: [],
    });
    expect(binding.units).toHaveLength(3);
  });
});
