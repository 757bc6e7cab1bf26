/** The mark of an installation, which its engine carries too. */
import { randomUUID } from 'node:crypto';
import type { Database } from './database.js';
import { settingOrElse } from './settings.js';

const KEY = 'installation';

export async function findInstallation({ db }: Database): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', KEY).executeTakeFirst();
  return row?.value;
}

/** Made at the first start. */
export const installationOf = (database: Database): Promise<string> => settingOrElse(database, KEY, randomUUID);
