import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { knownWays, noteWays } from '../ledger/channels.js';
import { keepPersonalData } from '../ledger/people/personal-data.js';
import { onBothDatabases } from '../ledger/testing/databases.js';
import { loadEditionById } from '../plan/edition/edition.js';
import { behindGates } from './channels/behind-gates.js';
import { configuredWays } from './channels/configured-ways.js';
import { createChannels } from './channels/create-channels.js';
import { channelTester } from './test-channel.js';

const { messages } = loadEditionById('shuimogou-2025');
const ADDRESS = 'duty@office.cn';

onBothDatabases('the test of a channel', (database) => {
  let outbox: string;
  let logged: string[];
  beforeEach(async () => {
    outbox = await mkdtemp(path.join(tmpdir(), 'outbox-'));
    logged = [];
  });
  afterEach(() => rm(outbox, { recursive: true }));

  const settings = () => ({
    email: { from: 'qingkong@example.cn', outbox },
    wecom: { robots: { 区级工作群: { key: 'secret-of-the-robot' } } },
  });
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  const tester = () => {
    const now = () => Date.parse('2026-01-10T14:00:00+08:00');
    const channels = behindGates(createChannels(settings()), { database: database(), log, clock: now });
    return channelTester({ database: database(), channels, messages, log });
  };
  const kept = (address: string) => keepPersonalData(database(), 'channel-test:1', address);

  test('goes by the real way, is marked, and is noted as a success; the log has no address', async () => {
    await noteWays(database(), configuredWays(settings()));
    expect(await tester()({ channel: 'email', address: await kept(ADDRESS) })).toEqual({ outcome: 'taken' });
    const [file = ''] = await readdir(outbox);
    const mail = await readFile(path.join(outbox, file), 'utf8');
    expect(mail).toContain(`<${ADDRESS}>`);
    // In base64 as far as three bytes go together.
    expect(mail).toContain(Buffer.from('【测试】本消息').toString('base64'));
    const ways = await knownWays(database());
    expect(ways.map(({ way, takenAt }) => [way, takenAt !== null])).toEqual([
      ['email', true],
      ['wecom 区级工作群', false],
    ]);
    expect(logged.join('')).toContain('a channel was tested');
    expect(logged.join('')).not.toContain(ADDRESS);
    expect(JSON.stringify(ways)).not.toContain('secret');
  });

  test.each([
    ['an address that is none', 'email' as const, 'nobody', { outcome: 'failed', fault: 'address' }],
    [
      'a channel that is not configured',
      'sms' as const,
      '13900000000',
      { outcome: 'failed', reason: 'not-configured' },
    ],
    ['a robot that is not configured', 'wecom' as const, '别的群', { outcome: 'failed', reason: 'not-configured' }],
  ])('%s', async (_, channel, address, answer) => {
    expect(await tester()({ channel, address: await kept(address) })).toMatchObject(answer);
  });

  test('what is no longer configured is forgotten, and what is keeps its last success', async () => {
    await noteWays(database(), configuredWays(settings()));
    await tester()({ channel: 'email', address: await kept(ADDRESS) });
    await noteWays(database(), [{ way: 'email', limits: [] }]);
    expect(await knownWays(database())).toMatchObject([{ way: 'email', takenAt: expect.any(Number) }]);
  });
});
