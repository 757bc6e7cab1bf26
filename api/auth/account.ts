import type { Role } from '../../episode/commands.js';
import type { TokenScope } from '../../ledger/people/tokens.js';

export type AccountRole = Exclude<Role, 'system'>;

/** The account that signed in, as it is at this request. */
export interface Account {
  accountId: string;
  role: AccountRole;
  /** Of role `unit` alone: the unit it acts for. */
  unitId?: string;
  mustChangePassword: boolean;
  /** Signs in by more than a password: our one-time codes, or whatever the identity provider asks for. */
  hasSecondStep: boolean;
  /** Acts by a token. */
  program?: { name: string; scope: TokenScope };
}

/** To be done before anything else is possible. */
export type Due = 'password' | 'oneTimeCode';

/** Whose access reaches far enough that an installation may ask them for codes. */
const ASKED_FOR_CODES: ReadonlySet<AccountRole> = new Set(['office', 'administrator']);

/** A program by its token is asked for neither. */
export const dueOf = (
  { role, mustChangePassword, hasSecondStep, program }: Account,
  { areRequired }: { areRequired: boolean },
): Due[] => [
  ...(mustChangePassword ? ['password' as const] : []),
  ...(areRequired && !hasSecondStep && !program && ASKED_FOR_CODES.has(role) ? ['oneTimeCode' as const] : []),
];

/** What its person is told of it. */
export const publicPart = (account: Account, codes: { areRequired: boolean }) => ({
  accountId: account.accountId,
  role: account.role,
  ...(account.unitId === undefined ? {} : { unitId: account.unitId }),
  mustChangePassword: account.mustChangePassword,
  due: dueOf(account, codes),
});

const OFFICE = 'office';

/** The owner of the attachments that an account uploads: its unit, or the office. */
export const ownerOf = ({ role, unitId }: Account): string => (role === 'office' ? OFFICE : (unitId ?? ''));
