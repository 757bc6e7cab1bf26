/** The district's chain, folded from its entries whenever somebody asks: there are some hundreds in a year. */
import type { DistrictEntry, DistrictState } from '../../district/entries.js';
import { evolveDistrict } from '../../district/evolve.js';
import { beginDistrict, DISTRICT_CHAIN } from '../../district/state.js';
import type { Database } from '../database.js';
import { entryOf } from '../reading/reading.js';

/** Its state without the memory of commands, and its entries in order. */
export interface DistrictRecord {
  state: DistrictState;
  entries: DistrictEntry[];
}

export async function readDistrict({ db }: Database): Promise<DistrictRecord> {
  const lines = await db
    .selectFrom('entries')
    .select(['canonical', 'hash'])
    .where('chain_id', '=', DISTRICT_CHAIN)
    .orderBy('seq')
    .execute();
  const entries = lines.map((line) => entryOf(line) as unknown as DistrictEntry);
  return { state: entries.reduce(evolveDistrict, beginDistrict()), entries };
}

/** Whether anything was ever handed over. */
export const hasDistrict = async ({ db }: Database): Promise<boolean> =>
  (await db.selectFrom('entries').select('seq').where('chain_id', '=', DISTRICT_CHAIN).limit(1).executeTakeFirst()) !==
  undefined;
