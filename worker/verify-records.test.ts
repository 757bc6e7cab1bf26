import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { register } from 'prom-client';
import { onBothDatabases } from '../ledger/testing/databases.js';
import { withoutTriggers } from '../ledger/testing/empty.js';
import { drillUnderWay, lifeUnderWay, store, wholeLife } from '../ledger/testing/stored.js';
import { verifyRecords } from './verify-records.js';

onBothDatabases('records verified without being asked', (database) => {
  test('open real ones each time, sealed ones in turn; damage is logged and counted', async () => {
    await store(database(), 'open', lifeUnderWay());
    await store(database(), 'drill', drillUnderWay());
    await store(database(), 'sealed-1', wholeLife());
    await store(database(), 'sealed-2', wholeLife());
    const lines: Array<Record<string, unknown>> = [];
    const log = pino({}, { write: (line) => lines.push(JSON.parse(line)) });
    const look = (last?: string) => verifyRecords({ database: database(), log }, last);

    expect(await look()).toBe('sealed-1');
    expect(await look('sealed-1')).toBe('sealed-2');
    expect(lines).toEqual([]);
    await withoutTriggers(database().db, async (trx) => {
      await sql`update entries set hash = ${'e'.repeat(64)} where seq = 5 and chain_id = 'sealed-1'`.execute(trx);
    });
    expect(await look('sealed-2')).toBe('sealed-1');
    expect(lines).toMatchObject([{ level: 50, episodeId: 'sealed-1', firstBadSeq: 5 }]);
    expect(await register.metrics()).toContain('qingkong_ledger_chains_invalid 1');
  });
});
