/** An SMTP server that takes every mail, and the mails of a notice sent by nodemailer alone. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';

export interface Postbox {
  url: string;
  /** The content of mails taken since it was last emptied. */
  mails: Buffer[];
  /** Resolves once so many mails were taken. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function openPostbox(): Promise<Postbox> {
  const mails: Buffer[] = [];
  let wanted = { count: Number.POSITIVE_INFINITY, reached: () => {} };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        done();
        mails.push(Buffer.concat(chunks));
        if (mails.length >= wanted.count) wanted.reached();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    until: (count) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(
          () => reject(new Error(`${mails.length} of ${count} mails came within a minute`)),
          60_000,
        );
        const reached = () => {
          clearTimeout(patience);
          resolve();
        };
        wanted = { count, reached };
        if (mails.length >= count) reached();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Sends these mails again, as they are, through a pool of eight connections. */
export async function sendPooled(url: string, mails: readonly Buffer[]): Promise<void> {
  const transport = createTransport({ url, pool: true, maxConnections: 8, maxMessages: Number.POSITIVE_INFINITY });
  const envelope = { from: 'bench@office.example', to: 'liaison@unit.example' };
  const textOf = (mail: Buffer) => mail.toString('utf8').replace(/^[\s\S]*?\r?\n\r?\n/, '');
  // As many bytes as the real ones, composed as the real ones are.
  const texts = mails.map((mail) => Buffer.from(textOf(mail), 'base64').toString('utf8'));
  await transport.verify();
  await Promise.all(texts.map((text) => transport.sendMail({ ...envelope, subject: '启动应急响应', text })));
  transport.close();
}
