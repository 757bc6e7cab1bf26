import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import type { Route } from './route.js';
import { problem } from './schemas.js';

const PROBLEM = { content: { 'application/problem+json': { schema: problem } } };

/** The OpenAPI document of the table of routes, from the schemas they are judged by. */
export function openApiOf(routes: readonly Route[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: 'qingkong' });
  for (const route of routes) registry.registerPath(operationOf(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: '晴空 Qingkong',
      version: '1',
      description: '重污染天气应急预案的执行系统。错误均为 RFC 9457 的 problem+json。',
    },
    security: [{ bearer: [] }, { cookie: [] }],
  });
}

function operationOf(route: Route): RouteConfig {
  const writes = route.method === 'post' || route.method === 'put';
  return {
    method: route.method,
    path: route.path,
    summary: route.summary,
    ...(route.access === 'anyone' ? { security: [] } : {}),
    request: {
      ...(route.params ? { params: route.params as z.ZodObject } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(route.body ? { body: { content: { 'application/json': { schema: route.body } } } } : {}),
      ...(route.receives ? { body: { required: true, content: filesOf(route.receives) } } : {}),
    },
    ...(writes ? { parameters: [IDEMPOTENCY_KEY] } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, schema]) => [status, answerOf(schema)])),
      ...Object.fromEntries(problemsOf(route).map(([status, description]) => [status, { description, ...PROBLEM }])),
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  description: 'The same key again is the same command; one is made and returned when absent',
  schema: { type: 'string' as const, minLength: 1, maxLength: 128 },
};

const BYTES = { type: 'string' as const, format: 'binary' };
const FORM = { type: 'object' as const, properties: { file: BYTES }, required: ['file'] };

const filesOf = (mediaTypes: readonly string[]) =>
  Object.fromEntries(mediaTypes.map((type) => [type, { schema: type === 'multipart/form-data' ? FORM : BYTES }]));

function answerOf(answer: Route['answers'][number]) {
  if (!answer) return { description: '成功，没有内容' };
  const content = isFile(answer) ? filesOf(answer) : { 'application/json': { schema: answer } };
  return { description: '成功', content };
}

export const isFile = (answer: Route['answers'][number]): answer is readonly string[] => Array.isArray(answer);

/** Which problems a route may answer follows from what it is. */
function problemsOf({ access, method, path, query, body, params, receives }: Route): Array<[string, string]> {
  const isRead = method === 'get';
  const named = path.includes('{');
  const rows: Array<[boolean, string, string]> = [
    [[query, body, params, receives].some((part) => part !== undefined), '400', '内容有误'],
    [true, '401', access === 'anyone' ? '用户名或密码不正确' : '需要登录'],
    [access !== 'anyone', '403', '无权进行'],
    [named, '404', '未找到'],
    [!isRead && named, '409', '与当前状态不符'],
    [!isRead, '413', receives ? '文件过大' : '内容超过 1 MiB'],
    [receives !== undefined, '415', '不接受这种文件'],
    [!isRead, '422', '预案不允许，或者幂等键已用于其他内容'],
    [access === 'anyone', '429', '尝试次数过多'],
    [!isRead && named, '503', '结果尚未知晓，请用同一幂等键重试'],
  ];
  return rows.filter(([applies]) => applies).map(([, status, description]) => [status, description]);
}
