/** Who took what out, and when: downloads and lists of people. Kept as entries are. */
import { sql } from 'kysely';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import type { Database } from '../database.js';
import type { AccountDetails, Visit } from './account-types.js';

export interface TakenOut extends Visit {
  at: number;
  /** Of a person, or of the token that a program acts by. */
  accountId: string;
  role: AccountDetails['role'];
  /** The file's name, or what the list is called. */
  name: string;
  /** The contract's address with its ids and what it was asked. */
  path: string;
  episodeId?: string;
  unitId?: string;
}

/** Of whoever took it: their name now, and whether it is a program. */
export interface NamedExport extends TakenOut {
  byName?: string;
  byProgram: boolean;
}

/** `unlessSince`: the same account took the same already at or after this moment: no second row. */
export async function recordExport({ db }: Database, one: TakenOut, unlessSince?: number): Promise<void> {
  const { at, accountId, role, name, path, episodeId = null, unitId = null, address, device } = one;
  const isNew =
    unlessSince === undefined
      ? sql`true`
      : sql`not exists (
          select from exports where account_id = ${accountId} and path = ${path} and at >= ${unlessSince}
        )`;
  await sql`
    insert into exports (at, account_id, role, name, path, episode_id, unit_id, address, device)
    select ${at}, ${accountId}, ${role}, ${name}, ${path}, ${episodeId}, ${unitId}, ${address}, ${device}
    where ${isNew}`.execute(db);
}

export interface ExportFilter {
  role?: AccountDetails['role'];
  accountId?: string;
  episodeId?: string;
  from?: number;
  to?: number;
  /** Part of what was taken, or of the name of whoever took it. */
  text?: string;
  limit: number;
  cursor?: string;
}

/** The newest first. */
export async function listExports({ db }: Database, filter: ExportFilter): Promise<Page<NamedExport>> {
  const { role, accountId, episodeId, from, to, text, limit, cursor } = filter;
  const rows = await db
    .selectFrom('exports as e')
    .leftJoin('accounts as a', 'a.account_id', 'e.account_id')
    .leftJoin('tokens as t', 't.token_id', 'e.account_id')
    .selectAll('e')
    .select(['a.name as person', 't.name as program'])
    .$if(role !== undefined, (query) => query.where('e.role', '=', role!))
    .$if(accountId !== undefined, (query) => query.where('e.account_id', '=', accountId!))
    .$if(episodeId !== undefined, (query) => query.where('e.episode_id', '=', episodeId!))
    .$if(from !== undefined, (query) => query.where('e.at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('e.at', '<=', to!))
    .$if(text !== undefined, (query) =>
      query.where(
        sql<boolean>`strpos(lower(concat_ws(' ', e.name, e.path, a.name, a.username, t.name)), lower(${text})) > 0`,
      ),
    )
    .$if(cursor !== undefined, (query) => query.where('e.seq', '<', String(keyIn(cursor!, 'number')[0])))
    .orderBy('e.seq', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, ...rest } = pageOf(rows, limit, ({ seq }) => [Number(seq)]);
  return {
    ...rest,
    items: items.map(({ at, account_id, role, name, path, episode_id, unit_id, address, device, person, program }) => ({
      at,
      accountId: account_id,
      role,
      ...((person ?? program) === null ? {} : { byName: (person ?? program)! }),
      byProgram: program !== null,
      name,
      path,
      ...(episode_id === null ? {} : { episodeId: episode_id }),
      ...(unit_id === null ? {} : { unitId: unit_id }),
      address,
      device,
    })),
  };
}
