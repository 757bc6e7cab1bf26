import { z } from 'zod';
import { ACCOUNT_CHANGES } from '../../ledger/people/account-types.js';
import { label } from '../../lib/label.js';
import { code, firstDue } from '../auth/schemas.js';
import { accountRole, cursor, givenInstant, instant, limit, line, listOf } from '../http/schemas.js';

export const accountPath = z.object({ accountId: z.string() });
export const sessionPath = z.object({ sessionId: z.string() });
export const accountSessionPath = accountPath.extend(sessionPath.shape);
export const unitPathOfAccount = z.object({ unitId: z.string() });

const details = {
  name: label(100).meta({ description: 'Shown to others, e.g. 王伟（值班室）' }),
  role: accountRole,
  unitId: line
    .optional()
    .meta({ description: 'Of role `unit` alone: a unit of the directory, or one that has joined' }),
};

type Details = { role: string; unitId?: string | undefined };

export const hasUnitAsRoleAsks = ({ role, unitId }: Details): boolean => (role === 'unit') === (unitId !== undefined);
export const UNIT_AS_ROLE_ASKS = { path: ['unitId'], error: '单位账号请填写 unitId，其他账号请不要填写' };

export const accountRequest = z
  .strictObject({
    username: z
      .string()
      .overwrite((typed) => typed.normalize('NFKC').trim())
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u, {
        error: '应为 1 至 64 个文字、数字、点、连字符或 @，以文字或数字开头，例如“王伟”',
      })
      .meta({ description: 'To sign in with; never changes' }),
    ...details,
  })
  .refine(hasUnitAsRoleAsks, UNIT_AS_ROLE_ASKS)
  .meta({ id: 'NewAccount' });

export const accountUpdate = z
  .strictObject({ ...details, disabled: z.boolean() })
  .refine(hasUnitAsRoleAsks, UNIT_AS_ROLE_ASKS)
  .meta({ id: 'AccountUpdate' });

export const storedAccount = z
  .object({
    accountId: z.string(),
    username: z.string(),
    name: z.string(),
    role: accountRole,
    unitId: z.string().optional(),
    disabled: z.boolean(),
    hasPassword: z.boolean().meta({ description: 'False: nobody can sign in by password until one is issued' }),
    mustChangePassword: z.boolean(),
    passwordChosen: z.boolean().meta({ description: 'False: the password is one that somebody handed out' }),
    passwordUntil: instant.optional().meta({ description: 'End of a one-time password that was not changed yet' }),
    oneTimeCode: z.boolean().meta({ description: 'Signs in with a one-time code beside the password' }),
    fromProvider: z
      .boolean()
      .meta({ description: 'The identity provider says name, role and unit anew at each sign-in' }),
    lastSignInAt: instant.optional(),
    createdAt: instant,
  })
  .meta({ id: 'AccountRecord' });

export const accountList = listOf(storedAccount).meta({ id: 'AccountList' });

const oneTimePassword = z.string().optional().meta({
  description: 'Shown this once, kept nowhere. Absent in the answer to a repeat of the same key: issue another',
});

export const accountWithPassword = storedAccount.extend({ oneTimePassword }).meta({ id: 'AccountWithPassword' });

export const aPage = z.strictObject({ limit, cursor: cursor.optional() });

export const accountFilter = aPage.extend({
  role: accountRole.optional(),
  text: line.optional().meta({ description: 'Part of user name, name or unitId' }),
  password: z
    .enum(['handed-out'])
    .optional()
    .meta({ description: 'Enabled accounts whose password nobody has chosen' }),
});

export const changeList = listOf(
  z
    .object({
      at: instant,
      by: z.object({ accountId: z.string(), name: z.string().optional() }),
      kind: z.enum(ACCOUNT_CHANGES),
      fields: z
        .array(z.object({ field: z.string(), from: z.string().optional(), to: z.string().optional() }))
        .meta({ description: 'Of `changed`: name, role, unitId and disabled as far as they changed' }),
    })
    .meta({ id: 'AccountChange' }),
).meta({ id: 'AccountChangeList' });

const signIn = {
  at: instant,
  outcome: z.enum(['succeeded', 'password-wrong', 'password-expired', 'code-wrong', 'disabled']),
  way: z.enum(['password', 'one-time-code', 'recovery-code', 'oidc']),
  address: z.string().meta({ description: 'Shortened: `203.0.113.*`' }),
  device: z.string().meta({ description: 'Kind of browser in words: `微信（安卓）`' }),
};

export const signInList = listOf(z.object(signIn).meta({ id: 'SignInRecord' })).meta({ id: 'SignInList' });

export const signInsOfAll = listOf(
  z
    .object({ accountId: z.string(), username: z.string(), name: z.string(), ...signIn })
    .meta({ id: 'SignInOfAccount' }),
).meta({ id: 'SignInOfAccountList' });

export const signInFilter = aPage.extend({
  text: line.optional().meta({ description: '用户名或姓名中的文字，不分大小写' }),
  outcome: z.enum(['succeeded', 'failed']).optional().meta({ description: '`failed`：未能登录的，不论何故' }),
  from: givenInstant.optional().meta({ description: '从此时起' }),
  to: givenInstant.optional().meta({ description: '到此时止，含此时' }),
});

export const ownAccount = z
  .object({
    accountId: z.string(),
    username: z.string(),
    name: z.string(),
    role: accountRole,
    unitId: z.string().optional(),
    due: firstDue,
    oneTimeCode: z
      .object({ since: instant, recoveryCodesLeft: z.int().min(0) })
      .optional()
      .meta({ description: 'Absent: a password alone signs in' }),
    oneTimeCodesOffered: z.boolean().meta({ description: 'False: this installation has no key for them' }),
    lastSignInAt: instant.optional(),
  })
  .meta({ id: 'OwnAccount' });

const password = z.string().min(1).max(200);

export const codeEnrolment = z.strictObject({ password }).meta({ id: 'OneTimeCodeEnrolmentRequest' });
export const codeConfirmation = z.strictObject({ code }).meta({ id: 'OneTimeCodeConfirmation' });
export const codeRemoval = z.strictObject({ password, code }).meta({ id: 'OneTimeCodeRemoval' });

const shownOnce = 'Shown this once. Absent in the answer to a repeat of the same key';

export const codeSecret = z
  .object({
    secret: z
      .string()
      .optional()
      .meta({ description: `Base32, for an authenticator. ${shownOnce}: enrol under a new one` }),
    uri: z
      .string()
      .optional()
      .meta({ description: `The same as \`otpauth://…\`. ${shownOnce}` }),
  })
  .meta({ id: 'OneTimeCodeEnrolment' });

export const recoveryCodes = z
  .object({
    recoveryCodes: z
      .array(z.string())
      .optional()
      .meta({ description: `Each signs in once in place of a code. ${shownOnce}: remove the codes and enrol anew` }),
  })
  .meta({ id: 'RecoveryCodes' });

const sessionAt = {
  since: instant,
  lastUsedAt: instant.meta({ description: 'To the minute' }),
  address: z.string(),
  device: z.string(),
};

export const ownSessions = z
  .object({
    items: z.array(
      z
        .object({
          sessionId: z.string(),
          current: z.boolean().meta({ description: 'The session of this request' }),
          ...sessionAt,
        })
        .meta({ id: 'OwnSession' }),
    ),
  })
  .meta({ id: 'OwnSessionList' });

export const accountSessions = z
  .object({
    items: z.array(
      z
        .object({
          sessionId: z.string(),
          current: z
            .literal(true)
            .optional()
            .meta({ description: 'The session of this request: the account is the own' }),
          ...sessionAt,
        })
        .meta({ id: 'AccountSession' }),
    ),
  })
  .meta({ id: 'AccountSessionList' });
