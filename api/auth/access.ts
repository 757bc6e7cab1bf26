import { Problem } from '../http/problems.js';
import type { Access } from '../http/route.js';
import type { Account } from './account.js';

/** Refuses with 403 unless the account may use the route, and on the unit it names. */
export function authorise(access: Access, account: Account, unitId: string | undefined): void {
  if (access === 'anyone' || access === 'signed-in') return;
  const scope = access[account.role];
  if (scope === undefined) throw new Problem('not-allowed', '您的账号无权进行此项操作，如有需要请联系区环委会办公室。');
  if (scope === 'own' && (unitId === undefined || unitId !== account.unitId))
    throw new Problem('not-allowed', '您只能查看和办理本单位的事项，请改用本单位的地址。');
}

/** Until the password is changed, only changing it and signing out are possible. */
export function requireOwnPassword(account: Account, access: Access): void {
  if (account.mustChangePassword && access !== 'signed-in')
    throw new Problem('password-change-required', '请先修改初始密码，再进行其他操作。');
}

/** A page elsewhere may make a browser send our cookie, but cannot forge the Origin it sends along. */
export function requireSameOrigin(
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  publicUrl: string,
): void {
  const ours = origin !== undefined && URL.canParse(origin);
  if (ours && (new URL(origin).host === host || origin === new URL(publicUrl).origin)) return;
  throw new Problem('origin-foreign', '请求不是从本系统页面发出的，请回到本系统页面重试。');
}
