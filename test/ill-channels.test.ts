/**
 * Mail servers, robots and gateways that refuse for a while, each in its words, over an hour of skipped time: every message of
 * a start arrives in the end, once, and no address is blamed (docs/decisions/0029-channel-health.md).
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { behindGates } from '../activities/channels/behind-gates.js';
import { createChannels } from '../activities/channels/create-channels.js';
import { type Reaction, type Receiver, startReceiver } from '../activities/testing/http-receiver.js';
import { type MailServer, smtpError, startMailServer } from '../activities/testing/mail-server.js';
import { lookAtChannels } from '../activities/watch-channels.js';
import type { Entry } from '../episode/entries.js';
import { binding, policy } from '../episode/testing/life.js';
import { illnesses } from '../ledger/channel-health.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { atLength } from '../lib/testing/at-length.js';
import { loadEditionById } from '../plan/edition/edition.js';
import { HOUR, MINUTE } from '../plan/rules/calendar.js';
import { type Binding, type Contact, DEADLINES, type Ways } from '../plan/types.js';
import { type Backend, openBackend } from './support/backend.js';
import { startAt } from './support/hours.js';
import { describeWithSkippedTime } from './support/time-skipping.js';

/** All of them take four minutes: by default the first of each kind. */
const some = <T>(cases: T[]): T[] => atLength(cases, cases.slice(0, 1));

const { messages } = loadEditionById('shuimogou-2025');

const UNITS = 33;
const units = Array.from({ length: UNITS }, (_, i) => ({
  unitId: `unit-${i}`,
  name: `第${i}单位`,
  kind: 'street' as const,
  aliases: [],
}));
/** Nothing but the notice is sent. */
const editionBy = (noticeWays: Ways): Binding => ({
  ...binding,
  units,
  items: binding.items.map((item) => ({ ...item, units: units.map(({ unitId }) => unitId) })),
  policy: {
    ...policy,
    noticeWays,
    leadNoticeWays: noticeWays,
    chains: Object.fromEntries(DEADLINES.map((kind) => [kind, []])) as unknown as typeof policy.chains,
  },
});

await describeWithSkippedTime('a channel that refuses for a while', (environment) => {
  let backend: Backend | undefined;
  let mailServer: MailServer | undefined;
  let receiver: Receiver | undefined;
  let episode: string;
  /** Skipped time since the start. */
  let elapsed: () => Promise<number>;
  afterEach(async () => {
    await backend?.close();
    await mailServer?.close();
    await receiver?.close();
    backend = mailServer = receiver = undefined;
  });
  beforeEach(async () => {
    episode = randomUUID();
    const begun = await environment().currentTimeMs();
    elapsed = async () => (await environment().currentTimeMs()) - begun;
  });

  const live = async (
    settings: Parameters<typeof createChannels>[0],
    ways: Ways,
    contactOf: (unitId: string, role: 'liaison' | 'lead') => Partial<Contact>,
  ): Promise<Entry[]> => {
    const { nativeConnection, client } = environment();
    const channels = createChannels(settings);
    backend = await openBackend({
      connection: nativeConnection,
      client,
      namespace: 'default',
      binding: editionBy(ways),
      channels,
    });
    for (const { unitId } of units)
      await replaceContacts(
        backend.database,
        unitId,
        (['liaison', 'lead'] as const).map((role) => ({ role, name: `${unitId}${role}`, ...contactOf(unitId, role) })),
      );
    await backend.start(episode, startAt(await environment().currentTimeMs()));
    await environment().sleep(1.5 * HOUR);
    channels.close();
    return backend.entries(episode);
  };

  const byMail = async (behaviour: Parameters<typeof startMailServer>[0]) => {
    mailServer = await startMailServer(behaviour);
    const email = { smtpUrl: mailServer.url, from: '晴空 <qingkong@office.example>', outbox: '' };
    return live({ email }, [['email']], (unitId, role) => ({ email: `${role}@${unitId}.example` }));
  };

  const failures = (entries: readonly Entry[]) =>
    entries.flatMap((entry) => (entry.kind === 'notification.failed' ? [entry.data] : []));
  const unreachable = async () =>
    Object.values((await backend!.state(episode)).units).filter(({ unreachable }) => unreachable);

  /** Each of the 66 once, and nothing blamed on anybody. */
  const expectAllOnce = async (entries: readonly Entry[]): Promise<void> => {
    const addresses = mailServer!.mails.map((mail) => [mail.to].flat()[0]!.value[0]!.address);
    expect(failures(entries)).toEqual([]);
    expect(new Set(addresses).size).toBe(2 * UNITS);
    expect(addresses).toHaveLength(2 * UNITS);
    expect(entries.filter(({ kind }) => kind === 'notification.sent')).toHaveLength(2 * UNITS);
    expect(await unreachable()).toEqual([]);
    expect((await backend!.state(episode)).messages).toEqual({});
  };

  /** Takes so many in so many minutes, then refuses. */
  const limited = (most: number, minutes: number, refuse: () => never) => {
    let taken = 0;
    let from = 0;
    return async () => {
      const now = await elapsed();
      if (now - from >= minutes * MINUTE) {
        from = now;
        taken = 0;
      }
      if (taken >= most) refuse();
      taken += 1;
    };
  };
  const refusing = (code: number, words: string) => () => {
    throw smtpError(code, words);
  };

  test.each<[string, number, string]>(
    some([
      ['163, ten mails in a while', 554, 'MI:STC 163 smtp1,AbCd http://mail.163.com/help/help_spam_16.htm'],
      ['a server that does not say why', 554, 'Transaction failed'],
      ['a Postfix', 451, '4.7.1 try again later'],
    ]),
  )('at DATA after ten: %s', async (_, code, words) => {
    await expectAllOnce(await byMail({ onMail: limited(10, 5, refusing(code, words)) }));
    expect(mailServer!.connections()).toBeLessThan(150);
  });

  test.each<[string, number, string]>(
    some([
      ['QQ', 550, 'Connection frequency limited'],
      ['Exchange', 452, '4.5.3 Too many recipients'],
    ]),
  )('at RCPT after ten: %s', async (_, code, words) => {
    await expectAllOnce(await byMail({ onRecipient: limited(10, 5, refusing(code, words)) }));
  });

  test.each<[string, Parameters<typeof startMailServer>[0]]>(
    some([
      [
        '501 at MAIL: the sender is not the account',
        { onSender: refusing(501, 'mail from address must be same as authorization user') },
      ],
      ['554 at RCPT: no relay without signing in', { onRecipient: refusing(554, '5.7.1 Relay access denied') }],
      ['421 at the greeting', { onConnection: refusing(421, '4.3.2 Service not available, too many connections') }],
      ['451 at DATA', { onMail: refusing(451, '4.3.0 queue file write error') }],
    ]),
  )('%s, put right after 40 minutes', async (_, behaviour = {}) => {
    const forAWhile = (refuse: unknown) => async () => {
      if ((await elapsed()) < 40 * MINUTE) (refuse as () => void)();
    };
    const tries: number[] = [];
    const entries = await byMail(
      Object.fromEntries(
        Object.entries(behaviour).map(([stage, refuse]) => [
          stage,
          async () => {
            const now = await elapsed();
            if (now < 40 * MINUTE) tries.push(now);
            await forAWhile(refuse)();
          },
        ]),
      ),
    );
    await expectAllOnce(entries);
    // The first eight went at once; then one at a time, after growing pauses.
    expect(tries.length).toBeLessThan(45);
  });

  test('a wrong address among them fails for good, at once, and holds nobody up', async () => {
    const entries = await byMail({
      onRecipient: (address) => {
        if (address.startsWith('lead@unit-3.')) throw smtpError(550, '5.1.1 User unknown');
      },
    });
    expect(failures(entries)).toMatchObject([
      { contact: 'lead:1', channel: 'email', fault: 'address', reason: 'invalid-address: 550 5.1.1' },
    ]);
    expect(mailServer!.mails).toHaveLength(2 * UNITS - 1);
  });

  test('a refusal that only one address draws is that message’s, and makes no channel ill', async () => {
    await byMail({
      onRecipient: (address) => {
        if (address.startsWith('lead@unit-3.')) throw smtpError(550, 'no thanks');
      },
    });
    expect(mailServer!.mails).toHaveLength(2 * UNITS - 1);
    expect(await illnesses(backend!.database)).toEqual([]);
  });

  describe('over HTTP', () => {
    const afterAWhile = (reaction: Reaction) => async (): Promise<Reaction> =>
      (await elapsed()) < 30 * MINUTE ? reaction : { body: '{"code":0,"errcode":0}' };
    const outbox = mkdtempSync(path.join(tmpdir(), 'outbox-'));
    afterAll(() => rmSync(outbox, { recursive: true }));
    const email = { from: '晴空 <qingkong@office.example>', outbox };

    test.each<[string, Reaction]>(
      some([
        ['阿里云 has no money left', { body: '{"code":"isv.AMOUNT_NOT_ENOUGH"}' }],
        ['a gateway without known codes', { body: '{"code":9,"msg":"提交频率过快"}' }],
        ['too many requests', { status: 429, headers: { 'retry-after': '120' } }],
      ]),
    )('SMS: %s, for half an hour', async (_, reaction) => {
      receiver = await startReceiver(afterAWhile(reaction));
      const sms = { url: receiver.url, json: { to: '{number}' }, taken: { at: '/code', equals: [0] } };
      const entries = await live({ email, sms }, [['sms']], (unitId, role) => ({
        sms: `1390000${String(1000 + 2 * Number(unitId.slice(5)) + (role === 'lead' ? 1 : 0))}`,
      }));
      const numbers = entries.filter(({ kind }) => kind === 'notification.sent');
      expect(failures(entries)).toEqual([]);
      expect(numbers).toHaveLength(2 * UNITS);
      expect(receiver.received.length).toBeLessThan(2 * UNITS + 60);
    });

    test.each<[string, 'wecom' | 'dingtalk', Reaction]>(
      some([
        ['企业微信: too many', 'wecom', { body: '{"errcode":45009}' }],
        ['钉钉: the keyword is missing', 'dingtalk', { body: '{"errcode":310000}' }],
      ]),
    )('%s, for half an hour; a robot of another group is none the worse', async (_, channel, reaction) => {
      receiver = await startReceiver(async ({ url }) =>
        [...url.searchParams.values()].includes('ill') ? afterAWhile(reaction)() : { body: '{"errcode":0}' },
      );
      const robots = { ill: { key: 'ill', accessToken: 'ill' }, well: { key: 'well', accessToken: 'well' } };
      const entries = await live(
        { email, [channel]: { robots, baseUrl: receiver.url } },
        [['email'], [channel]],
        (unitId, role) =>
          role === 'lead' || Number(unitId.slice(5)) > 3
            ? {}
            : { email: `a@${unitId}.example`, [channel]: Number(unitId.slice(5)) % 2 ? 'ill' : 'well' },
      );
      const sent = entries.flatMap((entry) => (entry.kind === 'notification.sent' ? [entry.data.channel] : []));
      expect(sent.filter((by) => by === channel)).toHaveLength(4);
      expect(failures(entries).filter(({ channel: by }) => by === channel)).toEqual([]);
    });

    test('a robot that is the only way of four units: nobody is reached, and it is told when it is well, of all in one message', async () => {
      receiver = await startReceiver(afterAWhile({ body: '{"errcode":45009}' }));
      const wecom = { robots: { group: { key: 'group' } }, baseUrl: receiver.url };
      const entries = await live({ email, wecom }, [['wecom']], (unitId, role) =>
        role === 'lead' || Number(unitId.slice(5)) > 3 ? {} : { wecom: 'group' },
      );
      const sent = entries.flatMap((entry) => (entry.kind === 'notification.sent' ? [entry.data.channel] : []));
      expect(sent).toEqual(['wecom', 'wecom', 'wecom', 'wecom']);
      expect(failures(entries).filter(({ channel }) => channel === 'wecom')).toEqual([]);
      expect(await unreachable()).toHaveLength(UNITS);
      expect(receiver.received.at(-1)!.body).toContain('第0单位、第1单位、第2单位、第3单位');
    });
  });

  test('the office is told once by another way, and once that it is well again', async () => {
    mailServer = await startMailServer({
      onSender: async () => {
        if ((await elapsed()) < 40 * MINUTE) throw smtpError(553, 'Mail from must equal authorized user');
      },
    });
    receiver = await startReceiver(() => ({ body: '{"code":0}' }));
    const settings = {
      email: { smtpUrl: mailServer.url, from: '晴空 <qingkong@office.example>', outbox: '' },
      sms: { url: receiver.url, json: { to: '{number}', text: '{text}' }, taken: { at: '/code', equals: [0] } },
    };
    const outside = createChannels(settings);
    /** One look after the other, as the program looks: the last one then sees what all before it have told. */
    let looked = Promise.resolve();
    const watching = setInterval(() => {
      looked = looked.then(look);
    }, 50);
    const look = async () => {
      if (!backend) return;
      const now = await environment().currentTimeMs();
      await lookAtChannels({
        database: backend.database,
        channels: behindGates(outside, { database: backend.database, clock: () => now }),
        messages,
        log: pino({ level: 'silent' }),
        clock: () => now,
      }).catch(() => undefined);
    };
    try {
      const living = live(settings, [['email']], (unitId, role) => ({ email: `${role}@${unitId}.example` }));
      while (!backend) await new Promise((resolve) => setImmediate(resolve));
      await replaceContacts(backend.database, 'office', [
        { role: 'liaison', name: '值班', email: 'duty@office.example', sms: '13900009999' },
      ]);
      await expectAllOnce(await living);
      clearInterval(watching);
      await looked.then(look);
    } finally {
      clearInterval(watching);
      outside.close();
    }
    expect(receiver.received.map(({ body }) => JSON.parse(body).text as string)).toEqual([
      expect.stringMatching(/邮件自.*起发不出去，对方应答 account-refused: 553。请核对账号/),
      expect.stringContaining('已经排除'),
    ]);
    expect(await illnesses(backend!.database)).toEqual([]);
  });
});
