import { expect, test } from '@jest/globals';
import type { IssueCircularCommand } from '../../episode/commands.js';
import { at, binding, iso, Life, startOf } from '../../episode/testing/life.js';
import { desk, shippedWords } from '../testing/life.js';
import { messageTo } from './compose.js';

const DAY = '2026-01-10';
const UNIT = { kind: 'unit', unitId: 'street-a' } as const;

/** What 甲街道 is told by the last entry of a kind, after a circular was issued to it. */
function wordsAfter(
  changes: Partial<IssueCircularCommand>,
  kind: 'circular.sent' | 'deadline.reminded' = 'circular.sent',
) {
  const life = new Life(binding);
  life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
  life.do(`${DAY} 15:00`, {
    kind: 'issueCircular',
    origin: 'district',
    title: '关于落实不到位的通报',
    text: '经查，某工地未停工。\n请立即整改。',
    unitIds: ['street-a'],
    ...changes,
  });
  life.passTo(`${DAY} 18:00`);
  return messageTo(UNIT, {
    publicUrl: 'https://qingkong.example',
    state: life.state,
    entries: [life.of(kind).findLast(({ unitId }) => unitId === 'street-a')!],
    announcements: life.of('warning.issued'),
    now: at(`${DAY} 18:00`),
    circulars: new Map(life.of('circular.issued').map((entry) => [entry.data.circularId, entry])),
    digests: new Map(),
    texts: new Map(),
    textOf: () => '',
    edition: shippedWords,
    desk,
    toRing: new Map(),
  })();
}

test('§7 a circular says whose it is, its text, by when to acknowledge and to answer, where, and whom to ring', () => {
  const { subject, text, short } = wordsAfter({
    number: '水环委办〔2026〕5号',
    attachmentIds: ['0'.repeat(64)],
    answerDueAt: iso('2026-01-12 18:00'),
  });
  expect(subject).toBe('【区环委办通报】关于落实不到位的通报，请于2026年1月10日19时00分前确认');
  expect(text).toBe(`甲街道办事处：

区环委办通报（水环委办〔2026〕5号）：关于落实不到位的通报

经查，某工地未停工。
请立即整改。
附件1个，请登录查看。

请办理：
1. 2026年1月10日19时00分前确认收到本通报（预案7）。
2. 2026年1月12日18时00分前答复采取的措施和整改情况。

登录办理：
https://qingkong.example/u?episode=e1

区环委办值班室（王值班）：电话 0991-4690000。不便操作的，可来电由办公室代办。
`);
  expect(short).toBe(
    '区环委办通报：关于落实不到位的通报。请甲街道办事处1月10日19:00前确认，1月12日18:00前答复整改情况。值班电话0991-4690000。办理：\nhttps://qingkong.example/u?episode=e1',
  );
});

test('§5.1 one of the city is told as forwarded; without number, files and answer nothing is said of them', () => {
  const { subject, text, short } = wordsAfter({ origin: 'city' });
  expect(subject).toBe('【转发市环委办通报】关于落实不到位的通报，请于2026年1月10日19时00分前确认');
  expect(text).toContain('转发市环委办通报：关于落实不到位的通报\n');
  expect(text).toContain('确认收到本通报（预案5.1）。\n\n登录办理');
  expect(short).toMatch(/1月10日19:00前确认。值班电话/);
});

test('a reminder names the circular', () => {
  expect(wordsAfter({}, 'deadline.reminded').subject).toBe('【提醒】确认通报“关于落实不到位的通报”还有1小时到期');
});
