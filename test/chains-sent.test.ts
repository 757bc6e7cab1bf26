/**
 * Messages and their recipients on the engine in skipped time. They go as in the program, to the contacts of the
 * moment.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Entry } from '../episode/entries.js';
import { lifeFaultsOf } from '../episode/testing/invariants.js';
import { binding, policy } from '../episode/testing/life.js';
import { stepsAbout } from '../episode/testing/steps.js';
import { boardOf } from '../episode/views.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { enterOverride } from '../ledger/people/duty-overrides.js';
import { replaceDutyRows } from '../ledger/people/roster.js';
import { MINUTE } from '../plan/rules/calendar.js';
import type { Binding, Chain, Channel, Contact } from '../plan/types.js';
import { type Backend, openBackend } from './support/backend.js';
import { type NotingChannels, notingChannels } from './support/channels.js';
import { fromTomorrowAt, type Hours, startAt } from './support/hours.js';
import { describeWithSkippedTime } from './support/time-skipping.js';

const alone: Binding = { ...binding, units: binding.units.slice(0, 1) };
const chasedBy = (acknowledgement: Chain): Binding => ({
  ...alone,
  policy: { ...policy, chains: { ...policy.chains, acknowledgement } },
});

/** A person with mail and phone. The channels take any address. */
const reachable = (contactId: string, role: Contact['role'] = 'liaison') => ({
  contactId,
  role,
  name: contactId,
  email: `${contactId}@mail`,
  sms: contactId,
});

await describeWithSkippedTime('messages of chains', (environment) => {
  let backend: Backend;
  let episode: string;
  let channels: NotingChannels;
  let hours: Hours;

  /** The backend at an hour of the day. Everybody above the unit can be reached. */
  const startBackend = async (
    hour: string,
    { edition = alone, isAway }: { edition?: Binding; isAway?: (channel: Channel, at: number) => boolean } = {},
  ): Promise<void> => {
    const { nativeConnection, client } = environment();
    channels = notingChannels(isAway);
    episode = randomUUID();
    backend = await openBackend({
      connection: nativeConnection,
      client,
      namespace: 'default',
      binding: edition,
      channels,
    });
    for (const body of ['office', 'committee', 'supervisor']) {
      await replaceContacts(backend.database, body, [reachable(`${body}-duty`)]);
    }
    hours = await fromTomorrowAt(environment(), hour);
  };
  afterEach(() => backend.close());

  const start = async () =>
    expect(await backend.start(episode, startAt(await hours.now()))).toMatchObject({ status: 'accepted' });
  const entriesBy = async (hour: string, daysLater = 0): Promise<Entry[]> => {
    await hours.sleepUntil(hour, daysLater);
    const entries = await backend.entries(episode);
    expect(lifeFaultsOf(entries, await hours.now())).toEqual([]);
    return entries;
  };
  /** Recipients of one kind of steps, by phone. */
  const calledBy = (entries: readonly Entry[], kind: 'deadline.reminded' | 'deadline.escalated'): string[] => {
    const messages = entries.flatMap((entry) =>
      entry.kind === kind && 'message' in entry.data ? [entry.data.message] : [],
    );
    return channels.sent.flatMap(({ message, address }) => (messages.includes(message) ? [address] : []));
  };

  describe('§6.1 a change of duty at night', () => {
    const way: Chain[number]['ways'] = [['sms', 'email']];
    const reminderAndCall = chasedBy([
      { after: -15, to: 'duty', ways: way },
      { after: 15, to: 'duty', ways: way },
    ]);
    /** At 23:35 a notice that is to be acknowledged by 00:05; one shift ends and the next begins at `change`. */
    const startAtNight = async (change: string, isAway?: (at: number) => boolean) => {
      await startBackend('23:35', {
        edition: reminderAndCall,
        ...(isAway ? { isAway: (_: Channel, at: number) => isAway(at) } : {}),
      });
      await replaceContacts(backend.database, 'education', [
        reachable('evening'),
        reachable('night'),
        reachable('standby', 'deputy'),
      ]);
      const [today, tomorrow] = [hours.date(), hours.date(1)];
      await replaceDutyRows(backend.database, 'education', { from: today, until: tomorrow }, [
        { date: today, from: '16:00', until: change, contactId: 'evening' },
        { date: change < '12:00' ? tomorrow : today, from: change, until: '08:00', contactId: 'night' },
      ]);
      await start();
    };

    test('the reminder at 23:50 goes to the evening’s officer, the escalation at 00:20 to the night’s', async () => {
      await startAtNight('00:00');
      const entries = await entriesBy('00:25', 1);
      expect(stepsAbout(entries, 'acknowledgement')).toEqual(['23:50 reminded duty', '00:20 escalated duty']);
      expect(calledBy(entries, 'deadline.reminded')).toEqual(['evening']);
      expect(calledBy(entries, 'deadline.escalated')).toEqual(['night']);
      expect(entries.at(-1)).toMatchObject({ kind: 'notification.sent', data: { contact: 'night', channel: 'sms' } });
    });

    test('a substitute who takes over in between gets the step', async () => {
      await startAtNight('00:00');
      await hours.sleepUntil('00:10', 1);
      await enterOverride(backend.database, {
        overrideId: 'o1',
        holder: 'education',
        contactId: 'standby',
        from: await hours.now(),
        until: hours.instant('08:00', 1),
        enteredBy: 'education',
        enteredAt: await hours.now(),
      });
      const entries = await entriesBy('00:25', 1);
      expect(calledBy(entries, 'deadline.reminded')).toEqual(['evening']);
      expect(calledBy(entries, 'deadline.escalated')).toEqual(['standby']);
    });

    test('a step that waits for the gateway over the change goes to the officer on duty when it is sent', async () => {
      const isAway = (at: number) => at >= hours.instant('00:15', 1) && at < hours.instant('00:31', 1);
      await startAtNight('00:30', isAway);
      const entries = await entriesBy('00:50', 1);
      expect(stepsAbout(entries, 'acknowledgement')[1]).toBe('00:20 escalated duty');
      expect(calledBy(entries, 'deadline.escalated')).toEqual(['night']);
      expect(entries.filter(({ kind }) => kind === 'notification.deferred').length).toBeGreaterThan(1);
    });
  });

  describe('§6.6 nobody of a unit has a working channel', () => {
    test.each([
      ['telephones alone', [{ role: 'liaison' as const, name: '甲', phone: '0991-1234567' }], 'no-channel'],
      ['no contact', [], 'no-contact'],
    ])(
      '%s: the office is told at once, ledger and board say so and why; an answer ends it',
      async (_, contacts, reason) => {
        await startBackend('14:00');
        await replaceContacts(backend.database, 'education', contacts);
        await start();
        const entries = await entriesBy('14:01');
        expect(stepsAbout(entries, 'acknowledgement')).toEqual(['14:00 reminded office fell through']);
        expect(entries.filter(({ kind }) => kind === 'notification.failed')).toMatchObject([
          { unitId: 'education', data: { channel: 'none', reason, final: true } },
        ]);
        expect(channels.sent).toMatchObject([{ address: 'office-duty', channel: 'sms' }]);
        const row = async () => boardOf(await backend.state(episode), await hours.now()).units[0];
        expect(await row()).toMatchObject({ confirmation: 'unreachable', unreachable: { reason } });

        await backend.submit(episode, [{ kind: 'acknowledge', unitId: 'education' }]);
        expect(await row()).toMatchObject({ confirmation: 'confirmed' });
        await entriesBy('17:00');
        expect(channels.sent).toHaveLength(1);
      },
    );

    test('a step to a duty officer without a channel goes to the lead at once', async () => {
      await startBackend('14:00');
      await replaceContacts(backend.database, 'education', [
        { contactId: 'officer', role: 'liaison', name: '甲', phone: '0991-1234567' },
        reachable('chief', 'lead'),
      ]);
      await start();
      const entries = await entriesBy('14:21');
      expect(stepsAbout(entries, 'acknowledgement')).toEqual([
        '14:20 reminded duty',
        '14:20 reminded lead fell through',
      ]);
      expect(calledBy(entries, 'deadline.reminded')).toEqual(['chief']);
    });
  });

  describe('gateways that go away and come back', () => {
    const startWith = async (isAway: (channel: Channel, at: number) => boolean) => {
      await startBackend('14:00', { isAway });
      await replaceContacts(backend.database, 'education', [reachable('officer'), reachable('chief', 'lead')]);
      await start();
    };
    /** `notice`, `reminded duty`, … */
    const nameOf = (entries: readonly Entry[], message: string): string => {
      const { kind, data } = entries[Number(message.split(':').at(-1)) - 1]!;
      return 'message' in data && 'to' in data ? `${kind.split('.')[1]} ${data.to}` : 'notice';
    };

    test('all of them for six hours: due messages go out once, the urgent first, stale reminders not at all', async () => {
      await startWith((_, at) => at < hours.instant('20:00'));
      const entries = await entriesBy('20:30');
      const told = entries.flatMap(({ kind, data }) => (kind === 'notification.sent' ? [data] : []));
      expect(
        told.map(({ message, contact, channel }) => `${nameOf(entries, message)}: ${contact} ${channel}`).toSorted(),
      ).toEqual([
        'escalated committee: committee-duty sms',
        'escalated duty: officer sms',
        // About the acknowledgement, and about the report of what is in effect (§4.2).
        ...['escalated lead: chief sms', 'escalated lead: chief sms'],
        ...['escalated office: office-duty sms', 'escalated office: office-duty sms'],
        ...['notice: chief email', 'notice: chief sms', 'notice: officer email', 'notice: officer sms'],
      ]);
      // Two steps of one batch go to their recipient as one message.
      const { sent } = channels;
      expect(new Set(sent.map(({ message, address }) => `${message} ${address}`)).size).toBe(sent.length);
      expect(sent).toHaveLength(told.filter(({ sameAs }) => sameAs === undefined).length);
      // The first try finds the channels back. The rest follows at once, in order.
      const first = sent[0]!.at;
      expect(first).toBeLessThan(hours.instant('20:15'));
      expect(sent.at(-1)!.at - first).toBeLessThan(MINUTE);
      // What waited for its next try goes on each channel in the order of urgency. Some were due themselves meanwhile.
      const waited = messagesOf(entries, 'server-back');
      for (const channel of ['sms', 'email']) {
        const followed = sent.filter((one) => one.channel === channel && waited.has(one.message));
        const isNotice = followed.map(({ message }) => nameOf(entries, message) === 'notice');
        expect(isNotice).toEqual(isNotice.toSorted((a, b) => Number(b) - Number(a)));
      }
      expect(withdrawnFrom(entries)).toEqual([
        ...['reminded duty: passed', 'escalated committee: repeated', 'escalated lead: repeated'],
        'reminded duty: passed',
      ]);
    });

    test('one of them: the other is used meanwhile, and nothing is sent twice when it is back', async () => {
      await startWith((channel, at) => channel === 'sms' && at < hours.instant('14:25'));
      const entries = await entriesBy('15:10');
      expect(channels.sent.map(({ message, address }) => `${nameOf(entries, message)}: ${address}`)).toEqual([
        'notice: officer@mail',
        'notice: chief@mail',
        'reminded duty: officer@mail',
        'escalated duty: officer',
        'escalated lead: chief',
        'escalated office: office-duty',
        'notice: officer',
        'notice: chief',
        'escalated committee: committee-duty',
      ]);
    });

    /** The messages that were deferred for this reason. */
    const messagesOf = (entries: readonly Entry[], reason: string): Set<string> =>
      new Set(
        entries.flatMap(({ kind, data }) =>
          kind === 'notification.deferred'
            ? data.messages.flatMap((one) => (one.reason === reason ? [one.message] : []))
            : [],
        ),
      );

    const withdrawnFrom = (entries: readonly Entry[]): string[] =>
      entries.flatMap(({ kind, data }) =>
        kind === 'notification.withdrawn'
          ? data.messages.map((message) => `${nameOf(entries, message)}: ${data.reason}`)
          : [],
      );
  });
});
