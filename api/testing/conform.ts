import { isDeepStrictEqual } from 'node:util';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApiDocument } from '../document.js';
import { byAddress } from '../http/addresses.js';
import { isFile } from '../http/openapi.js';
import { routes } from '../routes.js';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

const document = openApiDocument as unknown as { paths: Record<string, Record<string, Operation>> };
// To make the checks faster takes longer than the few answers of a test.
const ajv = new Ajv2020({ strict: false, allErrors: true, code: { optimize: false } });
formats.default(ajv);
ajv.addSchema({ $id: 'document', ...document });

const addresses = byAddress(routes);

const compiled = new Map<string, ValidateFunction>();

/** Throws unless the OpenAPI document allows this answer of this operation, with no other fields. */
export function requireConforming(
  method: string,
  path: string,
  status: number,
  mediaType: string,
  body: unknown,
): void {
  const where = `${method} ${path} ${status}`;
  if (status >= 400) requireProblem(where, mediaType, body);
  const address = addresses.find((one) => matches(one.path, path));
  const route = address?.routes.find((one) => one.method === method.toLowerCase());
  // An address or a method that does not exist has no operation.
  if (!route) return;
  const answer = document.paths[route.path]?.[route.method]?.responses[status];
  if (!answer) throw new Error(`${where} is not documented: ${JSON.stringify(body)}`);
  const types = Object.keys(answer.content ?? {});
  if (types.length > 0 && !types.includes(mediaType)) throw new Error(`${where}: ${mediaType} is none of ${types}`);
  const schema = route.answers[status];
  if (!schema || isFile(schema)) return;
  requireValid(
    where,
    ['paths', route.path, route.method, 'responses', `${status}`, 'content', mediaType, 'schema'],
    body,
  );
  if (!isDeepStrictEqual(schema.parse(body), body))
    throw new Error(`${where}: fields that are not documented in ${JSON.stringify(body)}`);
}

function requireProblem(where: string, mediaType: string, body: unknown): void {
  if (mediaType !== 'application/problem+json') throw new Error(`${where}: a problem as ${mediaType}`);
  requireValid(where, ['components', 'schemas', 'Problem'], body);
}

function requireValid(where: string, pointer: string[], body: unknown): void {
  const reference = `document#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference });
  compiled.set(reference, validate);
  if (!validate(body)) throw new Error(`${where}: ${ajv.errorsText(validate.errors)}`);
}

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i').test(path.split('?')[0] ?? '');

export const contentTypeOf = (response: Response): string => response.headers.get('Content-Type')?.split(';')[0] ?? '';
