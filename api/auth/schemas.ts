import { z } from 'zod';
import { accountRole, instant, line } from '../http/schemas.js';

export const firstDue = z.array(z.enum(['password', 'oneTimeCode'])).meta({
  description: 'To be done before anything else is possible: changing the password, enrolling one-time codes',
});

const account = z.object({
  accountId: z.string(),
  role: accountRole,
  unitId: z.string().optional(),
  mustChangePassword: z.boolean(),
  due: firstDue,
});

export const session = z.object({ token: z.string(), expiresAt: instant, account }).meta({ id: 'Session' });
export const accountAnswer = account.meta({ id: 'Account' });

export const signInWays = z
  .object({
    password: z.literal(true),
    oidc: z
      .object({ label: z.string().meta({ description: 'What people call the identity provider' }) })
      .optional()
      .meta({ description: 'A browser goes to /sign-in/oidc' }),
  })
  .meta({ id: 'SignInWays' });

export const signInRequest = z
  .strictObject({ username: line, password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' });

export const codeNeeded = z
  .object({
    oneTimeCodeNeeded: z.literal(true),
    ticket: z.string().meta({ description: 'For POST /sessions/one-time-code, once' }),
    expiresAt: instant,
  })
  .meta({ id: 'OneTimeCodeNeeded' });

export const code = z
  .string()
  .min(1)
  .max(40)
  .meta({ description: 'Six digits of the authenticator, or a recovery code: `3-7KQ2M-XW9RA`' });

export const codeRequest = z.strictObject({ ticket: z.string().min(1).max(100), code }).meta({ id: 'SignInCode' });

export const passwordRequest = z
  .strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) })
  .meta({ id: 'PasswordChange' });
