import type { Logger } from 'pino';
import type { Blobs } from '../../ledger/blobs/open-blobs.js';
import type { Database } from '../../ledger/database.js';
import type { Links } from '../../ledger/people/links.js';
import type { SignInHistory } from '../../ledger/people/sign-ins.js';
import type { Sign } from '../../lib/json-pointer.js';
import type { Sealing } from '../../lib/sealing.js';
import type { Edition } from '../../plan/edition/edition.js';
import type { Channel } from '../../plan/types.js';
import type { AccountRole } from '../auth/account.js';
import type { SecondStep } from '../auth/second-step.js';
import type { Sessions } from '../auth/sessions.js';
import type { SignIn } from '../auth/sign-in.js';
import type { Metrics } from '../http/metrics.js';
import type { ChannelTesting, EpisodeEngine } from './engine.js';
import type { EventStreams, StreamLimits } from './event-streams.js';
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

/** The identity provider of the office, and what its claims mean here. A claim is a name, or a JSON Pointer. */
export interface OidcSettings {
  issuer: string;
  /** It is at `http://`. */
  insecure?: true;
  clientId: string;
  clientSecret?: string;
  /** What people call it. */
  label: string;
  scope: string;
  username: string;
  name: string;
  role: { claim: string; values: Array<{ is: string | number | boolean; role: AccountRole }> };
  unit?: { claim: string; values?: Array<{ is: string | number | boolean; unitId: string }> };
}

/** The parts that the HTTP process is made of. */
export interface Dependencies {
  database: Database;
  /** The bytes of attachments. */
  blobs: Blobs;
  engine: EpisodeEngine & ChannelTesting;
  edition: Edition;
  /** Real milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** What the engine's SDK counts in this process, as Prometheus reads it. */
  engineFigures?: () => Promise<string>;
  /** Address of the console. With `https:` the cookie is secure. */
  publicUrl: string;
  /** How gateways tell whether a message arrived, by channel; the address of others is closed. */
  receipts?: Partial<Record<Channel, ReceiptSettings>>;
  /** Of one-time codes: whether office and administrator need them, and the key of their secrets at rest. */
  oneTimeCodes?: { areRequired: boolean; key?: Buffer };
  /** Absent: nobody signs in by an identity provider. */
  oidc?: OidcSettings;
  /** Folder of the built console. Without it its pages are answered with 503. */
  consoleFolder?: string;
  /** Addresses and networks of reverse proxies, whose `X-Forwarded-…` is believed; `loopback` without them. */
  trustedProxies?: readonly string[];
  streamLimits?: Partial<StreamLimits>;
}

/** The parts that every handler gets. */
export interface Context extends Dependencies {
  reads: Reads;
  events: EventStreams;
  gate: Gate;
  links: Links;
  sessions: Sessions;
  signIn: SignIn;
  secondStep: SecondStep;
  /** `sealing` is absent where no key is configured: nobody can enrol. */
  codes: { areRequired: boolean; sealing: Sealing | undefined };
  signIns: SignInHistory;
  metrics: Metrics;
}
