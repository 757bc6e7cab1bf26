import { hash } from '@node-rs/argon2';
import type { Database } from '../../ledger/database.js';
import type { Edition } from '../../plan/edition/edition.js';
import { createFirstAccounts, type FirstAccount } from '../auth/first-accounts.js';

/** The cheapest hashes: the usual ones of 37 accounts take half a second. A hash says itself how it is verified. */
const hashCheaply = (password: string) => hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });

/** The first accounts of an installation, in a database without any. For tests alone. */
export const accountsForTests = async (database: Database, edition: Edition): Promise<FirstAccount[]> =>
  (await createFirstAccounts(database, edition, undefined, hashCheaply)) ?? [];
