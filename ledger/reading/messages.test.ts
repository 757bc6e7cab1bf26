import { expect, test } from '@jest/globals';
import type { DeliveryResult } from '../../episode/commands.js';
import { Life, startOf } from '../../episode/testing/life.js';
import { onBothDatabases } from '../testing/databases.js';
import { store } from '../testing/stored.js';
import { countDeliveries } from './messages.js';

const to = (channel: DeliveryResult['channel'], outcome: DeliveryResult['outcome']): DeliveryResult => ({
  contact: 'duty',
  contactHash: 'h',
  channel,
  outcome,
  ...(outcome === 'taken' ? {} : { reason: 'x' }),
});

/** Of three units one is reached by SMS and mail, one by mail when the SMS has failed, and one not at all. */
const fates: DeliveryResult[][] = [
  [to('sms', 'taken'), to('email', 'taken')],
  [to('sms', 'failed'), to('email', 'taken')],
  [to('none', 'failed')],
];

onBothDatabases('messages', (database) => {
  test('each channel has what it took and what failed, in the order of the channels', async () => {
    let told = 0;
    const life = new Life(undefined, () => fates[told++] ?? []);
    life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    await store(database(), 'e1', life);
    const counted = (channel: string) => ({
      channel,
      taken: life.of('notification.sent').filter(({ data }) => data.channel === channel).length,
      failed: life.of('notification.failed').filter(({ data }) => data.channel === channel).length,
    });
    const until = life.state.head.seq;
    const counts = await countDeliveries(database(), 'e1', until);
    expect(counts).toEqual([counted('email'), counted('sms')]);
    expect(counts).toEqual([
      { channel: 'email', taken: 2, failed: 0 },
      { channel: 'sms', taken: 1, failed: 1 },
    ]);
    expect(await countDeliveries(database(), 'e2', until)).toEqual([]);
    expect(await countDeliveries(database(), 'e1', life.of('notification.sent')[0]!.seq - 1)).toEqual([]);
  });
});
