import { z } from 'zod';
import { answersOf, isJsonRead } from './answers.js';
import type { Route } from './route.js';
import { EPISODE_TIME, isOfEpisode, TIME, TIME_SCALE } from './time-headers.js';

/** The parts of a JSON Schema that are read here. */
interface JsonSchema {
  $defs?: Record<string, JsonSchema>;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  [keyword: string]: unknown;
}

/** A request's schema describes input, an answer's output. */
type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => JsonSchema;

/** The OpenAPI document, made from the table of routes and its schemas. */
export function openApiOf(routes: readonly Route[]) {
  const schemas: Record<string, JsonSchema> = {};
  const known = { input: new Map<z.ZodType, JsonSchema>(), output: new Map<z.ZodType, JsonSchema>() };
  const converted: SchemaOf = (schema, io) => {
    const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io, override }) as JsonSchema;
    for (const [name, definition] of Object.entries($defs)) share(schemas, name, inComponents(definition));
    return inComponents(own);
  };
  // Of a thousand answers most are the same refusal.
  const schemaOf: SchemaOf = (schema, io) => {
    const one = known[io].get(schema) ?? converted(schema, io);
    known[io].set(schema, one);
    return one;
  };
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, schemaOf) };
  return {
    openapi: '3.1.0',
    info: {
      title: '晴空 Qingkong',
      version: '1',
      description: '重污染天气应急预案的执行系统。错误均为 RFC 9457 的 problem+json。',
    },
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      schemas,
      headers: HEADERS,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'qingkong' },
      },
    },
  };
}

function override({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}) {
  if (zodSchema._zod.def.type === 'object' && zodSchema._zod.def.catchall === undefined)
    // Requests are closed. Answers may get more fields in time.
    delete jsonSchema.additionalProperties;
  const format = 'format' in zodSchema._zod.def ? TIMES[String(zodSchema._zod.def.format)] : jsonSchema.format;
  if (format) {
    // The format says the same as zod's own pattern. A pattern of ours stays; zod leaves the format out beside it.
    const [, ours] = jsonSchema.allOf ?? [];
    delete jsonSchema.allOf;
    delete jsonSchema.pattern;
    Object.assign(jsonSchema, ours, { format });
  }
}

/** As JSON Schema calls zod's formats. */
const TIMES: Partial<Record<string, string>> = { date: 'date', datetime: 'date-time' };

function share(schemas: Record<string, JsonSchema>, name: string, schema: JsonSchema): void {
  const known = schemas[name] ?? schema;
  if (JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`two schemas are called ${name}`);
  schemas[name] = known;
}

const inComponents = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;

function operationOf(route: Route, schemaOf: SchemaOf): object {
  const writes = route.method === 'post' || route.method === 'put';
  return {
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description.trim() }),
    ...(route.access === 'anyone' ? { security: [] } : {}),
    parameters: [
      ...parametersOf('path', route.params, schemaOf),
      ...parametersOf('query', route.query, schemaOf),
      ...(writes ? [IDEMPOTENCY_KEY] : []),
      ...(route.ifMatch ? [IF_MATCH] : []),
    ],
    ...requestBodyOf(route, schemaOf),
    responses: Object.fromEntries(
      Object.entries(answersOf(route)).map(([status, { description, content, isProblem }]) => [
        status,
        {
          description,
          headers: headersOf(route, Number(status)),
          ...contentOf(content, isProblem ? PROBLEM : JSON_TYPE, schemaOf),
        },
      ]),
    ),
  };
}

const instant = (description: string) => ({
  description,
  required: true,
  schema: { type: 'string', format: 'date-time' },
});

const HEADERS = {
  [TIME]: instant('Time of the server at which the answer left, with milliseconds'),
  [EPISODE_TIME]: instant('Time of the episode at that moment; for a drill it is not the time of the server'),
  [TIME_SCALE]: {
    description: 'How many times as fast the episode runs: 1, or more in a drill',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  ETag: { description: 'Send it as If-None-Match: 304 while nothing has changed', schema: { type: 'string' } },
};

/** A refusal before the episode is found tells the server's time alone. */
const headersOf = (route: Route, status: number): object =>
  Object.fromEntries(
    [
      TIME,
      ...(isOfEpisode(route) && status < 400 ? [EPISODE_TIME, TIME_SCALE] : []),
      ...(isJsonRead(route) && status < 400 ? ['ETag'] : []),
    ].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined, schemaOf: SchemaOf): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input');
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: property,
  }));
}

/** A body is optional only where an empty one would do. */
function requestBodyOf({ body, receives }: Route, schemaOf: SchemaOf): object {
  if (receives) return { requestBody: { required: true, ...contentOf(receives, '', schemaOf) } };
  if (!body) return {};
  const content = { [JSON_TYPE]: { schema: schemaOf(body, 'input') } };
  return { requestBody: { required: !body.safeParse({}).success, content } };
}

const JSON_TYPE = 'application/json';
const PROBLEM = 'application/problem+json';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key again is the same command; one is made and returned when absent',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag of what the caller has read; 412 when it has changed since',
  schema: { type: 'string' },
};

const BYTES = { type: 'string', format: 'binary' };
const FORM = { type: 'object', properties: { file: BYTES }, required: ['file'] };

/** A schema is JSON, a list of media types is a file. */
function contentOf(content: Route['answers'][number], mediaType: string, schemaOf: SchemaOf): object {
  if (!content) return {};
  const entries = isFile(content)
    ? content.map((type) => [type, { schema: type === 'multipart/form-data' ? FORM : BYTES }])
    : [[mediaType, { schema: schemaOf(content, 'output') }]];
  return { content: Object.fromEntries(entries) };
}

export const isFile = (answer: Route['answers'][number]): answer is readonly string[] => Array.isArray(answer);
