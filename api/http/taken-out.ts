/** Whatever leaves as a file, or lists the people of every unit, is recorded before it leaves. */
import type { Request } from 'express';
import { recordExport } from '../../ledger/people/exports.js';
import { HOUR } from '../../plan/rules/calendar.js';
import type { Account } from '../auth/account.js';
import type { Context } from '../engine/context.js';
import type { Answer, Route } from './route.js';

export interface Taking {
  route: Route;
  ids: Record<string, string>;
  /** As it was checked. */
  query: unknown;
  answer: Answer;
  account: Account;
  request: Request;
  context: Context;
}

/**
 * What cannot be recorded is not given (docs/decisions/0043-exports.md). A page that is open reads its list again at every
 * change: of the same list there is a row an hour.
 */
export async function recordTaken({ route, ids, query, answer, account, request, context }: Taking): Promise<void> {
  const name = answer.file?.name ?? route.listsPeople;
  if (name === undefined) return;
  const { database, sessions, clock } = context;
  const at = clock();
  const asked = new URLSearchParams((query ?? {}) as Record<string, string>).toString();
  const taken = {
    at,
    ...{ accountId: account.accountId, role: account.role },
    ...{ name, path: concreteAddress(route, ids) + (asked && `?${asked}`) },
    ...(ids.episodeId === undefined ? {} : { episodeId: ids.episodeId }),
    ...(ids.unitId === undefined ? {} : { unitId: ids.unitId }),
    ...sessions.of(request).visit,
  };
  try {
    await recordExport(database, taken, answer.file ? undefined : at - HOUR);
  } catch (error) {
    if (answer.file && !Buffer.isBuffer(answer.file.content)) answer.file.content.destroy();
    throw error;
  }
}

/** The contract's address with its ids. */
export const concreteAddress = ({ path }: Route, ids: Record<string, string>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
