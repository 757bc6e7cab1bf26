import { expect, test } from '@jest/globals';
import type { CommandBody } from '../../episode/commands.js';
import { adjustOf, at, binding, iso, Life, startOf } from '../../episode/testing/life.js';
import { desk, shippedWords } from '../testing/life.js';
import { messageTo } from './compose.js';

const DAY = '2026-01-10';

function running(): Life {
  const life = new Life(binding);
  life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
  return life;
}

const suspend = (changes: object): CommandBody => ({ kind: 'suspend', items: 'all', reason: '节日保障。', ...changes });

/** The message to 甲街道 about the last such entry. */
function wordsFor(life: Life, kind: 'unit.suspended' | 'unit.resumed' | 'unit.notified') {
  const entry = life.of(kind).findLast(({ unitId }) => unitId === 'street-a')!;
  return messageTo(
    { kind: 'unit', unitId: 'street-a' },
    {
      publicUrl: 'https://qingkong.example',
      state: life.state,
      entries: [entry],
      announcements: [...life.of('warning.issued'), ...life.of('level.adjusted')],
      now: at(`${DAY} 15:00`),
      circulars: new Map(),
      digests: new Map(),
      texts: new Map(),
      textOf: () => '加密巡查',
      edition: shippedWords,
      desk,
      toRing: new Map(),
    },
  )();
}

test('a measure is suspended: which, from when until when, why, and that the warning stands', () => {
  const life = running();
  const order = { issuer: '乌鲁木齐市生态环境保护委员会办公室', number: '乌环委办〔2026〕2号' };
  life.do(
    `${DAY} 15:00`,
    suspend({ items: ['small-iii'], from: iso('2026-01-11 00:00'), until: iso('2026-01-12 00:00'), order }),
  );
  const { subject, text, short, html } = wordsFor(life, 'unit.suspended');
  expect(subject).toBe('【暂停】2026年1月11日00时00分起暂停1项措施，其他照常执行');
  expect(text).toContain(
    '自2026年1月11日00时00分起，你单位暂停执行以下1项任务，其他任务照常执行。\n到2026年1月12日00时00分自动恢复。',
  );
  expect(text).toContain('理由：节日保障。\n依据：乌鲁木齐市生态环境保护委员会办公室，乌环委办〔2026〕2号。');
  expect(text).toContain('预警没有解除，收到新的通知仍须确认。');
  expect(text).toContain('暂停的任务：\n加密巡查\n　　预案4.3');
  expect(text).not.toContain('每日报送');
  expect(html).toContain('加密巡查');
  expect(short).toMatch(/^1月11日00:00起，甲街道办事处暂停1项任务，其他照常，1月12日00:00自动恢复。预警没有解除/);
});

test('the whole response is suspended until further notice, and resumed', () => {
  const life = running();
  life.do(`${DAY} 15:00`, suspend({}));
  const told = wordsFor(life, 'unit.suspended');
  expect(told.subject).toBe('【暂停】2026年1月10日15时00分起暂停Ⅲ级应急响应');
  expect(told.text).toContain('暂停执行Ⅲ级应急响应的全部任务。\n恢复时间另行通知。');
  expect(told.text).toContain('全天暂停的日子不需要每日报送');
  expect(told.short).toContain('甲街道办事处暂停黄色预警·Ⅲ级响应的全部任务，恢复时间另行通知。');
  life.do(`${DAY} 18:00`, { kind: 'resume', suspensionId: 's1', reason: '节日结束' });
  const { subject, text, short } = wordsFor(life, 'unit.resumed');
  expect(subject).toBe('【恢复】2026年1月10日18时00分起恢复执行Ⅲ级应急响应');
  expect(text).toContain('你单位恢复执行Ⅲ级应急响应的全部任务，请立即落实。\n理由：节日结束');
  expect(text).not.toContain('仍暂停');
  expect(short).toMatch(/^1月10日18:00起，请甲街道办事处恢复执行黄色预警·Ⅲ级响应的全部任务。/);
});

test('one that is taken back, and one that leaves another in force, say so', () => {
  const life = running();
  life.do(`${DAY} 15:00`, suspend({ from: iso('2026-01-11 00:00') }));
  life.do(`${DAY} 16:00`, { kind: 'resume', suspensionId: 's1' });
  expect(wordsFor(life, 'unit.resumed').text).toContain(
    '原定自2026年1月11日00时00分起的暂停取消，以下照常执行：Ⅲ级应急响应的全部任务。',
  );
  life.do(`${DAY} 16:10`, suspend({ items: ['small-iii'] }));
  life.do(`${DAY} 16:20`, suspend({}));
  life.do(`${DAY} 17:00`, { kind: 'resume', suspensionId: 's3' });
  expect(wordsFor(life, 'unit.resumed').text).toContain('因另有通知，以下仍暂停：加密巡查。');
});

test.each([
  ['held off now', { until: iso('2026-01-11 00:00') }, `${DAY} 16:00`, true],
  ['held off at its effect too', { until: iso('2026-01-12 00:00') }, '2026-01-11 08:00', true],
  ['resumed before its effect', { until: iso('2026-01-11 00:00') }, '2026-01-11 08:00', false],
])('a notice to a unit that is suspended: %s', (_, span, effective, isHeld) => {
  const life = running();
  life.do(`${DAY} 15:00`, suspend(span));
  life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'orange', effective));
  const { text, short } = wordsFor(life, 'unit.notified');
  expect(text).toMatch(/1\. .*前确认收到本通知/);
  expect(text.includes('先做：应急响应暂停中，恢复后再落实。')).toBe(isHeld);
  expect(text.includes('2. 恢复执行后报告应急措施落实情况')).toBe(isHeld);
  expect(/\d分前报告应急措施落实情况/.test(text)).toBe(!isHeld);
  expect(short.startsWith('应急响应暂停中，恢复后再落实。')).toBe(isHeld);
});
