import { once, setMaxListeners } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../lib/testing/eventually.js';
import { type MailServer, smtpError, startMailServer } from '../testing/mail-server.js';
import type { ChannelAnswer, ChannelMessage, Mailer } from './channel.js';
import { smtpMailer } from './smtp.js';

const from = '晴空 <qingkong@office.example>';
const NEVER = new AbortController().signal;
setMaxListeners(0, NEVER);

const message = (over: Partial<ChannelMessage> = {}): ChannelMessage => ({
  key: 'episode-1/unit:education:3/liaison/email',
  at: Date.parse('2015-11-27T14:00:00+08:00'),
  to: { name: '联络员', address: 'liaison@education.example' },
  subject: '【演练】【红色预警·I级响应】启动应急响应',
  text: '区教育局：\n\n请于2015年11月27日14时30分前确认。',
  ...over,
});

const opened: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function serverWith(behaviour?: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
  const server = await startMailServer(behaviour);
  opened.push(() => server.close());
  return server;
}

/** `patience` is longer than any answer takes, unless no answer is to come. */
function mailerTo(url: string, patience = 60_000): Mailer {
  const mailer = smtpMailer({ url, from, patience });
  opened.push(() => mailer.close());
  return mailer;
}

/** A server of bare sockets, for misbehaviour that no library offers. */
async function rawServer(onConnection: (socket: import('node:net').Socket) => void): Promise<string> {
  const sockets = new Set<import('node:net').Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a mail server that answers', () => {
  test('takes Chinese subject and text as they were written', async () => {
    const server = await serverWith();
    expect(await mailerTo(server.url).send(message(), NEVER)).toMatchObject({ outcome: 'taken' });
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ subject: message().subject, date: new Date(message().at) });
    expect(mail!.text!.trim()).toBe(message().text);
    expect(mail!.from!.value).toEqual([{ name: '晴空', address: 'qingkong@office.example' }]);
    expect([mail!.to].flat()[0]!.value).toEqual([{ name: '联络员', address: 'liaison@education.example' }]);
  });

  test('sees the same Message-ID for the same key, another for another', async () => {
    const server = await serverWith();
    const mailer = mailerTo(server.url);
    for (const key of ['a', 'a', 'b']) await mailer.send(message({ key }), NEVER);
    const [first, again, other] = server.mails.map((mail) => mail.messageId);
    expect(first).toMatch(/^<[0-9a-f]{40}@office\.example>$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('gets many mails over few connections', async () => {
    const server = await serverWith();
    const mailer = mailerTo(server.url);
    await Promise.all(Array.from({ length: 40 }, (_, i) => mailer.send(message({ key: `${i}` }), NEVER)));
    expect(server.mails).toHaveLength(40);
    expect(server.connections()).toBeLessThanOrEqual(8);
  });

  test('refuses a recipient for good: failed, without the words that repeat the address', async () => {
    const server = await serverWith({
      onRecipient: (address) => {
        throw smtpError(550, `5.1.1 <${address}> user unknown`);
      },
    });
    expect(await mailerTo(server.url).send(message(), NEVER)).toMatchObject({
      outcome: 'failed',
      reason: 'invalid-address: 550 5.1.1',
      perhapsTaken: false,
    });
  });

  test('refuses the text for good: failed', async () => {
    const server = await serverWith({
      onMail: () => {
        throw smtpError(552, '5.3.4 Message size exceeds fixed limit');
      },
    });
    expect(await mailerTo(server.url).send(message(), NEVER)).toMatchObject({
      outcome: 'failed',
      fault: 'text',
      reason: 'text-refused: 552 5.3.4',
    });
  });

  test('puts off by a 4xx (greylisting): deferred, and taken on the next try', async () => {
    let tries = 0;
    const server = await serverWith({
      onRecipient: () => {
        tries += 1;
        if (tries === 1) throw smtpError(450, '4.2.0 greylisted, come back later');
      },
    });
    const mailer = mailerTo(server.url);
    expect(await mailer.send(message(), NEVER)).toMatchObject({
      outcome: 'deferred',
      reason: '450 4.2.0',
      perhapsTaken: false,
    });
    expect(await mailer.send(message(), NEVER)).toMatchObject({ outcome: 'taken' });
  });

  test.each(['not-an-address', 'two words@a.example', 'a@b.example>\r\nRCPT TO:<c@d.example', ''])(
    'is not asked about %j',
    async (address) => {
      const server = await serverWith();
      expect(await mailerTo(server.url).send(message({ to: { name: '', address } }), NEVER)).toMatchObject({
        outcome: 'failed',
        reason: 'invalid-address',
        perhapsTaken: false,
      });
      expect(server.connections()).toBe(0);
    },
  );
});

describe('a mail server that does not answer', () => {
  test('is away: deferred, and nothing was sent', async () => {
    const server = await startMailServer();
    await server.close();
    expect(await mailerTo(server.url).send(message(), NEVER)).toMatchObject({
      outcome: 'deferred',
      reason: 'server-unreachable',
      perhapsTaken: false,
    });
  });

  test('hangs before its greeting: deferred by time-out, and nothing was sent', async () => {
    const url = await rawServer(() => undefined);
    expect(await mailerTo(url, 500).send(message(), NEVER)).toMatchObject({
      outcome: 'deferred',
      reason: 'time-out',
      perhapsTaken: false,
    });
  });

  test('hangs over the whole text: deferred by time-out, and perhaps it has it', async () => {
    const server = await serverWith({ onMail: () => new Promise(() => undefined) });
    // As long as this machine needs for the text.
    let patience = 250;
    const answer = () => {
      patience *= 2;
      return mailerTo(server.url, patience).send(message(), NEVER);
    };
    const wholeText = (answered: ChannelAnswer) => 'perhapsTaken' in answered && answered.perhapsTaken;
    expect(await eventually('the whole text', answer, wholeText)).toMatchObject({
      outcome: 'deferred',
      reason: 'time-out',
    });
  });

  test('breaks off after the whole text: deferred, perhaps it has it, and it does not get it again unasked', async () => {
    let texts = 0;
    const url = await rawServer((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', (data) => {
        const line = data.toString();
        if (line.endsWith('\r\n.\r\n')) {
          texts += 1;
          socket.destroy();
        } else socket.write(line.startsWith('DATA') ? '354 go on\r\n' : '250 ok\r\n');
      });
    });
    expect(await mailerTo(url).send(message(), NEVER)).toMatchObject({
      outcome: 'deferred',
      reason: 'server-unreachable',
      perhapsTaken: true,
    });
    expect(texts).toBe(1);
  });

  test('takes a mail after it has closed a connection that was idle', async () => {
    const server = await serverWith();
    const mailer = mailerTo(server.url);
    for (const key of ['first', 'second']) {
      expect(await mailer.send(message({ key }), NEVER)).toMatchObject({ outcome: 'taken' });
      server.cut();
      await eventually(
        'the connection closed',
        () => server.open(),
        (open) => open === 0,
      );
    }
    expect(server.mails).toHaveLength(2);
  });

  test('is not waited for after the signal, and what still queued is not sent later', async () => {
    let release = () => undefined as unknown;
    const released = new Promise((resolve) => {
      release = () => resolve(undefined);
    });
    let full = () => undefined as unknown;
    const allConnectionsBusy = new Promise((resolve) => {
      full = () => resolve(undefined);
    });
    let held = 0;
    const server = await serverWith({
      onMail: () => {
        held += 1;
        if (held === 8) full();
        return released.then(() => undefined);
      },
    });
    const mailer = smtpMailer({ url: server.url, from, patience: 60_000 });
    opened.push(() => mailer.close());
    const giveUp = new AbortController();
    const answers = Array.from({ length: 10 }, (_, i) =>
      mailer.send(message({ subject: `early ${i}` }), giveUp.signal),
    );
    await allConnectionsBusy;
    giveUp.abort();
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatchObject({ outcome: 'deferred', reason: 'time-out', perhapsTaken: true });
    }
    release();
    expect(await mailer.send(message({ subject: 'next' }), NEVER)).toMatchObject({ outcome: 'taken' });
    const subjects = server.mails.map((mail) => mail.subject);
    expect(subjects).toContain('next');
    expect(subjects).not.toContain('early 8');
    expect(subjects).not.toContain('early 9');
  });
});
