import type { Route } from './route.js';
import { problem } from './schemas.js';

export interface DescribedAnswer {
  description: string;
  content: Route['answers'][number];
  isProblem: boolean;
}

/** Every answer of a route by status: its own, and the problems that follow from its properties. */
export const answersOf = (route: Route): Record<string, DescribedAnswer> => ({
  ...Object.fromEntries(Object.entries(route.answers).map(([status, content]) => [status, success(content)])),
  ...(isJsonRead(route) ? { 304: UNCHANGED } : {}),
  ...Object.fromEntries(
    PROBLEMS.filter(({ when }) => when(factsOf(route))).map(({ status, description }) => [
      status,
      { description, content: problem, isProblem: true },
    ]),
  ),
});

const UNCHANGED: DescribedAnswer = {
  description: '与 If-None-Match 中的 ETag 相同，没有内容',
  content: undefined,
  isProblem: false,
};

/** What is read as JSON has an ETag. */
export const isJsonRead = ({ method, answers }: Route): boolean =>
  method === 'get' && answers[200] !== undefined && !Array.isArray(answers[200]);

const success = (content: Route['answers'][number]): DescribedAnswer => ({
  description: content ? '成功' : '成功，没有内容',
  content,
  isProblem: false,
});

const factsOf = ({ access, method, path, query, body, params, receives, limited, streams, ifMatch }: Route) => ({
  isOpen: access === 'anyone',
  writes: method === 'post' || method === 'put',
  isNamed: path.includes('{'),
  hasFields: [query, body, params].some((part) => part !== undefined),
  hasBody: body !== undefined || receives !== undefined,
  changesState: method !== 'get' && access !== 'anyone' && receives === undefined,
  isLimited: limited === true,
  isStream: streams === true,
  hasVersion: ifMatch === true,
});

const PROBLEMS: ReadonlyArray<{
  status: number;
  description: string;
  when: (facts: ReturnType<typeof factsOf>) => boolean;
}> = [
  { status: 400, description: '内容有误', when: ({ hasFields, writes }) => hasFields || writes },
  { status: 401, description: '需要登录，或者用户名、密码不正确', when: () => true },
  { status: 403, description: '无权进行', when: () => true },
  { status: 404, description: '未找到', when: ({ isNamed }) => isNamed },
  { status: 409, description: '与当前状态不符', when: ({ changesState }) => changesState },
  { status: 412, description: '内容已被他人修改', when: ({ hasVersion }) => hasVersion },
  { status: 413, description: '内容过大', when: ({ hasBody }) => hasBody },
  { status: 415, description: '不接受这种内容', when: ({ hasBody }) => hasBody },
  {
    status: 422,
    description: '预案不允许，或者Idempotency-Key 已用于其他内容',
    when: ({ writes, isOpen }) => writes && !isOpen,
  },
  { status: 429, description: '尝试次数过多', when: ({ isLimited }) => isLimited },
  { status: 429, description: '接收实时更新的页面过多', when: ({ isStream }) => isStream },
  {
    status: 503,
    description: '结果尚未知晓，请用同一 Idempotency-Key 重试；或者暂时无法办理',
    when: () => true,
  },
];
