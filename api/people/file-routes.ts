import { createHash } from 'node:crypto';
import { findImport } from '../../ledger/people/roster-imports.js';
import { XLSX } from '../../lib/media-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Account } from '../auth/account.js';
import type { Context } from '../engine/context.js';
import { readFileBody } from '../http/file-body.js';
import { commandIdOf } from '../http/idempotency.js';
import { once } from '../http/idempotent.js';
import { notFound } from '../http/problems.js';
import { route } from '../http/route.js';
import { nothing } from '../http/schemas.js';
import { csvOf } from './csv.js';
import { daysAsked } from './days.js';
import { sheetOf } from './files.js';
import { confirm, contactsAndDutiesFor, holdersFor, lookAt, previewAnswer, type Shown } from './imports.js';
import { theImport } from './load-holder.js';
import { importApplied, importPreview, rosterPaths, someDays } from './roster-schemas.js';
import type { Sheet, SheetKind } from './sheets.js';
import { xlsxOf } from './xlsx.js';

const CSV = 'text/csv';
const IMPORTS = '/api/v1/roster/imports';
const DUTY = { office: 'any', unit: 'any' } as const;
const PEOPLE = { ...DUTY, administrator: 'any' } as const;
const MONTH = 31;

/** Files of contacts and roster. A unit gets and sends its own alone. The same file again changes nothing. */
export const rosterFileRoutes = [
  route({
    method: 'get',
    path: '/api/v1/roster.xlsx',
    summary: '下载联系人和值班表（工作表“联系人”“值班表”）；默认自今日起 31 天',
    access: PEOPLE,
    query: someDays,
    answers: { 200: [XLSX] },
    async handle({ context, account, query }) {
      const kinds: SheetKind[] = account.role === 'administrator' ? ['contacts'] : ['contacts', 'roster'];
      const content = await xlsxOf(await sheetsFor(context, account, kinds, query));
      return { status: 200, file: { mediaType: XLSX, name: '联系人和值班表.xlsx', content } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/roster.csv',
    summary: '下载值班表；默认自今日起 31 天',
    access: { ...DUTY, supervisor: 'any' },
    query: someDays,
    answers: { 200: [CSV] },
    async handle({ context, account, query }) {
      const [sheet] = await sheetsFor(context, account, ['roster'], query);
      return { status: 200, file: { mediaType: CSV, name: '值班表.csv', content: csvOf(sheet!.rows) } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/contacts.csv',
    summary: '下载联系人',
    access: PEOPLE,
    answers: { 200: [CSV] },
    async handle({ context, account }) {
      const [sheet] = await sheetsFor(context, account, ['contacts'], {});
      return { status: 200, file: { mediaType: CSV, name: '联系人.csv', content: csvOf(sheet!.rows) } };
    },
  }),
  route({
    method: 'post',
    path: IMPORTS,
    summary: '上传联系人或值班表（xlsx、CSV），预览变动和每一处错误；确认之前不作更改',
    access: PEOPLE,
    receives: [CSV, XLSX, 'multipart/form-data'],
    answers: { 201: importPreview },
    async handle(call) {
      const { context, account, action, key, request } = call;
      const bytes = await readFileBody(request);
      const importId = commandIdOf(account.accountId, action, key);
      const content = { sha256: createHash('sha256').update(bytes).digest('hex') };
      await once(call, content, () => lookAt(context, account, importId, bytes));
      return { status: 201, body: previewAnswer(await theImport(context, { importId })) };
    },
  }),
  route({
    method: 'post',
    path: `${IMPORTS}/{importId}/confirmation`,
    summary: '确认导入：所作的更改与预览完全一致',
    access: PEOPLE,
    params: rosterPaths.import,
    body: nothing,
    answers: { 200: importApplied },
    find: theImport,
    async handle(call) {
      const { context, found, account, body } = call;
      if (found.accountId !== account.accountId) throw notFound('import', found.importId);
      await once(call, body, () => confirm(context, found));
      const { importId, confirmedAt, preview } = (await findImport(context.database, found.importId))!;
      const changes = (preview as Shown).changes.length;
      return { status: 200, body: { importId, confirmedAt: beijingIso(confirmedAt!), changes } };
    },
  }),
];

async function sheetsFor(
  { database, edition, clock }: Context,
  account: Account,
  kinds: readonly SheetKind[],
  asked: { from?: string; until?: string },
): Promise<Sheet[]> {
  const holders = holdersFor(account, edition);
  const present = await contactsAndDutiesFor(database, holders, daysAsked(asked, clock(), MONTH));
  return kinds.map((kind) => sheetOf(kind, holders, present));
}
