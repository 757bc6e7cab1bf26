import { accountsOfUnit, giveAccount } from '../../ledger/people/accounts.js';
import { quoted } from '../../lib/quoted.js';
import { theKnownUnit } from '../engine/known-unit.js';
import { Problem } from '../http/problems.js';
import { route } from '../http/route.js';
import { nothing } from '../http/schemas.js';
import { issueTo } from './one-time-password.js';
import { accountWithPassword, unitPathOfAccount } from './schemas.js';

/**
 * A unit joins at night, when no administrator is there: the office hands it the first password. It cannot reset one that
 * a person of the unit has chosen, nor one handed out at the first start (docs/decisions/0033-accounts.md).
 */
export const firstPasswordRoutes = [
  route({
    method: 'post',
    path: '/api/v1/units/{unitId}/account/first-password',
    summary:
      '给加入的单位发放首次登录的一次性密码，只显示这一次，72 小时内有效；没有账号的先建账号；已有人使用的不能发放',
    access: { office: 'any', administrator: 'any' },
    byPerson: true,
    params: unitPathOfAccount,
    body: nothing,
    holdsSecret: true,
    answers: { 200: accountWithPassword },
    find: theKnownUnit,
    async handle(call) {
      const { context, found: unit } = call;
      await giveAccount(context.database, unit);
      const [account] = await accountsOfUnit(context.database, unit.unitId);
      if (!account) throw inUse(unit.name);
      return issueTo(call, account.accountId, async () => {
        if (!account.mustChangePassword || account.disabled) throw inUse(unit.name);
      });
    },
  }),
];

const inUse = (name: string): Problem =>
  new Problem(
    'account-in-use',
    `${quoted(name)}的账号已有人使用或已停用，办公室不能发放密码；忘记密码的，请系统管理员重置。`,
  );
