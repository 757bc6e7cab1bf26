import type { Role } from '../../episode/commands.js';

export type AccountRole = Exclude<Role, 'system'>;

/** The account that signed in, as its session stores it. */
export interface Account {
  accountId: string;
  role: AccountRole;
  /** Of role `unit` alone: the unit it acts for. */
  unitId?: string;
  mustChangePassword: boolean;
}

const OFFICE = 'office';

/** The owner of the attachments that an account uploads: its unit, or the office. */
export const ownerOf = ({ role, unitId }: Account): string => (role === 'office' ? OFFICE : (unitId ?? ''));
