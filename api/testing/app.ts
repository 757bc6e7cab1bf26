import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DestinationStream, pino } from 'pino';
import type { Database } from '../../ledger/database.js';
import { keepEdition } from '../../ledger/editions.js';
import { seedContacts } from '../../ledger/people/contacts.js';
import { type TemporaryBlobs, temporaryBlobs } from '../../ledger/testing/blobs.js';
import { empty } from '../../ledger/testing/empty.js';
import { openInMemory } from '../../ledger/testing/in-memory.js';
import { LOG_LINES } from '../../lib/log-lines.js';
import { KEY_BYTES } from '../../lib/sealing.js';
import { type Edition, loadEditionById } from '../../plan/edition/edition.js';
import { createApp, createContext } from '../app.js';
import type { FirstAccount } from '../auth/first-accounts.js';
import type { Context, Dependencies } from '../engine/context.js';
import type { EpisodeEngine } from '../engine/engine.js';
import { EVENT_STREAM } from '../http/observe.js';
import { accountsForTests } from './accounts.js';
import { contentTypeOf, requireConforming } from './conform.js';
import { engineInProcess, type TestEngine } from './engine.js';

export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface ApiRequest {
  /** Username of a first account, or `nobody`. */
  as?: string;
  body?: unknown;
  /** Sent unchanged in place of `body`. */
  raw?: string;
  headers?: Record<string, string>;
}

export interface TestApp {
  database: Database;
  blobs: TemporaryBlobs;
  edition: Edition;
  engine: TestEngine;
  readonly accounts: FirstAccount[];
  url: string;
  ask(method: string, path: string, request?: ApiRequest): Promise<Answered>;
  signIn(username: string): Promise<string>;
  /** Moves the clock and records what falls due. */
  pass(milliseconds: number): Promise<void>;
  now(): number;
  /** Of the secrets of one-time codes. Another holds from the next restart on. */
  codeKey: Buffer | undefined;
  /** Simulates a kill and restart of the HTTP process: its memory is gone. */
  restart(): void;
  /** Makes it as it was when opened, with new accounts: far less work than another app. Attachments' bytes stay. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

const shipped = loadEditionById('shuimogou-2025');

export const BEGINNING = Date.parse('2026-01-10T14:00:00+08:00');

/** The source of databases for test apps. api/on-postgresql.test.ts sets another. */
export const databaseSource = { open: openInMemory };

export interface TestAppOptions {
  edition?: Edition;
  logs?: DestinationStream;
  openOwnBlobs?: () => Promise<TemporaryBlobs>;
  publicUrl?: string;
  trustedProxies?: string[];
  receipts?: Dependencies['receipts'];
  streamLimits?: Dependencies['streamLimits'];
  consoleFolder?: string;
  codesAreRequired?: boolean;
  oidc?: Dependencies['oidc'];
}

/** The app with a real episode in force at yellow, and the path of that episode. */
export async function appInEpisode(): Promise<{ app: TestApp; path: string }> {
  const app = await testApp();
  const { body } = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now()) });
  return { app, path: `/api/v1/episodes/${body.episodeId}` };
}

/** The whole HTTP process on an empty database, with a stand-in for the engine. */
export async function testApp(
  dress: (engine: TestEngine) => EpisodeEngine = (engine) => engine,
  {
    edition = shipped,
    logs,
    openOwnBlobs = temporaryBlobs,
    publicUrl = 'http://qingkong.example',
    trustedProxies,
    receipts,
    streamLimits,
    consoleFolder,
    codesAreRequired = false,
    oidc,
  }: TestAppOptions = {},
): Promise<TestApp> {
  const database = await databaseSource.open();
  const blobs = await openOwnBlobs();
  let now = BEGINNING;
  const clock = () => now;
  const engine = engineInProcess(database, clock);
  const install = async () => {
    await keepEdition(database, edition);
    await seedContacts(database, edition.contacts);
    return accountsForTests(database, edition);
  };
  let accounts = await install();
  const log = logs ? pino({ level: 'trace', ...LOG_LINES }, logs) : pino({ level: 'silent' });
  const asked = {
    publicUrl,
    ...(trustedProxies && { trustedProxies }),
    ...(receipts && { receipts }),
    ...(consoleFolder !== undefined && { consoleFolder }),
    ...(streamLimits && { streamLimits }),
    ...(oidc && { oidc }),
  };
  const contexts: Context[] = [];
  let codeKey: Buffer | undefined = Buffer.alloc(KEY_BYTES, 7);
  const open = () => {
    const dressed = { ...dress(engine), testChannel: engine.testChannel };
    const oneTimeCodes = { areRequired: codesAreRequired, ...(codeKey && { key: codeKey }) };
    const context = createContext({ database, blobs, engine: dressed, edition, clock, log, oneTimeCodes, ...asked });
    contexts.push(context);
    return createApp(context);
  };
  let app = open();
  const server = createServer((request, response) => app(request, response)).listen(0, '127.0.0.1');
  // A client that is busy for longer than the usual five seconds would send on a connection just closed.
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = new Map<string, Promise<string>>();

  async function ask(method: string, path: string, request: ApiRequest = {}): Promise<Answered> {
    const { as, body, raw = body === undefined ? undefined : JSON.stringify(body), headers = {} } = request;
    const token = as === undefined || as === 'nobody' ? undefined : await signIn(as);
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(raw === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(raw === undefined ? {} : { body: raw }),
    });
    const mediaType = contentTypeOf(response);
    // A stream has no end to wait for.
    if (mediaType === EVENT_STREAM) await response.body?.cancel();
    const text = mediaType === EVENT_STREAM ? '' : await response.text();
    const answer = mediaType.endsWith('json') ? JSON.parse(text) : { text };
    if (path.startsWith('/api/')) requireConforming(method, path, response.status, mediaType, answer);
    return { status: response.status, headers: response.headers, body: answer };
  }

  function signIn(username: string): Promise<string> {
    const known = tokens.get(username) ?? newToken(username);
    tokens.set(username, known);
    return known;
  }

  async function newToken(username: string): Promise<string> {
    const password = accounts.find((account) => account.username === username)?.password;
    const { status, body } = await ask('POST', '/api/v1/sessions', { body: { username, password } });
    if (status !== 201) throw new Error(`sign-in as ${username}: ${status}`);
    return String(body.token);
  }

  return {
    database,
    blobs,
    edition,
    engine,
    get accounts() {
      return accounts;
    },
    url,
    ask,
    signIn,
    now: clock,
    get codeKey() {
      return codeKey;
    },
    set codeKey(key) {
      codeKey = key;
    },
    async pass(milliseconds) {
      now += milliseconds;
      await engine.tick();
    },
    restart() {
      app = open();
    },
    async renew() {
      await empty(database);
      engine.forget();
      tokens.clear();
      now = BEGINNING;
      accounts = await install();
      app = open();
    },
    async close() {
      await Promise.all(contexts.map(({ events }) => events.close()));
      const closed = new Promise((resolve) => server.close(resolve));
      // A stream that its reader left is none of its own accord.
      server.closeAllConnections();
      await closed;
      await database.close();
      await blobs.remove();
    },
  };
}

let numbers = 0;

/** A start that is accepted, with a number of its own. */
export function startRequestBody(now: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  numbers += 1;
  return {
    notice: noticeBody(now, `乌环委办〔2026〕${numbers}号`),
    cityLevel: 'yellow',
    primaryPollutant: 'PM2.5',
    ...changes,
  };
}

export const noticeBody = (now: number, number: string): Record<string, unknown> => ({
  number,
  issuer: '乌鲁木齐市生态环境保护委员会办公室',
  issuedAt: new Date(now).toISOString(),
});

export const drill = { timeScale: 1440 };

export const ONE_HOUR = 3_600_000;
