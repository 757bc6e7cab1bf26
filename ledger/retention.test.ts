import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { markSending } from './deliveries.js';
import { finishKey } from './idempotency.js';
import { keepImport } from './people/roster-imports.js';
import { forget } from './retention.js';
import { onBothDatabases } from './testing/databases.js';
import { lifeUnderWay, store, wholeLife } from './testing/stored.js';

const DAY = 86_400_000;
const BEFORE = Date.parse('2026-06-01T00:00:00+08:00');

onBothDatabases('what may go after its time (docs/operations.md, "Retention")', (database) => {
  const delivery = (episodeId: string, contact: string) => ({ episodeId, message: 'm', contact, channel: 'email' });
  const left = async () => {
    const { db } = database();
    return {
      keys: (await db.selectFrom('idempotency_keys').select('command_id').orderBy('command_id').execute()).map(
        ({ command_id }) => command_id,
      ),
      deliveries: (
        await db
          .selectFrom('deliveries')
          .select(['episode_id', 'contact'])
          .orderBy('episode_id')
          .orderBy('contact')
          .execute()
      ).map(({ episode_id, contact }) => `${episode_id} ${contact}`),
      imports: (await db.selectFrom('roster_imports').select('import_id').orderBy('import_id').execute()).map(
        ({ import_id }) => import_id,
      ),
    };
  };

  test('goes a day after, not a day before; of an open episode nothing goes, and of no record', async () => {
    const { db } = database();
    await store(database(), 'sealed', wholeLife());
    await store(database(), 'open', lifeUnderWay());
    const record = async () => {
      const tables = [
        'entries',
        'commands',
        'episodes',
        'episode_units',
        'messages',
        'problems',
        'editions',
        'bindings',
      ];
      const counts = tables.map((table) =>
        sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(db),
      );
      return (await Promise.all(counts)).map(({ rows }) => Number(rows[0]!.n));
    };
    const before = await record();

    const moments = { 'a day before': BEFORE - DAY, 'to the moment': BEFORE, 'a day after': BEFORE + DAY };
    for (const [name, at] of Object.entries(moments)) {
      await finishKey(database(), name, 'hash');
      await markSending(database(), [delivery('sealed', name), delivery('open', name)]);
      await keepImport(database(), { importId: name, accountId: 'a', madeAt: at, preview: {} }, 0);
      await db
        .updateTable('idempotency_keys')
        .set({ at: new Date(at) })
        .where('command_id', '=', name)
        .execute();
      await db
        .updateTable('deliveries')
        .set({ at: new Date(at) })
        .where('contact', '=', name)
        .execute();
    }

    expect(await forget(database(), BEFORE)).toEqual({ keys: 1, deliveries: 1, imports: 1 });
    expect(await left()).toEqual({
      keys: ['a day after', 'to the moment'],
      deliveries: [
        'open a day after',
        'open a day before',
        'open to the moment',
        'sealed a day after',
        'sealed to the moment',
      ],
      imports: ['a day after', 'to the moment'],
    });
    expect(await record()).toEqual(before);
    expect(await forget(database(), BEFORE)).toEqual({ keys: 0, deliveries: 0, imports: 0 });
  });

  test('a receipt that no episode has yet keeps its delivery', async () => {
    const { db } = database();
    await store(database(), 'sealed', wholeLife());
    await markSending(database(), [delivery('sealed', 'late')]);
    await db
      .updateTable('deliveries')
      .set({ at: new Date(BEFORE - DAY), receipt: 'delivered', receipt_at: new Date(BEFORE - DAY) })
      .execute();
    expect(await forget(database(), BEFORE)).toMatchObject({ deliveries: 0 });
    await db.updateTable('deliveries').set({ handed_over: true }).execute();
    expect(await forget(database(), BEFORE)).toMatchObject({ deliveries: 1 });
  });
});
