import { createHmac, randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import onHeaders from 'on-headers';
import type { Database } from '../../ledger/database.js';
import type { SignInWay, Visit } from '../../ledger/people/account-types.js';
import type { StoredAccount } from '../../ledger/people/accounts.js';
import { accountInSession, SessionStore, sessionIdOf } from '../../ledger/people/sessions.js';
import { createTokenLookUp, type StoredToken, TOKEN_PREFIX } from '../../ledger/people/tokens.js';
import { settingOrElse } from '../../ledger/settings.js';
import { lazily } from '../../lib/lazily.js';
import { Problem } from '../http/problems.js';
import type { Account } from './account.js';
import { callerAddress, shortened } from './caller-address.js';
import { deviceIn } from './device.js';

export interface OpenedSession {
  account: Account;
  token: string;
  expiresAt: number;
}

/** The caller's session: signing in and out. */
export interface SignedSession {
  /** As its person sees it. */
  sessionId: string;
  /** The caller's address, for the limit on failures. */
  address: string;
  visit: Visit;
  /** Refuses a browser that could not keep the cookie: the address is https, and the request did not come by it. */
  requireCookieToReach(): void;
  /** The way by which it was opened decides what is due in it. */
  open(account: StoredAccount, way: SignInWay): Promise<OpenedSession>;
  close(): Promise<void>;
}

declare module 'express-session' {
  interface SessionData {
    /** As its row is at this request. */
    account: Account;
    /** Of the account. */
    generation: number;
    /** Moment of sign-in, in real milliseconds. */
    since: number;
    visit: Visit;
    way: SignInWay;
  }
}

const HOUR = 3_600_000;
export const SESSION_IDLE = 8 * HOUR;
export const LONGEST_SESSION = 7 * 24 * HOUR;
const COOKIE = 'qingkong';

declare global {
  namespace Express {
    interface Request {
      /** Whoever acts by a token. */
      program?: Account | undefined;
    }
  }
}

export interface Sessions {
  /**
   * Takes the session off a request that goes on for hours, and tells whether it still holds. The end of the request is no
   * use of it: it must not bring one to life again that has ended meanwhile.
   */
  releasedFrom(request: Request): () => Promise<boolean>;
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
  const store = new SessionStore(database);
  const tokenInForce = createTokenLookUp(database, clock);
  const handler = lazily(async () =>
    session({
      name: COOKIE,
      secret: await secret(),
      store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { httpOnly: true, sameSite: 'strict', secure, maxAge: SESSION_IDLE, path: '/' },
    }),
  );

  return {
    load: async (request, response, next) => {
      const token = bearerOf(request);
      if (token?.startsWith(TOKEN_PREFIX)) {
        request.program = accountOfToken(await tokenInForce(token));
        delete request.headers.cookie;
      } else if (token !== undefined) request.headers.cookie = `${COOKIE}=${encodeURIComponent(token)}`;
      if (token !== undefined) {
        // A program has its token already. Listeners run last to first, so this one runs after that of express-session.
        onHeaders(response, () => response.removeHeader('Set-Cookie'));
      }
      (await handler())(request, response, next);
    },
    releasedFrom: (request) => {
      const { sessionID } = request;
      const token = bearerOf(request);
      if (token?.startsWith(TOKEN_PREFIX)) return async () => (await tokenInForce(token)) !== undefined;
      Reflect.deleteProperty(request, 'session');
      return async () => {
        const stored = await new Promise<SessionData | null | undefined>((resolve, reject) =>
          store.get(sessionID, (error, found) => (error ? reject(error) : resolve(found))),
        );
        return stored !== null && stored !== undefined && accountIn(stored, clock()) !== undefined;
      };
    },
    of(request) {
      const address = callerAddress(request);
      const visit = { address: shortened(address), device: deviceIn(request.get('User-Agent')) };
      return {
        sessionId: sessionIdOf(request.sessionID ?? ''),
        address,
        visit,
        requireCookieToReach() {
          if (secure && !request.secure && isFromBrowser(request)) throw new Problem('connection-insecure', BY_HTTPS);
        },
        async open(stored, way) {
          await done((callback) => request.session.regenerate(callback));
          const since = clock();
          const account = accountInSession(stored, way);
          Object.assign(request.session, { account, generation: stored.generation, since, visit, way });
          await done((callback) => request.session.save(callback));
          return { account, token: tokenOf(request.sessionID, await secret()), expiresAt: since + SESSION_IDLE };
        },
        close: () => done((callback) => request.session.destroy(callback)),
      };
    },
  };
}

const accountOfToken = (token: StoredToken | undefined): Account | undefined =>
  token && {
    accountId: token.tokenId,
    role: token.role,
    ...(token.unitId === undefined ? {} : { unitId: token.unitId }),
    mustChangePassword: false,
    hasSecondStep: false,
    program: { name: token.name, scope: token.scope },
  };

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
export const accountOf = (request: Request, now: number): Account | undefined =>
  request.program ?? accountIn(request.session ?? {}, now);

function accountIn({ account, since }: Partial<SessionData>, now: number): Account | undefined {
  return account && since !== undefined && now < since + LONGEST_SESSION ? account : undefined;
}

/** Equals the value that express-session gives its cookie. */
const tokenOf = (id: string, secret: string): string =>
  `s:${id}.${createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '')}`;

const done = (run: (callback: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => run((error) => (error ? reject(error) : resolve())));

/** Made once and kept, so that sessions outlive a restart. */
const sessionSecret = (database: Database): Promise<string> =>
  settingOrElse(database, 'session-secret', () => randomBytes(32).toString('base64url'));
