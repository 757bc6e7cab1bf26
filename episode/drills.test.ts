/** A drill that nobody touches ends by itself (§8.2, policy: `abandonedDrillDays`); a real episode never. */
import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from './commands.js';
import { SYSTEM } from './decide/decision.js';
import { due } from './due.js';
import { at, Life, liftOf, reportOf, startOf, taken } from './testing/life.js';

const START = '2015-11-27 14:00';
const drill = (timeScale = 1): CommandBody => ({ ...startOf(START), drill: { timeScale } }) as CommandBody;
const begun = (start: CommandBody = drill()): Life => {
  const life = new Life();
  life.do(START, start);
  return life;
};
const kindsFrom = (life: Life, kind: string): string[] =>
  life.entries.slice(life.entries.findIndex((entry) => entry.kind === kind)).map((entry) => entry.kind);

describe('31 days without an entry by a person', () => {
  test('the drill ends: what is owed is taken off, the office is told, the record is sealed', () => {
    const life = begun();
    life.do('2015-11-27 15:00', { kind: 'acknowledge', unitId: 'education' });
    life.passTo('2015-12-28 14:59');
    expect(life.state.phase).toBe('active');
    life.passTo('2015-12-28 15:01');
    expect(life.state).toMatchObject({ phase: 'closed', abandoned: { at: at('2015-12-28 15:00') } });
    expect(life.of('drill.abandoned').map(({ data }) => data)).toEqual([
      { idleSince: '2015-11-27T15:00:00.000+08:00', abandonedAt: '2015-12-28T15:00:00.000+08:00' },
    ]);
    // The report of the last day is owed and not due yet.
    expect(kindsFrom(life, 'drill.abandoned')).toEqual([
      'drill.abandoned',
      ...Array<string>(3).fill('deadline.withdrawn'),
      'notification.sent',
      'episode.closed',
    ]);
    expect(due(life.state, life.state.head.episodeTime)).toBeUndefined();
  });

  test('it is counted from the last entry by a person: a command that adds nothing does not count', () => {
    const life = begun();
    for (const day of ['2015-12-10', '2015-12-20']) life.do(`${day} 12:00`, reportOf('education', '2015-12-09'));
    life.passTo('2016-01-10 12:01');
    expect(life.state.abandoned).toMatchObject({ at: at('2016-01-10 12:00') });
  });

  test('after lifting too: follow-up report, review and summaries that are not due yet are taken off', () => {
    const life = begun({ ...drill(), drill: { timeScale: 1, policy: long } } as CommandBody);
    life.do('2015-11-28 14:00', liftOf('2015-11-28 14:00'));
    life.passTo('2016-01-05 00:00');
    expect(life.state).toMatchObject({
      phase: 'closed',
      followUp: { status: 'withdrawn' },
      review: { status: 'withdrawn' },
    });
    const takenOff = life.of('deadline.withdrawn').filter(({ data }) => data.reason === 'drill-abandoned');
    expect(takenOff.map(({ unitId, data }) => `${unitId ?? 'office'} ${data.deadline}`).sort()).toEqual([
      'education summary',
      'office follow-up',
      'office review',
      'street-a summary',
      'street-b summary',
    ]);
  });
  const long = { followUpReportHours: 2_000, summaryHours: 2_000, reviewHours: 2_000 };

  test('messages that wait are withdrawn; one under way has crossed', () => {
    const life = new Life(undefined, ({ to }) => (to.kind === 'office' ? taken() : 'under way'));
    life.do(START, drill());
    life.passTo('2015-12-28 14:01');
    expect(life.state.phase).not.toBe('closed');
    expect(Object.values(life.state.messages)).toEqual([]);
    const results = [...life.underWay.keys()].map((message) => ({ message, deliveries: taken() }));
    expect(results.length).toBeGreaterThan(0);
    life.take(at('2015-12-28 14:02'), [life.command({ kind: 'recordDeliveries', results }, SYSTEM)]);
    expect(life.of('notification.sent').filter(({ data }) => data.crossed)).toHaveLength(results.length);
    life.underWay.clear();
    life.passTo('2015-12-28 14:03');
    expect(life.state.phase).toBe('closed');
  });

  test('commands are refused, with the reason', () => {
    const life = new Life(undefined, ({ to }, now) =>
      to.kind === 'office' && now >= at('2015-12-28 14:00') ? 'under way' : taken(),
    );
    life.do(START, drill());
    const acknowledge: CommandBody = { kind: 'acknowledge', unitId: 'education' };
    const told = { status: 'refused', type: 'episode-closed', detail: expect.stringContaining('演练长期无人操作') };
    life.passTo('2015-12-28 14:01');
    expect(life.state.phase).toBe('active');
    expect(life.take(at('2015-12-28 14:01'), [life.command(acknowledge)])).toEqual([told]);
    life.comeBack(at('2015-12-28 14:02'));
    life.passTo('2015-12-28 14:03');
    expect(life.state.phase).toBe('closed');
    expect(life.do('2015-12-28 15:00', acknowledge)).toEqual(told);
  });
});

test('a real episode goes on, however long nobody touches it', () => {
  const life = begun(startOf(START));
  life.passTo('2016-03-01 00:00');
  expect(life.state.phase).toBe('active');
  expect(life.of('drill.abandoned')).toEqual([]);
});

test('after a pause of years a fast drill is brought to its end, and no further', () => {
  const life = begun(drill(86_400));
  const night = at(START) + 16 * 60_000;
  life.take(night, []);
  life.pass(night);
  expect(life.state).toMatchObject({ phase: 'closed', abandoned: { at: at('2015-12-28 14:00') } });
  const days = life.of('report.missed').map(({ data }) => data.date);
  expect([...new Set(days)]).toHaveLength(31);
  expect(days.at(-1)).toBe('2015-12-27');
});
