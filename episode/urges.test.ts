import { expect, test } from '@jest/globals';
import type { CommandBody, UnitDeadline } from './commands.js';
import { at, Life, liftOf, startOf } from './testing/life.js';
import { unitPageOf } from './views.js';

const urge = (about: UnitDeadline[], unitIds = ['street-a'], text?: string): CommandBody => ({
  kind: 'urge',
  unitIds,
  about,
  ...(text === undefined ? {} : { text }),
});
const ACKNOWLEDGE: UnitDeadline[] = [{ deadline: 'acknowledgement' }];

function started(): Life {
  const life = new Life();
  life.do('2026-01-10 22:00', startOf('2026-01-10 22:00'));
  return life;
}

test('§6.6 a person urges units about what is open, by night too; each is told, and the entry names it', () => {
  const life = started();
  const about: UnitDeadline[] = [{ deadline: 'acknowledgement', subject: 'n1' }, { deadline: 'implementation' }];
  expect(life.do('2026-01-10 23:10', urge(about, ['street-a', 'street-b'], '请速办')).status).toBe('accepted');
  const urged = life.of('unit.urged');
  expect(urged.map(({ unitId }) => unitId)).toEqual(['street-a', 'street-b']);
  expect(urged[0]).toMatchObject({
    clause: '6.6',
    actor: { role: 'office' },
    data: {
      about: [
        { deadline: 'acknowledgement', noticeId: 'n1', dueAt: '2026-01-10T22:30:00.000+08:00' },
        { deadline: 'implementation', noticeId: 'n1' },
      ],
      text: '请速办',
    },
  });
  const told = life.of('notification.sent').filter(({ data }) => data.about.includes(urged[0]!.seq));
  expect(told.map(({ unitId, episodeTime }) => [unitId, episodeTime])).toEqual([
    ['street-a', '2026-01-10T23:10:00.000+08:00'],
  ]);
});

test('what is done meanwhile is not in it, and the page shows what is still open', () => {
  const life = started();
  life.do('2026-01-10 22:05', { kind: 'acknowledge', unitId: 'street-a' });
  life.do('2026-01-10 22:10', urge([...ACKNOWLEDGE, { deadline: 'implementation' }]));
  life.do('2026-01-10 22:30', urge([{ deadline: 'implementation' }]));
  const urges = () => unitPageOf(life.state, 'street-a', at('2026-01-10 22:31')).urges;
  expect(urges()).toEqual([
    {
      deadline: 'implementation',
      noticeId: 'n1',
      noticeNumber: 'N1',
      count: 2,
      seq: expect.any(Number),
      lastAt: '2026-01-10T22:30:00.000+08:00',
    },
  ]);
  life.do('2026-01-10 22:40', { kind: 'reportImplementation', unitId: 'street-a', text: '已落实' });
  expect(urges()).toEqual([]);
});

test('a message of an urge is withdrawn once the unit has answered', () => {
  const life = new Life(undefined, () => [
    { contact: 'liaison', contactHash: 'h', channel: 'sms', outcome: 'deferred', reason: 'x' },
  ]);
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-10 14:10', urge(ACKNOWLEDGE));
  const key = `unit:street-a:${life.of('unit.urged')[0]!.seq}`;
  expect(life.state.messages[key]).toBeDefined();
  life.do('2026-01-10 14:11', { kind: 'acknowledge', unitId: 'street-a' });
  expect(life.state.messages[key]).toBeUndefined();
});

test.each<[string, (life: Life) => void, CommandBody, object]>([
  [
    'a unit that has answered',
    (life) => life.do('2026-01-10 22:05', { kind: 'acknowledge', unitId: 'street-a' }),
    urge(ACKNOWLEDGE),
    { type: 'nothing-open', detail: expect.stringContaining('甲街道办事处目前没有待办的“确认通知”') },
  ],
  [
    'one of several that has answered',
    (life) => life.do('2026-01-10 22:05', { kind: 'acknowledge', unitId: 'street-a' }),
    urge(ACKNOWLEDGE, ['street-b', 'street-a']),
    { type: 'nothing-open' },
  ],
  ['a day that is not over', () => {}, urge([{ deadline: 'report', subject: '2026-01-10' }]), { type: 'nothing-open' }],
  ['a summary before the lifting', () => {}, urge([{ deadline: 'summary' }]), { type: 'nothing-open' }],
  [
    'the same after a moment',
    (life) => life.do('2026-01-10 22:05', urge(ACKNOWLEDGE)),
    urge(ACKNOWLEDGE),
    { type: 'urged-recently', detail: expect.stringMatching(/22:05.*22:20/) },
  ],
  [
    'a deadline that ended with the response',
    (life) => life.do('2026-01-10 22:05', liftOf('2026-01-10 22:05')),
    urge(ACKNOWLEDGE),
    { type: 'nothing-open' },
  ],
  ['a unit that takes no part', () => {}, urge(ACKNOWLEDGE, ['nobody']), { type: 'unit-unknown' }],
])('refused: %s', (_, before, body, refusal) => {
  const life = started();
  before(life);
  expect(life.do('2026-01-10 22:10', body)).toMatchObject({ status: 'refused', ...refusal });
  expect(life.of('unit.urged').filter(({ episodeTime }) => episodeTime.includes('22:10'))).toEqual([]);
});

test('the policy says after how many minutes the same may be urged again', () => {
  const life = started();
  life.do('2026-01-10 22:05', urge(ACKNOWLEDGE));
  expect(life.do('2026-01-10 22:20', urge(ACKNOWLEDGE)).status).toBe('accepted');
});
