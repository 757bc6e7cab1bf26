/**
 * Every refusal that the API can give is read by a person: it is Chinese, repeats what was given, and says what to do next.
 * Routes and refusals are walked from their tables and from the source, so that a new one is walked too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { z } from 'zod';
import { REFUSALS } from '../../episode/decide/refusals.js';
import { routes } from '../routes.js';
import { checkFields } from './fields.js';
import { type FieldError, NOT_FOUND, PROBLEMS, Problem } from './problems.js';
import type { Route } from './route.js';

interface Shape {
  $ref?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  prefixItems?: Shape[];
  anyOf?: Shape[];
  additionalProperties?: Shape | boolean;
  enum?: unknown[];
  const?: unknown;
}

const shapeOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input' }) as Shape & { $defs?: Record<string, Shape> };

/** Words that are names of the contract or of things that have no Chinese name. */
const NAMES = new Set(
  [
    ...[
      'true',
      'false',
      'null',
      'JSON',
      'UTF',
      'application',
      'json',
      'Content',
      'Type',
      'Idempotency',
      'Key',
      'MiB',
      'KiB',
    ],
    ...[
      'xlsx',
      'xls',
      'et',
      'xlsb',
      'CSV',
      'csv',
      'Excel',
      'WPS',
      'PDF',
      'OFD',
      'ods',
      'odt',
      'odp',
      'Word',
      'doc',
      'docx',
      'ppt',
      'pptx',
    ],
    ...[
      'dps',
      'wps',
      'vCard',
      'XML',
      'RTF',
      'OpenDocument',
      'Numbers',
      'Office',
      'JPEG',
      'PNG',
      'WebP',
      'GIF',
      'HEIC',
      'curl',
      'data',
      'binary',
    ],
    ...[
      'multipart',
      'form',
      'file',
      'GET',
      'POST',
      'PUT',
      'PM',
      'REF',
      'id',
      'attachmentId',
      'errors',
      'evaluations',
      'https',
      'education',
      'problemId',
    ],
  ].flat(),
);

function collectNames(shape: Shape | undefined): void {
  if (typeof shape !== 'object' || shape === null) return;
  for (const [name, property] of Object.entries(shape.properties ?? {})) {
    for (const word of name.match(/[A-Za-z]+/g) ?? []) NAMES.add(word);
    collectNames(property);
  }
  for (const value of [...(shape.enum ?? []), shape.const])
    for (const word of String(value).match(/[A-Za-z]+/g) ?? []) NAMES.add(word);
  for (const inner of [shape.items, ...(shape.anyOf ?? []), ...(shape.prefixItems ?? [])]) collectNames(inner);
  if (typeof shape.additionalProperties === 'object') collectNames(shape.additionalProperties);
}

const schemasOf = ({ params, query, body }: Route): z.ZodType[] => [params, query, body].flatMap((one) => one ?? []);

for (const route of routes)
  for (const schema of schemasOf(route)) {
    const { $defs = {}, ...shape } = shapeOf(schema);
    for (const one of [shape, ...Object.values($defs)]) collectNames(one);
  }

/** What is wrong with a text; empty when it is as it should be. */
function faultsOf(text: string): string[] {
  const own = text
    .replaceAll(/“[^”]*”/g, '')
    .replaceAll(/\{\w+\}|"[^"]*"/g, '')
    .replaceAll(/[\w.]+@[\w.]+/g, '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.+Z]+/g, '');
  const foreign = (own.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !NAMES.has(word));
  return [
    ...(/\p{Script=Han}/u.test(own) ? [] : ['not Chinese']),
    ...foreign.map((word) => `the word ${word}`),
    ...(/ISO|无效|期望|幂等|枚举|正则|undefined|NaN|Invalid/.test(own) ? ['jargon'] : []),
    ...(/请|应|例如|如 /.test(own) ? [] : ['neither an example nor what to do']),
  ];
}

/** Values that fit few fields. */
const ODD: unknown[] = [
  null,
  5,
  -1,
  1.5,
  1e12,
  true,
  [],
  {},
  '',
  ' ',
  'x',
  '12/11/2026',
  'a\u0000b',
  '\ud842',
  '甲\n乙',
  '值'.repeat(20_000),
];

/** A value in which every field is the odd one. */
function oddValue(shape: Shape, odd: unknown, depth = 0): unknown {
  if (depth > 4) return odd;
  if (shape.properties)
    return Object.fromEntries(
      Object.entries(shape.properties).map(([name, one]) => [name, oddValue(one, odd, depth + 1)]),
    );
  if (shape.items) return [oddValue(shape.items, odd, depth + 1), oddValue(shape.items, odd, depth + 1)];
  return shape.anyOf ? oddValue(shape.anyOf.at(-1)!, odd, depth + 1) : odd;
}

function refusedFields(route: Route, raw: Parameters<typeof checkFields>[1]): FieldError[] {
  try {
    checkFields(route, raw);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.extras.errors ?? [];
    throw error;
  }
}

const nameOf = ({ method, path: at }: Route): string => `${method.toUpperCase()} ${at}`;
const withFields = routes.filter((route) => schemasOf(route).length > 0);

describe('a field that is refused', () => {
  test.each(withFields.map((route) => [nameOf(route), route] as const))('of %s', (_name, route) => {
    const faults = new Set<string>();
    const judge = (raw: { params: unknown; query: unknown; body: unknown }) => {
      for (const { field, detail } of refusedFields(route, raw))
        for (const fault of faultsOf(detail)) faults.add(`${field}: ${detail.slice(0, 200)} [${fault}]`);
    };
    const shapes = { params: route.params, query: route.query, body: route.body };
    const build = (odd: unknown, top: boolean) =>
      Object.fromEntries(
        Object.entries(shapes).map(([place, schema]) => [
          place,
          !schema ? {} : top ? odd : oddValue(shapeOf(schema), odd),
        ]),
      ) as unknown as { params: unknown; query: unknown; body: unknown };
    judge({ params: {}, query: {}, body: {} });
    judge({ params: {}, query: { no: '1' }, body: { nothing: 1 } });
    for (const odd of ODD) for (const top of [true, false]) judge(build(odd, top));
    expect([...faults]).toEqual([]);
  });

  test('repeats what was given, but no password and no code', () => {
    const of = (at: string, body: unknown) =>
      refusedFields(routes.find((route) => nameOf(route) === at)!, {
        params: { unitId: 'education' },
        query: {},
        body,
      });
    const contacts = { contacts: [{ role: 'boss', name: '王伟', sms: '1390000' }] };
    expect(of('PUT /api/v1/units/{unitId}/contacts', contacts).map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/“boss”.*liaison（联络员）、lead（负责人）、deputy（副职）/),
      expect.stringMatching(/“1390000”.*例如 13900000000/),
    ]);
    expect(JSON.stringify(of('POST /api/v1/sessions', { username: 1, password: 20_261_126 }))).not.toContain(
      '20261126',
    );
    const passwords = of('PUT /api/v1/accounts/me/password', { current: 20_261_126, next: '甲'.repeat(300) });
    expect(passwords).toHaveLength(2);
    expect(JSON.stringify(passwords)).not.toMatch(/20261126|甲/);
    const codes = of('POST /api/v1/sessions/one-time-code', {
      ticket: '票'.repeat(300),
      code: '3-7KQ2M-XW9RA'.repeat(9),
    });
    expect(codes).toHaveLength(2);
    expect(JSON.stringify(codes)).not.toMatch(/7KQ2M|票/);
  });

  test('that is a number in quotation marks is told to be one without', () => {
    const at = routes.find((route) => route.path.endsWith('/daily-reports/{date}') && route.method === 'put')!;
    const raw = {
      params: { episodeId: 'e', unitId: 'education', date: '2026-12-01' },
      query: {},
      body: { text: '今日检查１２个工地', figures: { sitesInspected: '12' } },
    };
    expect(refusedFields(at, raw)).toEqual([
      { field: 'figures.sitesInspected', detail: expect.stringMatching(/“12”.*数字.*不加引号.*例如 12/) },
    ]);
  });
});

const ROOT = path.resolve(import.meta.dirname, '../..');
const sources = ['api', 'episode', 'lib/tables'].flatMap((room) =>
  readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
    // The state of a channel is no refusal.
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.endsWith('channel-health.ts') &&
        !file.endsWith('.test.ts') &&
        !file.includes('testing'),
    )
    .map((file) => path.join(room, file)),
);

/** The text of a literal, with `1` for each value that is filled in. */
const literal = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal: { text } }) => `1${text}`).join('');
};

interface Written {
  text: string;
  /** Where a problem is made. */
  type?: string;
  quotes: boolean;
}

/** Texts of refusals in a source file: of problems, of refusals in tables, of fields and of files. */
function refusalsIn(file: string): Written[] {
  const texts: Written[] = [];
  const take = (node: ts.Node | undefined, type?: string) => {
    const text = node && literal(node);
    // One without Chinese only joins texts that are walked where they are written.
    if (text === undefined || !/\p{Script=Han}/u.test(text)) return;
    texts.push({ text, quotes: ts.isTemplateExpression(node!), ...(type === undefined ? {} : { type }) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const made = node.expression.getText();
      if (made === 'Problem') take(node.arguments?.[1], node.arguments?.[0]?.getText().slice(1, -1));
      if (made === 'UnreadableTable') take(node.arguments?.[0]);
    }
    if (ts.isPropertyAssignment(node) && ['detail', 'error'].includes(node.name.getText()))
      take(node.initializer, isFieldError(node) ? 'field' : undefined);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true));
  return texts;
}

/** A field that the code refuses by itself. The value before the words of a schema is put there for all (`sayingWhat`). */
const isFieldError = ({ parent }: ts.PropertyAssignment): boolean =>
  ts.isObjectLiteralExpression(parent) && parent.properties.some((one) => one.name?.getText() === 'field');

/** Nothing was given, or what was given is a secret, or the fault is ours. */
const QUOTE_NOTHING = new Set([
  ...['sign-in-required', 'credentials-wrong', 'password-change-required', 'fields-invalid', 'body-malformed'],
  ...['not-ready', 'outcome-unknown', 'database-away', 'file-damaged', 'internal'],
]);

describe('a refusal as it is written', () => {
  test.each(Object.entries(PROBLEMS))('%s has a title', (_type, { title }) => {
    expect(title).toMatch(/^[\p{Script=Han}，、]+( https [\p{Script=Han}]+)?$/u);
  });

  const written = sources.flatMap((file) => refusalsIn(file).map((one) => ({ file, ...one })));

  test('is found in the source', () => {
    expect(written.length).toBeGreaterThan(100);
  });

  test('is Chinese, without jargon, and says what to do', () => {
    const all = [...written, ...Object.values(NOT_FOUND).map((text) => ({ file: 'NOT_FOUND', text }))];
    const faults = all.flatMap(({ file, text }) => faultsOf(text).map((fault) => `${file}: ${text} [${fault}]`));
    expect(faults).toEqual([]);
  });

  test('quotes what it is about', () => {
    const silent = written.filter(({ type, quotes }) => type !== undefined && !quotes && !QUOTE_NOTHING.has(type));
    expect(silent.map(({ file, text }) => `${file}: ${text}`).filter((one) => !/密码|验证码/.test(one))).toEqual([]);
    const ofEpisodes = Object.entries<{ detail: string }>(REFUSALS).filter(([, { detail }]) => !/\{\w+\}/.test(detail));
    // Where the key is known, it is quoted (`quotingKey`).
    expect(ofEpisodes.map(([reason]) => reason)).toEqual(['keyReused']);
  });
});
