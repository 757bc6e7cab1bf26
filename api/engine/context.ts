import type { Logger } from 'pino';
import type { Blobs } from '../../ledger/blobs/open-blobs.js';
import type { Database } from '../../ledger/database.js';
import type { Links } from '../../ledger/people/links.js';
import type { Edition } from '../../plan/edition/edition.js';
import type { Sessions } from '../auth/sessions.js';
import type { SignIn } from '../auth/sign-in.js';
import type { Metrics } from '../http/metrics.js';
import type { EpisodeEngine } from './engine.js';
import type { Gate } from './gate.js';
import type { Reads } from './shared-reads.js';

/** What the HTTP process is given. */
export interface Dependencies {
  database: Database;
  /** The bytes of attachments. */
  blobs: Blobs;
  engine: EpisodeEngine;
  edition: Edition;
  /** Real milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** Where the console is reached; `https:` makes the cookie secure. */
  publicUrl: string;
  /** Addresses and networks of reverse proxies, whose `X-Forwarded-…` is believed; `loopback` without them. */
  trustedProxies?: readonly string[];
}

/** What every handler sees. */
export interface Context extends Dependencies {
  reads: Reads;
  gate: Gate;
  links: Links;
  sessions: Sessions;
  signIn: SignIn;
  metrics: Metrics;
}
