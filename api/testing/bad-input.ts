/** Draws requests to an operation of the OpenAPI document: what it takes, and what it does not. For tests alone. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';

export interface DocumentedSchema {
  $ref?: string;
  enum?: unknown[];
  const?: unknown;
  type?: string;
  format?: string;
  properties?: Record<string, DocumentedSchema>;
  required?: string[];
  additionalProperties?: DocumentedSchema | false;
  propertyNames?: DocumentedSchema;
  items?: DocumentedSchema;
  prefixItems?: DocumentedSchema[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  anyOf?: DocumentedSchema[];
}

export interface Operation {
  parameters?: Array<{ name: string; in: 'path' | 'query' | 'header'; schema: DocumentedSchema }>;
  requestBody?: { content: Record<string, { schema: DocumentedSchema }> };
}

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, DocumentedSchema> };
}

export interface DrawnRequest {
  path: string;
  headers: Record<string, string>;
  raw?: string;
}

/** In JSON it stands for the number that is too large to be one. */
const HUGE = '1e999';
const ODD_STRINGS = [
  ...['', ' ', '\t', 'a\0b', '\0', '\ud800', '晴\udfff', '\uFFFF', '\u202E', '\u0085', '\u2028', '\uFEFF', '😀'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'office', 'nobody', "' or 1=1 --", '../..', '%00', '%'],
  ...['-1', '0', '1.5', HUGE, 'NaN', 'true', 'null', '[]', '{}', '24:00', '2026-02-30', '1992-01-01', '2199-12-31'],
  ...[
    '2199-12-31T23:59:59+08:00',
    '1992-01-01T00:00:00-23:59',
    '2026-01-10T24:00:00Z',
    'a'.repeat(64),
    '晴'.repeat(300),
  ],
];
const ODD_VALUES = [null, true, 0, -1, 0.5, 1e308, 2 ** 53, [], [null], [[]], {}, { a: {} }, '晴'.repeat(20_000)];
const LONGEST_IN_ADDRESS = 1_000;
const KEYS = ['', 'k', 'key-1', 'key-2', 'k'.repeat(128), 'k'.repeat(129), 'é', 'a, b', '\u00ff\u0080'];
const VERSIONS = ['', '*', '"', 'W/"x"', '"0"', 'x'.repeat(300)];
const MEDIA_TYPES = [
  ...['text/plain', 'application/json; charset=utf-16', 'application/json; charset=', 'multipart/form-data', 'x', ''],
  ...['multipart/form-data; boundary=', 'multipart/form-data; boundary=b', 'text/csv', 'application/octet-stream'],
];
const BROKEN_BODIES = [
  '',
  '{',
  '[]',
  'null',
  '1',
  '"a"',
  '{"a":1,}',
  '\ufeff{}',
  '\0',
  '{"__proto__":1}',
  '{"text":1e999}',
];
const FILES = [
  ...[
    '',
    '--b--',
    '--b\r\n\r\n',
    '单位,姓名\n教育局,张三\n',
    '单位编号,单位,角色,姓名\r\n"',
    '\ud800',
    'PK\u0003\u0004',
    '%PDF-1.4',
  ],
  ...[
    'file"; filename="../a.pdf',
    'file"; filename="\0.pdf',
    'file"; filename="晴.docx',
    'file',
    'other"; filename="a.pdf',
  ].map((name) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n%PDF-1.4\r\n--b--\r\n`),
];

const oddString = fc.oneof(fc.constantFrom(...ODD_STRINGS), fc.string({ unit: 'binary' }));
const oddValue = fc.oneof(oddString, fc.constantFrom<unknown>(...ODD_VALUES));

/**
 * `known`: values that exist, by the name of the parameter. `words`: strings of which each schema takes those that it
 * allows; one that finds none throws.
 */
export function drawing(document: OpenApi, known: Record<string, string[]>, words: readonly string[]) {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  const resolved = ({ $ref, ...schema }: DocumentedSchema): DocumentedSchema =>
    $ref === undefined ? schema : { ...document.components.schemas[$ref.split('/').at(-1)!], ...schema };

  const found = new Map<string, string[]>();

  function wordsFor(schema: DocumentedSchema): string[] {
    const key = JSON.stringify(schema);
    const taken = found.get(key) ?? words.filter((word) => ajv.validate(schema, word));
    if (taken.length === 0) throw new Error(`no word for ${key}`);
    found.set(key, taken);
    return taken;
  }

  function good(given: DocumentedSchema): fc.Arbitrary<unknown> {
    const schema = resolved(given);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map(good));
    if (schema.type === 'null') return fc.constant(null);
    if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(good));
    if (schema.type === 'boolean') return fc.boolean();
    if (schema.type === 'string') return fc.constantFrom(...wordsFor(schema));
    if (schema.type === 'array')
      return fc.array(good(schema.items!), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    if (schema.type === 'integer' || schema.type === 'number')
      return fc.integer({ min: Math.max(schema.minimum ?? 0, 0), max: Math.min(schema.maximum ?? 100, 100) });
    if (schema.properties)
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, good(property)])),
        { requiredKeys: schema.required ?? [] },
      );
    if (schema.additionalProperties && schema.propertyNames)
      return fc.dictionary(good(schema.propertyNames) as fc.Arbitrary<string>, good(schema.additionalProperties), {
        maxKeys: 3,
      });
    throw new Error(`no value for ${JSON.stringify(schema)}`);
  }

  /** A value that is right but for one place in it. */
  const spoilt = (schema: DocumentedSchema) =>
    fc
      .record({
        value: good(schema),
        place: fc.nat(),
        how: fc.constantFrom('replace', 'remove', 'add'),
        odd: oddValue,
        name: oddString,
      })
      .map(({ value, ...spoiling }) => spoil(value, spoiling));

  const jsonBody = (schema: DocumentedSchema) =>
    fc.oneof(
      { weight: 3, arbitrary: good(schema).map(written) },
      { weight: 6, arbitrary: spoilt(schema).map(written) },
      { weight: 1, arbitrary: oddValue.map(written) },
      { weight: 1, arbitrary: fc.constantFrom(...BROKEN_BODIES) },
    );

  function parameter({
    name,
    in: place,
    schema,
  }: NonNullable<Operation['parameters']>[number]): fc.Arbitrary<string | undefined> {
    if (place === 'header') return fc.constantFrom(undefined, undefined, ...(name === 'If-Match' ? VERSIONS : KEYS));
    const right = known[name] ? fc.constantFrom(...known[name]) : good(schema).map(String);
    const wrong = oddString.map((odd) => odd.slice(0, LONGEST_IN_ADDRESS));
    const absent = place === 'query' ? [{ weight: 2, arbitrary: fc.constant(undefined) }] : [];
    return fc.oneof({ weight: 5, arbitrary: right }, { weight: 2, arbitrary: wrong }, ...absent);
  }

  return function requestsTo(
    template: string,
    { parameters = [], requestBody }: Operation,
  ): fc.Arbitrary<DrawnRequest> {
    const json = requestBody?.content['application/json'];
    const body = json ? jsonBody(json.schema) : requestBody ? fc.constantFrom(...FILES) : fc.constant(undefined);
    const contentType = requestBody
      ? fc.option(fc.constantFrom(...MEDIA_TYPES), {
          nil: json ? undefined : 'multipart/form-data; boundary=b',
          freq: 6,
        })
      : fc.constant(undefined);
    const given = fc.record(Object.fromEntries(parameters.map((one) => [one.name, parameter(one)])));
    const extra = fc.option(fc.tuple(oddString, oddString), { freq: 8 });
    return fc.tuple(given, extra, contentType, body).map(([values, further, type, raw]) => {
      const named = (place: string) =>
        parameters.flatMap(({ name, in: where }) => {
          const value = values[name];
          return where === place && value !== undefined ? [[name, value] as const] : [];
        });
      const segments = Object.fromEntries(named('path'));
      const query = [...named('query'), ...(further ? [further] : [])];
      return {
        path:
          template.replaceAll(/\{(\w+)\}/g, (_, name: string) => inAddress(segments[name] ?? '')) +
          (query.length > 0
            ? `?${query.map(([name, value]) => `${inAddress(name)}=${inAddress(value)}`).join('&')}`
            : ''),
        headers: Object.fromEntries([...named('header'), ...(type === undefined ? [] : [['Content-Type', type]])]),
        ...(raw === undefined ? {} : { raw }),
      };
    });
  };
}

const written = (value: unknown): string => (JSON.stringify(value) ?? '').replaceAll(`"${HUGE}"`, HUGE);

/** As bytes, for half a surrogate pair has no other way into an address. */
const inAddress = (text: string): string =>
  text.replaceAll(/[^A-Za-z0-9_.:-]/gu, (letter) =>
    /\p{Cs}/u.test(letter)
      ? '%ed%a0%80'
      : [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );

type Holder = Record<string, unknown>;

/** Every holder in a value, with one of its keys. */
const placesIn = (value: unknown): Array<[Holder, string]> =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[value as Holder, key] as [Holder, string], ...placesIn(inner)])
    : [];

function spoil(
  value: unknown,
  { place, how, odd, name }: { place: number; how: string; odd: unknown; name: string },
): unknown {
  const whole = structuredClone(value) as Holder;
  const places = placesIn(whole);
  const [holder, key] = places[place % Math.max(1, places.length)] ?? [whole, name];
  // A list can lose or change an element; a name in it, `length` for one, would not reach the JSON.
  const at = how === 'add' && !Array.isArray(holder) ? name : key;
  if (how === 'remove') delete holder[at];
  else Object.defineProperty(holder, at, { value: odd, enumerable: true, configurable: true });
  return whole;
}
