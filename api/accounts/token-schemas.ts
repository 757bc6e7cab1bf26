import { z } from 'zod';
import { label } from '../../lib/label.js';
import { accountRole, givenInstant, instant, line } from '../http/schemas.js';
import { hasUnitAsRoleAsks, UNIT_AS_ROLE_ASKS } from './schemas.js';

export const tokenPath = z.object({ tokenId: z.string() });

const scope = z.enum(['read', 'act']).meta({ description: '`read`: GET alone' });

export const tokenRequest = z
  .strictObject({
    name: label(100).meta({ description: 'The program, e.g. 区政务数据平台' }),
    role: accountRole,
    unitId: line.optional().meta({ description: 'Of role `unit` alone' }),
    scope,
    expiresAt: givenInstant,
  })
  .refine(hasUnitAsRoleAsks, UNIT_AS_ROLE_ASKS)
  .meta({ id: 'NewToken' });

const token = z
  .object({
    tokenId: z.string().meta({ description: 'Also the account id of whatever the program does' }),
    name: z.string(),
    role: accountRole,
    unitId: z.string().optional(),
    scope,
    createdBy: z.string(),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.optional().meta({ description: 'To the minute' }),
    revokedBy: z.string().optional(),
    revokedAt: instant.optional(),
  })
  .meta({ id: 'Token' });

export const tokenList = z.object({ items: z.array(token) }).meta({ id: 'TokenList' });

export const issuedToken = token
  .extend({
    token: z.string().optional().meta({
      description:
        '`qk_…`, for `Authorization: Bearer`. Shown this once; absent in the answer to a repeat of the same key',
    }),
  })
  .meta({ id: 'IssuedToken' });
