import type { Database } from './database.js';

/** The value of a setting, made and kept when there is none. Processes that start at once all get the same. */
export async function settingOrElse({ db }: Database, key: string, make: () => string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ key, value: make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirstOrThrow();
  return value;
}

/** Writes a row. Throws on a full disk, and on a server that only reads, such as a standby. */
export async function tryWriting({ db }: Database): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key: 'written-at', value: new Date().toISOString() })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: ({ ref }) => ref('excluded.value') }))
    .execute();
}
