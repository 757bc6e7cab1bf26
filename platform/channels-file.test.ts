import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { StartError } from '../lib/start-error.js';
import { secretFile } from '../lib/testing/secret-file.js';
import { readChannelsFile } from './channels-file.js';

const SECRET = 'hunter2';
const WEBHOOK_SECRET = 'whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=';

const { folder, file, read, refused } = secretFile('channels.yaml', readChannelsFile);

test('the example holds every way', () => {
  const example = readFileSync(path.join(import.meta.dirname, '../channels.example.yaml'), 'utf8');
  // Everybody knows its secret, which opens an address of ours.
  expect(() => read(example)).toThrow('sms.receipts.secret 示例中的密钥人人可见');
  expect(read(example.replaceAll('0'.repeat(64), 'a1'.repeat(32)))).toMatchObject({
    wecom: { robots: { 区级工作群: { key: expect.any(String) } } },
    dingtalk: { robots: { 街道联络群: { accessToken: expect.any(String), secret: expect.any(String) } } },
    sms: { method: 'POST', json: { content: '【水磨沟区环委办】{text}' }, taken: { at: '/code', equals: [0] } },
    call: { receipts: { acknowledged: { at: '/key', equals: ['1'] } } },
    webhooks: { 应急指挥平台: { secrets: [expect.any(String)] }, 演练电子屏: { drills: true } },
  });
});

test('an omitted channel does not exist', () => {
  expect(read('wecom: {robots: {duty: {key: abc}}, baseUrl: "https://wecom.example/"}')).toEqual({
    wecom: { robots: { duty: { key: 'abc' } }, baseUrl: 'https://wecom.example' },
  });
  expect(read('# nothing yet\n')).toEqual({});
});

describe('a wrong file stops the start with one line that names file, line and key and keeps values to itself', () => {
  const sms = (lines: string): string => `sms:\n  url: https://sms.example\n${lines}`;
  const body = '  json: {to: "{number}", content: "{text}"}\n';
  const webhook = (secrets: string): string =>
    `webhooks:\n  duty:\n    url: https://a.example\n    secrets: ${secrets}\n`;

  test.each<[string, string, string, number, string]>([
    ['a misspelt way', `wecomm:\n  robots: {duty: {key: ${SECRET}}}`, '', 1, '不认识'],
    ['a misspelt key', `wecom:\n  robots:\n    duty:\n      kye: ${SECRET}\n`, 'wecom.robots.duty', 4, '不认识'],
    [
      'a secret as a key',
      `wecom:\n  robots:\n    duty:\n      key: abc\n      ${SECRET}:\n`,
      'wecom.robots.duty',
      5,
      '不认识',
    ],
    ['a secret as a name', `wecom:\n  robots:\n    ${SECRET}/abc: {key: abc}\n`, 'wecom.robots', 3, '名称不能用'],
    ['a missing key', 'wecom:\n  robots:\n    duty: {}\n', 'wecom.robots.duty.key', 3, '请填写这一项'],
    ['nothing below', 'wecom:\n  robots:\n', 'wecom.robots', 2, '写在下面各行'],
    ['no robot', 'wecom:\n  robots: {}\n', 'wecom.robots', 2, '至少写一个名称'],
    ['a number as a secret', 'wecom:\n  robots:\n    duty: {key: 1234}\n', 'wecom.robots.duty.key', 3, '要加引号'],
    ['a secret with a space', `wecom:\n  robots: {duty: {key: "${SECRET} a"}}`, 'wecom.robots.duty.key', 2, '没有空格'],
    [
      'another scheme',
      'wecom:\n  robots: {duty: {key: a}}\n  baseUrl: ftp://a.example\n',
      'wecom.baseUrl',
      3,
      'https://',
    ],
    ['a password in an address', `sms:\n  url: https://user:${SECRET}@sms.example\n${body}`, 'sms.url', 2, '密码'],
    ['a number in an address', `sms:\n  url: https://sms.example/{number}\n${body}`, 'sms.url', 2, '占位符'],
    ['another method', sms(`  method: GET\n${body}`), 'sms.method', 3, 'POST'],
    [
      'an unknown placeholder',
      sms('  json:\n    to: ["{number}", "{text}", "{phone}"]\n'),
      'sms.json',
      3,
      '占位符只有',
    ],
    ['no number', sms('  form: {content: "{text}"}\n'), 'sms.form', 3, '{number}'],
    ['a number in a header', sms(`  headers:\n    To: "{number}"\n${body}`), 'sms.headers.To', 4, '{key}'],
    [
      'a header that is none',
      sms(`  headers: {Authorization: 密码}\n${body}`),
      'sms.headers.Authorization',
      3,
      '请求头',
    ],
    ['neither body', sms(''), 'sms', 1, '二者取一'],
    ['both bodies', sms(`${body}  form: {to: "{number}", content: "{text}"}\n`), 'sms', 1, '二者取一'],
    ['a sign without a place', sms(`${body}  taken: {at: code, equals: [0]}\n`), 'sms.taken.at', 4, 'JSON Pointer'],
    [
      'a sign without values',
      sms(`${body}  refused: {at: /code, equals: []}\n`),
      'sms.refused.equals',
      4,
      '至少写一个值',
    ],
    ['too short a text', sms(`${body}  characters: 5\n`), 'sms.characters', 4, '20'],
    ['no secret', webhook('[]'), 'webhooks.duty.secrets', 4, '至少写一个密钥'],
    [
      'a short secret of receipts',
      sms(`${body}  receipts: {secret: ${SECRET}, messageId: /id, delivered: {at: /s, equals: [0]}}\n`),
      'sms.receipts.secret',
      4,
      'openssl',
    ],
    [
      'receipts without a place of the id',
      sms(`${body}  receipts: {secret: ${'a'.repeat(32)}, delivered: {at: /s, equals: [0]}}\n`),
      'sms.receipts.messageId',
      4,
      '请填写这一项',
    ],
    [
      'a voice gateway that tells no outcome',
      `call:\n  url: https://voice.example\n${body}`,
      'call.receipts',
      1,
      '请填写这一项',
    ],
    ['a weak secret', webhook(`[${WEBHOOK_SECRET}, whsec_aHVudGVyMg==]`), 'webhooks.duty.secrets.1', 4, 'openssl'],
    ['a secret that is no base64', webhook(`["${SECRET}!"]`), 'webhooks.duty.secrets.0', 4, 'base64'],
    ['YAML that is none', `wecom:\n  robots: {duty: {key: "${SECRET}}}\n`, '', 3, 'YAML'],
    ['a key twice', `wecom: {}\nwecom: {robots: {duty: {key: ${SECRET}}}}\n`, '', 2, 'YAML'],
    ['no mapping', `- ${SECRET}\n`, '', 1, '写在下面各行'],
  ])('%s', (_name, content, key, line, reason) => {
    const message = refused(content);
    expect(message).toContain(`${file}:${line} ${key}`);
    expect(message).toContain(reason);
    expect(message).not.toContain('\n');
    expect(message).not.toContain(SECRET);
    expect(message).not.toContain('1234');
    expect(message.slice(message.indexOf(file))).not.toMatch(/期望|接收|无效|记录|对象|expected/);
  });

  test('all faults at once', () => {
    const message = refused('wecom:\n  robots:\n    duty: {}\nwebhooks: {}\n');
    expect(message).toContain(`${file}:3 wecom.robots.duty.key`);
    expect(message).toContain(`${file}:4 webhooks`);
  });

  test('an alias to nowhere', () => {
    expect(refused(`wecom: *${SECRET}\n`)).toMatch(/YAML/);
    expect(refused(`wecom: *${SECRET}\n`)).not.toContain(SECRET);
  });

  test('no file', () => {
    expect(() => readChannelsFile(path.join(folder, 'nowhere.yaml'))).toThrow(/nowhere\.yaml（ENOENT）/);
    expect(() => readChannelsFile(folder)).toThrow(StartError);
  });
});

describe('its permissions', () => {
  test.each(['644', '604', '660', '606', '777'])('%s: too many', (mode) => {
    const message = refused('{}', Number.parseInt(mode, 8));
    expect(message).toContain(`chmod 600 ${file}`);
    expect(message).not.toContain('\n');
  });

  test.each(['600', '400', '640', '440'])('%s: the owner, and perhaps the group of the service', (mode) => {
    expect(read('{}', Number.parseInt(mode, 8))).toEqual({});
    chmodSync(file, 0o600);
  });
});
