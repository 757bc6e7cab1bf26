import { route } from '../http/route.js';
import { signInItem } from './present.js';
import { signInFilter, signInsOfAll } from './schemas.js';

/** Sign-ins of all accounts in one list: guesses at many of them are seen in no account's own. */
export const signInRoutes = [
  route({
    method: 'get',
    path: '/api/v1/sign-ins',
    summary: '全部账号的登录记录，成功的和失败的，最新的在前；可以按用户名或姓名、结果、时间筛选',
    description: '保留半年，每个账号成功的、失败的各不超过一千条。用户名不存在的，没有账号可记，不在其中。',
    access: { administrator: 'any' },
    byPerson: true,
    query: signInFilter,
    answers: { 200: signInsOfAll },
    async handle({ context, query: { from, to, ...filter } }) {
      const { items, ...rest } = await context.signIns.page({
        ...filter,
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      });
      const body = items.map(({ accountId, username, name, ...one }) => ({
        accountId,
        username,
        name,
        ...signInItem(one),
      }));
      return { status: 200, body: { ...rest, items: body } };
    },
  }),
];
