/** The migrations by name, in order. They are modules, not files read from disk, so that they survive the build. */
import type { Migration } from 'kysely/migration';
import { up as ledger } from './0001-ledger.js';
import { up as roster } from './0002-roster.js';
import { up as attachments } from './0003-attachments.js';
import { up as personalData } from './0004-personal-data.js';

export const migrations: Record<string, Migration> = {
  '0001-ledger': { up: ledger },
  '0002-roster': { up: roster },
  '0003-attachments': { up: attachments },
  '0004-personal-data': { up: personalData },
};
