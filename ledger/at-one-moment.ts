import type { Database } from './database.js';

/** What is read in it agrees with itself: all of it is as it was at the first statement. Writes nothing. */
export const atOneMoment = <T>(database: Database, read: (then: Database) => Promise<T>): Promise<T> =>
  database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((db) => read({ ...database, db }));
