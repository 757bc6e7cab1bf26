import { expect, test } from '@jest/globals';
import { ALONE, lifeAlone } from './testing/alone.js';
import { lifeFaultsOf } from './testing/invariants.js';
import { at, binding, Life, liftOf, reportOf, startOf, taken } from './testing/life.js';

test('§5.1 a day that became owed late is summed up once its reports were due', () => {
  const life = new Life(ALONE);
  life.do('2026-01-10 10:15', startOf('2026-01-10 10:15', 'yellow', '2026-01-09 20:00'));
  life.passTo('2026-01-11 12:00');
  expect(life.of('digest.compiled').map(({ episodeTime, data }) => `${episodeTime.slice(0, 16)} ${data.date}`)).toEqual(
    ['2026-01-11T10:30 2026-01-09', '2026-01-11T10:30 2026-01-10'],
  );
});

test('§5.1 the digest of each day names who has not reported, half an hour after they were due', () => {
  const life = lifeAlone(taken, binding);
  life.do('2026-01-11 09:30', reportOf('education', '2026-01-10'));
  life.do('2026-01-12 09:30', reportOf('street-a', '2026-01-11'));
  life.do('2026-01-12 20:00', liftOf('2026-01-12 20:00'));
  life.passTo('2026-01-14 12:00');
  expect(life.of('digest.compiled').map(({ episodeTime, data }) => [episodeTime.slice(0, 16), data])).toEqual([
    ['2026-01-11T10:30', { date: '2026-01-10', submitted: 1, outstanding: ['street-a', 'street-b'] }],
    ['2026-01-12T10:30', { date: '2026-01-11', submitted: 1, outstanding: ['education', 'street-b'] }],
    ['2026-01-13T10:30', { date: '2026-01-12', submitted: 0, outstanding: ['education', 'street-a', 'street-b'] }],
  ]);
  expect(life.of('notification.sent').filter(({ data }) => data.to === 'office').length).toBeGreaterThanOrEqual(3);
});

test('§5.1 each day of a long response that was entered afterwards has an outcome before the record is sealed', () => {
  const life = new Life(binding);
  const now = '2026-01-30 10:00';
  life.submit(at(now), [
    startOf(now, 'yellow', '2026-01-10 10:00'),
    liftOf(now),
    { kind: 'submitFollowUp', text: '信息报送' },
    { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } },
    { kind: 'publishReview' },
  ]);
  life.passTo('2026-02-20 10:00');
  expect(life.entries.at(-1)!.kind).toBe('episode.closed');
  const days = life.of('deadline.withdrawn').flatMap(({ unitId, data }) => {
    return unitId === 'education' && data.deadline === 'report' ? [data.date] : [];
  });
  expect(days).toHaveLength(21);
  expect(lifeFaultsOf(life.entries, at('2026-02-20 10:00'))).toEqual([]);
});
