/** The migrations by name, in order. They are modules, not files read from disk, so that they survive the build. */
import type { Migration } from 'kysely/migration';
import { up as ledger } from './0001-ledger.js';

export const migrations: Record<string, Migration> = { '0001-ledger': { up: ledger } };
