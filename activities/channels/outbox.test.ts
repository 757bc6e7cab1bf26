import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { ChannelMessage } from './channel.js';
import { createMailer } from './email.js';
import { outboxMailer } from './outbox.js';

const NEVER = new AbortController().signal;
const message: ChannelMessage = {
  key: 'episode-1/unit:education:3/liaison/email',
  at: Date.parse('2015-11-27T14:00:00+08:00'),
  to: { name: '联络员', address: 'liaison@education.example' },
  subject: '【黄色预警·Ⅲ级响应】启动应急响应，请于2015年11月27日14时30分前确认',
  text: '区教育局：\n请确认。',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outbox-'));
});
afterEach(() => rm(folder, { recursive: true }));

const outbox = (name = 'outbox') => createMailer({ from: 'qingkong@office.example', outbox: join(folder, name) });

test('without a server a mail is a file that any mail program reads', async () => {
  expect(await outbox().send(message, NEVER)).toMatchObject({ outcome: 'taken' });
  const [name, ...others] = await readdir(join(folder, 'outbox'));
  expect(others).toEqual([]);
  expect(name).toMatch(/^20151127T140000000-episode-1_unit_education_3_liaison_email-[0-9a-f]{8}\.eml$/);
  const mail = await simpleParser(await readFile(join(folder, 'outbox', name!)));
  expect(mail.subject).toBe(message.subject);
  expect(mail.text!.trim()).toBe(message.text);
  expect((await stat(join(folder, 'outbox', name!))).mode & 0o777).toBe(0o600);
});

test('a second try writes no second file, another contact does', async () => {
  const mailer = outbox();
  await Promise.all([mailer.send(message, NEVER), mailer.send(message, NEVER)]);
  expect(await readdir(join(folder, 'outbox'))).toHaveLength(1);
  await mailer.send({ ...message, key: 'episode-1/unit:education:3/lead/email' }, NEVER);
  expect(await readdir(join(folder, 'outbox'))).toHaveLength(2);
});

test('an invalid address fails, as it would at a server', async () => {
  expect(await outbox().send({ ...message, to: { name: '', address: 'nobody' } }, NEVER)).toMatchObject({
    outcome: 'failed',
    reason: 'invalid-address',
  });
});

test('a folder that cannot be written defers', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await outbox('file').send(message, NEVER)).toMatchObject({
    outcome: 'deferred',
    reason: 'outbox-not-writable',
  });
});

test('the oldest mails go when all together are too large, those of an earlier run first', async () => {
  const size = await sizeOfOne();
  const mailer = () => outboxMailer({ folder, from: 'qingkong@office.example', mostBytes: size * 3.5 });
  const send = (sender: ReturnType<typeof mailer>, minute: number) =>
    sender.send({ ...message, at: message.at + minute * 60_000 }, NEVER);
  const before = mailer();
  for (const minute of [1, 2, 3]) await send(before, minute);
  const after = mailer();
  // A further try writes no second file, and takes the place of none.
  for (const minute of [3, 4, 4, 5]) await send(after, minute);
  const minutes = (await readdir(folder)).sort().map((name) => name.slice(9, 13));
  expect(minutes).toEqual(['1403', '1404', '1405']);
});

async function sizeOfOne(): Promise<number> {
  await outbox('one').send(message, NEVER);
  const [name] = await readdir(join(folder, 'one'));
  const { size } = await stat(join(folder, 'one', name!));
  await rm(join(folder, 'one'), { recursive: true });
  return size;
}
