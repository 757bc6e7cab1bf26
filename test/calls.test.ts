/** A voice gateway that rings, is answered or not, and calls back: a local one that behaves as they do. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callSender } from '../activities/channels/call.js';
import { type Receiver, startReceiver } from '../activities/testing/http-receiver.js';
import type { Entry } from '../episode/entries.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { eventually } from '../lib/testing/eventually.js';
import type { Engine } from '../platform/temporal/engine.js';
import { historyOf, startDrill } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';

const SECRET = 'd'.repeat(64);
const AWAKE = '09914690001';
const ABSENT = '09914690002';

let engine: Engine;
let gateway: Receiver;
let installation: Installation;
const rung: Array<{ callee: string; tts: string; callId: string }> = [];

/** Rings, and tells soon after how it ended. */
function ring({ callee, tts }: { callee: string; tts: string }): string {
  const callId = `c${rung.length + 1}`;
  rung.push({ callee, tts, callId });
  const ended = callee === AWAKE ? { state: 'ANSWERED', key: '1' } : { state: 'NO_ANSWER' };
  void pushUntilTaken({ callId, ...ended });
  return callId;
}

/** Gateways repeat what is not answered with success. */
const pushUntilTaken = (said: object) =>
  eventually(
    'the receipt to be taken',
    () =>
      fetch(`${installation.address}/receipts/call/${SECRET}`, { method: 'POST', body: JSON.stringify(said) }).then(
        ({ status }) => status,
        () => 0,
      ),
    (status) => status === 200,
    50,
  );

beforeAll(async () => {
  engine = await startTestEngine();
  gateway = await startReceiver(({ body }) => ({ body: JSON.stringify({ callId: ring(JSON.parse(body)) }) }));
  const call = callSender({
    url: gateway.url,
    json: { callee: '{number}', tts: '{text}确认收到请按1。' },
    messageId: '/callId',
    receipts: {},
  });
  const receipts = {
    call: {
      secret: SECRET,
      messageId: '/callId',
      delivered: { at: '/state', equals: ['ANSWERED'] },
      acknowledged: { at: '/key', equals: ['1'] },
    },
  };
  installation = await openInstallation(engine, { channels: { call }, receipts });
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await gateway?.close();
  await engine?.close();
});

test('§6.1 the duty is called before the deadline; a key acknowledges, and who does not answer is passed over', async () => {
  const { database, cast } = installation;
  await replaceContacts(database, 'education', [
    { contactId: 'liaison:1', role: 'liaison', name: '甲', phone: '0991-4690001', email: 'a@education.cn' },
  ]);
  await replaceContacts(database, 'construction', [
    { contactId: 'liaison:1', role: 'liaison', name: '乙', phone: '0991-4690002' },
    { contactId: 'lead:1', role: 'lead', name: '丙', email: 'c@construction.cn' },
  ]);
  // A minute takes a second: the reminder comes five minutes after the notice.
  const drill = await startDrill(cast.office, { timeScale: 60, policy: { acknowledgementMinutes: 20 } });
  const entries = await eventually(
    'the key and the one who did not answer',
    () => historyOf(cast.office, drill),
    (all: Entry[]) =>
      all.some(({ kind, unitId }) => kind === 'unit.acknowledged' && unitId === 'education') &&
      all.some(
        ({ kind, unitId, data }) =>
          kind === 'deadline.reminded' && unitId === 'construction' && data.fellThrough !== undefined,
      ),
    100,
  );
  const acknowledged = entries.find(({ kind }) => kind === 'unit.acknowledged')!;
  expect(acknowledged).toMatchObject({
    unitId: 'education',
    actor: { accountId: 'call', role: 'unit' },
    data: { noticeIds: ['n1'], lateFor: [], call: { contact: 'liaison:1' } },
  });
  const missed = entries.find(({ kind }) => kind === 'notification.undelivered');
  expect(missed).toMatchObject({
    unitId: 'construction',
    data: { channel: 'call', reason: 'not-delivered: NO_ANSWER' },
  });
  const stoodIn = entries.find(({ kind, data }) => kind === 'deadline.reminded' && data.fellThrough !== undefined);
  expect(stoodIn).toMatchObject({ unitId: 'construction', data: { fellThrough: ['duty'] } });
  const [spoken] = rung.filter(({ callee }) => callee === AWAKE);
  expect(spoken!.tts).toMatch(/确认收到请按1。$/);
  expect(spoken!.tts).not.toContain('http');
  expect(rung.filter(({ callee }) => callee === ABSENT).length).toBeGreaterThan(0);
  expect(JSON.stringify(entries)).not.toMatch(/4690001|4690002/);
  expect(await installation.expectReplays(drill)).toBeGreaterThan(0);
});
