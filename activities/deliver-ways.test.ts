import { beforeEach, describe, expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import type { Entry } from '../episode/entries.js';
import type { EpisodeState, Message } from '../episode/state-types.js';
import { append } from '../ledger/chain/append.js';
import { markSending, markTaken } from '../ledger/deliveries.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { replaceDutyRows } from '../ledger/people/roster.js';
import { onBothDatabases } from '../ledger/testing/databases.js';
import type { Channel, Contact, Ways } from '../plan/types.js';
import { type ChannelAnswer, type ChannelMessage, refusedFor } from './channels/channel.js';
import type { Channels } from './channels/create-channels.js';
import { deliverer } from './deliver.js';
import { type LinkedTelling, tellingOf, wordsForGroup } from './messages/compose.js';
import type { Announcement } from './messages/message-input.js';
import { holdMessages } from './testing/hold-messages.js';
import { desk, EPISODE, schoolBinding, shipped, shippedWords, WrittenLife } from './testing/life.js';

const NEVER = new AbortController().signal;
const liaison: Contact = { role: 'liaison', name: '甲', email: 'a@education.cn', sms: '13900000001' };
const lead: Contact = { role: 'lead', name: '乙', email: 'b@education.cn', sms: '13900000002' };
const URGENT: Ways = [['sms', 'email'], ['wecom']];

onBothDatabases('ways to reach somebody', (database) => {
  const life = new WrittenLife(true).start();
  const [first] = Object.values(life.state.messages) as [Message];
  const { leadWays: _, ...notice } = first;
  const told: Message = { ...notice, leadWays: [['email']] };
  const sent: Array<{ channel: Channel; message: ChannelMessage }> = [];
  const answers: Partial<Record<Channel, () => ChannelAnswer | Promise<ChannelAnswer>>> = {};

  beforeEach(async () => {
    sent.length = 0;
    for (const channel of Object.keys(answers)) delete answers[channel as Channel];
    await append(database(), { chainId: EPISODE, binding: schoolBinding, applied: [], entries: life.entries });
    await replaceContacts(database(), 'education', [liaison, lead]);
  });

  const sender = (channel: Channel) => ({
    send: async (message: ChannelMessage): Promise<ChannelAnswer> => {
      const answer = (await answers[channel]?.()) ?? { outcome: 'taken', messageId: message.key };
      if (answer.outcome === 'taken') sent.push({ channel, message });
      return answer;
    },
  });
  const channels: Channels = {
    email: sender('email'),
    sms: sender('sms'),
    wecom: sender('wecom'),
    dingtalk: sender('dingtalk'),
    close: () => undefined,
  };
  const deliver = async (message: Message, clock = life.state.head.at) => {
    const [key] = await holdMessages(database(), [message]);
    return deliverHeld(key!, clock);
  };
  const deliverAll = (messages: string[], clock = life.state.head.at, on = database()) =>
    deliverer({
      database: on,
      channels,
      publicUrl: 'https://qingkong.example',
      wordsOf: async () => shippedWords,
      inForce: shipped,
      clock: () => clock,
    })({ episodeId: EPISODE, messages }, NEVER);
  const deliverHeld = async (key: string, clock = life.state.head.at) => {
    const [result] = await deliverAll([key], clock);
    return result!.deliveries.map(({ contact, channel, outcome }) => `${contact} ${channel} ${outcome}`);
  };
  const sentBy = () => sent.map(({ channel, message }) => `${channel} ${message.to.address}`).sort();

  test('§3.1.3 a notice goes by every line of its ways: in short to the phone, in full by mail', async () => {
    expect((await deliver(notice)).sort()).toEqual([
      ...['lead:1 email taken', 'lead:1 sms taken', 'liaison:1 email taken', 'liaison:1 sms taken'],
    ]);
    const sms = sent.find(({ channel }) => channel === 'sms')!.message;
    const mail = sent.find(({ channel }) => channel === 'email')!.message;
    // The link is alone on the last line, where every phone recognises it.
    expect(sms.text).toMatch(/^【演练】通知中小学.*黄色预警.*前确认.*\nhttps:\/\/qingkong\.example\/a\/\S+$/);
    expect(sms.text.split('\n')).toHaveLength(2);
    expect(sms.html).toBeUndefined();
    expect(mail.html).toContain('中小学、幼儿园合理调整教学计划');
    expect(mail.text).toContain('中小学、幼儿园合理调整教学计划');
  });

  test('a channel that is ill costs no more statements for twenty people than for two', async () => {
    answers.sms = () => refusedFor('server', 'time-out');
    const statementsFor = async (people: number): Promise<number> => {
      let statements = 0;
      const counting: KyselyPlugin = {
        transformQuery({ node }) {
          statements += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      };
      const staff = Array.from({ length: people }, (_, i) => ({
        ...liaison,
        email: `${i}@education.cn`,
        sms: String(13_900_000_100 + i),
      }));
      await replaceContacts(database(), 'education', staff);
      sent.length = 0;
      const key = `${notice.key}${people}`;
      const messages = await holdMessages(database(), [{ ...notice, key, ways: [['sms', 'email']] }]);
      const counted = { ...database(), db: database().db.withPlugin(counting) };
      await deliverAll(messages, undefined, counted);
      expect(sentBy()).toHaveLength(people);
      return statements;
    };
    const forTwo = await statementsFor(2);
    expect(await statementsFor(20)).toBeLessThanOrEqual(forTwo + 3);
  });

  test('§6.6 at yellow the lead reads a mail; one who is on duty, or alone, is woken like anybody else', async () => {
    await deliver(told);
    expect(sentBy()).toEqual(['email a@education.cn', 'email b@education.cn', 'sms 13900000001']);
    sent.length = 0;
    await replaceContacts(database(), 'education', [lead]);
    await deliver({ ...told, key: `${told.key}0` });
    expect(sentBy()).toEqual(['email b@education.cn', 'sms 13900000002']);
    sent.length = 0;
    await replaceContacts(database(), 'education', [liaison, { ...lead, contactId: 'lead' }]);
    const row = { date: '2015-11-27', from: '08:00', until: '20:00', contactId: 'lead' };
    await replaceDutyRows(database(), 'education', { from: row.date, until: row.date }, [row]);
    await deliver({ ...told, key: `${told.key}1` });
    expect(sentBy()).toContain('sms 13900000002');
    await replaceDutyRows(database(), 'education', { from: row.date, until: row.date }, []);
  });

  test('a lead with a number alone is told nothing at yellow, and the record says so', async () => {
    const { email: __, ...numberAlone } = lead;
    await replaceContacts(database(), 'education', [liaison, numberAlone]);
    expect(await deliver(told)).toContain('lead:1 none failed');
    expect(sentBy()).toEqual(['email a@education.cn', 'sms 13900000001']);
  });

  test('a channel that is away is passed over for the next, which ends it', async () => {
    answers.sms = () => refusedFor('server', 'time-out');
    const urgent = { ...notice, ways: URGENT };
    expect(await deliver(urgent)).toEqual([
      ...['liaison:1 sms failed', 'liaison:1 email taken', 'lead:1 sms failed', 'lead:1 email taken'],
    ]);
    delete answers.sms;
    await deliver({ ...urgent, attempt: 1 });
    expect(sentBy()).toEqual(['email a@education.cn', 'email b@education.cn']);
  });

  test('with all channels away it is deferred and tried again from the first; a line that got through is left alone', async () => {
    answers.sms = () => refusedFor('policy', 'rate-limited');
    expect(await deliver(notice)).toContain('liaison:1 sms deferred');
    delete answers.sms;
    const again = await deliver({ ...notice, attempt: 1, settled: ['liaison:1/email', 'lead:1/email'] });
    expect(again).toEqual(['liaison:1 sms taken', 'lead:1 sms taken']);
    expect(sentBy()).toHaveLength(4);
  });

  test('a refusal for good is not asked again; the next channel is', async () => {
    answers.sms = () => refusedFor('address', 'invalid-number');
    const urgent = { ...notice, ways: URGENT };
    answers.email = () => refusedFor('server', 'time-out');
    expect(await deliver(urgent)).toContain('liaison:1 sms failed');
    delete answers.email;
    delete answers.sms;
    const again = await deliver({ ...urgent, attempt: 1, settled: ['liaison:1/sms', 'lead:1/sms'] });
    expect(again).toEqual(['liaison:1 email taken', 'lead:1 email taken']);
  });

  describe('one person, however his addresses are written', () => {
    const inThreeRoles = [
      { contactId: 'liaison:1', role: 'liaison' as const, name: '王伟', email: 'ww@education.cn', sms: '13900000001' },
      { contactId: 'lead:1', role: 'lead' as const, name: '王伟', email: 'WW@education.cn', sms: '+8613900000001' },
      { contactId: 'deputy:1', role: 'deputy' as const, name: '王 伟', email: 'ww@education.cn', sms: '139 0000 0001' },
    ];

    test('in two roles of a unit he is told once by each way, and the record says that both were', async () => {
      await replaceContacts(database(), 'education', inThreeRoles);
      const [key] = await holdMessages(database(), [notice]);
      const [result] = await deliverAll([key!]);
      expect(sentBy()).toEqual(['email ww@education.cn', 'sms 13900000001']);
      const sameAs = { message: notice.key, contact: 'liaison:1' };
      expect(result!.deliveries).toEqual([
        expect.not.objectContaining({ sameAs: expect.anything() }),
        expect.objectContaining({ contact: 'lead:1', channel: 'sms', outcome: 'taken', sameAs }),
        expect.not.objectContaining({ sameAs: expect.anything() }),
        expect.objectContaining({ contact: 'lead:1', channel: 'email', outcome: 'taken', sameAs }),
      ]);
      // The worker was killed before the outcome was recorded.
      expect((await deliverAll([key!]))[0]!.deliveries.map(({ outcome }) => outcome)).toEqual(Array(4).fill('taken'));
      expect(sent).toHaveLength(2);
    });

    test('in two units he is told of a notice once, with the words of both and the links of both in the mail', async () => {
      const [toEducation, toStreet] = Object.values(life.state.messages) as [Message, Message];
      await replaceContacts(database(), 'education', [inThreeRoles[0]!]);
      await replaceContacts(database(), 'street-one', [
        { ...inThreeRoles[1]!, contactId: 'liaison:1', role: 'liaison' },
      ]);
      const [education, street] = await deliverAll(await holdMessages(database(), [toEducation, toStreet]));
      expect(sentBy()).toEqual(['email ww@education.cn', 'sms 13900000001']);
      expect(street!.deliveries).toMatchObject([
        { contact: 'liaison:1', channel: 'sms', sameAs: { message: toEducation.key, contact: 'liaison:1' } },
        { contact: 'liaison:1', channel: 'email', sameAs: { message: toEducation.key, contact: 'liaison:1' } },
      ]);
      expect(education!.deliveries).toHaveLength(2);
      const [sms, mail] = ['sms', 'email'].map((way) => sent.find(({ channel }) => channel === way)!.message);
      expect(mail!.subject).toContain('（区教育局等2个单位）');
      for (const words of [sms!.text, mail!.text, mail!.html])
        for (const unit of ['区教育局', '第一街道办事处']) expect(words).toContain(unit);
      expect(sms!.text).toMatch(/以下链接只用于区教育局，其余单位请登录或在邮件中确认。.*\nhttps:\S+$/s);
      for (const words of [mail!.text, mail!.html!])
        expect(new Set(words.match(/https:\/\/qingkong\.example\/a\/[\w.-]+/g)).size).toBe(2);
      expect(mail!.text).toContain('第一街道办事处：一键确认：\nhttps://qingkong.example/a/');
    });

    test('the reminders of two units at one moment are one message to him, and a notice is none of them', async () => {
      const [toEducation, toStreet] = Object.values(life.state.messages) as [Message, Message];
      await replaceContacts(database(), 'education', [inThreeRoles[0]!]);
      await replaceContacts(database(), 'street-one', [
        { ...inThreeRoles[1]!, contactId: 'liaison:1', role: 'liaison' },
      ]);
      const reminding = ({ announces: _, leadWays: __, ...message }: Message): Message => ({
        ...message,
        key: `${message.key}0`,
        ways: [['sms', 'email']],
        isReminder: true,
      });
      const messages = [reminding(toEducation), reminding(toStreet), { ...toEducation, ways: [['sms']] as Ways }];
      const results = await deliverAll(await holdMessages(database(), messages));
      expect(sentBy()).toEqual(['sms 13900000001', 'sms 13900000001']);
      expect(results.map(({ deliveries }) => deliveries.map(({ sameAs }) => sameAs?.message))).toEqual([
        [undefined],
        [`${toEducation.key}0`],
        [undefined],
      ]);
    });

    test('what was told to one of his roles before a crash is told to no other', async () => {
      const [toEducation, toStreet] = Object.values(life.state.messages) as [Message, Message];
      await replaceContacts(database(), 'education', [inThreeRoles[0]!]);
      await replaceContacts(database(), 'street-one', [
        { ...inThreeRoles[1]!, contactId: 'liaison:1', role: 'liaison' },
      ]);
      const keys = await holdMessages(database(), [toEducation, toStreet]);
      const row = { episodeId: EPISODE, message: toEducation.key, contact: 'liaison:1', channel: 'sms' };
      await markSending(database(), [row]);
      await markTaken(database(), row, 'm1');
      const results = await deliverAll(keys);
      expect(sentBy()).toEqual(['email ww@education.cn']);
      expect(results.flatMap(({ deliveries }) => deliveries).every(({ outcome }) => outcome === 'taken')).toBe(true);
      // A receipt of the one message is one of both, and the next try knows it.
      const rows = await database()
        .db.selectFrom('deliveries')
        .select(['message', 'state', 'message_id'])
        .where('channel', '=', 'sms')
        .orderBy('message')
        .execute();
      expect(rows).toEqual(
        [toEducation.key, toStreet.key].sort().map((message) => ({ message, state: 'taken', message_id: 'm1' })),
      );
    });

    test.each([
      ['13900000001', '13900000001'],
      ['+8613900000001', '13900000001'],
      ['0086 139-0000-0001', '13900000001'],
      ['+99365123456', undefined],
    ])('a robot calls upon %s as %s', async (sms, mention) => {
      await replaceContacts(database(), 'education', [{ role: 'liaison', name: '王伟', sms, wecom: '教育局群' }]);
      await deliver({ ...notice, ways: [['wecom']] });
      expect(sent.map(({ message }) => message.mentions)).toEqual([mention && [mention]]);
    });
  });

  test('a robot that several share writes to its group once', async () => {
    await replaceContacts(database(), 'education', [
      { ...liaison, wecom: '教育局群' },
      { ...lead, wecom: '教育局群' },
    ]);
    await deliver({ ...notice, ways: [['wecom'], ['email']] });
    expect(sentBy()).toEqual(['email a@education.cn', 'email b@education.cn', 'wecom 教育局群']);
    expect(sent.find(({ channel }) => channel === 'wecom')!.message.mentions).toEqual([liaison.sms]);
  });

  describe('a robot that stands for several units', () => {
    const [toEducation, toStreet] = Object.values(life.state.messages) as [Message, Message];
    const byRobot = (message: Message, further: Partial<Message> = {}): Message => ({
      ...message,
      ...further,
      ways: [['wecom'], ['email']],
      leadWays: [['email']],
    });
    beforeEach(async () => {
      await replaceContacts(database(), 'education', [{ ...liaison, wecom: '区级群' }]);
      await replaceContacts(database(), 'street-one', [{ ...lead, role: 'liaison', wecom: '区级群' }]);
    });

    test('tells of a notice once, with the names of the units and nothing that is one unit’s, and calls upon both', async () => {
      const keys = await holdMessages(database(), [byRobot(toEducation), byRobot(toStreet)]);
      const [education, street] = await deliverAll(keys);
      expect(sentBy()).toEqual(['email a@education.cn', 'email b@education.cn', 'wecom 区级群']);
      const { text, mentions, link } = sent.find(({ channel }) => channel === 'wecom')!.message;
      expect(text).toMatch(
        /^【演练】各单位的任务请登录查看。.*请区教育局、第一街道办事处11月27日14:30前确认。.*\nhttps:\S+$/,
      );
      expect(text).not.toContain('/a/');
      expect(link).toBe(`https://qingkong.example/u?episode=${EPISODE}`);
      expect(mentions).toEqual([liaison.sms, lead.sms]);
      const sameAs = { message: toEducation.key, contact: 'liaison:1' };
      expect(education!.deliveries[0]).toMatchObject({ channel: 'wecom', outcome: 'taken' });
      expect(street!.deliveries[0]).toMatchObject({ channel: 'wecom', outcome: 'taken', sameAs });
      // The worker was killed before the outcome was recorded.
      const again = await deliverAll(keys);
      expect(again.flatMap(({ deliveries }) => deliveries).every(({ outcome }) => outcome === 'taken')).toBe(true);
      expect(sent).toHaveLength(3);
    });

    test('that is ill keeps the message for both; when it is well the one that is still wanted goes', async () => {
      answers.wecom = () => refusedFor('server', 'time-out');
      const results = await deliverAll(await holdMessages(database(), [byRobot(toEducation), byRobot(toStreet)]));
      expect(results.map(({ deliveries }) => deliveries[0])).toMatchObject([
        { channel: 'wecom', outcome: 'deferred' },
        { channel: 'wecom', outcome: 'deferred' },
      ]);
      delete answers.wecom;
      sent.length = 0;
      await deliver(byRobot(toStreet, { settled: ['liaison:1/email'] }));
      expect(sentBy()).toEqual(['wecom 区级群']);
      expect(sent[0]!.message.text).toContain('请第一街道办事处');
    });

    test('names in one sentence the units that owe the same, and 33 of them fit', async () => {
      const input = {
        publicUrl: 'https://qingkong.example',
        state: life.state,
        announcements: life.entries.slice(0, 1) as Announcement[],
        now: life.state.head.at,
        circulars: new Map(),
        digests: new Map(),
        texts: new Map(),
        textOf: shippedWords.textOf,
        edition: shippedWords,
        desk,
        toRing: new Map(),
      };
      const [first, ...others] = Array.from({ length: 33 }, (_, i): LinkedTelling => {
        const entry = life.entries.find(({ kind, unitId }) => kind === 'unit.notified' && unitId === 'education')!;
        const unitId = i % 2 === 0 ? 'education' : 'street-one';
        const telling = tellingOf({ kind: 'unit', unitId }, { ...input, entries: [{ ...entry, unitId } as Entry] });
        return { ...telling, frame: { ...telling.frame, recipient: `第${i}街道办事处` }, acknowledgeLink: 'https://a' };
      });
      const { short } = wordsForGroup([first!, ...others]);
      expect(short.match(/前确认/g)).toHaveLength(1);
      for (let i = 0; i < 33; i += 1) expect(short).toContain(`第${i}街道办事处`);
      expect(Buffer.byteLength(short)).toBeLessThan(2048);
    });

    test('an endpoint is told of each unit by itself', async () => {
      answers.webhook = () => ({ outcome: 'taken', messageId: 'm' });
      await replaceContacts(database(), 'education', [{ ...liaison, webhook: 'city-hall' }]);
      await replaceContacts(database(), 'street-one', [{ ...lead, webhook: 'city-hall' }]);
      const ways: Ways = [['webhook']];
      const messages = [toEducation, toStreet].map((message) => ({ ...message, ways, leadWays: ways }));
      await deliverer({
        database: database(),
        channels: { ...channels, webhook: sender('webhook') },
        publicUrl: 'https://qingkong.example',
        wordsOf: async () => shippedWords,
        inForce: shipped,
      })({ episodeId: EPISODE, messages: await holdMessages(database(), messages) }, NEVER);
      expect(sentBy()).toEqual(['webhook city-hall', 'webhook city-hall']);
    });
  });

  test('a shared robot that fails leaves each contact its own ways', async () => {
    await replaceContacts(database(), 'education', [
      { ...liaison, wecom: '教育局群' },
      { ...lead, wecom: '教育局群' },
    ]);
    answers.wecom = () => refusedFor('address', 'gone');
    await deliver({ ...notice, ways: [['sms'], ['wecom']] });
    expect(sentBy()).toEqual(['sms 13900000001', 'sms 13900000002']);
  });

  test('a gateway that is only slow gets a message twice at most, then the next channel has its turn', async () => {
    answers.sms = () => refusedFor('server', 'time-out', { perhapsTaken: true });
    answers.email = () => refusedFor('server', 'time-out');
    const urgent = {
      ...notice,
      ways: URGENT,
      to: { kind: 'unit' as const, unitId: 'education', whom: 'lead' as const },
    };
    expect(await deliver(urgent)).toEqual(['lead:1 sms deferred', 'lead:1 email deferred']);
    expect(await deliver({ ...urgent, attempt: 1 })).toEqual(['lead:1 sms failed', 'lead:1 email deferred']);
    delete answers.email;
    expect(await deliver({ ...urgent, attempt: 2, settled: ['lead:1/sms'] })).toEqual(['lead:1 email taken']);
  });

  test('an SMS that was not delivered goes by the next channel of its line; one that was, by none', async () => {
    answers.sms = () => ({ outcome: 'taken', messageId: 'm1', awaitsReceipt: true });
    const urgent = {
      ...notice,
      ways: [['sms', 'email']] as Ways,
      to: { ...notice.to, whom: 'lead' as const },
    } as Message;
    expect(await deliver(urgent)).toEqual(['lead:1 sms taken']);
    const settled = ['lead:1/sms'];
    expect(await deliver({ ...urgent, settled, receipts: { 'lead:1/sms': 'delivered' } })).toEqual([]);
    expect(await deliver({ ...urgent, settled, receipts: { 'lead:1/sms': 'undelivered' } })).toEqual([
      'lead:1 email taken',
    ]);
    // The worker was killed before the outcome was recorded.
    expect(await deliver(urgent)).toEqual(['lead:1 sms taken']);
  });

  test('a channel that the installation does not have is as if the contact had none', async () => {
    await replaceContacts(database(), 'education', [{ role: 'liaison', name: '甲', webhook: 'city-hall' }]);
    expect(await deliver({ ...notice, ways: [['sms'], ['webhook']] })).toEqual([
      expect.stringMatching(/^\S+ none failed$/),
    ]);
  });

  test('§6.1 a step goes to the person on duty at that moment of the episode; to the lead if it says so', async () => {
    const deputy = { role: 'deputy' as const, name: '丙', sms: '13900000003', contactId: 'deputy' };
    await replaceContacts(database(), 'education', [liaison, { ...lead, contactId: 'lead:1' }, deputy]);
    const row = { date: '2015-11-27', from: '22:00', until: '08:00', contactId: 'deputy' };
    await replaceDutyRows(database(), 'education', { from: '2015-11-27', until: '2015-11-27' }, [row]);
    const step = (whom: 'duty' | 'lead'): Message => ({
      ...notice,
      ways: URGENT,
      to: { kind: 'unit', unitId: 'education', whom },
    });
    const night = Date.parse('2015-11-28T03:00:00+08:00');
    expect(await deliver(step('duty'), night)).toEqual(['deputy sms taken']);
    expect(await deliver(step('lead'), night)).toEqual(['lead:1 sms taken']);
    expect(await deliver({ ...step('duty'), key: notice.key }, Date.parse('2015-11-27T15:00:00+08:00'))).toEqual([
      'liaison:1 sms taken',
    ]);
  });

  test('a message that was withdrawn meanwhile is sent by no channel', async () => {
    const acknowledged = new WrittenLife(true).start();
    let state: EpisodeState = acknowledged.state;
    const withdraw = async () => {
      const before = acknowledged.entries.length;
      acknowledged.add('unit.acknowledged', { noticeIds: [], noticeNumbers: [], lateFor: [] }, { unitId: 'education' });
      acknowledged.add('notification.withdrawn', { messages: [notice.key], reason: 'answered' });
      const entries = acknowledged.entries.slice(before);
      await append(database(), { chainId: EPISODE, applied: [], entries });
      state = acknowledged.state;
    };
    // Answered while the first channel is slow to say no.
    answers.sms = async () => {
      if (state.messages[notice.key]) await withdraw();
      return refusedFor('server', 'time-out');
    };
    await deliver({ ...notice, ways: URGENT, to: { kind: 'unit', unitId: 'education', whom: 'duty' } });
    expect(sent).toEqual([]);
    delete answers.sms;
    expect(await deliverHeld(notice.key)).toEqual([]);
    expect(sent).toEqual([]);
  });
});
