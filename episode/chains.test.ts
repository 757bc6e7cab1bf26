import { describe, expect, test } from '@jest/globals';
import type { ChainStep } from '../plan/types.js';
import { ALONE, acknowledgeAlone, deliveredAs, lifeAlone } from './testing/alone.js';
import { at, binding, liftOf, type Post, reportOf, taken } from './testing/life.js';
import { SILENCE, stepsAbout } from './testing/steps.js';

describe('§3.1.3 the chain of an acknowledgement', () => {
  test('full silence goes to the top, each step once, and then rests', () => {
    const life = lifeAlone();
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(SILENCE);
    expect(life.of('acknowledgement.missed')).toHaveLength(1);
    expect(life.state.units.education!.chases).not.toHaveProperty('acknowledgement/n1');
  });

  test.each([
    ['14:19', 0],
    ['14:29', 1],
    ['14:31', 4],
    ['15:10', 5],
    ['16:00', 6],
  ])('answered at %s, no further step is taken', (time, count) => {
    const life = lifeAlone();
    expect(life.do(`2026-01-10 ${time}`, acknowledgeAlone)).toMatchObject({ status: 'accepted' });
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(SILENCE.slice(0, count));
    expect(life.state.units.education!.chases).not.toHaveProperty('acknowledgement/n1');
  });

  test('a waiting message is withdrawn with the answer', () => {
    const down: Post = () => [deliveredAs('deferred', 'time-out')];
    const life = lifeAlone(down);
    life.passTo('2026-01-10 14:40');
    const waiting = Object.keys(life.state.messages);
    expect(waiting.length).toBeGreaterThan(3);
    life.do('2026-01-10 14:40', acknowledgeAlone);
    const withdrawn = life.of('notification.withdrawn').at(-1)!.data;
    expect(withdrawn.reason).toBe('answered');
    expect(Object.keys(life.state.messages)).toEqual(waiting.filter((key) => !withdrawn.messages.includes(key)));
    expect(Object.values(life.state.messages).flatMap(({ deadlines = [] }) => deadlines)).toEqual([]);
  });

  test('a message on its way when the answer came is recorded as sent, and as crossed', () => {
    const life = lifeAlone(() => [deliveredAs('deferred', 'time-out')]);
    life.passTo('2026-01-10 14:20');
    const [underWay] = Object.keys(life.state.messages).filter((key) => life.state.messages[key]!.isReminder);
    life.do('2026-01-10 14:21', acknowledgeAlone);
    const results = [{ message: underWay!, deliveries: [deliveredAs('taken')] }];
    life.take(at('2026-01-10 14:22'), [life.command({ kind: 'recordDeliveries', results })]);
    expect(life.entries.at(-1)).toMatchObject({
      kind: 'notification.sent',
      unitId: 'education',
      data: { message: underWay, crossed: true, to: 'unit' },
    });
  });

  test('those above are told of all units in one message', () => {
    const life = lifeAlone(taken, binding);
    life.passTo('2026-01-10 14:31');
    const office = life.of('deadline.escalated').filter(({ data }) => data.to === 'office');
    expect(office.map(({ unitId }) => unitId)).toEqual(['education', 'street-a', 'street-b']);
    expect(new Set(office.map(({ data }) => 'message' in data && data.message)).size).toBe(1);
    const sent = life.of('notification.sent').filter(({ data }) => data.to === 'office');
    expect(sent).toMatchObject([{ data: { about: office.map(({ seq }) => seq) } }]);
  });

  test('an outage over the whole chain: reminders are stale, each person is told once', () => {
    const life = lifeAlone();
    life.take(at('2026-01-10 17:00'), []);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([
      '17:00 escalated duty',
      '17:00 escalated office',
      '17:00 escalated committee',
      '17:00 escalated lead',
    ]);
  });

  test('lifting ends it', () => {
    const life = lifeAlone();
    life.passTo('2026-01-10 14:40');
    life.do('2026-01-10 14:45', liftOf('2026-01-10 14:45'));
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(SILENCE.slice(0, 4));
  });
});

describe('other chains', () => {
  test('§5.1 a daily report: reminded at nine, missed at ten, the lead told at two; a late report ends it', () => {
    const life = lifeAlone();
    life.do('2026-01-10 14:05', acknowledgeAlone);
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
    const life = lifeAlone();
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
    const life = lifeAlone();
    life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
    life.do('2026-01-10 21:00', { kind: 'submitFollowUp', text: '信息报送' });
    life.do('2026-01-10 21:01', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
    life.do('2026-01-10 21:02', { kind: 'publishReview' });
    life.passTo('2026-01-20 00:00');
    expect(stepsAbout(life.entries, 'summary')).toEqual([]);
    expect(life.entries.at(-1)!.kind).toBe('episode.closed');
  });

  test('units whose chain is over are still counted among those that owe the same', () => {
    const committee: ChainStep = { after: 30, to: 'committee', ways: [['email']], atLeast: 4 };
    const chains = { ...binding.policy.chains, acknowledgement: [committee] };
    const life = lifeAlone(taken, { ...binding, policy: { ...binding.policy, chains } });
    life.do('2026-01-10 14:20', { kind: 'addUnit', unitId: 'late', name: '丙街道办事处', unitKind: 'street' });
    life.passTo('2026-01-10 16:00');
    expect(life.of('deadline.escalated').map(({ unitId }) => unitId)).toEqual([
      ...['education', 'street-a', 'street-b'],
      'late',
    ]);
  });

  test('two deadlines of one hour are one step', () => {
    const edition = { ...ALONE, policy: { ...ALONE.policy, implementationReportMinutes: 30 } };
    const life = lifeAlone(taken, edition);
    life.passTo('2026-01-10 14:31');
    const lead = life.of('deadline.escalated').filter(({ data }) => data.to === 'lead');
    expect(lead).toMatchObject([
      { data: { deadlines: [{ deadline: 'acknowledgement' }, { deadline: 'implementation' }] } },
    ]);
  });
});
