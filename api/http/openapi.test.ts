import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { routes } from '../routes.js';
import { openApiOf } from './openapi.js';

interface Operation {
  parameters?: Array<{ name: string; in: string; required?: boolean }>;
  requestBody?: { required: boolean; content: { 'application/json': { schema: object } } };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
  security?: unknown[];
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

const contact = (changes: object) => ({ contacts: [{ role: 'lead', name: '张三', ...changes }] });

/** A schema, what it takes and what it does not, for each kind of pattern. */
const EXAMPLES: Array<[name: string, good: unknown, bad: unknown]> = [
  ['ImplementationReport', { text: '已落实\n😀\t' }, { text: 'a\u0000b' }],
  ['ImplementationReport', { text: '已' }, { text: ' \n ' }],
  ['Contacts', contact({ name: '李四😀' }), contact({ name: '李\n四' })],
  ['Contacts', contact({ wecom: '值班群_1' }), contact({ wecom: 'https://qyapi.weixin.qq.com' })],
  ['Contacts', contact({ sms: '13800000000' }), contact({ sms: '10086' })],
  ['Contacts', contact({ email: 'a@b.cn' }), contact({ email: 'a@b' })],
  [
    'OverrideRequest',
    { contactId: 'p-1', until: '2026-01-10T14:00:00+08:00' },
    { contactId: 'p-1', until: '2026-01-10' },
  ],
  [
    'OverrideRequest',
    { contactId: 'p-1', until: '2199-12-31T23:59:59Z' },
    { contactId: 'p-1', until: '0026-01-10T14:00:00+08:00' },
  ],
  ['Completion', { attachmentIds: ['0'.repeat(64)] }, { attachmentIds: ['photo'] }],
];

describe('the OpenAPI document', () => {
  let document: Document;
  const ajv = new Ajv2020({ strict: false });
  beforeAll(() => {
    document = JSON.parse(JSON.stringify(openApiOf(routes))) as Document;
    formats.default(ajv);
    ajv.addSchema({ $id: 'document', components: document.components });
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

  test('has an optional Idempotency-Key on every POST and PUT', () => {
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

  test('requires a body wherever an empty one is refused', () => {
    for (const { path, method, operation } of operations()) {
      const { body, receives } = routes.find((one) => one.path === path && one.method === method)!;
      const isRequired = receives !== undefined || (body !== undefined && !body.safeParse({}).success);
      expect(operation.requestBody?.required ?? false).toBe(isRequired);
    }
  });

  test('has patterns that compile as JSON Schema asks and take the same values as the routes', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\\\]|\\\\.)*")/g)].map(
      ([, pattern]) => JSON.parse(pattern!) as string,
    );
    expect(patterns.length).toBeGreaterThan(30);
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
    for (const [name, good, bad] of EXAMPLES) {
      const validate = ajv.compile({ $ref: `document#/components/schemas/${name}` });
      expect(validate(good) || validate.errors).toBe(true);
      expect(validate(bad)).toBe(false);
    }
  });

  test('says of times and days in requests what they are, and which years it takes', () => {
    const { OverrideRequest, DutyRow } = document.components.schemas;
    const years = expect.stringContaining('199[2-9]');
    expect(OverrideRequest).toMatchObject({ properties: { until: { format: 'date-time', pattern: years } } });
    expect(DutyRow).toMatchObject({ properties: { date: { format: 'date', pattern: years } } });
  });

  test('has valid schemas without dangling references', () => {
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` })).not.toThrow();
  });
});
