import { z } from 'zod';
import { listExports, type NamedExport } from '../../ledger/people/exports.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { route } from '../http/route.js';
import { accountRole, cursor, givenInstant, instant, limit, line, listOf } from '../http/schemas.js';

const exportRecord = z
  .object({
    at: instant,
    by: z.object({
      accountId: z.string(),
      name: z.string().optional(),
      role: accountRole,
      program: z.boolean().meta({ description: 'Acted by a token: `accountId` is its `tokenId`' }),
    }),
    name: z.string().meta({ description: 'Of the file, or what the list is called' }),
    path: z.string().meta({ description: 'What was asked for: address and query' }),
    episodeId: z.string().optional(),
    unitId: z.string().optional(),
    address: z.string().meta({ description: 'Shortened: `203.0.113.*`' }),
    device: z.string().meta({ description: 'Kind of browser in words: `微信（安卓）`' }),
  })
  .meta({ id: 'ExportRecord' });

/** Who took what out. The office, whose papers most of them are, does not keep its own watch. */
export const exportRoutes = [
  route({
    method: 'get',
    path: '/api/v1/exports',
    summary: '导出记录：谁在何时下载了什么，新的在前；程序凭令牌下载的也在内',
    description:
      '每一个下载的文件一条；电话名单在页面上读取，同一账号每小时一条。先记录，后给出文件：记不下来的，不给。记录不能更改或删除。',
    access: { supervisor: 'any', administrator: 'any' },
    query: z.strictObject({
      role: accountRole.optional(),
      accountId: line.optional().meta({ description: '账号，或者令牌的 tokenId' }),
      episodeId: line.optional(),
      from: givenInstant.optional().meta({ description: '从此时起' }),
      to: givenInstant.optional().meta({ description: '到此时止，含此时' }),
      text: line.optional().meta({ description: '文件名、地址、账号或姓名中的文字，不分大小写' }),
      cursor: cursor.optional(),
      limit,
    }),
    answers: { 200: listOf(exportRecord).meta({ id: 'ExportRecordList' }) },
    async handle({ context, query: { from, to, ...filter } }) {
      const { items, ...rest } = await listExports(context.database, {
        ...filter,
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      });
      return { status: 200, body: { ...rest, items: items.map(exportItem) } };
    },
  }),
];

const exportItem = ({ at, accountId, byName, role, byProgram, ...what }: NamedExport): object => ({
  at: beijingIso(at),
  by: { accountId, ...(byName === undefined ? {} : { name: byName }), role, program: byProgram },
  ...what,
});
