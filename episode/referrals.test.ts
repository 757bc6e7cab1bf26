import { expect, test } from '@jest/globals';
import type { CommandBody } from './commands.js';
import { deliveredAs } from './testing/alone.js';
import { adjustOf, at, binding, Life, type Post, reportOf, startOf, taken } from './testing/life.js';
import { boardOf } from './views.js';

type Referral = Extract<CommandBody, { kind: 'refer' }>;

const refer = (changes: Partial<Referral> = {}): Referral => ({
  kind: 'refer',
  unitId: 'street-a',
  to: 'supervisor',
  about: [{ deadline: 'acknowledgement', subject: 'n1' }],
  reason: '两次电话催办未确认',
  ...changes,
});

/** 甲街道 acknowledges late and reports no day, 区教育局 does all in time; it is noon of the second day. */
function lived(edition = binding, post?: Post): Life {
  const life = new Life(edition, post);
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-10 14:10', { kind: 'acknowledge', unitId: 'education' });
  life.do('2026-01-10 15:00', { kind: 'acknowledge', unitId: 'street-a' });
  life.do('2026-01-11 09:00', reportOf('education', '2026-01-10'));
  life.passTo('2026-01-11 12:00');
  return life;
}

test('§7 what was late and what was missed is referred, with a message to the supervisor or the committee', () => {
  const life = lived();
  const about: Referral['about'] = [
    { deadline: 'acknowledgement', subject: 'n1' },
    { deadline: 'report', subject: '2026-01-10' },
  ];
  expect(life.do('2026-01-11 12:00', refer({ about })).status).toBe('accepted');
  expect(life.do('2026-01-11 12:01', refer({ to: 'committee' })).status).toBe('accepted');
  const [first, second] = life.of('unit.referred');
  expect(first).toMatchObject({
    clause: '7',
    actor: { role: 'office' },
    data: {
      unitId: 'street-a',
      to: 'supervisor',
      about: [
        { deadline: 'acknowledgement', noticeId: 'n1', noticeNumber: 'N1', outcome: 'late' },
        { deadline: 'report', date: '2026-01-10', outcome: 'missed', dueAt: '2026-01-11T10:00:00.000+08:00' },
      ],
    },
  });
  // In no history that the unit reads.
  expect(first!.unitId).toBeUndefined();
  const sent = life.of('notification.sent').filter(({ seq }) => seq > first!.seq);
  expect(sent.map(({ data }) => data.message)).toEqual([`supervisor:${first!.seq}`, `committee:${second!.seq}`]);
});

test('§7 the board shows a committee whom the referral did not reach, until a message reaches it', () => {
  const reasons = new Map<string, string>([['committee', 'no-contact']]);
  const life = lived(binding, (message) => {
    const reason = reasons.get(message.to.kind);
    return reason === undefined ? taken() : [deliveredAs('failed', reason)];
  });
  const bodies = () => boardOf(life.state, at('2026-01-11 12:30')).unreachable;
  const before = bodies();
  life.do('2026-01-11 12:10', refer({ to: 'committee' }));
  const [since] = before;
  expect(bodies()).toEqual([
    since ?? { unitId: 'committee', since: '2026-01-11T12:10:00.000+08:00', reason: 'no-contact' },
  ]);
  reasons.clear();
  life.do('2026-01-11 12:20', refer({ to: 'committee', reason: '仍未确认' }));
  expect(bodies()).toEqual([]);
});

test('§7 the same referral again is the first one', () => {
  const life = lived();
  const first = life.do('2026-01-11 12:00', refer());
  expect(life.do('2026-01-11 12:01', refer())).toEqual({ ...first, repeated: true });
  expect(life.do('2026-01-11 12:02', refer({ reason: '仍无人接听' }))).toMatchObject({ repeated: false });
});

test.each<[string, Partial<Referral>, string, string]>([
  ['what was done in time', { unitId: 'education' }, 'not-breached', '确认通知 n1'],
  [
    'a day that is not due yet',
    { about: [{ deadline: 'report', subject: '2026-01-11' }] },
    'not-breached',
    '2026-01-11',
  ],
  ['a notice that never was', { about: [{ deadline: 'acknowledgement', subject: 'n2' }] }, 'not-breached', 'n2'],
  ['a summary before lifting', { about: [{ deadline: 'summary' }] }, 'not-breached', '总结'],
  ['one of several that is none', { about: [...refer().about, { deadline: 'summary' }] }, 'not-breached', '总结'],
])('§7 not referred: %s', (_, changes, type, quoted) => {
  const life = lived();
  expect(life.do('2026-01-11 12:00', refer(changes))).toMatchObject({
    type,
    clause: '7',
    detail: expect.stringContaining(quoted),
  });
});

test('a unit that takes no part has nothing to be referred', () => {
  expect(lived().do('2026-01-11 12:00', refer({ unitId: 'nobody' }))).toMatchObject({ type: 'unit-unknown' });
});

test('§7 the unit of the supervisor is never referred to himself', () => {
  const life = lived({ ...binding, supervisorUnit: 'street-a' });
  expect(life.do('2026-01-11 12:00', refer())).toMatchObject({ type: 'referred-to-itself', clause: '7' });
  expect(life.do('2026-01-11 12:00', refer({ to: 'committee' })).status).toBe('accepted');
});

test('§7 of two notices that one answer acknowledged, only the one that was missed is referred', () => {
  const life = lived();
  life.do('2026-01-11 13:00', adjustOf('N2', '2026-01-11 13:00', 'orange'));
  life.do('2026-01-11 13:01', { kind: 'acknowledge', unitId: 'street-b' });
  const about = (subject: string): Partial<Referral> => ({
    unitId: 'street-b',
    about: [{ deadline: 'acknowledgement', subject }],
  });
  expect(life.do('2026-01-11 13:02', refer(about('n1'))).status).toBe('accepted');
  expect(life.do('2026-01-11 13:02', refer(about('n2')))).toMatchObject({ type: 'not-breached' });
});
