/** What a review asks to be revised goes on after its episode, on a chain that the engine keeps (docs/decisions/0041). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { readDistrict } from '../ledger/chain/district.js';
import { verify } from '../ledger/chain/verification.js';
import { eventually } from '../lib/testing/eventually.js';
import type { Engine } from '../platform/temporal/engine.js';
import { mend } from '../worker/mend/mend.js';
import { chainWorkflowId } from '../workflows/contract.js';
import { startReal } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';

let engine: Engine;
let installation: Installation;

beforeAll(async () => {
  engine = await startTestEngine();
  installation = await openInstallation(engine);
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await engine?.close();
});

const UNIT = 'education';
const DAY = 86_400_000;
interface Revision {
  revisionId: string;
  status: string;
  told?: { stage: string; reached?: boolean };
  progress: Array<{ note: string }>;
}

test('handed over at the seal, told to its owner, and not lost with its run', async () => {
  const { office } = installation.cast;
  const episode = await startReal(office);
  const send = async (method: 'POST' | 'PUT', address: string, body: object) => {
    const answered = await office.command(method, address, body as Record<string, unknown>);
    expect(answered).toMatchObject({ status: 200 });
  };
  const issuedAt = new Date().toISOString();
  await send('POST', `${episode}/lift`, { notice: { number: '解除1号', issuer: '市环委办', issuedAt } });
  await eventually(
    'lifted',
    () => office.get<{ phase: string }>(episode),
    ({ phase }) => phase === 'reporting',
  );
  await send('POST', `${episode}/follow-up-report/submission`, {});
  const revision = {
    what: 'plan',
    text: '修订联络名单',
    unitId: UNIT,
    dueAt: new Date(Date.now() + 9 * DAY).toISOString(),
  };
  await send('PUT', `${episode}/review`, { conclusions: '有效', planRevisionNeeded: true, revisions: [revision] });
  await send('POST', `${episode}/review/publication`, {});

  const read = async () => (await office.get<{ items: Revision[] }>('/revisions')).items;
  await eventually('handed over', read, (items) => items.length === 1);
  await eventually(
    'sealed',
    () => office.get<{ phase: string }>(episode),
    ({ phase }) => phase === 'closed',
  );

  await installation.client.workflow.getHandle(chainWorkflowId('district')).terminate('as the server may');
  await send('POST', '/revisions/r1/progress', { note: '已起草' });
  expect(await read()).toMatchObject([{ revisionId: 'r1', status: 'open', progress: [{ note: '已起草' }] }]);
  expect(await verify(installation.database, 'district')).toMatchObject({ valid: true });
});

test('what the ledger lost of it is completed from the engine', async () => {
  const { database, client, cast } = installation;
  await cast.office.command('POST', '/revisions/r1/progress', { note: '已送审' });
  const { entries, state } = await readDistrict(database);
  const kept = entries.findIndex(({ kind }) => kind === 'revision.progressed');
  const lost = sql`chain_id = 'district' and seq > ${kept}`;
  await database.db.transaction().execute(async (db) => {
    await sql`alter table entries disable trigger user`.execute(db);
    await sql`delete from commands where ${lost}`.execute(db);
    await sql`delete from entries where ${lost}`.execute(db);
    await sql`alter table entries enable trigger user`.execute(db);
  });
  const log = pino({ level: 'silent' });
  const lines = await eventually(
    'mended',
    () => mend({ database, client, log }),
    (told) => told.length > 0,
  );
  expect(lines).toEqual([expect.stringMatching(/^修订的跟踪记录：台账只到第 \d+ 条，已由流程引擎的历史补全/)]);
  const { entries: again } = await readDistrict(database);
  expect(again.slice(0, state.head.seq)).toEqual(entries);
  expect(await verify(database, 'district')).toMatchObject({ valid: true });
  await cast.office.command('POST', '/revisions/r1/progress', { note: '已批准' });
  const { items } = await cast.office.get<{ items: Revision[] }>('/revisions');
  expect(items[0]!.progress.map(({ note }) => note)).toEqual(['已起草', '已送审', '已批准']);
});
