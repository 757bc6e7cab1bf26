import { isDeepStrictEqual } from 'node:util';
import { isFile } from '../http/openapi.js';
import { problem } from '../http/schemas.js';
import { routes } from '../routes.js';

/** Throws unless an answer is what the OpenAPI document says of it, with nothing beside. */
export function requireConforming(method: string, path: string, status: number, body: unknown): void {
  const route = routes.find((one) => one.method === method.toLowerCase() && matches(one.path, path));
  if (!route && status < 400) return;
  if (status < 400 && !(status in (route?.answers ?? {})))
    throw new Error(`${method} ${path}: ${status} is not documented`);
  const schema = status < 400 ? route?.answers[status] : problem;
  if (!schema || isFile(schema)) return;
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${method} ${path} ${status}: ${parsed.error.message}`);
  if (!isDeepStrictEqual(parsed.data, body))
    throw new Error(`${method} ${path} ${status}: fields that are not documented in ${JSON.stringify(body)}`);
}

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? '');
