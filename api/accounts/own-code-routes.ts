import { findAccount } from '../../ledger/people/accounts.js';
import { beginCodes, confirmCodes, removeCodes } from '../../ledger/people/one-time-codes.js';
import { codeIn, newCodeSecret, newRecoveryCodes, stepOf, uriOf } from '../auth/one-time-codes.js';
import { requirePassword } from '../auth/password-change.js';
import { hashPassword } from '../auth/passwords.js';
import { codesUnreadable } from '../auth/second-step.js';
import { invalidFields } from '../http/fields.js';
import { once } from '../http/idempotent.js';
import { Problem } from '../http/problems.js';
import { route } from '../http/route.js';
import { codeConfirmation, codeEnrolment, codeRemoval, codeSecret, recoveryCodes } from './schemas.js';

const CODES = '/api/v1/accounts/me/one-time-code';

/**
 * One's own one-time codes. Reachable while they are due. Each asks for the password again or for a code: whoever finds an
 * open session must not be able to shut its owner out.
 */
export const ownCodeRoutes = [
  route({
    method: 'post',
    path: CODES,
    summary: '登记一次性验证码的第一步：得到密钥，只显示这一次，存入手机上的验证器；确认之前不起作用',
    access: 'signed-in',
    byPerson: true,
    body: codeEnrolment,
    limited: true,
    holdsSecret: true,
    answers: { 200: codeSecret },
    async handle(call) {
      const { context, account, body } = call;
      const { sealing } = context.codes;
      if (account.mustChangePassword)
        throw new Problem('password-change-required', '请先修改初始密码，再登记一次性验证码。');
      if (!sealing) throw codesUnreadable();
      let shown = {};
      // Not the content: its plain hash would let the password be guessed quickly.
      await once(call, {}, async () => {
        const { accountId, username } = await requirePassword(call, body.password, 'password');
        const secret = newCodeSecret();
        if (!(await beginCodes(context.database, accountId, sealing.seal(secret, accountId)))) throw codesOn();
        shown = { secret, uri: uriOf(secret, username) };
      });
      return { status: 200, body: shown };
    },
  }),
  route({
    method: 'post',
    path: `${CODES}/confirmation`,
    summary: '登记的第二步：填写验证器显示的验证码；得到十个恢复码，只显示这一次。其他已登录的会话随之退出',
    access: 'signed-in',
    byPerson: true,
    body: codeConfirmation,
    holdsSecret: true,
    answers: { 200: recoveryCodes },
    async handle(call) {
      const { context, account, body, session } = call;
      let shown = {};
      await once(call, body, async () => {
        const stored = await findAccount(context.database, account.accountId);
        const { codeSecret: sealed = '', codesSince, codeStep } = stored ?? {};
        if (sealed === '') throw new Problem('one-time-codes-off', '还没有取得验证码的密钥，请先从登记的第一步开始。');
        const now = context.clock();
        const step = stepIn(context.codes.sealing?.open(sealed, account.accountId), body.code, now);
        // A repeat of work that was cut off: the codes are on, and the recovery codes were shown to nobody.
        if (codesSince !== undefined && codeStep === step) return;
        if (codesSince !== undefined) throw codesOn();
        const codes = newRecoveryCodes();
        const recoveryHashes = await Promise.all(codes.map(hashPassword));
        const confirmed = { sealed, step, recoveryHashes, sidHash: session.sessionId };
        const act = { by: account.accountId, at: now };
        if (!(await confirmCodes(context.database, account.accountId, confirmed, act))) throw codesOn();
        shown = { recoveryCodes: codes };
      });
      return { status: 200, body: shown };
    },
  }),
  route({
    method: 'post',
    path: `${CODES}/removal`,
    summary: '停用自己的一次性验证码，需要密码和验证码（或恢复码）；换手机时停用后重新登记',
    access: 'signed-in',
    byPerson: true,
    body: codeRemoval,
    limited: true,
    answers: { 204: undefined },
    async handle(call) {
      const { context, body } = call;
      await once(call, {}, async () => {
        const stored = await requirePassword(call, body.password, 'password');
        if (stored.codesSince === undefined)
          throw new Problem('one-time-codes-off', '账号没有启用一次性验证码；要启用的，请先登记。');
        await requireCode(() => context.secondStep.check(stored, body.code, call.session));
        await removeCodes(context.database, stored.accountId, { by: stored.accountId, at: context.clock() });
      });
      return { status: 204 };
    },
  }),
];

/** The secret is on the caller's screen, so there is nothing to guess. */
function stepIn(secret: string | undefined, typed: string, now: number): number {
  if (secret === undefined) throw codesUnreadable();
  const given = codeIn(typed);
  const step = given?.way === 'one-time-code' ? stepOf(secret, given.code, now) : undefined;
  if (step === undefined) throw codeWrongHere();
  return step;
}

/** A session is open: a wrong code is a wrong field, and no reason to sign in again. */
async function requireCode(check: () => Promise<unknown>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw error instanceof Problem && error.type === 'code-wrong' ? codeWrongHere() : error;
  }
}

const codeWrongHere = (): Problem =>
  invalidFields([
    {
      field: 'code',
      detail: '验证码不正确或已经用过，请填写验证器此刻显示的六位数字；一直不对的，请打开手机的自动校时',
    },
  ]);

const codesOn = (): Problem =>
  new Problem('one-time-codes-on', '账号已启用一次性验证码；要换手机，请先停用（需要密码和验证码），再重新登记。');
