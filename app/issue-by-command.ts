import { newOneTimePassword } from '../api/accounts/one-time-password.js';
import { openDatabase } from '../ledger/database.js';
import { issuePassword } from '../ledger/people/account-changes.js';
import { findAccountByUsername } from '../ledger/people/accounts.js';
import { removeCodes } from '../ledger/people/one-time-codes.js';
import { quoted } from '../lib/quoted.js';
import { StartError } from '../lib/start-error.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { readConfig } from '../platform/config.js';
import { ownDataFolder } from '../platform/data-folder.js';
import { ownDatabase } from './places.js';

/** By whom the record of changes says it was: whoever can run commands on the machine. */
const BY = 'command';

/**
 * Issues a one-time password to an account, which may be the only administrator's, and answers the lines to show. The
 * embedded database has one owner, so the program must not be running; a server takes it any time. Throws `StartError`.
 */
export async function issueByCommand(
  username: string | undefined,
  env: Record<string, string | undefined>,
): Promise<string[]> {
  if (username === undefined) throw new StartError('请写明用户名，例如 npm run reset-password -- administrator。');
  const config = readConfig(env);
  const folder = config.databaseUrl === undefined ? ownDataFolder(config.dataFolder) : undefined;
  try {
    const database = await openDatabase(ownDatabase(config));
    try {
      const account = await findAccountByUsername(database, username);
      if (!account) throw new StartError(`没有用户名为${quoted(username)}的账号，请核对后重试。`);
      if (account.disabled)
        throw new StartError(`账号${quoted(username)}已经停用，请由系统管理员恢复，或者为另一位管理员重置。`);
      const now = Date.now();
      const { oneTimePassword, ...issued } = await newOneTimePassword(now);
      await issuePassword(database, account.accountId, issued, { by: BY, at: now });
      const hadCodes = account.codesSince !== undefined;
      if (hadCodes) await removeCodes(database, account.accountId, { by: BY, at: now });
      return [
        `用户名：${username}`,
        `一次性密码：${oneTimePassword}`,
        `${beijingIso(issued.until)} 之前有效，登录后须修改；原来的密码和登录已失效。`,
        ...(hadCodes ? ['一次性验证码和恢复码也已停用，登录后请重新登记。'] : []),
      ];
    } finally {
      await database.close();
    }
  } finally {
    folder?.release();
  }
}
