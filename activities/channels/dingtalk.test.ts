import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { type Reaction, type ReceivedRequest, type Receiver, startReceiver } from '../testing/http-receiver.js';
import { message, NEVER } from '../testing/messages.js';
import { dingtalkSender } from './dingtalk.js';

const SECRET = 'SECdingtalk-test';
const robots = {
  duty: { accessToken: 'token+/=', secret: SECRET },
  open: { accessToken: 'open' },
  wrong: { accessToken: 'token+/=', secret: 'SECanother' },
};

let receiver: Receiver;
afterEach(() => receiver.close());

const errcode = (code: number): Reaction => ({ body: JSON.stringify({ errcode: code, errmsg: 'whatever' }) });

/** As the service checks it: by token, moment and secret. */
function checked({ url }: ReceivedRequest): Reaction {
  const [token, timestamp, sign] = ['access_token', 'timestamp', 'sign'].map((name) => url.searchParams.get(name));
  if (token === 'open') return errcode(0);
  const late = Math.abs(Date.now() - Number(timestamp)) > 3_600_000;
  const expected = createHmac('sha256', SECRET)
    .update(Buffer.from(`${timestamp}\n${SECRET}`))
    .digest('base64');
  return errcode(token === 'token+/=' && !late && sign === expected ? 0 : 310000);
}

async function senderTo(react: (received: ReceivedRequest) => Reaction) {
  receiver = await startReceiver(react);
  return dingtalkSender({ robots, baseUrl: receiver.url });
}

const to = (address: string) => ({ to: { name: '联络员', address } });

test('signs as the service checks it, and writes to the group', async () => {
  const sender = await senderTo(checked);
  const said = message({ mentions: ['13800006666'] });
  expect(await sender.send(said, NEVER)).toEqual({ outcome: 'taken', messageId: said.key });
  const [request] = receiver.received;
  expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
  expect(request!.url.pathname).toBe('/robot/send');
  expect(JSON.parse(request!.body)).toEqual({
    msgtype: 'text',
    text: { content: `${said.text.trim()}\n${said.link}` },
    at: { atMobiles: ['13800006666'], isAtAll: false },
  });
});

test('a robot without 加签 gets its token alone, and nobody is mentioned unasked', async () => {
  const sender = await senderTo(checked);
  expect(await sender.send(message(to('open')), NEVER)).toMatchObject({ outcome: 'taken' });
  const [{ url, body } = {} as ReceivedRequest] = receiver.received;
  expect([...url.searchParams.keys()]).toEqual(['access_token']);
  expect(JSON.parse(body)).not.toHaveProperty('at');
});

test('a wrong secret, keyword or address: deferred until it is put right', async () => {
  const sender = await senderTo(checked);
  expect(await sender.send(message(to('wrong')), NEVER)).toMatchObject({
    outcome: 'deferred',
    reason: 'robot-refused: 310000',
    perhapsTaken: false,
  });
});

test.each([300005, 400101, 400102, -1])('%i (robot gone or service busy): deferred', async (code) => {
  const sender = await senderTo(() => errcode(code));
  expect(await sender.send(message(), NEVER)).toMatchObject({ outcome: 'deferred', reason: `robot-refused: ${code}` });
});

test.each([430101, 430104])('%i (text unsuitable): failed', async (code) => {
  const sender = await senderTo(() => errcode(code));
  expect(await sender.send(message(), NEVER)).toMatchObject({ outcome: 'failed', reason: `text-refused: ${code}` });
});

test.each([130101, 410100])('%i (too many): deferred for ten minutes', async (code) => {
  const sender = await senderTo(() => errcode(code));
  const limited = {
    outcome: 'deferred',
    reason: 'rate-limited',
    perhapsTaken: false,
    retryAfter: 600,
    fault: 'policy',
  };
  expect(await sender.send(message(), NEVER)).toEqual(limited);
});

test('the twenty-first within a minute is not sent', async () => {
  const sender = await senderTo(checked);
  const answers = await Promise.all(Array.from({ length: 21 }, (_, i) => sender.send(message({ key: `${i}` }), NEVER)));
  expect(answers.filter(({ outcome }) => outcome === 'taken')).toHaveLength(20);
  expect(receiver.received).toHaveLength(20);
});

test('the whole message stays within 20,000 bytes', async () => {
  const sender = await senderTo(checked);
  await sender.send(message({ text: '重污染\n天气\n'.repeat(2000) }), NEVER);
  expect(Buffer.byteLength(receiver.received[0]!.body)).toBeLessThanOrEqual(20_000);
});
