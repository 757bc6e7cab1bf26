import {
  findToken,
  keepToken,
  listTokens,
  newToken,
  revokeToken,
  type StoredToken,
} from '../../ledger/people/tokens.js';
import { quoted } from '../../lib/quoted.js';
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { once } from '../http/idempotent.js';
import { notFound } from '../http/problems.js';
import { route } from '../http/route.js';
import { requireUnit } from './require-unit.js';
import { issuedToken, tokenList, tokenPath, tokenRequest } from './token-schemas.js';

const TOKENS = '/api/v1/tokens';
const ADMINISTRATOR = { administrator: 'any' } as const;
const LONGEST = 366 * 24 * HOUR;

/** Tokens of programs (docs/decisions/0033-accounts.md). */
export const tokenRoutes = [
  route({
    method: 'get',
    path: TOKENS,
    summary: '程序的令牌，已撤销和到期的也在内，最新的在前',
    access: ADMINISTRATOR,
    byPerson: true,
    answers: { 200: tokenList },
    async handle({ context }) {
      return { status: 200, body: { items: (await listTokens(context.database)).map(tokenItem) } };
    },
  }),
  route({
    method: 'post',
    path: TOKENS,
    summary: '给程序发放令牌；只显示这一次，最长一年',
    access: ADMINISTRATOR,
    byPerson: true,
    body: tokenRequest,
    holdsSecret: true,
    answers: { 201: issuedToken },
    async handle(call) {
      const { context, body, account, action, key } = call;
      const tokenId = commandIdOf(account.accountId, action, key);
      const now = context.clock();
      let shown = {};
      await once(call, body, async () => {
        await requireUnit(context, body.unitId);
        const expiresAt = requireEnd(body.expiresAt, now);
        const token = newToken();
        const given = { ...body, tokenId, createdBy: account.accountId, createdAt: now, expiresAt };
        if (await keepToken(context.database, token, given)) shown = { token };
      });
      const kept = (await findToken(context.database, tokenId))!;
      return { status: 201, body: { ...tokenItem(kept), ...shown } };
    },
  }),
  route({
    method: 'delete',
    path: `${TOKENS}/{tokenId}`,
    summary: '撤销令牌，立即失效；记录保留',
    access: ADMINISTRATOR,
    byPerson: true,
    params: tokenPath,
    answers: { 204: undefined },
    find: theToken,
    async handle({ context, found, account }) {
      await revokeToken(context.database, found.tokenId, { by: account.accountId, at: context.clock() });
      return { status: 204 };
    },
  }),
];

async function theToken({ database }: Context, { tokenId = '' }: Record<string, string>): Promise<StoredToken> {
  const token = await findToken(database, tokenId);
  if (!token) throw notFound('token', tokenId);
  return token;
}

function requireEnd(typed: string, now: number): number {
  const end = Date.parse(typed);
  if (end > now && end <= now + LONGEST) return end;
  const detail = `${quoted(typed)}应在现在之后、一年之内，例如 ${beijingIso(now + LONGEST)}`;
  throw invalidFields([{ field: 'expiresAt', detail }]);
}

const tokenItem = ({ createdAt, expiresAt, lastUsedAt, revokedAt, ...token }: StoredToken): object => ({
  ...token,
  createdAt: beijingIso(createdAt),
  expiresAt: beijingIso(expiresAt),
  ...(lastUsedAt === undefined ? {} : { lastUsedAt: beijingIso(lastUsedAt) }),
  ...(revokedAt === undefined ? {} : { revokedAt: beijingIso(revokedAt) }),
});
