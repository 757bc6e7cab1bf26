import { afterEach, describe, expect, test } from '@jest/globals';
import { type Reaction, type Receiver, startReceiver } from '../testing/http-receiver.js';
import { message, NEVER } from '../testing/messages.js';
import { type SmsSettings, smsSender } from './sms.js';

let receiver: Receiver;
afterEach(() => receiver.close());

const NUMBER = '13800006666';
const sms = (over: Parameters<typeof message>[0] = {}) => message({ to: { name: '联络员', address: NUMBER }, ...over });

async function senderTo(react: () => Reaction, over: Partial<SmsSettings> = {}) {
  receiver = await startReceiver(react);
  return smsSender({ url: `${receiver.url}/api/send?v=2`, json: { to: '{number}', content: '{text}' }, ...over });
}

describe('the request is what the configuration says', () => {
  test('as JSON: values in their places at any depth, quotes and line ends safe', async () => {
    const sender = await senderTo(() => ({}), {
      headers: { Authorization: 'Bearer token', 'idempotency-key': '{key}' },
      json: {
        messages: [{ to: '86{number}', content: '【环委办】{text}', id: '{key}' }],
        report: true,
        level: 1,
        tag: null,
      },
    });
    const said = sms({ text: '"引号"\n\n第一行\n{number} \\', link: 'https://a.example' });
    expect(await sender.send(said, NEVER)).toEqual({ outcome: 'taken', messageId: said.key });
    const [request] = receiver.received;
    expect(request).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer token', 'idempotency-key': said.key, 'content-type': 'application/json' },
    });
    expect(`${request!.url.pathname}${request!.url.search}`).toBe('/api/send?v=2');
    expect(JSON.parse(request!.body)).toEqual({
      messages: [
        {
          to: `86${NUMBER}`,
          content: '【环委办】"引号"\n\n第一行\n{number} \\\nhttps://a.example',
          id: said.key,
        },
      ],
      report: true,
      level: 1,
      tag: null,
    });
  });

  test.each(['回T退订', '【环委办】', '。'])('%s behind the text is no part of its link', async (behind) => {
    receiver = await startReceiver();
    const sender = smsSender({ url: receiver.url, form: { to: '{number}', content: `{text}${behind}` } });
    await sender.send(sms({ text: '请确认', link: 'https://a.example/a/x' }), NEVER);
    const sent = new URLSearchParams(receiver.received[0]!.body).get('content');
    expect(sent).toBe(`请确认\nhttps://a.example/a/x\n${behind}`);
  });

  test('tries while the gateway is away do not use up the hour of a number', async () => {
    receiver = await startReceiver();
    const { url } = receiver;
    await receiver.close();
    const gone = smsSender({
      url,
      json: { to: '{number}', text: '{text}' },
      perNumberPerHour: 2,
    });
    for (let tries = 0; tries < 5; tries += 1)
      expect(await gone.send(sms({}), NEVER)).toMatchObject({ outcome: 'deferred', reason: 'server-unreachable' });
  });

  test('as a form, by PUT, with a content type of its own', async () => {
    receiver = await startReceiver();
    const sender = smsSender({
      url: receiver.url,
      method: 'PUT',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      form: { mobile: '{number}', msg: '{text}&a=b', user: 'office' },
    });
    await sender.send(sms({ text: '正 文' }), NEVER);
    const [request] = receiver.received;
    expect(request).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    });
    expect(Object.fromEntries(new URLSearchParams(request!.body))).toEqual({
      mobile: NUMBER,
      msg: `正 文\n${message().link}\n&a=b`,
      user: 'office',
    });
  });

  test('spaces and hyphens of a number are left out', async () => {
    const sender = await senderTo(() => ({}));
    await sender.send(sms({ to: { name: '', address: '+86 138-0000 6666' } }), NEVER);
    expect(JSON.parse(receiver.received[0]!.body).to).toBe('+8613800006666');
  });

  test.each(['', '12', '0991-CALL', '13800006666,13900007777'])('%j is no number: failed unasked', async (address) => {
    const sender = await senderTo(() => ({}));
    expect(await sender.send(sms({ to: { name: '', address } }), NEVER)).toMatchObject({
      outcome: 'failed',
      reason: 'invalid-number',
      perhapsTaken: false,
    });
    expect(receiver.received).toEqual([]);
  });

  test('a long text is cut, the link stays', async () => {
    const sender = await senderTo(() => ({}), { characters: 100 });
    await sender.send(sms({ text: '重污染天气'.repeat(100), link: 'https://a.example' }), NEVER);
    const { content } = JSON.parse(receiver.received[0]!.body);
    expect(content).toHaveLength(100);
    expect(content.endsWith('…\nhttps://a.example')).toBe(true);
  });
});

describe('the configuration says what the gateway’s answer means', () => {
  const taken = { at: '/result/0/code', equals: [0, 'OK'] };
  const refused = { at: '/result/0/code', equals: [1001, 'isv.MOBILE_NUMBER_ILLEGAL'] };
  const code = (value: unknown, status = 200): Reaction => ({
    status,
    body: JSON.stringify({ result: [{ code: value }] }),
  });
  const answerTo = async (reaction: Reaction, over: Partial<SmsSettings> = { taken, refused }) =>
    (await senderTo(() => reaction, over)).send(sms(), NEVER);

  test.each([0, '0', 'OK'])('%j: taken', async (value) => {
    expect(await answerTo(code(value))).toMatchObject({ outcome: 'taken' });
  });

  test.each([
    [code(1001), 'number-refused: 1001'],
    [code('1001', 400), 'number-refused: 1001'],
    [code('isv.MOBILE_NUMBER_ILLEGAL'), 'number-refused: isv.MOBILE_NUMBER_ILLEGAL'],
  ])('the number is at fault: failed', async (reaction, reason) => {
    expect(await answerTo(reaction)).toMatchObject({ outcome: 'failed', reason, perhapsTaken: false });
  });

  test.each([
    [code(9), 'gateway-refused: 9', false],
    [code('isv.AMOUNT_NOT_ENOUGH'), 'gateway-refused', false],
    [code(NUMBER), 'gateway-refused', false],
    [code(9, 401), 'http 401', false],
    [code(0, 500), 'http 500', true],
    [{ body: '{"result":[]}' }, 'answer-unreadable', true],
    [{ body: '<html>' }, 'answer-unreadable', true],
  ])('anything else may pass: deferred (%j)', async (reaction, reason, perhapsTaken) => {
    expect(await answerTo(reaction)).toMatchObject({ outcome: 'deferred', reason, perhapsTaken });
  });

  test.each<[object, string]>([
    [{ code: 3, msg: '手机号码格式错误' }, 'failed'],
    [{ code: 5, mobile: '', msg: '系统错误' }, 'deferred'],
    [{ code: 5, token: 'x', msg: '' }, 'deferred'],
    [{ code: 7, msg: '账户余额不足' }, 'deferred'],
  ])('words tell where no code is known: %j is %s', async (said, outcome) => {
    const plain = { taken: { at: '/code', equals: [0] } };
    expect(await answerTo({ body: JSON.stringify(said) }, plain)).toMatchObject({ outcome });
  });

  test('without a sign any 2xx is taken', async () => {
    expect(await answerTo({ status: 202, body: '<html>' }, {})).toMatchObject({ outcome: 'taken' });
    await receiver.close();
    expect(await answerTo({ status: 404 }, {})).toMatchObject({ outcome: 'deferred', reason: 'http 404' });
  });

  test('a plain text can be the sign', async () => {
    const plain = { taken: { at: '', equals: ['success'] } };
    expect(await answerTo({ body: 'success\n' }, plain)).toMatchObject({ outcome: 'taken' });
    await receiver.close();
    expect(await answerTo({ body: 'failure' }, plain)).toMatchObject({
      outcome: 'deferred',
      reason: 'gateway-refused',
    });
  });
});

test('no number gets more than its share in an hour', async () => {
  const sender = await senderTo(() => ({}), { perNumberPerHour: 2 });
  const answers = [];
  for (let i = 0; i < 3; i += 1) answers.push(await sender.send(sms({ key: `${i}` }), NEVER));
  expect(answers.map(({ outcome }) => outcome)).toEqual(['taken', 'taken', 'deferred']);
  expect(answers[2]).toMatchObject({ reason: 'rate-limited', perhapsTaken: false, retryAfter: 3600 });
  const other = sms({ to: { name: '', address: '13900007777' } });
  expect(await sender.send(other, NEVER)).toMatchObject({ outcome: 'taken' });
  expect(receiver.received).toHaveLength(3);
});

test('reminders use up no notice’s share, and a number is one however it is written', async () => {
  const sender = await senderTo(() => ({}), { perNumberPerHour: 2 });
  const send = (urgency: number, address: string) => sender.send(sms({ urgency, to: { name: '', address } }), NEVER);
  const written = ['13900008888', '+8613900008888', '139 0000 8888'];
  const outcomes = async (urgency: number) => {
    const answers = [];
    for (const address of written) answers.push((await send(urgency, address)).outcome);
    return answers;
  };
  expect(await outcomes(2)).toEqual(['taken', 'taken', 'deferred']);
  expect(await outcomes(0)).toEqual(['taken', 'taken', 'deferred']);
});

test('messages refused at the limit while the gateway is away do not shut the number once it is back', async () => {
  let away = true;
  const sender = await senderTo(() => (away ? { status: 503 } : {}));
  const round = () => Promise.all(Array.from({ length: 25 }, () => sender.send(sms(), NEVER)));
  for (let rounds = 0; rounds < 3; rounds += 1) await round();
  away = false;
  const taken = (await round()).filter(({ outcome }) => outcome === 'taken');
  expect(taken).toHaveLength(20);
});

describe('receipts', () => {
  const answering = (body: object, over: Partial<SmsSettings> = {}) =>
    senderTo(() => ({ body: JSON.stringify(body) }), {
      taken: { at: '/code', equals: [0] },
      messageId: '/data/ids/0',
      receipts: {},
      ...over,
    });

  test('are awaited of what the gateway took, by its own id', async () => {
    const sender = await answering({ code: 0, data: { ids: [932702] } });
    expect(await sender.send(sms(), NEVER)).toEqual({ outcome: 'taken', messageId: '932702', awaitsReceipt: true });
  });

  test('are awaited by our key where the gateway repeats that', async () => {
    receiver = await startReceiver(() => ({}));
    const sender = smsSender({ url: receiver.url, json: { to: '{number}', content: '{text}' }, receipts: {} });
    const said = sms();
    expect(await sender.send(said, NEVER)).toEqual({ outcome: 'taken', messageId: said.key, awaitsReceipt: true });
  });

  test.each<[string, object, Partial<SmsSettings>]>([
    ['no id to name it by', { code: 0, data: {} }, { receipts: {} }],
    ['no receipts configured', { code: 0, data: { ids: ['7'] } }, {}],
  ])('are not awaited with %s', async (_, body, over) => {
    const sender = await senderTo(() => ({ body: JSON.stringify(body) }), { messageId: '/data/ids/0', ...over });
    expect(await sender.send(sms(), NEVER)).not.toHaveProperty('awaitsReceipt');
  });
});
