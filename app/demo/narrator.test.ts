import { expect, test } from '@jest/globals';
import type { EntryKind } from '../../episode/entries.js';
import { ENTRY_KINDS } from '../../episode/evolve.js';
import type { Client } from './client.js';
import { narrate, narrationOf, type Told } from './narrator.js';

const told = (seq: number, kind: EntryKind, unitId?: string, data: Record<string, unknown> = {}): Told => ({
  seq,
  kind,
  episodeTime: '2015-11-27T14:00:00.000+08:00',
  ...(unitId ? { unitId } : {}),
  data,
});

test('many units make one line, two are named', () => {
  const many = ['a', 'b', 'c'].map((unitId, i) => told(i + 2, 'unit.notified', unitId));
  const lines = narrationOf(
    [
      told(1, 'warning.issued', undefined, { level: 'yellow' }),
      ...many,
      told(5, 'report.missed', 'a', { date: '2015-11-27' }),
    ],
    (unitId) => `单位${unitId}`,
  );
  expect(lines).toEqual([
    '2015年11月27日14时00分  ★ 值班室录入启动通知：黄色预警·Ⅲ级响应',
    '2015年11月27日14时00分  3个单位收到通知',
    '2015年11月27日14时00分  单位a逾期未报送2015-11-27的情况 ⚠',
  ]);
});

test.each(ENTRY_KINDS)('has a Chinese phrase for %s', (kind) => {
  const data = {
    to: 'office',
    level: 'yellow',
    date: '2015-11-27',
    outstanding: [],
    submitted: 1,
    number: '一号',
    title: '题',
    medium: '政府网站',
  };
  const [line, ...others] = narrationOf([told(1, kind, 'a', { ...data, outcome: 'reached' })], () => '某单位');
  expect(others).toEqual([]);
  expect(line).toMatch(/分 {2}.*\p{Script=Han}{2}/u);
  expect(line).not.toContain('undefined');
});

test('tells every entry once, over pages and growth, until the episode is closed', async () => {
  const entries = Array.from({ length: 5 }, (_, i) => told(i + 1, 'unit.acknowledged', `u${i + 1}`));
  const growing = [entries.slice(0, 2), entries.slice(0, 3), [...entries, told(6, 'episode.closed')]];
  const supervisor = {
    async get(path: string) {
      const from = Number(new URL(path, 'http://x').searchParams.get('cursor') ?? 0);
      const all = growing.length > 1 ? growing.shift()! : growing[0]!;
      const items = all.slice(from, from + 2);
      return { items, ...(all.length > from + 2 ? { nextCursor: String(from + 2) } : {}) };
    },
  } as Client;
  const lines: string[] = [];
  await narrate(
    supervisor,
    '/episodes/e',
    (unitId) => unitId,
    (line) => lines.push(line),
  );
  for (const { unitId } of entries) expect(lines.filter((line) => line.includes(unitId!))).toHaveLength(1);
  expect(lines.at(-1)).toContain('封存');
});
