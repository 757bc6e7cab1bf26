/** Half a year of one response. The state of a run goes to the next in one message to the engine (2 MiB). */
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import { addDays } from '../plan/rules/calendar.js';

import { RULES_VERSION } from './state.js';
import { adjustOf, Life, reportOf, startOf } from './testing/life.js';

const DAYS = 180;
const binding = bindingOf(loadEditionById('shuimogou-2025'), RULES_VERSION);

test('every unit reports each day for 180 days, and the level changes every ten: the state grows by the day', () => {
  const life = new Life(binding);
  const first = '2026-06-01';
  life.do(`${first} 14:00`, startOf(`${first} 14:00`));
  const sizes = new Map<number, number>();
  for (let day = 1; day <= DAYS; day++) {
    const date = addDays(first, day);
    for (const { unitId } of binding.units) life.do(`${date} 09:00`, reportOf(unitId, addDays(date, -1)));
    if (day % 10 === 0) {
      life.do(`${date} 10:00`, adjustOf(`N${day}`, `${date} 10:00`, day % 20 === 0 ? 'yellow' : 'orange'));
    }
    if (day % 60 === 0) sizes.set(day, JSON.stringify(life.state).length);
  }
  const grown = (from: number, to: number) => sizes.get(to)! - sizes.get(from)!;
  expect(grown(120, DAYS)).toBeLessThan(1.1 * grown(60, 120));
  expect(gzipSync(JSON.stringify(life.state)).length).toBeLessThan(200_000);
  expect(life.of('report.submitted')).toHaveLength(DAYS * binding.units.length);
});
