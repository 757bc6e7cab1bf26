import { z } from 'zod';
import { accountRole, instant, line } from '../http/schemas.js';

const account = z.object({
  accountId: z.string(),
  role: accountRole,
  unitId: z.string().optional(),
  mustChangePassword: z.boolean(),
});

export const session = z.object({ token: z.string(), expiresAt: instant, account }).meta({ id: 'Session' });
export const accountAnswer = account.meta({ id: 'Account' });

export const signInRequest = z
  .strictObject({ username: line, password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' });

export const passwordRequest = z
  .strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) })
  .meta({ id: 'PasswordChange' });
