/** From a request to the mails it brings about: one trace at a collector, and nothing of it in the engine. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { firstAccounts } from '../app/demo/program.js';
import { eventually } from '../lib/testing/eventually.js';
import { originOf } from '../lib/traces.js';
import { dataConverter } from '../platform/payload-codec.js';
import { historyFaults } from './support/backend.js';
import { everyUnitActs, signInAll, startReal } from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { historiesOf } from './support/histories.js';
import { linesLogged } from './support/logged.js';
import { installRealProgram, type RunningProgram } from './support/program.js';
import { workflowBundle } from './support/workflow-bundle.js';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  startTimeUnixNano: string;
  attributes: Array<{ key: string; value: { stringValue?: string; intValue?: number } }>;
}

const spans: Span[] = [];
let collector: Server;
let folder: string;
let program: RunningProgram;
let episodeId: string;

/** As OTLP over HTTP has them, in JSON. */
interface Exported {
  resourceSpans: Array<{ scopeSpans: Array<{ spans: Span[] }> }>;
}

const logged = () => linesLogged(folder) as Array<Record<string, string>>;
const attributeOf = ({ attributes }: Span, name: string) =>
  attributes.find(({ key }) => key === name)?.value.stringValue;

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request)) as Exported;
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans).flatMap((scope) => scope.spans));
    response.setHeader('Content-Type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-traces-'));
  await temporalProgram();
  program = await installRealProgram(folder, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  });
  const address = /http:\S+/.exec((await program.ready) ?? '')?.[0];
  if (address === undefined) throw new Error(program.complaints());
  const cast = await signInAll(address, await firstAccounts(folder));
  const episode = await startReal(cast.office);
  episodeId = episode.split('/').at(-1)!;
  await everyUnitActs(cast, episode, '落实');
}, FIRST_TIME);
afterAll(async () => {
  program.process.kill('SIGKILL');
  await program.ended;
  collector.close();
  collector.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

test('the request that began the episode, its turn and the mails to every unit are one trace', async () => {
  const started = logged().find(({ path: at, method }) => at === '/api/v1/episodes' && method === 'POST');
  const { traceId, spanId } = originOf(started!.commandId!);
  const own = () => spans.filter((span) => span.traceId === traceId);
  await eventually(
    'mails are told',
    () => own().filter(({ name }) => name === 'send').length,
    (sent) => sent >= 33,
  );

  const [request] = own().filter(({ name }) => name === 'POST /api/v1/episodes');
  expect(request).toMatchObject({ spanId, traceId });
  expect(request!.parentSpanId).toBeUndefined();
  const below = own().filter((span) => span !== request);
  expect(new Set(below.map(({ name }) => name))).toEqual(new Set(['turn', 'send']));
  expect(below.filter(({ parentSpanId }) => parentSpanId !== spanId)).toEqual([]);
  const sent = below.filter(({ name }) => name === 'send');
  expect(
    sent.every((span) => attributeOf(span, 'episodeId') === episodeId && attributeOf(span, 'outcome') === 'taken'),
  ).toBe(true);
});

test('every span has an id of its own, and a command of a unit a trace of its own', () => {
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  const reports = spans.filter(({ name }) => name.endsWith('/units/:unitId/implementation-reports'));
  expect(reports.length).toBeGreaterThan(30);
  expect(new Set(reports.map(({ traceId }) => traceId)).size).toBe(reports.length);
});

test('the engine knows nothing of it: no history has it, and each replays and decides alike', async () => {
  const engine = logged().find(({ msg }) => msg === 'embedded engine started');
  const connection = await Connection.connect({ address: engine!.address! });
  const histories = await historiesOf(new Client({ connection, dataConverter }), episodeId);
  await connection.close();
  const events = histories.flatMap(({ history }) => history.events ?? []);
  expect(events.length).toBeGreaterThan(10);
  const headers = events.flatMap((event) =>
    Object.values(event).flatMap((one) =>
      Object.keys((one as { header?: { fields?: object } } | null)?.header?.fields ?? {}),
    ),
  );
  expect(headers).toEqual([]);
  expect(await historyFaults(await workflowBundle(), histories)).toEqual([]);
});
