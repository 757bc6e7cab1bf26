import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StartError } from '../../lib/start-error.js';
import type { Schema } from '../schema.js';
import { migrations } from './index.js';

/** The database was written by a newer program. */
export class SchemaTooNew extends StartError {
  override name = 'SchemaTooNew';
}

/**
 * Brings the database to the program's schema, under kysely's advisory lock: processes that start at once wait for
 * the first. Throws `SchemaTooNew` when it has migrations the program does not know.
 */
export async function migrate(db: Kysely<Schema>, known = migrations): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const newer = (await appliedMigrations(db)).filter((name) => !(name in known));
  if (newer.length === 0) throw error;
  throw new SchemaTooNew(`数据库结构（${newer.join('、')}）比本程序新，请改用新版本的程序启动。`);
}

export async function appliedMigrations(db: Kysely<Schema>): Promise<string[]> {
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map(({ name }) => name);
}
