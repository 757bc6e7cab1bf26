import { expect, test } from '@jest/globals';
import { noteRecovery, noteRefusal } from '../../ledger/channel-health.js';
import { appInEpisode } from '../testing/app.js';

test('channels that are ill stand on the board and in /readyz, which stays 200; secrets and names of robots are not told there', async () => {
  const { app, path } = await appInEpisode();
  const board = async () => (await app.ask('GET', `${path}/board`, { as: 'office' })).body;
  const ready = () => app.ask('GET', '/readyz');
  expect(await board()).not.toHaveProperty('channels');
  expect(await ready()).toMatchObject({ status: 200, body: { status: 'ready' } });
  expect((await ready()).body).not.toHaveProperty('channels');

  const since = app.now();
  const nextTryAt = since + 60_000;
  await noteRefusal(app.database, { way: 'email', fault: 'account', reason: 'account-refused: 535', nextTryAt }, since);
  await noteRefusal(app.database, { way: 'wecom 区级工作群', fault: 'policy', reason: '45009', nextTryAt }, since + 1);
  const ill = [
    { channel: 'email', since: expect.any(String), fault: 'account', detail: expect.stringMatching(/^邮件发不出去：/) },
    { channel: 'wecom', name: '区级工作群', fault: 'policy', detail: expect.stringContaining('“区级工作群”') },
  ];
  expect(await board()).toMatchObject({ channels: ill });
  const { status, body } = await ready();
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'ready', channels: [{ channel: 'email' }, { channel: 'wecom' }] });
  expect(JSON.stringify(body)).not.toContain('区级工作群');

  const measured = async () =>
    (await (await fetch(`${app.url}/metrics`)).text()).match(/^qingkong_channel_ill_seconds.*/gm);
  await app.pass(90_000);
  expect(await measured()).toEqual([
    expect.stringMatching(/\{channel="wecom",fault="policy"\} 8\d/),
    expect.stringMatching(/\{channel="email",fault="account"\} 9\d/),
  ]);
  for (const way of ['email', 'wecom 区级工作群']) await noteRecovery(app.database, way, since + 2);
  expect(await board()).not.toHaveProperty('channels');
  expect(await measured()).toBeNull();
  await app.close();
});
