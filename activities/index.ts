import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../ledger/database.js';
import { keptEdition } from '../ledger/editions.js';
import type { EpisodeActivities } from '../workflows/contract.js';
import { alive } from './alive.js';
import { appender } from './append.js';
import { archiver, sweeper } from './archive.js';
import type { Channels } from './channels/create-channels.js';
import { deliverer } from './deliver.js';

export interface ActivityDependencies {
  database: Database;
  /** Behind their gates (channels/behind-gates.ts). */
  channels: Channels;
  /** Address of the console, for links in messages. */
  publicUrl: string;
  /** The engine, for histories of closed runs. */
  temporal: Client;
  log: Logger;
}

/** The activities of an episode: everything that touches the world. */
export function createActivities(deps: ActivityDependencies): EpisodeActivities {
  const deliver = deliverer({ ...deps, wordsOf: (editionHash) => keptEdition(deps.database, editionHash) });
  const archiving = { database: deps.database, workflows: deps.temporal.workflow };
  return {
    append: appender(deps),
    deliver: (input) => alive((cancelled) => deliver(input, cancelled)),
    archive: archiver(archiving),
    archiveClosed: sweeper(archiving),
  };
}
