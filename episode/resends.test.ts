import { expect, test } from '@jest/globals';
import type { CommandBody, DeliveryResult } from './commands.js';
import type { Entry } from './entries.js';
import { resendOf } from './resends.js';
import { adjustOf, Life, liftOf, type Post, startOf, taken } from './testing/life.js';

const failed = (): DeliveryResult[] => [
  {
    contact: 'liaison',
    contactHash: 'h',
    channel: 'sms',
    outcome: 'failed',
    reason: 'invalid-address',
    fault: 'address',
  },
];

function started(post: Post = failed): Life {
  const life = new Life(undefined, post);
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  return life;
}

const keyOf = (entry: Entry) => `unit:${entry.unitId}:${entry.seq}`;
const noticeTo = (life: Life, unitId: string) => life.of('unit.notified').find((one) => one.unitId === unitId)!;

function again(life: Life, entry: Entry, how: { channel?: 'email' | 'sms'; contact?: string } = {}): CommandBody {
  return { ...resendOf(life.state, keyOf(entry), [entry])!, ...how };
}

test('a notice that reached nobody is sent again by another channel, to one contact: an entry and a message of its own', () => {
  const life = started();
  const notice = noticeTo(life, 'street-a');
  const outcome = life.do('2026-01-10 14:05', again(life, notice, { channel: 'email', contact: 'lead' }));
  expect(outcome).toMatchObject({ status: 'accepted', repeated: false });
  const [resent] = life.of('message.resent');
  expect(resent).toMatchObject({
    unitId: 'street-a',
    actor: { role: 'office' },
    data: {
      message: `unit:street-a:${resent!.seq}`,
      resends: keyOf(notice),
      about: [notice.seq],
      contact: 'lead',
      ways: [['email']],
      announces: { noticeId: 'n1', noticeNumber: 'N1' },
      deadlines: [{ deadline: 'acknowledgement', noticeId: 'n1', unitId: 'street-a' }],
    },
  });
  expect(life.of('notification.failed').filter(({ data }) => data.message === resent!.data.message)).toHaveLength(1);
  // What a person sends again moves no chain on.
  expect(life.of('deadline.escalated').filter(({ seq }) => seq > resent!.seq)).toEqual([]);
});

test('sent again whole, it takes the place of the one that still waits', () => {
  const life = started(({ key }) =>
    key.endsWith(':999') ? [] : [{ ...failed()[0]!, outcome: 'deferred', fault: 'recipient' }],
  );
  const notice = noticeTo(life, 'street-a');
  life.do('2026-01-10 14:05', again(life, notice));
  expect(life.of('notification.withdrawn').map(({ data }) => data)).toEqual([
    { messages: [keyOf(notice)], reason: 'repeated' },
  ]);
  expect(life.do('2026-01-10 14:06', again(life, notice))).toMatchObject({ type: 'message-under-way' });
});

test('of a notice that was acknowledged only the text goes, by mail', () => {
  const life = started(taken);
  life.do('2026-01-10 14:01', { kind: 'acknowledge', unitId: 'street-a' });
  const notice = noticeTo(life, 'street-a');
  expect(life.do('2026-01-10 14:05', again(life, notice, { channel: 'sms' }))).toMatchObject({
    type: 'message-obsolete',
    detail: expect.stringContaining('只再发邮件'),
  });
  life.do('2026-01-10 14:06', again(life, notice));
  expect(life.of('message.resent')[0]!.data).toMatchObject({ ways: [['email']], mailAlone: true, deadlines: [] });
});

test.each<[string, (life: Life) => Entry, string]>([
  [
    'a notice after a later one has taken effect',
    (life) => {
      life.do('2026-01-10 14:05', adjustOf('N2', '2026-01-10 14:05', 'orange'));
      return noticeTo(life, 'street-a');
    },
    '后来的通知已经生效',
  ],
  [
    'a notice after the response',
    (life) => {
      life.do('2026-01-10 14:05', liftOf('2026-01-10 14:05'));
      return noticeTo(life, 'street-a');
    },
    '应急响应已经终止',
  ],
  [
    'a reminder after the deadline',
    (life) => {
      life.passTo('2026-01-10 14:31');
      return life.of('deadline.reminded').find(({ unitId }) => unitId === 'street-a')!;
    },
    '请改用催办',
  ],
  [
    'a step whose deadline was met',
    (life) => {
      life.passTo('2026-01-10 14:31');
      life.do('2026-01-10 14:32', { kind: 'acknowledge', unitId: 'street-a' });
      return life.of('deadline.escalated').find(({ unitId, data }) => unitId === 'street-a' && data.to === 'duty')!;
    },
    '已经办理',
  ],
  [
    'the word of a task that is done',
    (life) => {
      life.do('2026-01-10 14:05', { kind: 'addTask', unitIds: ['street-a'], text: '加密巡查' });
      life.do('2026-01-10 14:06', {
        kind: 'completeTasks',
        unitId: 'street-a',
        taskIds: ['added-1'],
        note: '',
        attachmentIds: [],
      });
      return life.of('task.added')[0]!;
    },
    '这项任务已经办理',
  ],
])('%s is obsolete', (_, made, why) => {
  const life = started(taken);
  const entry = made(life);
  const body = resendOf(life.state, 'message' in entry.data ? (entry.data.message as string) : keyOf(entry), [entry])!;
  expect(life.do('2026-01-10 15:00', body)).toMatchObject({
    status: 'refused',
    type: 'message-obsolete',
    detail: expect.stringContaining(why),
  });
});

test('five times and no more', () => {
  const life = started();
  const notice = noticeTo(life, 'street-a');
  const outcomes = [1, 2, 3, 4, 5, 6].map((minute) =>
    life.do(`2026-01-10 14:0${minute}`, again(life, notice, { channel: 'email' })),
  );
  expect(outcomes.map((one) => (one.status === 'refused' ? one.type : one.status))).toEqual([
    ...Array(5).fill('accepted'),
    'resent-too-often',
  ]);
});

test('a body is not out of reach because one contact could not be told again', () => {
  const life = started((message) => (message.again ? failed() : taken(message)));
  life.passTo('2026-01-10 14:31');
  const about = [{ deadline: 'acknowledgement' as const, subject: 'n1' }];
  life.do('2026-01-10 14:32', { kind: 'refer', unitId: 'street-a', to: 'supervisor', about, reason: '未确认' });
  const [referral] = life.of('unit.referred');
  const body = resendOf(life.state, `supervisor:${referral!.seq}`, [referral!])!;
  expect(life.do('2026-01-10 14:33', { ...body, contact: 'lead' })).toMatchObject({ status: 'accepted' });
  expect(life.of('notification.failed')).toMatchObject([{ data: { to: 'supervisor', contact: 'liaison' } }]);
  expect(life.state.unreachable).toEqual({});
});
