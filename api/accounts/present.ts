import type { AccountChange } from '../../ledger/people/account-changes.js';
import { accountVersion, type StoredAccount } from '../../ledger/people/accounts.js';
import type { SignInRecord } from '../../ledger/people/sign-ins.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Answer } from '../http/route.js';

export const accountBody = (account: StoredAccount): object => ({
  accountId: account.accountId,
  username: account.username,
  name: account.name,
  role: account.role,
  ...(account.unitId === undefined ? {} : { unitId: account.unitId }),
  disabled: account.disabled,
  hasPassword: account.passwordHash !== undefined,
  mustChangePassword: account.mustChangePassword,
  passwordChosen: account.passwordChosen,
  ...(account.passwordUntil === undefined ? {} : { passwordUntil: beijingIso(account.passwordUntil) }),
  oneTimeCode: account.codesSince !== undefined,
  fromProvider: account.identity !== undefined,
  ...(account.lastSignInAt === undefined ? {} : { lastSignInAt: beijingIso(account.lastSignInAt) }),
  createdAt: beijingIso(account.createdAt),
});

/** The account, and the version that an update may name. */
export const answerOfAccount = (account: StoredAccount, status = 200, more: object = {}): Answer => ({
  status,
  body: { ...accountBody(account), ...more },
  headers: { ETag: `"${accountVersion(account)}"` },
});

export const changeItem = ({ at, by, byName, kind, fields }: AccountChange): object => ({
  at: beijingIso(at),
  by: { accountId: by, ...(byName === undefined ? {} : { name: byName }) },
  kind,
  fields: Object.entries(fields).map(([field, { from, to }]) => ({
    field,
    ...(from === undefined ? {} : { from: String(from) }),
    ...(to === undefined ? {} : { to: String(to) }),
  })),
});

/** Of one account, which the address names. */
export const signInItem = ({ at, outcome, way, address, device }: SignInRecord) => ({
  at: beijingIso(at),
  outcome,
  way,
  address,
  device,
});
