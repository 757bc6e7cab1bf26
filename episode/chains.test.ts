import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../plan/rules/calendar.js';
import type { CommandBody, DeliveryResult } from './commands.js';
import { adjustOf, at, binding, Life, liftOf, type Post, reportOf, startOf, taken } from './testing/life.js';
import { SILENCE, stepsAbout } from './testing/steps.js';
import { boardOf } from './views.js';

const START = '2026-01-10 14:00';
/** One unit alone, so that every message is about it. */
const alone = { ...binding, units: binding.units.slice(0, 1) };
const acknowledge: CommandBody = { kind: 'acknowledge', unitId: 'education' };

const living = (post: Post = taken, edition = alone): Life => {
  const life = new Life(edition, post);
  life.do(START, startOf(START));
  return life;
};

describe('§3.1.3 the chain of an acknowledgement', () => {
  test('full silence goes to the top, each step once, and then rests', () => {
    const life = living();
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(SILENCE);
    expect(life.of('acknowledgement.missed')).toHaveLength(1);
    expect(life.state.units.education!.chases).not.toHaveProperty('acknowledgement/N1');
  });

  test.each([
    ['14:19', 0],
    ['14:29', 1],
    ['14:31', 4],
    ['15:10', 5],
    ['16:00', 6],
  ])('answered at %s, no further step is taken', (time, count) => {
    const life = living();
    expect(life.do(`2026-01-10 ${time}`, acknowledge)).toMatchObject({ status: 'accepted' });
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(SILENCE.slice(0, count));
    expect(life.state.units.education!.chases ?? {}).not.toHaveProperty('acknowledgement/N1');
  });

  test('a waiting message is withdrawn with the answer', () => {
    const down: Post = () => [result('deferred', 'time-out')];
    const life = living(down);
    life.passTo('2026-01-10 14:40');
    const waiting = Object.keys(life.state.messages);
    expect(waiting.length).toBeGreaterThan(3);
    life.do('2026-01-10 14:40', acknowledge);
    const withdrawn = life.of('notification.withdrawn').at(-1)!.data;
    expect(withdrawn.reason).toBe('answered');
    expect(Object.keys(life.state.messages)).toEqual(waiting.filter((key) => !withdrawn.messages.includes(key)));
    expect(Object.values(life.state.messages).flatMap(({ deadlines = [] }) => deadlines)).toEqual([]);
  });

  test('a message on its way when the answer came is recorded as sent, and as crossed', () => {
    const life = living(() => [result('deferred', 'time-out')]);
    life.passTo('2026-01-10 14:20');
    const [underWay] = Object.keys(life.state.messages).filter((key) => life.state.messages[key]!.isReminder);
    life.do('2026-01-10 14:21', acknowledge);
    const results = [{ message: underWay!, deliveries: [result('taken')] }];
    life.take(at('2026-01-10 14:22'), [life.command({ kind: 'recordDeliveries', results })]);
    expect(life.entries.at(-1)).toMatchObject({
      kind: 'notification.sent',
      unitId: 'education',
      data: { message: underWay, crossed: true, to: 'unit' },
    });
  });

  test('those above are told of all units in one message', () => {
    const life = living(taken, binding);
    life.passTo('2026-01-10 14:31');
    const office = life.of('deadline.escalated').filter(({ data }) => data.to === 'office');
    expect(office.map(({ unitId }) => unitId)).toEqual(['education', 'street-a', 'street-b']);
    expect(new Set(office.map(({ data }) => 'message' in data && data.message)).size).toBe(1);
    const sent = life.of('notification.sent').filter(({ data }) => data.to === 'office');
    expect(sent).toMatchObject([{ data: { about: office.map(({ seq }) => seq) } }]);
  });

  test('an outage over the whole chain: reminders are stale, each person is told once', () => {
    const life = living();
    life.take(at('2026-01-10 17:00'), []);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '17:00 escalated duty',
      '17:00 escalated lead',
      '17:00 escalated office',
      '17:00 escalated committee',
      '17:00 escalated supervisor',
    ]);
  });

  test('lifting ends it', () => {
    const life = living();
    life.passTo('2026-01-10 14:40');
    life.do('2026-01-10 14:45', liftOf('2026-01-10 14:45'));
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(SILENCE.slice(0, 4));
  });
});

function result(outcome: DeliveryResult['outcome'], reason?: string, contact = 'liaison-1'): DeliveryResult {
  return { contact, contactHash: 'h', channel: 'sms', outcome, ...(reason === undefined ? {} : { reason }) };
}

/** Fails the messages to people without a working channel. */
const unreachable =
  (...whom: string[]): Post =>
  (message) => {
    const { to } = message;
    const people = to.kind === 'unit' ? [to.whom ?? 'duty', to.whom ?? 'lead'] : [to.kind];
    return people.every((one) => whom.includes(one)) ? [result('failed', 'no-channel')] : taken(message);
  };

describe('§6.6 a step whose person has no working channel', () => {
  test('falls through to the next at once and says so', () => {
    const life = living(unreachable('duty'));
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:20 reminded duty',
      '14:20 reminded lead fell through',
      ...SILENCE.slice(1),
    ]);
    expect(life.of('notification.failed')[0]!.data).toMatchObject({ reason: 'no-channel', final: true });
  });

  test('a notice that reaches nobody of the unit goes to the office at once; the unit is unreachable, with the reason', () => {
    const life = living(unreachable('duty', 'lead'));
    life.passTo('2026-01-10 14:01');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(['14:00 reminded office fell through']);
    const row = () => boardOf(life.state, at('2026-01-10 14:02')).units[0];
    expect(row()).toMatchObject({
      confirmation: 'unreachable',
      unreachable: { reason: 'no-channel', since: '2026-01-10T14:00:00.000+08:00' },
    });
    life.do('2026-01-10 14:05', acknowledge);
    expect(row()).toMatchObject({ confirmation: 'confirmed' });
  });

  test('nobody at all can be reached: each step falls through to the top once, and the record has every step', () => {
    const life = living(() => [result('failed', 'no-channel')]);
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:00 reminded office fell through',
      '14:00 reminded committee fell through',
      '14:00 reminded supervisor fell through',
      '14:20 reminded duty',
      '14:20 reminded lead fell through',
      '14:30 escalated duty',
      '14:30 escalated lead',
      '14:30 escalated office',
      '14:30 escalated committee fell through',
      '14:30 escalated supervisor fell through',
      '15:30 escalated committee',
    ]);
    expect(life.of('acknowledgement.missed')).toHaveLength(1);
    expect(life.of('deadline.reminded')[1]!.data.fellThrough).toEqual(['duty', 'lead', 'office']);
  });

  test('§6.1 the next shift can be reached: it is told in its turn, and the lead of the miss', () => {
    const life = living((message, now) =>
      now < at('2026-01-10 14:25') ? unreachable('duty')(message, now, false) : taken(),
    );
    life.passTo('2026-01-10 14:31');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:20 reminded duty',
      '14:20 reminded lead fell through',
      '14:30 escalated duty',
      '14:30 escalated lead',
      '14:30 escalated office',
    ]);
  });

  test('a message to a stand-in still goes out when the deadline has passed', () => {
    const down = at('2026-01-10 14:40');
    const life = living((message, now) =>
      message.to.kind === 'unit'
        ? [result('failed', 'no-channel')]
        : now < down
          ? [result('deferred', 'time-out')]
          : taken(),
    );
    life.passTo('2026-01-10 14:35');
    const [early] = life.of('deadline.reminded').map(({ data }) => data.message);
    const withdrawn = life.of('notification.withdrawn');
    // The later step tells the same, and the miss.
    expect(withdrawn).toMatchObject([{ data: { messages: [early], reason: 'repeated' } }]);
    life.passTo('2026-01-10 15:10');
    expect(life.of('notification.sent').filter(({ data }) => data.to === 'office')).toHaveLength(1);
  });

  test('a message that has just been taken is not withdrawn by the step that another falls through to', () => {
    const chain = ['office', 'lead', 'office'].map((to, i) => ({
      after: [0, 0, 60][i]!,
      to: to as 'office' | 'lead',
      ways: [['sms' as const]],
    }));
    const edition = {
      ...alone,
      policy: { ...alone.policy, chains: { ...alone.policy.chains, acknowledgement: chain } },
    };
    const life = living(unreachable('lead'), edition);
    life.passTo('2026-01-10 14:31');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '14:30 escalated office',
      '14:30 escalated lead',
      '14:30 escalated office fell through',
    ]);
    expect(life.of('notification.withdrawn')).toEqual([]);
  });

  test('a unit of which only the lead cannot be reached is not unreachable', () => {
    const life = living(unreachable('lead'));
    life.passTo('2026-01-10 14:31');
    expect(life.of('notification.failed').length).toBeGreaterThan(0);
    expect(boardOf(life.state, at('2026-01-10 14:32')).units[0]).toMatchObject({ confirmation: 'unconfirmed' });
  });

  test('§3.1.5 a notice that an adjustment has overtaken does not arrive after it', () => {
    const back = at('2026-01-10 14:20');
    const sent: string[] = [];
    const life = living((message, now) => {
      if (now < back) return [result('deferred', 'time-out')];
      sent.push(message.key);
      return taken();
    });
    const [start] = Object.keys(life.state.messages);
    life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red'));
    expect(life.of('notification.withdrawn').at(-1)!.data).toEqual({ messages: [start], reason: 'repeated' });
    life.passTo('2026-01-10 14:40');
    expect(sent).not.toContain(start);
    expect(sent).toContain(`unit:education:${life.of('unit.notified').at(-1)!.seq}`);
  });

  test('an adjustment entered ahead overtakes nothing until it is in force', () => {
    let isBack = false;
    const sent: string[] = [];
    const life = living((message) => {
      if (!isBack) return [result('deferred', 'time-out')];
      sent.push(message.key);
      return taken();
    });
    const [start] = Object.keys(life.state.messages) as [string];
    life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red', '2026-01-11 08:00'));
    expect(Object.keys(life.state.messages)).toContain(start);
    isBack = true;
    life.passTo('2026-01-10 15:00');
    expect(sent).toContain(start);
    expect(life.of('notification.withdrawn')).toEqual([]);
  });

  test('an adjustment that comes into force while the server is away overtakes the notices before it', () => {
    const life = living(() => [result('deferred', 'time-out')]);
    const [start] = Object.keys(life.state.messages) as [string];
    life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red', '2026-01-10 14:15'));
    expect(Object.keys(life.state.messages)).toContain(start);
    life.passTo('2026-01-10 14:15');
    expect(life.of('notification.withdrawn')).toMatchObject([{ data: { reason: 'repeated' } }]);
    expect(life.of('notification.withdrawn')[0]!.data.messages).toContain(start);
    const adjusted = life.of('unit.notified').filter(({ data }) => data.occasion === 'adjustment');
    for (const { unitId, seq } of adjusted) expect(Object.keys(life.state.messages)).toContain(`unit:${unitId}:${seq}`);
  });

  test('§2.2 a unit that joins before an adjustment is in force is told of both', () => {
    const life = living();
    life.do('2026-01-10 14:10', adjustOf('N2', '2026-01-10 14:10', 'red', '2026-01-11 08:00'));
    life.do('2026-01-10 14:20', { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
    const told = life.of('unit.notified').filter(({ unitId }) => unitId === 'street-c');
    expect(told.map(({ data }) => [data.occasion, data.noticeNumber, data.level])).toEqual([
      ['joining', 'N1', 'yellow'],
      ['adjustment', 'N2', 'red'],
    ]);
  });

  test('a message that reaches one of two has reached the unit', () => {
    const life = living((message) => [...taken(message), result('failed', 'no-channel', 'lead-1')]);
    life.passTo('2026-01-10 14:01');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
    expect(boardOf(life.state, at('2026-01-10 14:02')).units[0]).toMatchObject({ confirmation: 'unconfirmed' });
  });
});

test('§6.6 the board shows the waiting messages, the reason, and the next try', () => {
  const life = living(() => [result('deferred', 'time-out')]);
  life.passTo('2026-01-10 14:01');
  expect(boardOf(life.state, at('2026-01-10 14:01')).units[0]!.waiting).toEqual([
    { about: 2, whom: 'everyone', attempts: 2, nextTryAt: '2026-01-10T14:01:30.000+08:00', reason: 'time-out' },
  ]);
});

test('every gateway down for six hours and back: due messages go out once, the urgent first, stale reminders not at all', () => {
  const back = at('2026-01-10 20:00');
  const sent: string[] = [];
  const minutes: number[] = [];
  const life = new Life(alone, (message, now) => {
    if (now < back) return [result('deferred', 'time-out')];
    sent.push(message.key);
    minutes.push(Math.floor(now / MINUTE));
    return taken(message);
  });
  life.do(START, startOf(START));
  life.passTo('2026-01-10 20:30');
  const kinds = sent.map((key) => {
    const seq = Number(key.split(':').at(-1));
    const { kind, data } = life.entries[seq - 1]!;
    return `${kind} ${'to' in data ? data.to : ''}`.trim();
  });
  expect(new Set(sent).size).toBe(sent.length);
  expect(kinds[0]).toBe('unit.notified');
  expect(minutes.at(-1)! - minutes[0]!).toBe(0);
  expect(kinds).not.toContain('deadline.reminded duty');
  expect(kinds.filter((kind) => kind === 'deadline.escalated committee')).toHaveLength(1);
  expect([...new Set(kinds)].sort()).toEqual([
    'deadline.escalated committee',
    'deadline.escalated duty',
    'deadline.escalated lead',
    'deadline.escalated office',
    'deadline.escalated supervisor',
    'unit.notified',
  ]);
  expect(life.of('notification.withdrawn').map(({ data }) => data.reason)).toContain('repeated');
});

describe('other chains', () => {
  test('§5.1 a daily report: reminded at nine, missed at ten, the lead told at two; a late report ends it', () => {
    const life = living();
    life.do('2026-01-10 14:05', acknowledge);
    life.passTo('2026-01-11 11:00');
    life.do('2026-01-11 11:00', reportOf('education', '2026-01-10'));
    life.passTo('2026-01-11 23:00');
    expect(stepsAbout(life.entries, 'report')).toEqual([
      '09:00 reminded duty',
      '10:00 escalated duty',
      '10:00 escalated office',
    ]);
  });

  test('§5.1 the follow-up report is the office’s: reminded before, the committee told after', () => {
    const life = living();
    life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
    life.passTo('2026-01-11 22:00');
    expect(stepsAbout(life.entries, 'follow-up')).toEqual([
      '19:00 reminded office',
      '20:00 escalated office',
      '21:00 escalated committee',
    ]);
    expect(life.of('deadline.escalated').at(-1)!.unitId).toBeUndefined();
  });

  test('§5.2 once the review is published no step about a summary is taken', () => {
    const life = living();
    life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
    life.do('2026-01-10 21:00', { kind: 'submitFollowUp', text: '信息报送' });
    life.do('2026-01-10 21:01', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
    life.do('2026-01-10 21:02', { kind: 'publishReview' });
    life.passTo('2026-01-20 00:00');
    expect(stepsAbout(life.entries, 'summary')).toEqual([]);
    expect(life.entries.at(-1)!.kind).toBe('episode.closed');
  });

  test('two deadlines of one hour are one step', () => {
    const edition = { ...alone, policy: { ...alone.policy, implementationReportMinutes: 30 } };
    const life = living(taken, edition);
    life.passTo('2026-01-10 14:31');
    const lead = life.of('deadline.escalated').filter(({ data }) => data.to === 'lead');
    expect(lead).toMatchObject([
      { data: { deadlines: [{ deadline: 'acknowledgement' }, { deadline: 'implementation' }] } },
    ]);
  });
});

test('§5.1 a day that became owed late is summed up once its reports were due', () => {
  const life = new Life(alone);
  life.do('2026-01-10 10:15', startOf('2026-01-10 10:15', 'yellow', '2026-01-09 20:00'));
  life.passTo('2026-01-11 12:00');
  expect(life.of('digest.compiled').map(({ episodeTime, data }) => `${episodeTime.slice(0, 16)} ${data.date}`)).toEqual(
    ['2026-01-11T10:30 2026-01-09', '2026-01-11T10:30 2026-01-10'],
  );
});

test('§5.2 the seal waits for a message that is still under way, though it was withdrawn', () => {
  const life = living((message) => (message.to.kind === 'office' ? 'under way' : taken()));
  life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
  life.do('2026-01-10 21:00', { kind: 'submitFollowUp', text: '信息报送' });
  life.do('2026-01-10 21:01', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
  life.passTo('2026-01-17 20:01');
  const review = life.of('deadline.escalated').at(-1)!;
  expect(review.data).toMatchObject({ to: 'office', deadlines: [{ deadline: 'review' }] });
  const publish = life.command({ kind: 'publishReview' });
  life.take(at('2026-01-17 20:02'), [publish]);
  expect(life.state.phase).toBe('reviewing');
  life.comeBack(at('2026-01-17 20:03'));
  expect(life.entries.at(-1)).toMatchObject({ kind: 'episode.closed' });
  expect(life.entries.at(-2)).toMatchObject({ kind: 'notification.sent', data: { crossed: true } });
});

test('§5.1 the digest of each day names who has not reported, half an hour after they were due', () => {
  const life = living(taken, binding);
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
