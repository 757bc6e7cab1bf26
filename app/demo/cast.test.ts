import { describe, expect, test } from '@jest/globals';
import { HOUR } from '../../plan/rules/calendar.js';
import { castOf, drillStartBody, type HabitName, LATENESS, playUnit, type Stage } from './cast.js';
import type { Client } from './client.js';
import { EpisodeClock } from './episode-clock.js';
import { readTimeline } from './timeline.js';

const timeline = readTimeline(new URL('./timeline-beijing-2015.yaml', import.meta.url));
const TOLD = Date.parse('2015-11-26T20:00:00+08:00');
const START = Date.parse('2015-11-27T14:00:00+08:00');
const LIFT = Date.parse('2015-12-02T00:00:00+08:00');

test('the timeline is that of Beijing, 27 November to 2 December 2015', () => {
  const { start, adjustment, lift } = timeline.notices;
  expect([start.effectiveAt, adjustment.issuedAt, lift.issuedAt].map((time) => Date.parse(time))).toEqual([
    START,
    Date.parse('2015-11-29T10:00:00+08:00'),
    LIFT,
  ]);
  expect([start.level, adjustment.level]).toEqual(['yellow', 'orange']);
});

test('the drill takes less than three minutes, and POST /episodes takes its start', () => {
  const { drill } = drillStartBody(timeline);
  const last = LIFT + drill.policy.summaryHours * HOUR + LATENESS;
  expect((last - TOLD) / drill.timeScale).toBeLessThan(170_000);
  expect(drillStartBody(timeline)).toMatchObject({ cityLevel: 'yellow', primaryPollutant: 'PM2.5' });
});

test('one street office is late, one silent, all others act at once, the first of them without mines', () => {
  const units = ['a', 'b', 'c'].flatMap((id) => [
    { unitId: `department-${id}`, name: id, kind: 'department' },
    { unitId: `street-${id}`, name: id, kind: 'street' },
  ]);
  const habits = Object.fromEntries(castOf(units).map(({ unitId, habit }) => [unitId, habit]));
  expect(habits).toEqual({
    'department-a': 'punctual',
    'department-b': 'punctual',
    'department-c': 'punctual',
    'street-a': 'punctual',
    'street-b': 'late',
    'street-c': 'silent',
  });
  expect(castOf(units).filter(({ withoutMines }) => withoutMines)).toMatchObject([{ unitId: 'street-a' }]);
});

describe('a unit plays its part', () => {
  const DAYS = ['2015-11-27', '2015-11-28', '2015-11-29', '2015-11-30', '2015-12-01'];

  /** Plays the whole timeline in a moment. Answers the requests that a unit makes, with the episode time of each. */
  async function callsOf(habit: HabitName): Promise<Map<string, number[]>> {
    const clock = new EpisodeClock({ realAnchor: Date.now(), episodeAnchor: TOLD, timeScale: 1_000_000 });
    const calls = new Map<string, number[]>();
    const note = async (path: string) => {
      const call = path.replace('/episodes/e/units/u/', '');
      calls.set(call, [...(calls.get(call) ?? []), clock.now()]);
    };
    const page = {
      tasks: [
        { taskId: 't1', status: 'open', text: '工地停工' },
        { taskId: 't2', status: 'done', text: '矿山停产' },
        { taskId: 't3', status: 'open', text: '矿山停产' },
      ],
    };
    const client = { post: note, put: note, get: async () => page } as unknown as Client;
    const at = (time: string) => clock.until(Date.parse(time));
    const stage: Stage = {
      episode: '/episodes/e',
      clock,
      timeline,
      adjusted: at(timeline.notices.adjustment.issuedAt),
      lifted: at(timeline.notices.lift.issuedAt),
    };
    await playUnit(client, { unitId: 'u', name: '某单位', kind: 'street', habit, withoutMines: true }, stage);
    return calls;
  }

  test.each(['punctual', 'late'] as const)(
    '%s: the three notices, each owed day, the open tasks, the summary (§4.2, §5.1, §5.2)',
    async (habit) => {
      const calls = await callsOf(habit);
      expect(Object.fromEntries([...calls].map(([call, times]) => [call, times.length]))).toEqual({
        acknowledgement: 3,
        'implementation-reports': 2,
        'tasks/completions': 2,
        'tasks/t3/not-applicable': 2,
        ...Object.fromEntries(DAYS.map((day) => [`daily-reports/${day}`, 1])),
        summary: 1,
      });
      for (const day of DAYS) {
        expect(calls.get(`daily-reports/${day}`)![0]).toBeGreaterThanOrEqual(Date.parse(`${day}T24:00:00+08:00`));
      }
      expect(calls.get('implementation-reports')![0]).toBeGreaterThanOrEqual(START);
      expect(calls.get('summary')![0]).toBeGreaterThanOrEqual(LIFT);
    },
  );

  test('late: after every deadline', async () => {
    const calls = await callsOf('late');
    expect(calls.get('acknowledgement')![0]).toBeGreaterThan(TOLD + 10 * HOUR);
    expect(calls.get('daily-reports/2015-11-27')![0]).toBeGreaterThan(Date.parse('2015-11-28T12:00:00+08:00'));
    expect(calls.get('summary')![0]).toBeGreaterThan(LIFT + 24 * HOUR);
  });

  test('silent: nothing at all', async () => {
    expect((await callsOf('silent')).size).toBe(0);
  });
});
