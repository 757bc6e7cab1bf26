/** What a review asks to be revised goes on after its episode, on a chain that the engine keeps (docs/decisions/0041). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verify } from '../ledger/chain/verification.js';
import { eventually } from '../lib/testing/eventually.js';
import type { Engine } from '../platform/temporal/engine.js';
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
