/** A ledger of a million entries on PostgreSQL: pages of its history and verification, beside plain SQL by hand. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { verify } from '../ledger/chain/verification.js';
import { openDatabase } from '../ledger/database.js';
import { historyPage } from '../ledger/reading/history.js';
import { startPostgres } from '../ledger/testing/postgres-server.js';
import { cursorOf } from '../lib/cursor.js';
import type { Measurement } from './figures.js';
import { timed } from './load.js';
import { storeDrill } from './stored-ledger.js';

const EPISODES = 10;
const ENTRIES = 100_000;
const PAGES = 200;
const PAGE = 50;
const VERIFIED = 3;
/** Lines that the counterpart of verification reads at once. */
const AT_ONCE = 5_000;

const ninetyFifth = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)]!;

async function copyEntries(client: pg.Client, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = 'entries' and column_name <> 'chain_id'",
  );
  const columns = rows.map(({ name }) => client.escapeIdentifier(name)).join(', ');
  await client.query(
    `insert into entries (chain_id, ${columns}) select $2, ${columns} from entries where chain_id = $1`,
    [from, to],
  );
}

export async function measureLedger(): Promise<Measurement[]> {
  const postgres = await startPostgres();
  const place = await postgres.newDatabase();
  const database = await openDatabase(place);
  const byHand = new pg.Client(place.url);
  await byHand.connect();
  try {
    const ids = Array.from({ length: EPISODES }, (_, i) => `drill-${i}`);
    const [drill, ...others] = ids as [string, ...string[]];
    await storeDrill(database, drill, ENTRIES);
    // The entries of the other nine are copies: pages are read from among a million, and one drill is verified.
    for (const id of others) await copyEntries(byHand, drill, id);
    await byHand.query('analyze entries');

    const linesAfter = async (id: string, after: number, limit: number) => {
      const select = 'select canonical, hash from entries where chain_id = $1 and seq > $2 order by seq limit $3';
      const { rows } = await byHand.query<{ canonical: string; hash: string }>(select, [id, after, limit]);
      return rows;
    };
    const [pages, plainPages]: [number[], number[]] = [[], []];
    for (let n = 0; n < PAGES; n += 1) {
      const [id, after] = [ids[n % EPISODES]!, 1 + Math.floor((n * ENTRIES) / PAGES)];
      pages.push(await timed(() => historyPage(database, id, { limit: PAGE, cursor: cursorOf([after]) })));
      plainPages.push(
        await timed(async () => (await linesAfter(id, after, PAGE)).map(({ canonical }) => JSON.parse(canonical))),
      );
    }

    /** Reads and hashes the lines; no more than a script of the auditor's would do. */
    const hashByHand = async (id: string) => {
      for (let after = 0; after < ENTRIES; after += AT_ONCE)
        for (const { canonical } of await linesAfter(id, after, AT_ONCE))
          createHash('sha256').update(canonical).digest('hex');
    };
    const verifyWhole = async () => {
      const { valid } = await verify(database, drill);
      if (!valid) throw new Error(`${drill} does not verify`);
    };
    const verifiedASecond = async (work: () => Promise<unknown>) => ENTRIES / ((await timed(work)) / 1000);
    const [rates, plainRates]: [number[], number[]] = [[], []];
    for (let n = 0; n < VERIFIED; n += 1) {
      rates.push(await verifiedASecond(verifyWhole));
      plainRates.push(await verifiedASecond(() => hashByHand(drill)));
    }

    const row = 'ledger';
    return [
      {
        row,
        what: 'ledger of 1,000,000: a page, 95th percentile',
        unit: 'ms',
        values: [ninetyFifth(pages)],
        counterpart: { what: 'plain SQL', values: [ninetyFifth(plainPages)] },
        reach: '≤ 50 ms',
      },
      {
        row,
        what: 'ledger of 1,000,000: entries verified',
        unit: '/s',
        values: rates,
        counterpart: { what: 'plain SQL and SHA-256', values: plainRates },
        reach: '≥ 50,000/s',
      },
    ];
  } finally {
    await byHand.end();
    await database.close();
    await postgres.stop();
  }
}
