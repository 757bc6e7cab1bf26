import { describe, expect, test } from '@jest/globals';
import type { DeliveryReceipt, DeliveryResult } from './commands.js';
import { ALONE, acknowledgeAlone, lifeAlone } from './testing/alone.js';
import { at, type Life, liftOf, type Post } from './testing/life.js';
import { SILENCE, stepsAbout } from './testing/steps.js';
import { boardOf } from './views.js';

const sms = (contact = 'liaison-1'): DeliveryResult => ({
  contact,
  contactHash: 'h',
  channel: 'sms',
  outcome: 'taken',
  awaitsReceipt: true,
});
const mail: DeliveryResult = { contact: 'liaison-1', contactHash: 'h', channel: 'email', outcome: 'taken' };

const receipt = (message: string, outcome: DeliveryReceipt['outcome'], contact = 'liaison-1') => ({
  kind: 'recordReceipt' as const,
  message,
  contact,
  channel: 'sms' as const,
  outcome,
  ...(outcome === 'undelivered' ? { reason: 'UNDELIV' } : {}),
});
const GATEWAY = { accountId: 'gateway', role: 'system' } as const;

/** Units by SMS with receipts and, once it was not delivered, by what follows; the office by mail. */
const bySms =
  (then: DeliveryResult[] = [], first = [sms()]): Post =>
  ({ to, settled }) =>
    to.kind === 'unit' ? (settled.length === 0 ? first : then) : [mail];
const noticeOf = (life: Life) => `unit:education:${life.of('unit.notified')[0]!.seq}`;
const shown = (life: Life, when: string) => boardOf(life.state, at(when)).units[0]!;

describe('§3.1.3 an SMS whose gateway gives receipts', () => {
  test('is sent, and reaches nobody before its receipt says so', () => {
    const life = lifeAlone(bySms());
    expect(life.of('notification.sent')).toMatchObject([{ data: { awaitsReceipt: true, final: false } }]);
    expect(life.state.messages[noticeOf(life)]).toMatchObject({ receipts: { 'liaison-1/sms': 'awaited' } });
    life.do('2026-01-10 14:01', receipt(noticeOf(life), 'delivered'), GATEWAY);
    expect(life.of('notification.delivered')).toMatchObject([
      { unitId: 'education', data: { contact: 'liaison-1', channel: 'sms', final: true } },
    ]);
    expect(life.state.messages).toEqual({});
    expect(shown(life, '2026-01-10 14:02').messages).toEqual({ sent: 1, delivered: 1, undelivered: 0, failed: 0 });
  });

  test('not delivered and without another channel reaches nobody: the next step is taken at once', () => {
    const life = lifeAlone(bySms());
    life.do('2026-01-10 14:03', receipt(noticeOf(life), 'undelivered'), GATEWAY);
    expect(life.of('notification.undelivered')).toMatchObject([{ data: { reason: 'UNDELIV', final: false } }]);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(['14:03 reminded office fell through']);
    expect(shown(life, '2026-01-10 14:04')).toMatchObject({
      confirmation: 'unreachable',
      messages: { sent: 1, delivered: 0, undelivered: 1, lastFailure: { channel: 'none', reason: 'not-delivered' } },
      unreachable: { reason: 'not-delivered' },
    });
  });

  test('still waits for its receipt when a server that was away is back, and is not sent again', () => {
    const tried: string[] = [];
    const life = lifeAlone(({ key, to }, now) => {
      tried.push(key);
      if (to.kind !== 'unit') return [mail];
      if (now < at('2026-01-10 14:01')) return [{ ...sms(), outcome: 'deferred' }];
      if (now < at('2026-01-10 14:22')) return key === tried[0] ? [sms()] : [{ ...mail, outcome: 'deferred' }];
      return [mail];
    });
    life.passTo('2026-01-10 14:21');
    expect(life.state.messages[noticeOf(life)]).toMatchObject({ attempt: 2, receipts: { 'liaison-1/sms': 'awaited' } });
    const before = tried.filter((key) => key === noticeOf(life)).length;
    life.passTo('2026-01-10 14:29');
    expect(life.of('notification.sent').at(-1)).toMatchObject({ data: { channel: 'email' } });
    expect(tried.filter((key) => key === noticeOf(life))).toHaveLength(before);
    expect(life.state.messages[noticeOf(life)]).toMatchObject({ receipts: { 'liaison-1/sms': 'awaited' } });
  });

  test('not delivered goes by the contact’s next channel, which then ends it', () => {
    const life = lifeAlone(bySms([mail]));
    life.do('2026-01-10 14:03', receipt(noticeOf(life), 'undelivered'), GATEWAY);
    expect(life.of('notification.sent').map(({ data }) => [data.channel, data.final])).toEqual([
      ['sms', false],
      ['email', true],
    ]);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
    expect(shown(life, '2026-01-10 14:04').confirmation).toBe('unconfirmed');
  });

  test('delivered to one of two has reached the unit', () => {
    const life = lifeAlone(bySms([], [sms(), sms('lead-1')]));
    life.do('2026-01-10 14:01', receipt(noticeOf(life), 'undelivered', 'lead-1'), GATEWAY);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
    expect(life.state.messages[noticeOf(life)]).toBeDefined();
    life.do('2026-01-10 14:02', receipt(noticeOf(life), 'delivered'), GATEWAY);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
    expect(life.state.messages).toEqual({});
  });

  test('delivered to one of two still waits for the other, who gets it by his next channel', () => {
    const life = lifeAlone(bySms([{ ...mail, contact: 'lead-1' }], [sms(), sms('lead-1')]));
    life.do('2026-01-10 14:02', receipt(noticeOf(life), 'delivered'), GATEWAY);
    life.do('2026-01-10 14:03', receipt(noticeOf(life), 'undelivered', 'lead-1'), GATEWAY);
    expect(life.of('notification.sent').at(-1)).toMatchObject({
      data: { contact: 'lead-1', channel: 'email', final: true },
    });
    expect(life.state.messages).toEqual({});
  });

  test('delivered to neither falls through once', () => {
    const life = lifeAlone(bySms([], [sms(), sms('lead-1')]));
    life.do('2026-01-10 14:01', receipt(noticeOf(life), 'undelivered', 'lead-1'), GATEWAY);
    life.do('2026-01-10 14:02', receipt(noticeOf(life), 'undelivered'), GATEWAY);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(['14:02 reminded office fell through']);
  });

  test.each(['delivered', 'undelivered'] as const)(
    '%s before the outcome is recorded counts all the same',
    (outcome) => {
      const life = lifeAlone(({ to, settled }, _, isBack) => {
        if (to.kind !== 'unit') return [mail];
        return settled.length > 0 ? [] : isBack ? [sms()] : 'under way';
      });
      life.take(at('2026-01-10 14:01'), [life.command(receipt(noticeOf(life), outcome), GATEWAY)]);
      life.comeBack(at('2026-01-10 14:02'));
      life.passTo('2026-01-10 14:03');
      expect(life.state.messages).toEqual({});
      expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(
        outcome === 'delivered' ? [] : ['14:02 reminded office fell through'],
      );
    },
  );

  test('the same receipt twice changes nothing', () => {
    const life = lifeAlone(bySms());
    const command = life.command(receipt(noticeOf(life), 'delivered'), GATEWAY);
    life.take(at('2026-01-10 14:01'), [command]);
    const before = life.entries.length;
    expect(life.take(at('2026-01-10 14:02'), [command])).toMatchObject([{ status: 'accepted', repeated: true }]);
    expect(life.entries).toHaveLength(before);
  });

  test('without a receipt the chain goes on by its times, and after a day what was taken counts as arrived', () => {
    const life = lifeAlone(bySms());
    life.passTo('2026-01-10 17:59');
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual(SILENCE);
    life.passTo('2026-01-11 13:59');
    expect(life.state.messages[noticeOf(life)]).toBeDefined();
    life.passTo('2026-01-11 14:00');
    expect(life.of('notification.withdrawn').at(-1)!.data).toMatchObject({ reason: 'no-receipt' });
    expect(life.state.messages[noticeOf(life)]).toBeUndefined();
  });

  test('the day counts from the first one awaited, also when others are taken later', () => {
    const later = (contact: string): DeliveryResult => ({ ...sms(contact), outcome: 'deferred' });
    const tries = [[sms(), later('b'), later('c')], [sms('b'), later('c')], [sms('c')]];
    const life = lifeAlone(({ to, attempt }) =>
      to.kind === 'unit' && to.whom === undefined ? (tries[attempt] ?? []) : [mail],
    );
    life.passTo('2026-01-10 14:10');
    const awaited = life.of('notification.sent').filter(({ data }) => data.awaitsReceipt);
    expect(awaited.map(({ data }) => data.contact)).toEqual(['liaison-1', 'b', 'c']);
    expect(awaited.at(-1)!.episodeTime > '2026-01-10T14:00:01').toBe(true);
    life.passTo('2026-01-11 14:00');
    expect(life.state.messages[noticeOf(life)]).toBeUndefined();
  });

  test('that comes after the answer is recorded and takes no step', () => {
    const life = lifeAlone(bySms());
    life.do('2026-01-10 14:05', acknowledgeAlone);
    life.do('2026-01-10 14:06', receipt(noticeOf(life), 'undelivered'), GATEWAY);
    expect(life.of('notification.undelivered')).toHaveLength(1);
    expect(stepsAbout(life.entries, 'acknowledgement')).toEqual([]);
    expect(shown(life, '2026-01-10 14:07').confirmation).toBe('confirmed');
  });

  test('§5.2 the seal waits for no receipt', () => {
    const life = lifeAlone(bySms([], [sms()]), ALONE);
    life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
    life.do('2026-01-10 21:00', { kind: 'submitFollowUp', text: '信息报送' });
    life.do('2026-01-10 21:01', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
    life.do('2026-01-10 21:02', { kind: 'publishReview' });
    life.passTo('2026-01-10 21:03');
    expect(life.state.phase).toBe('closed');
    const late = life.do('2026-01-10 21:04', receipt(noticeOf(life), 'delivered'), GATEWAY);
    expect(late).toMatchObject({ status: 'refused', type: 'episode-closed' });
  });
});
