/** A gateway that takes an SMS and tells later whether it arrived: a local one that answers and calls back as they do. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { smsSender } from '../activities/channels/sms.js';
import { type Receiver, startReceiver } from '../activities/testing/http-receiver.js';
import type { Entry } from '../episode/entries.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { eventually } from '../lib/testing/eventually.js';
import type { Engine } from '../platform/temporal/engine.js';
import { historyOf, startDrill } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';

const SECRET = 'a'.repeat(64);
const FOUND = '13900000001';
const SWITCHED_OFF = '13900000002';

let engine: Engine;
let gateway: Receiver;
let installation: Installation;
/** The numbers that it took, by the id that it gave. */
const taken = new Map<string, string>();

beforeAll(async () => {
  engine = await startTestEngine();
  gateway = await startReceiver(({ body }) => {
    const msgId = `m${taken.size + 1}`;
    taken.set(msgId, JSON.parse(body).mobile);
    return { body: JSON.stringify({ code: 0, data: { msgId } }) };
  });
  const sms = smsSender({
    url: gateway.url,
    json: { mobile: '{number}', content: '{text}' },
    taken: { at: '/code', equals: [0] },
    messageId: '/data/msgId',
    receipts: {},
  });
  const receipts = {
    sms: { secret: SECRET, each: '/reports', messageId: '/id', delivered: { at: '/stat', equals: ['DELIVRD'] } },
  };
  installation = await openInstallation(engine, { channels: { sms }, receipts });
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await gateway?.close();
  await engine?.close();
});

const push = (reports: object[], secret = SECRET) =>
  fetch(`${installation.address}/receipts/sms/${secret}`, { method: 'POST', body: JSON.stringify({ reports }) });
const reportsOf = (number: string, stat: string) =>
  [...taken].flatMap(([id, to]) => (to === number ? [{ id, stat, mobile: to }] : []));
const ofUnit = (entries: readonly Entry[], unitId: string) =>
  entries.flatMap((entry) => (entry.unitId === unitId ? [entry.kind] : []));

test('§3.1.3, §6.6 an SMS that arrived is told from one that did not, and the chain goes on at once after that', async () => {
  const { database, cast } = installation;
  await replaceContacts(database, 'education', [{ role: 'liaison', name: '甲', sms: FOUND }]);
  await replaceContacts(database, 'construction', [{ role: 'liaison', name: '乙', sms: SWITCHED_OFF }]);
  const drill = await startDrill(cast.office, { timeScale: 1 });
  const record = (wish: (entries: Entry[]) => boolean) =>
    eventually('the record', () => historyOf(cast.office, drill), wish, 100);
  await eventually(
    'two SMS',
    async () => [...taken.values()],
    (numbers) => numbers.length === 2,
    50,
  );

  const reports = [...reportsOf(FOUND, 'DELIVRD'), ...reportsOf(SWITCHED_OFF, 'UNDELIV')];
  // Gateways repeat what they have sent, and tell of others' messages.
  for (const sent of [reports, reports, [{ id: 'another', stat: 'DELIVRD' }]]) {
    const answer = await push(sent);
    expect([answer.status, await answer.json()]).toEqual([200, { code: 0 }]);
  }
  const entries = await record((all) =>
    all.some(({ kind, unitId }) => kind === 'deadline.reminded' && unitId === 'construction'),
  );
  expect(
    ofUnit(entries, 'education')
      .filter((kind) => kind.startsWith('notification.'))
      .toSorted(),
  ).toEqual(['notification.delivered', 'notification.sent']);
  const failed = entries.filter(({ kind }) => kind === 'notification.undelivered');
  expect(failed).toMatchObject([{ unitId: 'construction', data: { reason: 'not-delivered: UNDELIV' } }]);
  const step = entries.find(({ kind }) => kind === 'deadline.reminded');
  expect(step).toMatchObject({ unitId: 'construction', data: { to: 'office', fellThrough: ['duty', 'lead'] } });
  expect(JSON.stringify(entries)).not.toContain(FOUND);
  expect(await installation.expectReplays(drill)).toBe(1);
});
