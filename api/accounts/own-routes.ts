import { findAccount } from '../../ledger/people/accounts.js';
import { endSession } from '../../ledger/people/sessions.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { dueOf } from '../auth/account.js';
import { notFound } from '../http/problems.js';
import { route } from '../http/route.js';
import { openSessionsOf } from './open-sessions.js';
import { signInItem } from './present.js';
import { aPage, ownAccount, ownSessions, sessionPath, signInList } from './schemas.js';

const ME = '/api/v1/accounts/me';

/** Everybody's own account. Reachable also while something is due. */
export const ownAccountRoutes = [
  route({
    method: 'get',
    path: ME,
    summary: '自己的账号，以及要先办的事',
    access: 'signed-in',
    byPerson: true,
    answers: { 200: ownAccount },
    async handle({ context, account }) {
      const stored = (await findAccount(context.database, account.accountId))!;
      const { username, name, lastSignInAt, codesSince, recoveryHashes } = stored;
      const { accountId, role, unitId } = account;
      return {
        status: 200,
        body: {
          accountId,
          username,
          name,
          role,
          ...(unitId === undefined ? {} : { unitId }),
          due: dueOf(account, context.codes),
          ...(codesSince === undefined
            ? {}
            : {
                oneTimeCode: {
                  since: beijingIso(codesSince),
                  recoveryCodesLeft: recoveryHashes.filter(Boolean).length,
                },
              }),
          oneTimeCodesOffered: context.codes.sealing !== undefined,
          ...(lastSignInAt === undefined ? {} : { lastSignInAt: beijingIso(lastSignInAt) }),
        },
      };
    },
  }),
  route({
    method: 'get',
    path: `${ME}/sessions`,
    summary: '自己现有的登录',
    access: 'signed-in',
    byPerson: true,
    answers: { 200: ownSessions },
    async handle({ context, account, session }) {
      const open = await openSessionsOf(context, account.accountId);
      const items = open.map((one) => ({ ...one, current: one.sessionId === session.sessionId }));
      return { status: 200, body: { items } };
    },
  }),
  route({
    method: 'delete',
    path: `${ME}/sessions/{sessionId}`,
    summary: '结束自己的一个登录',
    access: 'signed-in',
    byPerson: true,
    params: sessionPath,
    answers: { 204: undefined },
    async handle({ context, account, params }) {
      if (!(await endSession(context.database, account.accountId, params.sessionId)))
        throw notFound('session', params.sessionId);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: `${ME}/sign-ins`,
    summary: '自己的登录记录，成功的和失败的，最新的在前；保留半年',
    access: 'signed-in',
    byPerson: true,
    query: aPage,
    answers: { 200: signInList },
    async handle({ context, account, query }) {
      const { items, ...rest } = await context.signIns.page({ accountId: account.accountId, ...query });
      return { status: 200, body: { ...rest, items: items.map(signInItem) } };
    },
  }),
];
