import { createHmac, randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import onHeaders from 'on-headers';
import type { Database } from '../../ledger/database.js';
import { endSessions, SessionStore } from '../../ledger/people/sessions.js';
import { settingOrElse } from '../../ledger/settings.js';
import { lazily } from '../../lib/lazily.js';
import { Problem } from '../http/problems.js';
import type { Account } from './account.js';
import { callerAddress } from './caller-address.js';

/** Changes of the caller's session: signing in, changing the password, signing out. */
export interface SignedSession {
  /** The caller's address, for the limit on failures. */
  address: string;
  /** Refuses a browser that could not keep the cookie: the address is https, and the request did not come by it. */
  requireCookieToReach(): void;
  open(account: Account): Promise<{ token: string; expiresAt: number }>;
  /** Keeps this session with the changed account, and ends all other sessions of the account. */
  renew(account: Account): Promise<void>;
  close(): Promise<void>;
}

declare module 'express-session' {
  interface SessionData {
    account: Account;
    /** Moment of sign-in, in real milliseconds. */
    since: number;
  }
}

const HOUR = 3_600_000;
const IDLE = 8 * HOUR;
const LONGEST = 7 * 24 * HOUR;
const COOKIE = 'qingkong';

export interface Sessions {
  /** Loads the caller's session. */
  load: RequestHandler;
  of(request: Request): SignedSession;
}

/**
 * One mechanism for console and programs: a bearer token is the session's signed id, put where the cookie would be
 * (docs/decisions/0005-sessions.md).
 */
export function createSessions(database: Database, publicUrl: string, clock: () => number): Sessions {
  const secret = lazily(() => sessionSecret(database));
  const secure = new URL(publicUrl).protocol === 'https:';
  const handler = lazily(async () =>
    session({
      name: COOKIE,
      secret: await secret(),
      store: new SessionStore(database),
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { httpOnly: true, sameSite: 'strict', secure, maxAge: IDLE, path: '/' },
    }),
  );

  return {
    load: async (request, response, next) => {
      const token = bearerOf(request);
      if (token !== undefined) {
        request.headers.cookie = `${COOKIE}=${encodeURIComponent(token)}`;
        // A program has its token already. Listeners run last to first, so this one runs after that of express-session.
        onHeaders(response, () => response.removeHeader('Set-Cookie'));
      }
      (await handler())(request, response, next);
    },
    of: (request) => ({
      address: callerAddress(request),
      requireCookieToReach() {
        if (secure && !request.secure && isFromBrowser(request)) throw new Problem('connection-insecure', BY_HTTPS);
      },
      async open(account) {
        await done((callback) => request.session.regenerate(callback));
        const since = clock();
        Object.assign(request.session, { account, since });
        await done((callback) => request.session.save(callback));
        return { token: tokenOf(request.sessionID, await secret()), expiresAt: since + IDLE };
      },
      async renew(account) {
        request.session.account = account;
        await done((callback) => request.session.save(callback));
        await endSessions(database, account.accountId, request.sessionID);
      },
      close: () => done((callback) => request.session.destroy(callback)),
    }),
  };
}

const BY_HTTPS =
  '浏览器经未加密的连接到达，登录无法保持。请改用以 https:// 开头的地址打开；如果已经是，请管理员让反向代理发送 X-Forwarded-Proto: https，并把代理的地址写入 TRUSTED_PROXIES。';

/** Browsers name the page that a form was sent from. Programs do not, and need no cookie. */
const isFromBrowser = ({ headers }: Request): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

const bearerOf = (request: Request): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

/** True for a cookie, which a browser sends by itself; false for a bearer token. */
export const cameByCookie = (request: Request): boolean => bearerOf(request) === undefined;

/** The account that is signed in. `undefined` once the session has reached its longest age. */
export function accountOf(request: Request, now: number): Account | undefined {
  const { account, since } = request.session;
  return account && since !== undefined && now < since + LONGEST ? account : undefined;
}

/** Equals the value that express-session gives its cookie. */
const tokenOf = (id: string, secret: string): string =>
  `s:${id}.${createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '')}`;

const done = (run: (callback: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => run((error) => (error ? reject(error) : resolve())));

/** Made once and kept, so that sessions outlive a restart. */
const sessionSecret = (database: Database): Promise<string> =>
  settingOrElse(database, 'session-secret', () => randomBytes(32).toString('base64url'));
