import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type Reaction, type ReceivedRequest, type Receiver, startReceiver } from '../testing/http-receiver.js';
import { message, NEVER } from '../testing/messages.js';
import { webhookSender } from './webhook.js';

const secret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const [ours, former, foreign] = [secret(), secret(), secret()] as const;

let receiver: Receiver;
afterEach(() => receiver.close());

async function senderTo(react: (received: ReceivedRequest) => Reaction, secrets: string[] = [ours]) {
  receiver = await startReceiver(react);
  return webhookSender({ duty: { url: `${receiver.url}/hooks?of=district`, secrets } });
}

const verify = (by: string, { body, headers }: ReceivedRequest): unknown => new Webhook(by).verify(body, headers);

test('is verified by the receiver’s library', async () => {
  const sender = await senderTo((received) => {
    verify(ours, received);
    return { status: 204 };
  });
  const said = message();
  expect(await sender.send(said, NEVER)).toEqual({ outcome: 'taken', messageId: said.key });
  const [request] = receiver.received;
  expect(request).toMatchObject({
    method: 'POST',
    headers: { 'content-type': 'application/json', 'webhook-id': said.key },
  });
  expect(`${request!.url.pathname}${request!.url.search}`).toBe('/hooks?of=district');
  expect(verify(ours, request!)).toEqual({
    type: 'notification',
    timestamp: '2015-11-27T14:00:00.000+08:00',
    data: { subject: said.subject, text: said.text, link: said.link },
  });
  expect(() => verify(foreign, request!)).toThrow('No matching signature');
  expect(() => verify(ours, { ...request!, body: `${request!.body} ` })).toThrow('No matching signature');
});

test('§3.1.4 public media get the facts of the warning beside its text', async () => {
  const sender = await senderTo(() => ({}));
  const broadcast = { occasion: 'repeated', episodeId: 'e-1', drill: false, warningLevel: 'red' } as const;
  const said = message({ broadcast });
  await sender.send(said, NEVER);
  expect(verify(ours, receiver.received[0]!)).toMatchObject({
    type: 'broadcast',
    data: { subject: said.subject, text: said.text, link: said.link, ...broadcast },
  });
});

test('while secrets are exchanged, the old and the new one verify', async () => {
  const sender = await senderTo(() => ({}), [ours, former]);
  await sender.send(message(), NEVER);
  const [request] = receiver.received;
  expect(request!.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  for (const each of [ours, former]) expect(verify(each, request!)).toBeDefined();
  expect(() => verify(foreign, request!)).toThrow('No matching signature');
});

test('a further try has the same id, another message another', async () => {
  const sender = await senderTo(() => ({ status: 503 }));
  for (const key of ['a/webhook', 'a/webhook', 'b/webhook']) await sender.send(message({ key }), NEVER);
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
    'a/webhook',
    'a/webhook',
    'b/webhook',
  ]);
});

test('a message without a link has none', async () => {
  const sender = await senderTo(() => ({}));
  const { link: _, ...plain } = message();
  await sender.send(plain, NEVER);
  expect(JSON.parse(receiver.received[0]!.body).data).toEqual({ subject: plain.subject, text: plain.text });
});

test('gone: failed', async () => {
  const sender = await senderTo(() => ({ status: 410 }));
  expect(await sender.send(message(), NEVER)).toMatchObject({
    outcome: 'failed',
    fault: 'address',
    reason: 'http 410',
    perhapsTaken: false,
  });
});

test.each([401, 403, 404])('%i: deferred, the settings are at fault', async (status) => {
  const sender = await senderTo(() => ({ status }));
  expect(await sender.send(message(), NEVER)).toMatchObject({ outcome: 'deferred', fault: 'account' });
});

test.each([400, 413, 422])('%i: failed', async (status) => {
  const sender = await senderTo(() => ({ status }));
  expect(await sender.send(message(), NEVER)).toMatchObject({
    outcome: 'failed',
    reason: `http ${status}`,
    perhapsTaken: false,
  });
});

test.each([408, 425])('%i may pass: deferred', async (status) => {
  const sender = await senderTo(() => ({ status }));
  expect(await sender.send(message(), NEVER)).toMatchObject({ outcome: 'deferred', reason: `http ${status}` });
});
