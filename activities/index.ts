import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../ledger/database.js';
import { keptEdition } from '../ledger/editions.js';
import { named } from '../lib/log-lines.js';
import { withOrigins } from '../lib/traces.js';
import type { EpisodeActivities } from '../workflows/contract.js';
import { alive } from './alive.js';
import { appender } from './append.js';
import { archiver, sweeper } from './archive.js';
import type { Channels } from './channels/create-channels.js';
import { deliverer } from './deliver.js';
import type { WordsInForce } from './district-messages.js';
import { revisionsHandOver } from './hand-over-revisions.js';
import { namesOfTurn, originsOf, tellDelivery, tellTurn } from './tell.js';
import { channelTester } from './test-channel.js';

export interface ActivityDependencies {
  database: Database;
  /** Behind their gates (channels/behind-gates.ts). */
  channels: Channels;
  /** Address of the console, for links in messages. */
  publicUrl: string;
  /** The words of the edition in force, for what is of no episode. */
  inForce: WordsInForce;
  /** The engine, for histories of closed runs. */
  temporal: Client;
  log: Logger;
}

/** The activities of an episode: everything that touches the world. */
export function createActivities(deps: ActivityDependencies): EpisodeActivities {
  const deliver = deliverer({ ...deps, wordsOf: (editionHash) => keptEdition(deps.database, editionHash) });
  const archiving = { database: deps.database, workflows: deps.temporal.workflow };
  const append = appender(deps);
  const archive = archiver(archiving);
  const { log } = deps;
  return {
    append: (turn) =>
      named(namesOfTurn(turn), async () => {
        const startedAt = Date.now();
        const result = await append(turn);
        tellTurn(turn, startedAt);
        return result;
      }),
    deliver: (input) =>
      named({ episodeId: input.episodeId }, async () => {
        const origins = await originsOf(deps.database, input);
        const results = await withOrigins(origins, () => alive((cancelled) => deliver(input, cancelled)));
        for (const { message, deliveries } of results) for (const one of deliveries) tellDelivery(log, message, one);
        return results;
      }),
    archive: (run) => named({ episodeId: run.episodeId }, () => archive(run)),
    handOverRevisions: revisionsHandOver(deps),
    archiveClosed: sweeper(archiving),
    testChannel: channelTester({ ...deps, messages: deps.inForce.messages }),
  };
}
