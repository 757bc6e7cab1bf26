import type { TokenScope } from '../../ledger/people/tokens.js';
import { quoted } from '../../lib/quoted.js';
import { Problem } from '../http/problems.js';
import type { Access, Route } from '../http/route.js';
import { type Account, type Due, dueOf } from './account.js';

const ROLES: Record<Account['role'], string> = {
  office: '区环委会办公室',
  unit: '责任单位',
  supervisor: '监督部门',
  administrator: '管理员',
};

/** Refuses with 403 unless the account may use the route, and on the unit it names. */
export function authorise(access: Access, account: Account, unitId: string | undefined): void {
  if (access === 'anyone' || access === 'signed-in') return;
  const scope = access[account.role];
  if (scope === undefined)
    throw new Problem('not-allowed', `${ROLES[account.role]}的账号无权进行此项操作，如有需要请联系区环委会办公室。`);
  if (scope === 'own' && (unitId === undefined || unitId !== account.unitId))
    throw new Problem('not-allowed', `您只能查看和办理本单位的事项${besides(unitId)}，请改用本单位的地址。`);
}

const besides = (unitId: string | undefined): string => (unitId === undefined ? '' : `，${quoted(unitId)}不是您的单位`);

const DUE: Record<Due, () => Problem> = {
  password: () => new Problem('password-change-required', '请先修改初始密码，再进行其他操作。'),
  oneTimeCode: () =>
    new Problem('one-time-code-required', '本系统要求办公室和管理员登录时另填一次性验证码，请先登记，再进行其他操作。'),
};

/** Until what is due is done, only doing it and signing out are possible. */
export function requireNothingDue(account: Account, access: Access, codes: { areRequired: boolean }): void {
  if (access === 'anyone' || access === 'signed-in') return;
  const [due] = dueOf(account, codes);
  if (due) throw DUE[due]();
}

/** A program acts as far as its token says, and never on accounts and tokens. */
export function requireScope(
  { name, scope }: { name: string; scope: TokenScope },
  { method, byPerson }: Pick<Route, 'method' | 'byPerson'>,
): void {
  if (byPerson) throw new Problem('not-allowed', `程序${quoted(name)}的令牌不能用于账号和登录，请由本人登录后办理。`);
  if (scope === 'read' && method !== 'get')
    throw new Problem('not-allowed', `程序${quoted(name)}的令牌只能读取，请系统管理员另发一个可以办理的令牌。`);
}

/** A page elsewhere may make a browser send our cookie, but cannot forge the Origin it sends along. */
export function requireSameOrigin(
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  publicUrl: string,
): void {
  const ours = origin !== undefined && URL.canParse(origin);
  if (ours && (new URL(origin).host === host || origin === new URL(publicUrl).origin)) return;
  throw new Problem(
    'origin-foreign',
    `请求来自${origin === undefined ? '没有写明来源的页面' : quoted(origin)}，不是本系统的页面，请回到本系统页面重试。`,
  );
}
