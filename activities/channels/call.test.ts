import { afterEach, expect, test } from '@jest/globals';
import { type Receiver, startReceiver } from '../testing/http-receiver.js';
import { message, NEVER } from '../testing/messages.js';
import { callSender } from './call.js';

let receiver: Receiver;
afterEach(() => receiver.close());

test('a voice gateway is given the number and a text to read, without the link, and its outcome is awaited', async () => {
  receiver = await startReceiver(() => ({ body: '{"code":0,"callId":"c1"}' }));
  const sender = callSender({
    url: receiver.url,
    json: { callee: '{number}', tts: '您好。{text}确认收到请按1。', id: '{key}' },
    taken: { at: '/code', equals: [0] },
    messageId: '/callId',
    receipts: {},
  });
  const link = 'https://qingkong.example/a/token';
  const said = message({
    to: { name: '值班', address: '0991-4690001' },
    text: `橙色预警，请在15时前确认。\n${link}`,
    link,
  });
  expect(await sender.send(said, NEVER)).toEqual({ outcome: 'taken', messageId: 'c1', awaitsReceipt: true });
  expect(JSON.parse(receiver.received[0]!.body)).toEqual({
    callee: '09914690001',
    tts: '您好。橙色预警，请在15时前确认。确认收到请按1。',
    id: said.key,
  });
});

test('a long text loses its end, and what the gateway adds is kept', async () => {
  receiver = await startReceiver(() => ({ body: '{"callId":"c1"}' }));
  const sender = callSender({
    url: receiver.url,
    json: { n: '{number}', t: '{text}按1' },
    receipts: {},
    characters: 20,
  });
  await sender.send(message({ to: { name: '值班', address: '13900000000' }, text: '响'.repeat(100) }), NEVER);
  expect(JSON.parse(receiver.received[0]!.body).t).toBe(`${'响'.repeat(19)}…按1`);
});

test('a call that the gateway takes without an id has reached nobody: its outcome can never be known', async () => {
  receiver = await startReceiver(() => ({ body: '{"code":0}' }));
  const sender = callSender({
    url: receiver.url,
    json: { n: '{number}', t: '{text}' },
    taken: { at: '/code', equals: [0] },
    messageId: '/callId',
    receipts: {},
  });
  const said = message({ to: { name: '值班', address: '13900000000' } });
  expect(await sender.send(said, NEVER)).toMatchObject({ outcome: 'failed', reason: 'answer-without-id' });
});
