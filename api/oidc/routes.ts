/** Signing in by the identity provider (docs/decisions/0033-accounts.md): to it and back, each a page of the browser. */
import { randomBytes } from 'node:crypto';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { StoredAccount } from '../../ledger/people/accounts.js';
import { accountOfIdentity, endIdentity } from '../../ledger/people/identities.js';
import { settingOrElse } from '../../ledger/settings.js';
import { lazily } from '../../lib/lazily.js';
import { quoted } from '../../lib/quoted.js';
import { createSealing, KEY_BYTES, type Sealing } from '../../lib/sealing.js';
import type { SignedSession } from '../auth/sessions.js';
import type { Context, OidcSettings } from '../engine/context.js';
import { isKnownUnit } from '../engine/known-unit.js';
import { type PlainPage, sendPage } from '../http/page.js';
import { PROBLEMS, Problem } from '../http/problems.js';
import { faultAtProvider, flowLost } from './faults.js';
import { identityIn, personIn } from './person.js';
import { type Claims, createProvider, type Flow } from './provider.js';

export const OIDC_PATH = '/sign-in/oidc';
const CALLBACK = `${OIDC_PATH}/callback`;
const COOKIE = 'qingkong-sign-in';
const LIFE = 10 * 60_000;
/** The page asks who is signed in: this browser may not know of anybody yet (web/shared/account.ts). */
const SIGNED_IN = '/#signed-in';

export function oidcRoutes(context: Context): Router {
  const { oidc, publicUrl, sessions, database, clock } = context;
  const router = Router();
  if (!oidc) return router;
  const provider = createProvider(oidc);
  const flows = createFlows(context);
  return router
    .use(OIDC_PATH, sessions.load)
    .get(OIDC_PATH, async (request, response) => {
      sessions.of(request).requireCookieToReach();
      const { url, flow } = await provider.begin(publicUrl + CALLBACK);
      await flows.keep(response, flow);
      response.set('Cache-Control', 'no-store').redirect(303, url.href);
    })
    .get(CALLBACK, async (request, response) => {
      const flow = await flows.take(request, response);
      if (!flow) throw flowLost(publicUrl);
      const cameTo = new URL(publicUrl + CALLBACK);
      cameTo.search = new URL(request.originalUrl, publicUrl).search;
      const claims = await provider.finish(cameTo, flow);
      const session = sessions.of(request);
      const account = await accountOf(context, oidc, claims, session);
      await session.open(account, 'oidc');
      const record = { at: clock(), outcome: 'succeeded', way: 'oidc', ...session.visit } as const;
      await context.signIns.record(account.accountId, record);
      response.set('Cache-Control', 'no-store').redirect(303, publicUrl + SIGNED_IN);
    })
    .use(OIDC_PATH, answerTrouble(context, oidc));

  /** Made or brought up to date by what the provider says now. */
  async function accountOf(
    { signIns }: Context,
    settings: OidcSettings,
    claims: Claims,
    { visit }: SignedSession,
  ): Promise<StoredAccount> {
    const now = clock();
    const person = await knownPerson(claims, settings).catch(async (error: unknown) => {
      if (error instanceof Problem) await endIdentity(database, identityIn(claims), now);
      throw error;
    });
    const account = await accountOfIdentity(database, person, now);
    if (account === 'last-administrator')
      throw new Problem(
        'last-administrator',
        `${settings.label}给您的角色有变动，但您是最后一位可以登录的系统管理员。请先用密码登录，增加另一位系统管理员。`,
      );
    if (!account.disabled) return account;
    await signIns.record(account.accountId, { at: now, outcome: 'disabled', way: 'oidc', ...visit });
    throw new Problem('account-disabled', `账号${quoted(account.username)}已经停用，请联系系统管理员。`);
  }

  async function knownPerson(claims: Claims, settings: OidcSettings) {
    const person = personIn(claims, settings);
    if (person.unitId === undefined || (await isKnownUnit(context, person.unitId))) return person;
    throw new Problem(
      'unit-missing',
      `名录中没有${quoted(person.unitId)}这个单位。请联系系统管理员核对您在${settings.label}中的单位，或者配置文件中的对照表。`,
    );
  }
}

/** State, nonce and verifier of one sign-in, sealed in a cookie that the way back from another site brings along. */
function createFlows({ database, publicUrl, clock }: Context) {
  const options = {
    httpOnly: true,
    sameSite: 'lax',
    secure: new URL(publicUrl).protocol === 'https:',
    path: OIDC_PATH,
  } as const;
  const sealing = lazily(async (): Promise<Sealing> => {
    const make = () => randomBytes(KEY_BYTES).toString('base64url');
    return createSealing(Buffer.from(await settingOrElse(database, 'sign-in-secret', make), 'base64url'));
  });
  return {
    async keep(response: Response, flow: Flow): Promise<void> {
      const sealed = (await sealing()).seal(JSON.stringify({ ...flow, until: clock() + LIFE }), COOKIE);
      response.cookie(COOKIE, sealed, { ...options, maxAge: LIFE });
    },
    /** Good for one return. */
    async take({ headers }: Request, response: Response): Promise<Flow | undefined> {
      response.clearCookie(COOKIE, options);
      const [, sealed = ''] = /(?:^|;\s*)qingkong-sign-in=([\w-]+)/.exec(headers.cookie ?? '') ?? [];
      const opened = (await sealing()).open(sealed, COOKIE);
      if (opened === undefined) return undefined;
      const { until, ...flow } = JSON.parse(opened) as Flow & { until: number };
      return clock() < until ? flow : undefined;
    },
  };
}

/** A person reads it, so it is a page. Of what the provider sent only the code of its refusal is logged. */
const answerTrouble =
  ({ log, publicUrl }: Context, { label }: OidcSettings): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const problem = error instanceof Problem ? error : faultAtProvider(error, label, publicUrl);
    const { code, error: refusal } = error as { code?: unknown; error?: unknown };
    if (problem) log.warn({ type: problem.type, code, refusal }, 'sign-in by the identity provider refused');
    else log.error({ err: error }, 'sign-in by the identity provider failed');
    sendPage(response, problem ? pageOf(problem) : FAILED);
  };

const BACK = '<p><a href="/sign-in">返回登录页</a></p>';

const pageOf = ({ type, detail }: Problem): PlainPage => ({
  ...PROBLEMS[type],
  template: `<h1>{{title}}</h1><p>{{detail}}</p>${BACK}`,
  view: { detail },
});

const FAILED: PlainPage = {
  status: 500,
  title: '没有登录成功',
  template: `<h1>{{title}}</h1><p>程序出错，请稍后重新登录。急需登录的，可以返回登录页用密码登录。</p>${BACK}`,
};
