import { beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { illnesses, noteRecovery, noteRefusal } from '../ledger/channel-health.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { onBothDatabases } from '../ledger/testing/databases.js';
import { loadEditionById } from '../plan/edition/edition.js';
import type { Channel, WayFault } from '../plan/types.js';
import { type ChannelMessage, refusedFor } from './channels/channel.js';
import { lookAtChannels } from './watch-channels.js';

const MINUTE = 60_000;
const { messages } = loadEditionById('shuimogou-2025');

onBothDatabases('a watch over the channels', (database) => {
  let now: number;
  let told: Array<[Channel, ChannelMessage]>;
  let away: Channel[];
  let broken: Channel[];
  beforeEach(async () => {
    now = Date.parse('2026-01-10T14:00:00+08:00');
    told = [];
    away = [];
    broken = [];
    await replaceContacts(database(), 'office', [
      { role: 'liaison', name: '值班', email: 'duty@office.example', sms: '13900009999', wecom: '值班群' },
    ]);
  });

  const sender = (channel: Channel) => ({
    send: async (message: ChannelMessage) => {
      if (broken.includes(channel)) throw new Error('killed');
      if (away.includes(channel)) return refusedFor('server', 'time-out');
      told.push([channel, message]);
      return { outcome: 'taken' as const, messageId: message.key };
    },
  });
  const channels = { email: sender('email'), sms: sender('sms'), wecom: sender('wecom'), close: () => undefined };
  const look = () =>
    lookAtChannels({ database: database(), channels, messages, log: pino({ level: 'silent' }), clock: () => now });
  const fallIll = (way: string, fault: WayFault) =>
    noteRefusal(database(), { way, fault, reason: '535', nextTryAt: now + MINUTE }, now);
  const ways = () => told.map(([channel, { subject }]) => `${channel} ${subject}`);

  test('a refused account is told at once, once, by several workers together; and once that it is well', async () => {
    await fallIll('email', 'account');
    await Promise.all([look(), look(), look()]);
    now += MINUTE;
    await fallIll('email', 'account');
    await look();
    expect(ways()).toEqual(['sms 【渠道异常】邮件自1月10日14:00起发不出去']);
    expect(told[0]![1].text).toContain('535');

    await noteRecovery(database(), 'email', now);
    now += 4 * MINUTE;
    await look();
    expect(told).toHaveLength(1);
    now += MINUTE;
    await Promise.all([look(), look()]);
    expect(ways().slice(1)).toEqual(['sms 【渠道恢复】邮件已恢复']);
    expect(await illnesses(database())).toEqual([]);
  });

  test('a server that is away for a few minutes is no news, and neither is its return', async () => {
    await fallIll('sms', 'server');
    now += 4 * MINUTE;
    await look();
    await noteRecovery(database(), 'sms', now);
    now += 5 * MINUTE;
    await look();
    expect(told).toEqual([]);
    await fallIll('sms', 'server');
    now += 5 * MINUTE;
    await look();
    expect(ways()).toEqual([expect.stringMatching(/^email 【渠道异常】短信/)]);
  });

  test('one that takes some and refuses the next stays ill: one alarm', async () => {
    for (let minutes = 0; minutes < 30; minutes += 2) {
      await fallIll('email', 'policy');
      await look();
      now += MINUTE;
      await noteRecovery(database(), 'email', now);
      now += MINUTE;
      await look();
    }
    expect(ways()).toEqual([expect.stringMatching(/^sms 【渠道异常】邮件/)]);
  });

  test('a way that nothing was sent by for a day is forgotten', async () => {
    await fallIll('wecom 值班群', 'account');
    await look();
    now += 25 * 60 * MINUTE;
    await look();
    expect(await illnesses(database())).toEqual([]);
    expect(told).toHaveLength(1);
  });

  test('with two ways ill the third is used; with none left it is tried again at the next look', async () => {
    await fallIll('sms', 'account');
    await fallIll('email', 'account');
    away = ['wecom'];
    await look();
    expect(told).toEqual([]);
    away = [];
    await look();
    expect(ways().map((way) => way.split(' ')[0])).toEqual(['wecom', 'wecom']);
  });

  test('what a worker did not tell before it was killed, another tells five minutes later, once', async () => {
    await fallIll('email', 'account');
    broken = ['sms'];
    await expect(look()).rejects.toThrow('killed');
    broken = [];
    now += 4 * MINUTE;
    await look();
    expect(told).toEqual([]);
    now += MINUTE;
    await Promise.all([look(), look()]);
    expect(ways()).toEqual([expect.stringMatching(/^sms 【渠道异常】邮件/)]);

    await noteRecovery(database(), 'email', now);
    now += 5 * MINUTE;
    broken = ['sms'];
    await expect(look()).rejects.toThrow('killed');
    broken = [];
    now += 5 * MINUTE;
    await Promise.all([look(), look()]);
    expect(ways().slice(1)).toEqual(['sms 【渠道恢复】邮件已恢复']);
    expect(await illnesses(database())).toEqual([]);
  });

  test('that it is well is told when there is a way to tell it, and an illness anew is a new alarm', async () => {
    await fallIll('email', 'account');
    await look();
    await noteRecovery(database(), 'email', now);
    now += 5 * MINUTE;
    away = ['sms', 'wecom'];
    await look();
    away = [];
    await look();
    await fallIll('email', 'account');
    await look();
    expect(ways().map((way) => way.slice(0, 10))).toEqual(['sms 【渠道异常】', 'sms 【渠道恢复】', 'sms 【渠道异常】']);
  });
});
