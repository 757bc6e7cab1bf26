import {
  addAccount,
  changesOf,
  endSessionOf,
  revokeSessions,
  type UpdateOutcome,
  updateAccount,
} from '../../ledger/people/account-changes.js';
import { findAccount, listAccounts, UsernameTaken } from '../../ledger/people/accounts.js';
import { removeCodes } from '../../ledger/people/one-time-codes.js';
import { quoted } from '../../lib/quoted.js';
import type { Context } from '../engine/context.js';
import { commandIdOf } from '../http/idempotency.js';
import { once } from '../http/idempotent.js';
import { notFound, Problem } from '../http/problems.js';
import { route } from '../http/route.js';
import { nothing } from '../http/schemas.js';
import { versionIn } from '../http/versions.js';
import { issueTo, newOneTimePassword } from './one-time-password.js';
import { openSessionsOf } from './open-sessions.js';
import { accountBody, answerOfAccount, changeItem, signInItem } from './present.js';
import { requireUnit } from './require-unit.js';
import {
  accountFilter,
  accountList,
  accountPath,
  accountRequest,
  accountSessionPath,
  accountSessions,
  accountUpdate,
  accountWithPassword,
  aPage,
  changeList,
  signInList,
  storedAccount,
} from './schemas.js';

const ACCOUNTS = '/api/v1/accounts';
const ONE = `${ACCOUNTS}/{accountId}`;
const ADMINISTRATOR = { administrator: 'any' } as const;

/** Accounts of others (docs/decisions/0033-accounts.md). None is removed: entries name them for ever. */
export const accountAdministrationRoutes = [
  route({
    method: 'get',
    path: ACCOUNTS,
    summary: '全部账号，按用户名；可以按角色、文字、未修改初始密码筛选',
    access: ADMINISTRATOR,
    byPerson: true,
    query: accountFilter,
    answers: { 200: accountList },
    async handle({ context, query }) {
      const { items, ...rest } = await listAccounts(context.database, query);
      return { status: 200, body: { ...rest, items: items.map(accountBody) } };
    },
  }),
  route({
    method: 'post',
    path: ACCOUNTS,
    summary: '新增账号；回答中的一次性密码只显示这一次，72 小时内有效，首次登录后须修改',
    access: ADMINISTRATOR,
    byPerson: true,
    body: accountRequest,
    holdsSecret: true,
    answers: { 201: accountWithPassword },
    async handle(call) {
      const { context, body, account, action, key } = call;
      const accountId = commandIdOf(account.accountId, action, key);
      const now = context.clock();
      let shown = {};
      await once(call, body, async () => {
        await requireUnit(context, body.unitId);
        const { oneTimePassword, passwordHash, until } = await newOneTimePassword(now);
        const given = { accountId, ...body, passwordHash, passwordUntil: until, mustChangePassword: true };
        const added = addAccount(context.database, given, { by: account.accountId, at: now });
        if (await added.catch(nameTaken(body.username))) shown = { oneTimePassword };
      });
      return answerOfAccount((await findAccount(context.database, accountId))!, 201, shown);
    },
  }),
  route({
    method: 'get',
    path: ONE,
    summary: '一个账号',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountPath,
    answers: { 200: storedAccount },
    find: theStoredAccount,
    handle: async ({ found }) => answerOfAccount(found),
  }),
  route({
    method: 'put',
    path: ONE,
    summary: '更改姓名、角色、单位，停用或恢复；角色、单位变动和停用后，该账号的登录立即失效',
    access: ADMINISTRATOR,
    byPerson: true,
    ifMatch: true,
    params: accountPath,
    body: accountUpdate,
    answers: { 200: storedAccount },
    find: theStoredAccount,
    async handle(call) {
      const { context, found, body, account } = call;
      const basis = versionIn(call.request.get('If-Match'));
      await once(call, body, async () => {
        await requireUnit(context, body.unitId);
        const changesOwn = body.role !== found.role || body.unitId !== found.unitId || body.disabled;
        if (found.accountId === account.accountId && changesOwn)
          throw new Problem(
            'own-account',
            `不能更改自己（${quoted(found.name)}）的角色，也不能停用自己的账号，请由另一位系统管理员办理。`,
          );
        const act = { by: account.accountId, at: context.clock(), basis };
        requireUpdated(await updateAccount(context.database, found.accountId, body, act), found.name);
      });
      return answerOfAccount(await theStoredAccount(context, found));
    },
  }),
  route({
    method: 'post',
    path: `${ONE}/password-reset`,
    summary: '重置密码：发放一次性密码，只显示这一次，72 小时内有效，登录后须修改；该账号的登录立即失效',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountPath,
    body: nothing,
    holdsSecret: true,
    answers: { 200: accountWithPassword },
    find: theStoredAccount,
    async handle(call) {
      if (call.found.accountId === call.account.accountId)
        throw new Problem(
          'own-account',
          `自己（${quoted(call.found.name)}）的密码请用“修改密码”更改；忘记了的，请由另一位系统管理员重置。`,
        );
      return issueTo(call, call.found.accountId);
    },
  }),
  route({
    method: 'post',
    path: `${ONE}/one-time-code/removal`,
    summary: '停用该账号的一次性验证码（例如手机丢失），以后只凭密码登录，或按规定重新登记；该账号的登录立即失效',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountPath,
    body: nothing,
    answers: { 200: storedAccount },
    find: theStoredAccount,
    async handle(call) {
      const { context, found, account, body } = call;
      if (found.accountId === account.accountId)
        throw new Problem(
          'own-account',
          `自己（${quoted(found.name)}）的一次性验证码请在“我的账号”中停用，需要密码和验证码；做不到的，请由另一位系统管理员办理。`,
        );
      const act = { by: account.accountId, at: context.clock() };
      await once(call, body, async () => {
        if (found.codesSince !== undefined) await removeCodes(context.database, found.accountId, act);
      });
      return answerOfAccount(await theStoredAccount(context, found));
    },
  }),
  route({
    method: 'post',
    path: `${ONE}/sessions/revocation`,
    summary: '让该账号的全部登录立即失效',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountPath,
    body: nothing,
    answers: { 200: storedAccount },
    find: theStoredAccount,
    async handle(call) {
      const { context, found, account, body } = call;
      const act = { by: account.accountId, at: context.clock() };
      await once(call, body, () => revokeSessions(context.database, found.accountId, act));
      return answerOfAccount(await theStoredAccount(context, found));
    },
  }),
  route({
    method: 'get',
    path: `${ONE}/sessions`,
    summary: '该账号现有的登录',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountPath,
    answers: { 200: accountSessions },
    find: theStoredAccount,
    async handle({ context, found, session }) {
      const open = await openSessionsOf(context, found.accountId);
      const items = open.map((one) => ({ ...one, ...(one.sessionId === session.sessionId && { current: true }) }));
      return { status: 200, body: { items } };
    },
  }),
  route({
    method: 'delete',
    path: `${ONE}/sessions/{sessionId}`,
    summary: '结束该账号的一个登录，立即失效；其他登录照旧',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountSessionPath,
    answers: { 204: undefined },
    find: theStoredAccount,
    async handle({ context, found, account, params }) {
      const act = { by: account.accountId, at: context.clock() };
      if (!(await endSessionOf(context.database, found.accountId, params.sessionId, act)))
        throw notFound('session', params.sessionId);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: `${ONE}/sign-ins`,
    summary: '该账号的登录记录，成功的和失败的，最新的在前；保留半年',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountPath,
    query: aPage,
    answers: { 200: signInList },
    find: theStoredAccount,
    async handle({ context, found, query }) {
      const { items, ...rest } = await context.signIns.page({ accountId: found.accountId, ...query });
      return { status: 200, body: { ...rest, items: items.map(signInItem) } };
    },
  }),
  route({
    method: 'get',
    path: `${ONE}/changes`,
    summary: '谁在何时对该账号做了什么，最新的在前',
    access: ADMINISTRATOR,
    byPerson: true,
    params: accountPath,
    query: aPage,
    answers: { 200: changeList },
    find: theStoredAccount,
    async handle({ context, found, query }) {
      const { items, ...rest } = await changesOf(context.database, found.accountId, query);
      return { status: 200, body: { ...rest, items: items.map(changeItem) } };
    },
  }),
];

async function theStoredAccount({ database }: Context, { accountId = '' }: { accountId?: string }) {
  const account = await findAccount(database, accountId);
  if (!account) throw notFound('account', accountId);
  return account;
}

const nameTaken =
  (username: string) =>
  (error: unknown): never => {
    if (!(error instanceof UsernameTaken)) throw error;
    throw new Problem('username-taken', `用户名${quoted(username)}已被使用，请另选一个。`);
  };

function requireUpdated(outcome: UpdateOutcome, name: string): void {
  if (outcome === 'changed-meanwhile')
    throw new Problem('account-changed', `${quoted(name)}的账号在您读取之后已被他人修改，请重新读取，核对后再保存。`);
  if (outcome === 'last-administrator')
    throw new Problem(
      'last-administrator',
      `${quoted(name)}是最后一位可以登录的系统管理员，请先增加另一位，再停用或更改。`,
    );
}
