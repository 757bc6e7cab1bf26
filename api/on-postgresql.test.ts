/** The HTTP suites that write most, once more: on a PostgreSQL server. */
import { openDatabase } from '../ledger/database.js';
import { newDatabaseOnServer } from '../ledger/testing/databases.js';
import { databaseSource } from './testing/app.js';

databaseSource.open = async () => openDatabase(await newDatabaseOnServer());

await import('./life.test.js');
await import('./http/refusals.test.js');
await import('./notices/refusals.test.js');
await import('./units/refusals.test.js');
await import('./http/idempotency.test.js');
