/**
 * Rolling broadcast (§3.1.4) to real servers in skipped time: at issue, at the pause of the level, the last word; an endpoint
 * that is ill gets the newest when it is well; a drill goes to endpoints for drills alone.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createChannels } from '../activities/channels/create-channels.js';
import { type Receiver, startReceiver } from '../activities/testing/http-receiver.js';
import type { CommandBody, IssueTextCommand } from '../episode/commands.js';
import { binding } from '../episode/testing/life.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { beijingIso, HOUR, MINUTE } from '../plan/rules/calendar.js';
import { type Backend, openBackend } from './support/backend.js';
import { startAt } from './support/hours.js';
import { describeWithSkippedTime } from './support/time-skipping.js';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const edition = { ...binding, policy: { ...binding.policy, broadcastEveryMinutes: 60 } };
const text = { title: '关于启动黄色预警的公告', text: '请减少户外活动。' };
const issue: IssueTextCommand = { kind: 'issueText', noticeId: 'n1', audience: 'public', ...text, broadcast: true };

interface Told {
  type: string;
  data: { subject: string; text: string; occasion: string; drill: boolean };
}

await describeWithSkippedTime('rolling broadcast', (environment) => {
  const receivers: Receiver[] = [];
  let backend: Backend | undefined;
  afterEach(async () => {
    await backend?.close();
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
    backend = undefined;
  });

  const receiver = async (isAway: () => boolean = () => false): Promise<Receiver> => {
    const one = await startReceiver(() => ({ status: isAway() ? 503 : 204 }));
    receivers.push(one);
    return one;
  };

  /** An episode whose media are a screen that everybody sees and one for drills, from its start at yellow. */
  const begin = async (screen: Receiver, rehearsal: Receiver, changes: Partial<CommandBody> = {}) => {
    const { nativeConnection, client } = environment();
    const webhooks = {
      电子屏: { url: screen.url, secrets: [SECRET] },
      演练屏: { url: rehearsal.url, secrets: [SECRET], drills: true },
    };
    const channels = createChannels({ email: { from: '晴空 <qingkong@office.example>', outbox: '' }, webhooks });
    backend = await openBackend({
      connection: nativeConnection,
      client,
      namespace: 'default',
      binding: edition,
      channels,
    });
    await replaceContacts(
      backend.database,
      'media',
      Object.keys(webhooks).map((webhook) => ({ role: 'liaison' as const, name: webhook, webhook })),
    );
    const episode = randomUUID();
    const start = { ...startAt(await environment().currentTimeMs()), ...changes } as CommandBody;
    expect((await backend.start(episode, start)).status).toBe('accepted');
    expect((await backend.submit(episode, [issue]))[0]!.status).toBe('accepted');
    return episode;
  };
  const lift = async (episode: string) => {
    const time = beijingIso(await environment().currentTimeMs());
    const notice = { number: '2号', issuer: '市环委办', issuedAt: time, effectiveAt: time };
    return backend!.submit(episode, [{ kind: 'lift', notice }]);
  };
  /** Verified by the library that receivers use. */
  const toldTo = ({ received }: Receiver): Told[] =>
    received.map(({ body, headers }) => new Webhook(SECRET).verify(body, headers) as Told);
  const occasionsOf = (one: Receiver) => toldTo(one).map(({ data }) => data.occasion);
  const sentTo = async (episode: string) =>
    (await backend!.entries(episode)).filter(
      (entry) => entry.kind === 'notification.sent' && entry.data.to === 'media',
    );

  test('at issue, every hour, and one last word; each delivery is an entry', async () => {
    const [screen, rehearsal] = [await receiver(), await receiver()];
    const episode = await begin(screen, rehearsal);
    await environment().sleep(3.5 * HOUR);
    expect(occasionsOf(screen)).toEqual(['issued', 'repeated', 'repeated', 'repeated']);
    const [first] = toldTo(screen);
    expect(first).toMatchObject({ type: 'broadcast', data: { subject: text.title, text: text.text, drill: false } });
    await lift(episode);
    await environment().sleep(3 * HOUR);
    for (const one of [screen, rehearsal])
      expect(occasionsOf(one)).toEqual(['issued', 'repeated', 'repeated', 'repeated', 'ended']);
    expect(toldTo(screen).at(-1)!.data.subject).toBe('水磨沟区解除重污染天气黄色预警');
    expect(await sentTo(episode)).toHaveLength(10);
  });

  test('an endpoint that is away holds the others up in nothing, and gets the newest alone when it is back', async () => {
    const begun = await environment().currentTimeMs();
    let isAway = true;
    const screen = await receiver(() => isAway);
    const rehearsal = await receiver();
    const episode = await begin(screen, rehearsal);
    await environment().sleep(2.5 * HOUR);
    expect(occasionsOf(rehearsal)).toEqual(['issued', 'repeated', 'repeated']);
    const tries = screen.received.length;
    isAway = false;
    await environment().sleep(20 * MINUTE);
    const back = screen.received.slice(tries);
    expect(back.map(({ body }) => (JSON.parse(body) as Told).data.occasion)).toEqual(['repeated']);
    expect((await backend!.state(episode)).messages).toEqual({});
    expect((await environment().currentTimeMs()) - begun).toBeLessThan(3 * HOUR);
  });

  test('§8.2 a drill is on no screen that everybody sees, and says that it is one', async () => {
    const [screen, rehearsal] = [await receiver(), await receiver()];
    await begin(screen, rehearsal, { drill: { timeScale: 1 } });
    await environment().sleep(1.5 * HOUR);
    expect(screen.received).toEqual([]);
    expect(occasionsOf(rehearsal)).toEqual(['issued', 'repeated']);
    for (const { data } of toldTo(rehearsal)) {
      expect(data).toMatchObject({ drill: true, subject: `【演练】${text.title}` });
      expect(data.text).toMatch(/^【演练】/);
    }
  });
});
