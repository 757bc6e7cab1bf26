/** The history of sign-ins, successful and failed. */
import { sql } from 'kysely';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import { HOUR } from '../../plan/rules/calendar.js';
import type { Database } from '../database.js';
import type { SignInOutcome, SignInWay, Visit } from './account-types.js';

export interface SignInRecord extends Visit {
  at: number;
  outcome: SignInOutcome;
  way: SignInWay;
}

/** With the account as it is called now. */
export interface SignInOfAccount extends SignInRecord {
  accountId: string;
  username: string;
  name: string;
}

/** All of it holds together. */
export interface SignInFilter {
  accountId?: string | undefined;
  /** Part of the user name or name. */
  text?: string | undefined;
  outcome?: 'succeeded' | 'failed' | undefined;
  from?: number | undefined;
  to?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** 网络安全法 asks for six months; from 1 March to 1 September are 184 days. */
const KEPT = 184 * 24 * HOUR;
/** Of an account, of successful and of failed ones each: guesses do not push out what its owner did. */
const MOST_KEPT = 1_000;

export interface SignInHistory {
  record(accountId: string, one: SignInRecord): Promise<void>;
  /** The newest first. */
  page(filter: SignInFilter): Promise<Page<SignInOfAccount>>;
}

export function createSignInHistory(database: Database): SignInHistory {
  const { db } = database;
  let sweptAt = Number.NEGATIVE_INFINITY;

  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < HOUR) return;
    sweptAt = now;
    await sql`
      delete from sign_ins using (
        select seq, at, row_number() over (partition by account_id, outcome = 'succeeded' order by seq desc) as place
        from sign_ins
      ) as placed
      where sign_ins.seq = placed.seq and (placed.at <= ${now - KEPT} or placed.place > ${MOST_KEPT})`.execute(db);
  }

  /** Looked for before the sign-ins: in each of their rows it takes seconds. */
  async function accountsNamed(text: string): Promise<string[]> {
    const rows = await db
      .selectFrom('accounts')
      .select('account_id')
      .where(sql<boolean>`strpos(lower(concat_ws(' ', username, name)), lower(${text})) > 0`)
      .execute();
    return rows.map(({ account_id }) => account_id);
  }

  return {
    async record(accountId, { at, outcome, way, address, device }) {
      await sweep(at);
      const insert = db.insertInto('sign_ins').values({ account_id: accountId, at, outcome, way, address, device });
      if (outcome !== 'succeeded') return void (await insert.execute());
      await db
        .with('kept', () => insert)
        .updateTable('accounts')
        .set({ last_sign_in_at: at })
        .where('account_id', '=', accountId)
        .execute();
    },
    async page({ accountId, text, outcome, from, to, limit, cursor }) {
      const before = cursor === undefined ? undefined : keyIn(cursor, 'number')[0];
      const named = text === undefined ? undefined : await accountsNamed(text);
      if (named?.length === 0) return { items: [] };
      const rows = await db
        .selectFrom('sign_ins as s')
        .innerJoin('accounts as a', 'a.account_id', 's.account_id')
        .select(['s.seq', 's.account_id as accountId', 'a.username', 'a.name'])
        .select(['s.at', 's.outcome', 's.way', 's.address', 's.device'])
        .$if(accountId !== undefined, (query) => query.where('s.account_id', '=', accountId!))
        .$if(named !== undefined, (query) => query.where(sql<boolean>`s.account_id = any(${named}::text[])`))
        .$if(outcome !== undefined, (query) =>
          query.where('s.outcome', outcome === 'succeeded' ? '=' : '<>', 'succeeded'),
        )
        .$if(from !== undefined, (query) => query.where('s.at', '>=', from!))
        .$if(to !== undefined, (query) => query.where('s.at', '<=', to!))
        .$if(before !== undefined, (query) => query.where(sql<boolean>`s.seq < ${before}::bigint`))
        .orderBy('s.seq', 'desc')
        .limit(limit + 1)
        .execute();
      const { items, ...rest } = pageOf(rows, limit, ({ seq }) => [Number(seq)]);
      return { ...rest, items: items.map(({ seq: _, ...one }) => one) };
    },
  };
}
