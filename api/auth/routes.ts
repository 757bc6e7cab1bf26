import type { SignInWay } from '../../ledger/people/account-types.js';
import type { StoredAccount } from '../../ledger/people/accounts.js';
import { accountOfTicket, issueTicket, spendTicket } from '../../ledger/people/sign-in-tickets.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';
import { Problem } from '../http/problems.js';
import { type Answer, route } from '../http/route.js';
import { publicPart } from './account.js';
import { changePassword } from './password-change.js';
import {
  accountAnswer,
  codeNeeded,
  codeRequest,
  passwordRequest,
  session,
  signInRequest,
  signInWays,
} from './schemas.js';
import type { SignedSession } from './sessions.js';

export const accountRoutes = [
  route({
    method: 'get',
    path: '/api/v1/sign-in-ways',
    summary: '可以怎样登录：用户名和密码，以及配置了的统一身份认证（网页从 /sign-in/oidc 开始）',
    access: 'anyone',
    answers: { 200: signInWays },
    async handle({ context: { oidc } }) {
      return { status: 200, body: { password: true, ...(oidc ? { oidc: { label: oidc.label } } : {}) } };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/sessions',
    summary: '登录；启用了一次性验证码的账号得到 202，另用 POST /sessions/one-time-code 填写验证码',
    access: 'anyone',
    body: signInRequest,
    limited: true,
    holdsSecret: true,
    answers: { 201: session, 202: codeNeeded },
    async handle({ context, body, session }) {
      session.requireCookieToReach();
      const account = await context.signIn.check(body.username, body.password, session);
      if (account.codesSince === undefined) return opened(context, session, account, 'password');
      const { ticket, expiresAt } = await issueTicket(context.database, account, context.clock());
      return { status: 202, body: { oneTimeCodeNeeded: true, ticket, expiresAt: beijingIso(expiresAt) } };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/sessions/one-time-code',
    summary: '登录的第二步：填写验证器显示的验证码，或者一个没有用过的恢复码',
    access: 'anyone',
    body: codeRequest,
    limited: true,
    holdsSecret: true,
    answers: { 201: session },
    async handle({ context, body: { ticket, code }, session }) {
      session.requireCookieToReach();
      const account = await accountOfTicket(context.database, ticket, context.clock());
      if (!account) throw ticketEnded();
      const way = await context.secondStep.check(account, code, session);
      if (!(await spendTicket(context.database, ticket))) throw ticketEnded();
      return opened(context, session, account, way);
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/sessions/current',
    summary: '现在登录的账号',
    access: 'signed-in',
    answers: { 200: accountAnswer },
    handle: async ({ context, account }) => ({ status: 200, body: publicPart(account, context.codes) }),
  }),
  route({
    method: 'delete',
    path: '/api/v1/sessions/current',
    summary: '退出登录',
    access: 'signed-in',
    byPerson: true,
    answers: { 204: undefined },
    async handle({ session }) {
      await session.close();
      return { status: 204 };
    },
  }),
  route({
    method: 'put',
    path: '/api/v1/accounts/me/password',
    summary: '修改密码；其他已登录的会话随之退出',
    access: 'signed-in',
    byPerson: true,
    body: passwordRequest,
    limited: true,
    answers: { 200: accountAnswer },
    handle: changePassword,
  }),
];

async function opened(
  context: Context,
  session: SignedSession,
  stored: StoredAccount,
  way: SignInWay,
): Promise<Answer> {
  const { account, token, expiresAt } = await session.open(stored, way);
  const record = { at: context.clock(), outcome: 'succeeded', way, ...session.visit } as const;
  await context.signIns.record(stored.accountId, record);
  return {
    status: 201,
    body: { token, expiresAt: beijingIso(expiresAt), account: publicPart(account, context.codes) },
  };
}

const ticketEnded = (): Problem =>
  new Problem('sign-in-expired', '填写密码已超过五分钟，或者这次登录已经完成，请重新填写用户名和密码。');
