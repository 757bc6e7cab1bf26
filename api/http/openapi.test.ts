import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { routes } from '../routes.js';
import { openApiOf } from './openapi.js';

interface Operation {
  parameters?: Array<{ name: string; in: string; required?: boolean }>;
  requestBody?: { content: { 'application/json': { schema: object } } };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
  security?: unknown[];
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

describe('the OpenAPI document', () => {
  let document: Document;
  beforeAll(() => {
    document = JSON.parse(JSON.stringify(openApiOf(routes))) as Document;
  });

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  test('has every route and no other', () => {
    const documented = operations().map(({ method, path }) => `${method} ${path}`);
    expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test('names every part of every path', () => {
    for (const { path, operation } of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      expect(described.sort()).toEqual(named.sort());
    }
  });

  test('asks for an Idempotency-Key on every POST and PUT, not insisting', () => {
    for (const { method, operation } of operations()) {
      const key = (operation.parameters ?? []).find(({ name }) => name === 'Idempotency-Key');
      expect(key !== undefined).toBe(method === 'post' || method === 'put');
      expect(key?.required ?? false).toBe(false);
    }
  });

  test('describes success and problems of each operation', () => {
    for (const { operation } of operations()) {
      const statuses = Object.keys(operation.responses).map(Number);
      expect(statuses.some((status) => status < 300)).toBe(true);
      expect(statuses).toContain(401);
      for (const [status, response] of Object.entries(operation.responses)) {
        const content = Object.entries(response.content ?? {});
        if (status === '204' || status === '304') expect(content).toEqual([]);
        else expect(content).not.toEqual([]);
        for (const [type, described] of content) {
          expect(described).toEqual({ schema: expect.anything() });
          expect(type === 'application/problem+json').toBe(Number(status) >= 400);
        }
      }
    }
  });

  test('tells how a file is sent', () => {
    expect(document.paths['/api/v1/attachments']?.post).toMatchObject({
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': { schema: { properties: { file: { format: 'binary' } }, required: ['file'] } },
        },
      },
      responses: { 201: expect.anything(), 413: expect.anything(), 415: expect.anything() },
    });
  });

  test('has schemas that are valid and refer to nothing that is missing', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema({ $id: 'document', components: document.components });
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` })).not.toThrow();
  });
});
