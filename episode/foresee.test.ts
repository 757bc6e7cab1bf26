/** What a preview says is what the act then does: over random lives, and by table for notices that come in force later. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atLength } from '../lib/testing/at-length.js';
import { beijingIso, MINUTE } from '../plan/rules/calendar.js';
import { endedAltogether } from '../plan/rules/transition.js';
import { episodeTimeAt } from './clock.js';
import { type Foreseen, foresee, type NoticeCommandBody } from './foresee.js';
import { begin, itemsFor } from './state.js';
import { bodyOf } from './testing/asked-commands.js';
import { adjustOf, at, Life, liftOf, OFFICE, startOf } from './testing/life.js';
import { editionOf, live, randomLife } from './testing/random-life.js';

const LIVES = atLength(3_000, 300);

const isForeseen = (one: ReturnType<typeof foresee>): one is Foreseen => 'dues' in one;

/** Whatever differs between what was foreseen and what the entries of the act say. */
function faultsOf(said: Foreseen, life: Life, from: number): string[] {
  const entries = life.entries.slice(from);
  const { noticeId } = said.notice;
  const faults: string[] = [];
  const compare = (what: string, foreseen: unknown, came: unknown) => {
    const texts = [foreseen, came].map((one) => JSON.stringify(one));
    if (texts[0] !== texts[1]) faults.push(`${what}: ${texts[0]} was said, ${texts[1]} came`);
  };
  const told = entries.flatMap((one) => (one.kind === 'unit.notified' && one.data.noticeId === noticeId ? [one] : []));
  compare(
    'told',
    said.units.flatMap(({ unit, message }) => (message ? [unit.unitId] : [])),
    told.map(({ unitId }) => unitId),
  );
  const asked = told.flatMap(({ data }) => data.acknowledgementDueAt ?? []);
  compare(
    'acknowledgements',
    said.dues
      .filter(({ deadline }) => deadline === 'acknowledgement' || deadline === 'lifting')
      .flatMap(({ dueAt, units = 0 }) => Array<string>(units).fill(beijingIso(dueAt)))
      .sort(),
    asked.sort(),
  );
  for (const { unitId, data } of entries.flatMap((one) =>
    one.kind === 'task.assigned' && one.data.noticeId === noticeId ? [one] : [],
  )) {
    const { unit, tasks, ended } = said.units.find((one) => one.unit.unitId === unitId)!;
    const added = (id: string) => unit.tasks[id]?.addedSeq !== undefined;
    const plain = (all: ReadonlyArray<{ id: string; change: string; status: string }>) =>
      all
        .filter(({ id }) => !added(id))
        .map(({ id, change, status }) => [id, change, status].join(' '))
        .sort();
    compare(`tasks of ${unitId}`, plain(tasks), plain(data.tasks));
    const kept = data.tasks.map(({ id }) => id);
    compare(
      `ended of ${unitId}`,
      ended.toSorted(),
      endedAltogether(itemsFor(life.state, unit), data.ended, kept).toSorted(),
    );
    compare(
      'implementation',
      said.dues.flatMap(({ deadline, dueAt }) => (deadline === 'implementation' ? [beijingIso(dueAt)] : [])),
      [data.implementationDueAt],
    );
  }
  for (const { data } of entries.flatMap((one) => (one.kind === 'response.ended' ? [one] : []))) {
    const due = (kind: string) => said.dues.find(({ deadline }) => deadline === kind)?.dueAt;
    compare(
      'closing',
      ['follow-up', 'summary', 'review'].map((kind) => beijingIso(due(kind)!)),
      [data.followUpDueAt, data.summaryDueAt, data.reviewDueAt],
    );
  }
  return faults;
}

test('random lives: what is foreseen of a notice is what it then does, and nothing is changed by looking', () => {
  let compared = 0;
  let refused = 0;
  fc.assert(
    fc.property(randomLife, randomLife, (drawn, other) => {
      const { life } = live(drawn);
      const real = Math.max(life.state.head.at, at('2026-01-08 00:00')) + MINUTE;
      if (life.state.phase === 'new') return;
      life.comeBack(real);
      life.pass(real);
      for (const [n, { ask }] of other.steps.entries()) {
        if (ask.kind !== 'adjust' && ask.kind !== 'lift') continue;
        const body = bodyOf(ask, 100 + n, episodeTimeAt(life.state.clock, real)) as NoticeCommandBody;
        const before = JSON.stringify(life.state);
        const said = foresee(life.state, body, OFFICE, real);
        if (JSON.stringify(life.state) !== before) throw new Error('looking changed the state');
        const from = life.entries.length;
        const [outcome] = life.take(real, [life.command(body)]);
        life.pass(real);
        if (!isForeseen(said)) {
          refused += 1;
          const expected = 'repeats' in said ? { status: 'accepted', seq: said.repeats, repeated: true } : said;
          expect(outcome).toEqual(expected);
          continue;
        }
        compared += 1;
        const faults = faultsOf(said, life, from);
        if (faults.length > 0) throw new Error(faults.join('\n'));
      }
    }),
    { numRuns: LIVES },
  );
  expect(Math.min(compared, refused)).toBeGreaterThan(LIVES / 20);
});

test('random starts', () => {
  fc.assert(
    fc.property(randomLife, (drawn) => {
      const edition = editionOf(drawn);
      const life = new Life(edition);
      const body = startOf('2026-01-10 14:00', drawn.startLevel) as NoticeCommandBody;
      const said = foresee(begin('e1', edition), body, OFFICE, at('2026-01-10 14:00'));
      life.do('2026-01-10 14:00', body);
      expect(isForeseen(said) && faultsOf(said, life, 0)).toEqual([]);
    }),
    { numRuns: LIVES },
  );
});

test.each<[string, NoticeCommandBody]>([
  ['an adjustment', adjustOf('N2', '2026-01-10 15:00', 'red', '2026-01-11 08:00') as NoticeCommandBody],
  ['a lifting', liftOf('2026-01-10 15:00', '2026-01-11 08:00') as NoticeCommandBody],
])('%s that comes in force tomorrow does then what was foreseen, if nothing else happens', (_, body) => {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00', 'orange'));
  for (const unitId of ['education', 'street-a', 'street-b'])
    life.do('2026-01-10 14:01', { kind: 'acknowledge', unitId });
  const said = foresee(life.state, body, OFFICE, at('2026-01-10 15:00'));
  const from = life.entries.length;
  life.do('2026-01-10 15:00', body);
  life.passTo('2026-01-11 08:00');
  expect(isForeseen(said) && faultsOf(said, life, from)).toEqual([]);
  expect(life.of('task.assigned').length + life.of('response.ended').length).toBeGreaterThan(3);
});

test('a notice that overtakes another names it, and a lifting says what ends with it', () => {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-10 14:30', adjustOf('N2', '2026-01-10 14:30', 'orange', '2026-01-11 08:00'));
  const said = foresee(
    life.state,
    liftOf('2026-01-10 15:00') as NoticeCommandBody,
    OFFICE,
    at('2026-01-10 15:00'),
  ) as Foreseen;
  expect(said.overtakes.map(({ noticeId }) => noticeId)).toEqual(['n2']);
  expect(new Set(said.ends.map(({ deadline }) => deadline))).toEqual(new Set(['acknowledgement', 'implementation']));
});
