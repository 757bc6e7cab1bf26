import { expect, test } from '@jest/globals';
import { loadEditionById } from '../edition/edition.js';
import { alarmInWords, testInWords } from './alarms.js';
import { previewOf } from './preview.js';

const { messages } = loadEditionById('shuimogou-2025');
const desk = { officeDuty: '王值班', officePhone: '' };

const ill = {
  way: 'wecom <b>区级</b>&工作群',
  fault: 'account' as const,
  reason: 'robot-refused: 93000',
  since: Date.parse('2026-01-10T14:00:00+08:00'),
};

test.each([
  ['渠道异常', 'channel-ill'],
  ['渠道恢复', 'channel-well'],
] as const)('%s: a mail like any other, of no level; a name brings in no markup', (mark, alarm) => {
  const { subject, text, html, short } = alarmInWords(messages, alarm, ill, desk);
  expect(short).toMatch(new RegExp(`^【${mark}】企业微信群机器人“<b>区级</b>&工作群”自1月10日14:00起`));
  expect(subject).toMatch(new RegExp(`^【${mark}】企业微信群机器人“<b>区级</b>&工作群”`));
  expect(text).toContain('自1月10日14:00起');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain(`>${mark}</td>`);
  expect(html).toContain('“&lt;b&gt;区级&lt;/b&gt;&amp;工作群”');
  expect(html).not.toMatch(/<b>|预警解除|演练/);
});

test('the office words the test of a channel; the mark is there whatever it writes', () => {
  const shipped = testInWords(messages, 'sms', desk);
  expect(shipped.short).toMatch(/^【测试】收到本条，说明短信可以送达。不是预警/);
  const own = { subject: '请回电{{officeDuty}}', text: '{{way}}通了。', short: '{{way}}通了。' };
  const { subject, text, html, short } = testInWords(
    { ...messages, events: { ...messages.events, 'channel-test': own } },
    'email',
    desk,
  );
  expect([subject, short]).toEqual(['【测试】请回电王值班', '【测试】邮件通了。']);
  expect(text).toMatch(/^【测试】本消息用于测试渠道，不是真实预警。\n邮件通了。/);
  expect(html).toContain('>测试</td>');
  expect(previewOf(messages, 'channel-test', 'red').subject).toBe('【测试】渠道测试，不是预警');
});

test('the office words them: another wording is sent, and previewed with the same bar at every level', () => {
  const own = { subject: '【渠道】{{way}}', text: '请{{remedy}}。', short: '{{way}}：{{answer}}。' };
  const reworded = { ...messages, events: { ...messages.events, 'channel-ill': own } };
  const sent = alarmInWords(reworded, 'channel-ill', ill, desk);
  expect(sent).toMatchObject({
    subject: '【渠道】企业微信群机器人“<b>区级</b>&工作群”',
    text: expect.stringContaining('请核对账号、密码和余额'),
    short: '企业微信群机器人“<b>区级</b>&工作群”：robot-refused: 93000。',
  });
  for (const level of ['yellow', 'red'] as const) {
    expect(previewOf(reworded, 'channel-ill', level).html).toContain('>渠道异常</td>');
    expect(previewOf(reworded, 'channel-well', level).html).toContain('>渠道恢复</td>');
  }
});
