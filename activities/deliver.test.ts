import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Message } from '../episode/state-types.js';
import { append } from '../ledger/chain/append.js';
import type { Database } from '../ledger/database.js';
import { keepPaper } from '../ledger/papers.js';
import { replaceContacts } from '../ledger/people/contacts.js';
import { createLinks, LINK_LIFE } from '../ledger/people/links.js';
import { onBothDatabases } from '../ledger/testing/databases.js';
import type { Contact } from '../plan/types.js';
import type { Mailer } from './channels/channel.js';
import type { Channels } from './channels/create-channels.js';
import { smtpMailer } from './channels/smtp.js';
import { type DeliverySettings, deliverer } from './deliver.js';
import { holdMessages } from './testing/hold-messages.js';
import { EPISODE, START_COMMAND, schoolBinding, shipped, shippedWords, WrittenLife } from './testing/life.js';
import { type MailServer, smtpError, startMailServer } from './testing/mail-server.js';

const NEVER = new AbortController().signal;

const byMail = (email: Mailer): Channels => ({ email, close: () => undefined });

const liaison: Contact = { role: 'liaison', name: '甲', email: 'liaison@education.example' };
const lead: Contact = { role: 'lead', name: '乙', email: 'lead@education.example' };

onBothDatabases('deliver', (database) => {
  const life = new WrittenLife().start();
  /** Keys of the start's messages in the state, one for each unit. */
  const toUnits = Object.values(life.state.messages);
  const [toEducation, toStreet] = toUnits as [Message, Message];

  let server: MailServer;
  let refusal: ((address: string) => void) | undefined;
  let mailer: Mailer;

  beforeEach(async () => {
    await append(database(), { chainId: EPISODE, binding: schoolBinding, applied: [], entries: life.entries });
    await replaceContacts(database(), 'education', [liaison, lead]);
    await replaceContacts(database(), 'street-one', [{ role: 'liaison', name: '丙', email: 'liaison@street.example' }]);
    refusal = undefined;
    server = await startMailServer({ onRecipient: (address) => refusal?.(address) });
    mailer = smtpMailer({ url: server.url, from: 'qingkong@office.example', patience: 60_000 });
  });
  afterEach(async () => {
    mailer.close();
    await server.close();
  });

  const deliver = async (wanted: Message[], over: Partial<DeliverySettings> = {}, cancelled = NEVER) =>
    deliverer({
      database: database(),
      channels: byMail(mailer),
      publicUrl: 'https://qingkong.example',
      wordsOf: async () => shippedWords,
      inForce: shipped,
      ...over,
    })({ episodeId: EPISODE, messages: await holdMessages(database(), wanted) }, cancelled);

  const recipients = () => server.mails.map((mail) => [mail.to].flat()[0]!.value[0]!.address).sort();

  test('writes to liaison and lead of every unit (§6.6)', async () => {
    const results = await deliver(toUnits);
    expect(results).toEqual([
      {
        message: toEducation.key,
        deliveries: ['liaison:1', 'lead:1'].map((contact) => ({
          contact,
          contactHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          channel: 'email',
          outcome: 'taken',
        })),
      },
      { message: toStreet.key, deliveries: [expect.objectContaining({ contact: 'liaison:1', outcome: 'taken' })] },
    ]);
    expect(recipients()).toHaveLength(3);
    const mail = server.mails.find((each) => [each.to].flat()[0]!.text.includes('lead@'))!;
    expect(mail.subject).toBe('【黄色预警·Ⅲ级响应】启动应急响应，请于2015年11月27日14时30分前确认');
    expect(mail.text).toContain('中小学、幼儿园合理调整教学计划');
    expect(mail.html).toContain('中小学、幼儿园合理调整教学计划');
    expect(mail.text).toContain(`https://qingkong.example/u?episode=${EPISODE}`);
  });

  test('every contact has a link of its own to acknowledge by; the same on every try (§3.1.3)', async () => {
    refusal = () => {
      throw smtpError(451, 'greylisted');
    };
    await deliver([toEducation]);
    refusal = undefined;
    await deliver([toEducation]);
    const tokens = server.mails.map(
      ({ text }) => /一键确认（无需登录）：\nhttps:\/\/qingkong\.example\/a\/(\S+)/.exec(text!)?.[1],
    );
    const links = createLinks(database());
    const checked = await Promise.all(
      tokens.map((token) => links.verify(token!, 'acknowledge', START_COMMAND + LINK_LIFE - 1)),
    );
    const link = { purpose: 'acknowledge', episodeId: EPISODE, unitId: 'education' };
    expect(checked).toHaveLength(2);
    for (const contact of ['liaison:1', 'lead:1']) {
      expect(checked).toContainEqual({ status: 'valid', link: { ...link, contact } });
    }
    expect(await links.verify(tokens[0]!, 'acknowledge', START_COMMAND + LINK_LIFE)).toEqual({ status: 'expired' });
  });

  test('§5.1 the city’s mail brings the file that the entry names, byte for byte', async () => {
    const content = Buffer.from('原件'.repeat(9_000));
    const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const paper = await keepPaper(database(), { name: '关于应急响应情况的报告.docx', mediaType, content });
    const city = new WrittenLife().start();
    const data = { text: '报告', paper, dueAt: '2015-12-03T14:00:00+08:00', late: false, contentHash: '0'.repeat(64) };
    const { seq } = city.add('follow-up.submitted', data);
    await append(database(), { chainId: EPISODE, applied: [], entries: city.entries.slice(-1) });
    await replaceContacts(database(), 'city', [{ role: 'liaison', name: '丁', email: 'duty@city.example' }]);
    await deliver([{ ...toEducation, key: `city:${seq}`, about: [seq], to: { kind: 'city' } }]);
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]!.attachments).toMatchObject([
      { filename: '关于应急响应情况的报告.docx', contentType: mediaType, size: content.length },
    ]);
    expect(server.mails[0]!.attachments[0]!.content.equals(content)).toBe(true);
  });

  test('a message that asks for no acknowledgement has no such link', async () => {
    const { seq } = life.entries.find(({ kind }) => kind === 'task.assigned')!;
    await deliver([{ ...toEducation, about: [seq] }]);
    expect(server.mails).toHaveLength(2);
    for (const { text } of server.mails) expect(text).not.toContain('/a/');
  });

  test('names no person and no address in what it answers', async () => {
    refusal = (address) => {
      throw smtpError(550, `5.1.1 <${address}> unknown`);
    };
    const answer = JSON.stringify(await deliver(toUnits));
    for (const secret of ['@', '甲', '乙', '丙']) expect(answer).not.toContain(secret);
  });

  test('a retry sends nothing that was taken, and says that it was', async () => {
    await deliver(toUnits);
    const again = await deliver(toUnits);
    expect(server.mails).toHaveLength(3);
    expect(
      again.flatMap(({ deliveries }) => deliveries.map(({ outcome, perhapsTwice }) => [outcome, perhapsTwice])),
    ).toEqual(Array.from({ length: 3 }, () => ['taken', undefined]));
  });

  test('a crash between the answer and its record: sent again, perhaps twice, with the same Message-ID', async () => {
    const crashing: Mailer = {
      ...mailer,
      send: async (message, signal) => {
        await mailer.send(message, signal);
        throw new Error('killed');
      },
    };
    await expect(deliver([toEducation], { channels: byMail(crashing) })).rejects.toThrow('killed');
    const [{ deliveries } = { deliveries: [] }] = await deliver([toEducation]);
    expect(deliveries).toHaveLength(2);
    for (const delivery of deliveries) expect(delivery).toMatchObject({ outcome: 'taken', perhapsTwice: true });
    expect(server.mails).toHaveLength(4);
    expect(new Set(server.mails.map((mail) => mail.messageId)).size).toBe(2);
  });

  test('a refused or failed message does not hinder the others', async () => {
    refusal = (address) => {
      if (address.startsWith('liaison@education')) throw smtpError(550, '5.1.1 unknown');
      if (address.startsWith('lead@')) throw smtpError(451, '4.7.1 greylisted');
    };
    const [education, street] = await deliver(toUnits);
    expect(education!.deliveries).toMatchObject([
      { contact: 'liaison:1', outcome: 'failed', reason: 'invalid-address: 550 5.1.1' },
      { contact: 'lead:1', outcome: 'deferred', reason: '451 4.7.1' },
    ]);
    expect(street!.deliveries).toMatchObject([{ outcome: 'taken' }]);
  });

  test('a deferred message goes out on the next try, once, and a settled one is left alone', async () => {
    refusal = (address) => {
      if (address.startsWith('lead@')) throw smtpError(451, 'greylisted');
    };
    await deliver([toEducation]);
    refusal = undefined;
    const [{ deliveries } = { deliveries: [] }] = await deliver([
      { ...toEducation, attempt: 1, settled: ['liaison:1/email'] },
    ]);
    expect(deliveries).toEqual([expect.objectContaining({ contact: 'lead:1', outcome: 'taken' })]);
    expect(deliveries[0]).not.toHaveProperty('perhapsTwice');
    expect(recipients()).toEqual([lead.email, liaison.email]);
  });

  test('contacts are looked up at the moment of sending', async () => {
    await replaceContacts(database(), 'education', [{ ...liaison, email: 'new@education.example' }]);
    await deliver([toEducation]);
    expect(recipients()).toEqual(['new@education.example']);
  });

  test.each([
    ['no contact', [], 'none', 'no-contact'],
    [
      'a contact by telephone alone',
      [{ role: 'liaison' as const, name: '甲', phone: '0991' }],
      'liaison:1',
      'no-channel',
    ],
  ])('§6.6 %s: one outcome that says so', async (_name, contacts, contact, reason) => {
    await replaceContacts(database(), 'education', contacts);
    const expected = { contact: expect.stringContaining(contact === 'none' ? 'none' : ''), channel: 'none', reason };
    expect(await deliver([toEducation])).toMatchObject([
      { message: toEducation.key, deliveries: [{ ...expected, outcome: 'failed' }] },
    ]);
  });

  test('nothing is left to say once all others are settled and the last contact is gone', async () => {
    await replaceContacts(database(), 'education', [liaison]);
    expect(await deliver([{ ...toEducation, settled: ['liaison:1/email'] }])).toEqual([
      { message: toEducation.key, deliveries: [] },
    ]);
  });

  test('a hanging server: all is deferred when patience ends, and told perhaps twice afterwards', async () => {
    let given = 0;
    const giveUp = new AbortController();
    const hanging = await startMailServer({
      onMail: () => {
        given += 1;
        if (given === 3) giveUp.abort();
        return new Promise(() => undefined);
      },
    });
    const toHanging = smtpMailer({ url: hanging.url, from: 'qingkong@office.example' });
    const results = await deliver(toUnits, { channels: byMail(toHanging) }, giveUp.signal);
    for (const contact of results.flatMap(({ deliveries }) => deliveries)) {
      expect(contact).toMatchObject({ outcome: 'deferred', reason: 'time-out' });
    }
    toHanging.close();
    await hanging.close();
    const later = await deliver(toUnits);
    for (const contact of later.flatMap(({ deliveries }) => deliveries)) {
      expect(contact).toMatchObject({ outcome: 'taken', perhapsTwice: true });
    }
  });

  test('an episode the ledger does not know is no delivery', async () => {
    const unknown = deliverer({
      database: database(),
      channels: byMail(mailer),
      publicUrl: '',
      wordsOf: async () => ({ ...shippedWords, textOf: String }),
      inForce: shipped,
    });
    await expect(unknown({ episodeId: 'nobody', messages: [toEducation.key] }, NEVER)).rejects.toThrow(
      'no episode nobody',
    );
  });
});

describe('a ledger that fails meanwhile', () => {
  test('fails the delivery only after every message has come to its end', async () => {
    const life = new WrittenLife().start();
    const { openInMemory } = await import('../ledger/testing/in-memory.js');
    const database: Database = await openInMemory();
    await append(database, { chainId: EPISODE, binding: schoolBinding, applied: [], entries: life.entries });
    for (const { unitId } of schoolBinding.units)
      await replaceContacts(database, unitId, [{ ...liaison, email: `${unitId}@units.example` }]);
    let ended = 0;
    const mailer: Mailer = {
      async send({ to }, signal) {
        await Promise.resolve();
        ended += 1;
        if (ended === 1) throw new Error(`broken for ${to.name}`);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        ended += 1;
        return { outcome: 'deferred', reason: 'time-out', perhapsTaken: false };
      },
      close: () => undefined,
    };
    const deliver = deliverer({
      database,
      channels: byMail(mailer),
      publicUrl: '',
      wordsOf: async () => ({ ...shippedWords, textOf: String }),
      inForce: shipped,
      patience: 100,
    });
    const failing = deliver({ episodeId: EPISODE, messages: Object.keys(life.state.messages) }, NEVER);
    await expect(failing).rejects.toThrow('broken');
    expect(ended).toBe(3);
    await database.close();
  });
});
