import type { Logger } from 'pino';
import type { Blobs } from '../../ledger/blobs/open-blobs.js';
import type { Database } from '../../ledger/database.js';
import type { Links } from '../../ledger/people/links.js';
import type { Sign } from '../../lib/json-pointer.js';
import type { Edition } from '../../plan/edition/edition.js';
import type { Channel } from '../../plan/types.js';
import type { Sessions } from '../auth/sessions.js';
import type { SignIn } from '../auth/sign-in.js';
import type { Metrics } from '../http/metrics.js';
import type { EpisodeEngine } from './engine.js';
import type { Gate } from './gate.js';
import type { Reads } from './shared-reads.js';

/** The shape of what a gateway sends, and the secret in the address that it sends it to. */
export interface ReceiptSettings {
  secret: string;
  /** The list in what it sends; absent: the whole. The other places are in each of the list. */
  each?: string;
  messageId: string;
  delivered: Sign;
  /** Absent: whatever is not delivered. */
  undelivered?: Sign;
  /** The key that was pressed in a call. */
  acknowledged?: Sign;
  reply?: unknown;
}

/** The parts that the HTTP process is made of. */
export interface Dependencies {
  database: Database;
  /** The bytes of attachments. */
  blobs: Blobs;
  engine: EpisodeEngine;
  edition: Edition;
  /** Real milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** Address of the console. With `https:` the cookie is secure. */
  publicUrl: string;
  /** How gateways tell whether a message arrived, by channel; the address of others is closed. */
  receipts?: Partial<Record<Channel, ReceiptSettings>>;
  /** Addresses and networks of reverse proxies, whose `X-Forwarded-…` is believed; `loopback` without them. */
  trustedProxies?: readonly string[];
}

/** The parts that every handler gets. */
export interface Context extends Dependencies {
  reads: Reads;
  gate: Gate;
  links: Links;
  sessions: Sessions;
  signIn: SignIn;
  metrics: Metrics;
}
