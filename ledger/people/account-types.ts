/** What is kept of accounts, by rows of their own. */
import type { Role } from '../../episode/commands.js';

/** What an administrator says of an account. */
export interface AccountDetails {
  /** Shown beside what the account does. */
  name: string;
  role: Exclude<Role, 'system'>;
  /** Of role `unit` alone: the unit it acts for. */
  unitId?: string;
  disabled: boolean;
}

export const ACCOUNT_CHANGES = [
  'created',
  'changed',
  'password-issued',
  'password-changed',
  'sessions-ended',
  'session-ended',
  'codes-enrolled',
  'codes-removed',
] as const;
export type AccountChangeKind = (typeof ACCOUNT_CHANGES)[number];

/** Fields before and after, as far as they changed. */
export type ChangedFields = Partial<Record<keyof AccountDetails, { from?: string | boolean; to?: string | boolean }>>;

export type SignInOutcome = 'succeeded' | 'password-wrong' | 'password-expired' | 'code-wrong' | 'disabled';
export type CodeWay = 'one-time-code' | 'recovery-code';
export type SignInWay = 'password' | CodeWay | 'oidc';

/** Where a sign-in came from, in words that a person reads. */
export interface Visit {
  /** Shortened: `203.0.113.*`. */
  address: string;
  /** `微信（安卓）`. */
  device: string;
}
