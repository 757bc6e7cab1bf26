import { describe, expect, test } from '@jest/globals';
import { openDeadlines } from './due.js';
import { outlookOf } from './outlook.js';
import { at, Life, startOf } from './testing/life.js';

const BEGINNING = '2015-11-27 14:00';

function begun(): Life {
  const life = new Life();
  life.do(BEGINNING, startOf(BEGINNING));
  return life;
}

const outlook = (life: Life, time: string) => outlookOf(life.state, at(time));

describe('what is to come', () => {
  test('the next three deadlines, each with how many units have not met it', () => {
    const life = begun();
    const before = outlook(life, '2015-11-27 14:01').nextDeadlines;
    const units = Object.keys(life.state.units).length;
    expect(before.map(({ deadline, units: open }) => [deadline, open])).toEqual([
      ['acknowledgement', units],
      ['implementation', units],
      ['report', units],
    ]);
    expect(before.map(({ dueAt }) => dueAt)).toEqual(before.map(({ dueAt }) => dueAt).toSorted());
    life.do('2015-11-27 14:10', { kind: 'acknowledge', unitId: 'education' });
    expect(outlook(life, '2015-11-27 14:11').nextDeadlines[0]).toEqual({ ...before[0], units: units - 1 });
  });

  test('of a unit: what falls due first, and whom the program tells next, until it is done', () => {
    const life = begun();
    const { ofUnit, stepsOf } = outlook(life, '2015-11-27 14:01');
    const { nextDeadline, nextStep } = ofUnit('education');
    expect(nextDeadline).toMatchObject({ deadline: 'acknowledgement', noticeId: 'n1' });
    expect(nextStep).toEqual(stepsOf('education')[0]);
    expect(Date.parse(nextStep!.at)).toBeGreaterThan(at('2015-11-27 14:01'));
    life.do('2015-11-27 14:10', { kind: 'acknowledge', unitId: 'education' });
    expect(outlook(life, '2015-11-27 14:11').ofUnit('education').nextDeadline).toMatchObject({
      deadline: 'implementation',
    });
  });

  test('each step is taken at the moment that was foretold, to whom it was', () => {
    const life = begun();
    for (let n = 0; n < 20; n += 1) {
      const now = life.state.head.episodeTime;
      const { stepsOf } = outlookOf(life.state, now);
      const foretold = Object.keys(life.state.units).flatMap((unitId) =>
        stepsOf(unitId).map((step) => ({ unitId, ...step })),
      );
      const [first] = foretold.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
      if (!first || openDeadlines(life.state).length === 0) break;
      const from = life.entries.length;
      life.pass(Date.parse(first.at) + 1);
      const taken = life.entries
        .slice(from)
        .flatMap(({ kind, data }) =>
          kind === 'deadline.reminded' || kind === 'deadline.escalated' ? [(data as { to: string }).to] : [],
        );
      expect(taken).toContain(first.to);
    }
  });

  test('nothing, once the episode is closed', () => {
    const life = begun();
    const closed = { ...life.state, phase: 'closed' as const };
    const { nextDeadlines, ofUnit } = outlookOf(closed, at(BEGINNING));
    expect([nextDeadlines, ofUnit('education')]).toEqual([[], {}]);
  });
});
