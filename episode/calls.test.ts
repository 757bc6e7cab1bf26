import { describe, expect, test } from '@jest/globals';
import { callingListOf } from './calling-list.js';
import type { CallMade } from './commands.js';
import { ALONE, acknowledgeAlone, deliveredAs, lifeAlone } from './testing/alone.js';
import { adjustOf, liftOf } from './testing/life.js';
import { stepsAbout } from './testing/steps.js';

const call = (made: CallMade) => ({ kind: 'recordCall' as const, unitId: 'education', ...made });
const silent = () => {
  const life = lifeAlone();
  life.passTo('2026-01-10 14:31');
  return life;
};

describe('§6.6 the calling list', () => {
  test('has who missed an acknowledgement, from the first millisecond after it was due', () => {
    const life = lifeAlone();
    life.passTo('2026-01-10 14:30');
    expect(callingListOf(life.state)).toEqual([]);
    life.passTo('2026-01-10 14:31');
    expect(callingListOf(life.state)).toMatchObject([
      {
        unitId: 'education',
        name: '区教育局',
        since: '2026-01-10T14:30:00.000+08:00',
        why: [{ deadline: 'acknowledgement', noticeId: 'n1', noticeNumber: 'N1', status: 'missed' }],
        calls: { count: 0 },
      },
    ]);
  });

  test('has a unit that no message reached, before anything is due, until it acknowledges', () => {
    const life = lifeAlone(({ to }) => [deliveredAs(to.kind === 'unit' ? 'failed' : 'taken', 'no-channel')]);
    life.passTo('2026-01-10 14:01');
    expect(callingListOf(life.state)).toMatchObject([
      {
        since: '2026-01-10T14:00:00.000+08:00',
        why: [{ deadline: 'acknowledgement', status: 'pending' }],
        unreachable: { reason: 'no-channel' },
        messages: { sent: 0, failed: 1 },
      },
    ]);
    life.do('2026-01-10 14:05', acknowledgeAlone);
    expect(callingListOf(life.state)).toEqual([]);
  });

  test('names every reason, and is empty of what ended with the response', () => {
    const life = silent();
    life.passTo('2026-01-10 18:01');
    expect(callingListOf(life.state)[0]!.why.map(({ deadline }) => deadline)).toEqual([
      'acknowledgement',
      'implementation',
    ]);
    life.do('2026-01-10 19:00', liftOf('2026-01-10 19:00'));
    expect(callingListOf(life.state)).toEqual([]);
  });

  test('is empty once the record is closed: a lifting that nobody acknowledged is asked for no more', () => {
    const policy = { ...ALONE.policy, liftingAcknowledgement: 120 };
    const life = lifeAlone(undefined, { ...ALONE, policy });
    life.do('2026-01-10 19:00', liftOf('2026-01-10 19:00'));
    life.passTo('2026-01-11 10:00');
    expect(callingListOf(life.state)).toMatchObject([{ why: [{ deadline: 'lifting', status: 'missed' }] }]);
    life.do('2026-01-11 10:01', { kind: 'submitFollowUp', text: '报告' });
    life.do('2026-01-11 10:02', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
    life.do('2026-01-11 10:03', { kind: 'publishReview' });
    expect(life.state.phase).toBe('closed');
    expect(callingListOf(life.state)).toEqual([]);
  });

  test('does not have whoever owes a daily report alone: paper wakes nobody', () => {
    const life = lifeAlone();
    life.do('2026-01-10 14:05', acknowledgeAlone);
    life.do('2026-01-10 14:06', { kind: 'reportImplementation', unitId: 'education', text: '已落实' });
    life.passTo('2026-01-11 12:00');
    expect(life.of('report.missed')).toHaveLength(1);
    expect(callingListOf(life.state)).toEqual([]);
  });
});

describe('§6.1 a call of the office', () => {
  test.each(['reached', 'no-answer', 'wrong-number', 'refused'] as const)(
    '%s is in the record and on the list; the unit still owes the acknowledgement',
    (outcome) => {
      const life = silent();
      life.do('2026-01-10 14:32', call({ outcome, contact: 'liaison:1', note: '稍后再打' }));
      expect(life.of('unit.called')).toMatchObject([
        { unitId: 'education', actor: { role: 'office' }, data: { contact: 'liaison:1', outcome, note: '稍后再打' } },
      ]);
      const { calls, why } = callingListOf(life.state)[0]!;
      expect(calls).toMatchObject({ count: 1, last: { outcome, contactId: 'liaison:1' } });
      expect(why).toHaveLength(1);
    },
  );

  test('with the acknowledgement said in it acknowledges in the same command, names the person, and stops the chain', () => {
    const life = silent();
    const outcome = life.do('2026-01-10 14:32', call({ outcome: 'reached', contact: 'lead:1', acknowledged: true }));
    const [called] = life.of('unit.called');
    expect(outcome).toEqual({ status: 'accepted', seq: called!.seq, repeated: false });
    expect(life.of('unit.acknowledged')).toMatchObject([
      { seq: called!.seq + 1, data: { noticeIds: ['n1'], lateFor: ['n1'], call: { contact: 'lead:1' } } },
    ]);
    expect(callingListOf(life.state)).toEqual([]);
    const steps = stepsAbout(life.entries, 'acknowledgement').length;
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toHaveLength(steps);
  });

  test('to a unit that has acknowledged already is recorded and acknowledges nothing anew', () => {
    const life = lifeAlone();
    life.do('2026-01-10 14:05', acknowledgeAlone);
    life.do('2026-01-10 14:06', call({ outcome: 'reached', acknowledged: true }));
    expect(life.of('unit.called')).toHaveLength(1);
    expect(life.of('unit.acknowledged')).toHaveLength(1);
    life.do('2026-01-10 15:00', adjustOf('N2', '2026-01-10 15:00', 'red'));
    life.do('2026-01-10 15:01', call({ outcome: 'reached', acknowledged: true }));
    expect(life.of('unit.acknowledged').at(-1)!.data).toMatchObject({ noticeIds: ['n2'], call: {} });
  });

  test('acknowledges only of a person who was reached', () => {
    const life = silent();
    life.do('2026-01-10 14:32', call({ outcome: 'no-answer', acknowledged: true }));
    expect(life.of('unit.acknowledged')).toEqual([]);
    expect(life.of('unit.called')[0]!.data).toEqual({ outcome: 'no-answer' });
  });

  test('that reached somebody makes an unreachable unit reachable', () => {
    const life = lifeAlone(({ to }) => [deliveredAs(to.kind === 'unit' ? 'failed' : 'taken', 'no-channel')]);
    life.do('2026-01-10 14:02', call({ outcome: 'no-answer' }));
    expect(life.state.units.education!.unreachable).toBeDefined();
    life.do('2026-01-10 14:03', call({ outcome: 'reached' }));
    expect(life.state.units.education!.unreachable).toBeUndefined();
  });
});
