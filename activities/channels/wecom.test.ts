import { afterEach, expect, test } from '@jest/globals';
import { type Reaction, type Receiver, startReceiver } from '../testing/http-receiver.js';
import { message, NEVER } from '../testing/messages.js';
import { wecomSender } from './wecom.js';

let receiver: Receiver;
afterEach(() => receiver.close());

const robots = { duty: { key: 'a+b/c=' }, other: { key: 'other' } };

async function senderTo(react: () => Reaction) {
  receiver = await startReceiver(react);
  return wecomSender({ robots, baseUrl: receiver.url });
}

const errcode = (code: number): Reaction => ({ body: JSON.stringify({ errcode: code, errmsg: 'whatever' }) });

test('writes to the group of the robot as the service asks', async () => {
  const sender = await senderTo(() => errcode(0));
  const said = message({ mentions: ['13800006666'] });
  expect(await sender.send(said, NEVER)).toEqual({ outcome: 'taken', messageId: said.key });
  const [request] = receiver.received;
  expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
  expect(request!.url.pathname).toBe('/cgi-bin/webhook/send');
  expect([...request!.url.searchParams]).toEqual([['key', 'a+b/c=']]);
  expect(JSON.parse(request!.body)).toEqual({
    msgtype: 'text',
    text: {
      content: `${said.text.trim()}\n${said.link}`,
      mentioned_mobile_list: ['13800006666'],
    },
  });
});

test('mentions nobody when nobody is named', async () => {
  const sender = await senderTo(() => errcode(0));
  await sender.send(message(), NEVER);
  expect(JSON.parse(receiver.received[0]!.body).text).not.toHaveProperty('mentioned_mobile_list');
});

test('cuts a long text to 2048 bytes and keeps the link', async () => {
  const sender = await senderTo(() => errcode(0));
  await sender.send(message({ text: '重污染天气'.repeat(300) }), NEVER);
  const { content } = JSON.parse(receiver.received[0]!.body).text;
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
  expect(Buffer.byteLength(content)).toBeGreaterThan(2040);
  expect(content.endsWith(`…\n${message().link}`)).toBe(true);
});

test.each([
  ['a robot that was removed', errcode(93000), { reason: 'robot-refused: 93000', perhapsTaken: false }],
  ['a busy service', errcode(-1), { reason: 'robot-refused: -1', perhapsTaken: false }],
  ['too many', errcode(45009), { reason: 'rate-limited', perhapsTaken: false, retryAfter: 60 }],
  ['a portal in between', { body: '<html>' }, { reason: 'answer-unreadable', perhapsTaken: true }],
  ['JSON of somebody else', { body: 'null' }, { reason: 'answer-unreadable', perhapsTaken: true }],
])('%s: deferred', async (_name, reaction, answer) => {
  const sender = await senderTo(() => reaction);
  expect(await sender.send(message(), NEVER)).toMatchObject({ outcome: 'deferred', ...answer });
});

test('the twenty-first within a minute is not sent; another robot has its own twenty', async () => {
  const sender = await senderTo(() => errcode(0));
  const answers = await Promise.all(Array.from({ length: 21 }, (_, i) => sender.send(message({ key: `${i}` }), NEVER)));
  expect(answers.filter(({ outcome }) => outcome === 'taken')).toHaveLength(20);
  expect(answers.at(-1)).toMatchObject({ outcome: 'deferred', reason: 'rate-limited', perhapsTaken: false });
  expect((answers.at(-1) as { retryAfter: number }).retryAfter).toBeGreaterThan(50);
  expect(receiver.received).toHaveLength(20);
  const other = message({ to: { name: '', address: 'other' } });
  expect(await sender.send(other, NEVER)).toMatchObject({ outcome: 'taken' });
});

test('of twenty a minute fifteen may be reminders, and a notice still goes', async () => {
  const sender = await senderTo(() => errcode(0));
  const outcomes = async (count: number, urgency: 0 | 2): Promise<string[]> => {
    const answers = Array.from({ length: count }, () => sender.send(message({ urgency }), NEVER));
    return (await Promise.all(answers)).map(({ outcome }) => outcome);
  };
  expect(await outcomes(15, 2)).not.toContain('deferred');
  expect(await outcomes(1, 2)).toEqual(['deferred']);
  expect(await outcomes(5, 0)).not.toContain('deferred');
  expect(await outcomes(1, 0)).toEqual(['deferred']);
});
