/** Rules that hold for every channel over HTTP. One receiver plays every kind of server. */
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '../../lib/testing/eventually.js';
import { type Reaction, type Receiver, startReceiver } from '../testing/http-receiver.js';
import { message, NEVER } from '../testing/messages.js';
import type { ChannelAnswer, ChannelMessage } from './channel.js';
import { type Channels, createChannels } from './create-channels.js';

const TAKEN: Reaction = { body: '{"errcode":0,"code":0}' };
const SECRETS = {
  key: 'wecom-key-6f1e',
  accessToken: 'dingtalk-token-6f1e',
  secret: 'SEC-dingtalk-6f1e',
  authorization: 'Bearer sms-6f1e',
  webhook: Buffer.from('webhook-secret-6f1e-webhook-secret').toString('base64'),
};

const opened: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function receiverWith(react: () => Reaction | Promise<Reaction>): Promise<Receiver> {
  const receiver = await startReceiver(react);
  opened.push(() => receiver.close());
  return receiver;
}

/** `timeLimit` is longer than any answer takes, unless no answer is to come. */
function channelsTo(url: string, timeLimit = 60_000): Channels {
  const channels = createChannels({
    email: { from: 'qingkong@office.example', outbox: '/nowhere' },
    wecom: { baseUrl: url, robots: { duty: { key: SECRETS.key } } },
    dingtalk: { baseUrl: url, robots: { duty: { accessToken: SECRETS.accessToken, secret: SECRETS.secret } } },
    sms: {
      url: `${url}/sms`,
      headers: { Authorization: SECRETS.authorization },
      json: { to: '{number}', content: '{text}' },
      taken: { at: '/code', equals: [0] },
    },
    webhooks: { duty: { url: `${url}/hook`, secrets: [`whsec_${SECRETS.webhook}`] } },
    timeLimit,
  });
  opened.push(channels.close);
  return channels;
}

const addressed = (way: 'sms' | 'wecom' | 'dingtalk' | 'webhook'): ChannelMessage =>
  message({ to: { name: '联络员甲', address: way === 'sms' ? '13800006666' : 'duty' }, mentions: ['13900007777'] });

describe.each(['sms', 'wecom', 'dingtalk', 'webhook'] as const)('%s', (way) => {
  const sent = (channels: Channels, signal = NEVER): Promise<ChannelAnswer> =>
    channels[way]!.send(addressed(way), signal);
  const answerTo = async (reaction: Reaction, timeLimit?: number): Promise<ChannelAnswer> =>
    sent(channelsTo((await receiverWith(() => reaction)).url, timeLimit));

  test('taken', async () => {
    expect(await answerTo(TAKEN)).toEqual({ outcome: 'taken', messageId: addressed(way).key });
  });

  test.each<[string, Reaction, Partial<ChannelAnswer>]>([
    ['too many', { status: 429 }, { reason: 'rate-limited', perhapsTaken: false }],
    [
      'too many for so long',
      { status: 429, headers: { 'Retry-After': '7' } },
      { reason: 'rate-limited', retryAfter: 7 },
    ],
    [
      'not now',
      { status: 503, headers: { 'Retry-After': '9' } },
      { reason: 'http 503', perhapsTaken: false, retryAfter: 9 },
    ],
    ['broken', { status: 500, body: SECRETS.key }, { reason: 'http 500', perhapsTaken: true }],
    ['a gateway without an answer', { status: 504 }, { reason: 'http 504', perhapsTaken: true }],
    ['cut off', 'cut', { reason: 'server-unreachable', perhapsTaken: true }],
  ])('%s: deferred', async (_name, reaction, answer) => {
    expect(await answerTo(reaction)).toMatchObject({ outcome: 'deferred', perhapsTaken: false, ...answer });
  });

  test('until a date: deferred for so many seconds', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const answer = await answerTo({ status: 503, headers: { 'Retry-After': date } });
    expect(answer).toMatchObject({ outcome: 'deferred', retryAfter: expect.any(Number) });
    expect((answer as { retryAfter: number }).retryAfter).toBeGreaterThan(0);
  });

  test('a slow answer within the limit counts, one beyond it does not', async () => {
    const receiver = await receiverWith(() => new Promise((resolve) => setTimeout(() => resolve(TAKEN), 100)));
    expect(await sent(channelsTo(receiver.url))).toMatchObject({ outcome: 'taken' });
    const late = { outcome: 'deferred', reason: 'time-out', perhapsTaken: true };
    expect(await sent(channelsTo(receiver.url, 20))).toMatchObject(late);
    expect(await answerTo('silence', 100)).toMatchObject(late);
  });

  test('a redirect is not followed', async () => {
    const elsewhere = await receiverWith(() => TAKEN);
    expect(await answerTo({ status: 307, headers: { Location: elsewhere.url } })).toMatchObject({
      outcome: 'deferred',
      reason: 'http 307',
    });
    expect(elsewhere.received).toEqual([]);
  });

  test('refused connection and unknown host: deferred, and nothing was sent', async () => {
    const gone = await startReceiver();
    await gone.close();
    for (const url of [gone.url, 'http://nowhere.invalid']) {
      expect(await sent(channelsTo(url))).toMatchObject({
        outcome: 'deferred',
        reason: 'server-unreachable',
        perhapsTaken: false,
      });
    }
  });

  test('no certificate: deferred, and nothing was sent', async () => {
    const receiver = await receiverWith(() => TAKEN);
    expect(await sent(channelsTo(receiver.url.replace('http:', 'https:')))).toMatchObject({
      outcome: 'deferred',
      reason: 'certificate-refused',
      perhapsTaken: false,
    });
    expect(receiver.received).toEqual([]);
  });

  test('is not waited for after the signal', async () => {
    const giveUp = new AbortController();
    const receiver = await receiverWith(() => {
      giveUp.abort();
      return 'silence';
    });
    const answer = await sent(channelsTo(receiver.url), giveUp.signal);
    expect(answer).toMatchObject({ outcome: 'deferred', reason: 'time-out', perhapsTaken: true });
  });

  test('is not asked after the signal', async () => {
    const receiver = await receiverWith(() => TAKEN);
    const answer = await sent(channelsTo(receiver.url), AbortSignal.abort());
    expect(answer).toMatchObject({ outcome: 'deferred', reason: 'time-out', perhapsTaken: false });
    expect(receiver.received).toEqual([]);
  });

  test('an answer without end is read to its limit', async () => {
    const answer = await answerTo({ body: 'x'.repeat(1_000_000) });
    expect(answer).toMatchObject(way === 'webhook' ? { outcome: 'taken' } : { reason: 'answer-unreadable' });
  });

  test('half an answer is waited for within the limit, and its status counts', async () => {
    // The limit is as long as this machine needs for the half.
    let limit = 100;
    const half = () => {
      limit *= 2;
      return answerTo('half', limit);
    };
    const answer = await eventually(
      'half an answer',
      half,
      (heard) => !('reason' in heard && heard.reason === 'time-out'),
    );
    expect(answer).toMatchObject(
      way === 'webhook'
        ? { outcome: 'taken' }
        : { outcome: 'deferred', reason: 'answer-unreadable', perhapsTaken: true },
    );
  });

  test('tells no secret, address, number or name, whatever the other side repeats', async () => {
    const repeated = [...Object.values(SECRETS), '13800006666', '13900007777', '联络员甲'];
    const body = JSON.stringify({ errcode: 13800006666, code: SECRETS.authorization, errmsg: repeated.join() });
    const answers = await Promise.all([200, 400, 404, 410, 500].map((status) => answerTo({ status, body })));
    for (const secret of [...repeated, '127.0.0.1', 'duty', 'http:']) {
      expect(JSON.stringify(answers)).not.toContain(secret);
    }
  });
});

test('a channel that is not configured does not exist; an unknown robot or endpoint is failed', async () => {
  const bare = createChannels({ email: { from: 'qingkong@office.example', outbox: '/nowhere' } });
  for (const way of ['sms', 'wecom', 'dingtalk', 'webhook'] as const) expect(bare[way]).toBeUndefined();
  const channels = channelsTo('http://nowhere.invalid');
  for (const way of ['wecom', 'dingtalk', 'webhook'] as const) {
    for (const address of ['other', 'constructor', '__proto__', '']) {
      const answer = await channels[way]!.send(message({ to: { name: '', address } }), NEVER);
      expect(answer).toMatchObject({ outcome: 'failed', reason: 'not-configured' });
    }
  }
});

test('a log of the channels shows no secret', () => {
  const channels = channelsTo('http://127.0.0.1');
  const lines: string[] = [];
  pino({}, { write: (line) => lines.push(line) }).info({ channels }, 'channels');
  for (const shown of [...lines, inspect(channels, { depth: 9, showHidden: true })]) {
    for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(secret);
  }
});
