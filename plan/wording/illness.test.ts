import { expect, test } from '@jest/globals';
import { illnessInWords, recoveryInWords } from './illness.js';

const ill = {
  way: 'wecom <b>区级</b>&工作群',
  fault: 'account' as const,
  reason: 'robot-refused: 93000',
  since: Date.parse('2026-01-10T14:00:00+08:00'),
};

test.each([
  ['渠道异常', illnessInWords(ill)],
  ['渠道恢复', recoveryInWords(ill)],
])('%s: a mail like any other, of no level; a name brings in no markup', (mark, { subject, text, html }) => {
  expect(subject).toMatch(new RegExp(`^【${mark}】企业微信群机器人“<b>区级</b>&工作群”`));
  expect(text).toContain('自1月10日14:00起');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).toContain(`>${mark}</td>`);
  expect(html).toContain('“&lt;b&gt;区级&lt;/b&gt;&amp;工作群”');
  expect(html).not.toMatch(/<b>|预警解除|演练/);
});
