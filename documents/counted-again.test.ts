/** Units, reports by outcome and lengths by level, counted again from the entries alone, in random lives. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entry } from '../episode/entries.js';
import { of } from '../episode/testing/entries-of.js';
import { live, randomLife } from '../episode/testing/random-life.js';
import { atLength } from '../lib/testing/at-length.js';
import { followUpText } from './follow-up-text.js';
import { reviewCharts } from './review-charts.js';

const sender = { district: '水磨沟区', office: '区环委办' };

/** By unit and day, from the entries: the last word about it counts. */
function reportsOf(entries: readonly Entry[]): { met: number; late: number; missed: number } {
  const days = new Map<string, 'met' | 'late' | 'missed'>();
  for (const { kind, unitId, data } of entries) {
    if (kind === 'report.submitted') days.set(`${unitId} ${data.date}`, data.late ? 'late' : 'met');
    if (kind === 'report.missed') days.set(`${unitId} ${data.date}`, 'missed');
    if (kind === 'deadline.withdrawn' && data.deadline === 'report') days.delete(`${unitId} ${data.date}`);
  }
  const count = (outcome: string) => [...days.values()].filter((one) => one === outcome).length;
  return { met: count('met'), late: count('late'), missed: count('missed') };
}

test('§5.1, §5.2 reports, units and days are those of the entries', () => {
  let reported = 0;
  fc.assert(
    fc.property(randomLife, (drawn) => {
      const { life } = live(drawn);
      const { state, entries } = life;
      if (state.phase === 'new') return;
      const text = followUpText(state, [], sender);
      if (text.includes('未启动应急响应')) return;
      const joined = new Set(entries.flatMap(({ kind, unitId }) => (kind === 'unit.notified' ? [unitId] : [])));
      if (joined.size > 0) expect(text).toContain(`责任单位共${joined.size}个`);
      const counted = reportsOf(entries);
      expect(text).toMatch(
        new RegExp(`每日报送：按时${counted.met}次，逾期${counted.late}次.*，未报${counted.missed}次`),
      );
      const bars = reviewCharts(state, { cards: [], cardOf: () => '', deliveries: [] }).at(-1);
      if (bars?.caption === '每日报送情况（个单位）')
        expect(bars.series.map(({ values }) => values.reduce((sum, one) => sum + one, 0))).toEqual(
          Object.values(counted),
        );
      if (counted.met + counted.late > 0) reported += 1;
      const levels = [...text.matchAll(/(?:黄色|橙色|红色)预警([\d.]+)(小时|分钟)/g)];
      const sum = levels.reduce((hours, [, length, unit]) => hours + Number(length) / (unit === '小时' ? 1 : 60), 0);
      const [, whole, unit] = /止，共([\d.]+)(小时|分钟)，其中/.exec(text) ?? [];
      if (whole !== undefined) expect(sum).toBeCloseTo(Number(whole) / (unit === '小时' ? 1 : 60), 0);
      expect(of(entries, 'response.ended').length > 0).toBe(!text.includes('预警尚未解除'));
    }),
    { numRuns: atLength(2_000, 200) },
  );
  expect(reported).toBeGreaterThan(atLength(200, 10));
});
