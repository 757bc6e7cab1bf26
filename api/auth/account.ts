import type { Role } from '../../episode/commands.js';

export type AccountRole = Exclude<Role, 'system'>;

/** Who signed in, as a session carries it. */
export interface Account {
  accountId: string;
  role: AccountRole;
  /** Of role `unit` alone: the unit it acts for. */
  unitId?: string;
  mustChangePassword: boolean;
}

const OFFICE = 'office';

/** Whose the attachments are that an account uploads. */
export const ownerOf = ({ role, unitId }: Account): string => (role === 'office' ? OFFICE : (unitId ?? ''));
