import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A refusal as an SMTP server words it. */
export const smtpError = (responseCode: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode });

export interface MailServer {
  url: string;
  /** Taken mails, in order. */
  mails: ParsedMail[];
  /** Connections made so far. */
  connections(): number;
  /** Connections that are open. */
  open(): number;
  /** Closes all connections without a word. */
  cut(): void;
  close(): Promise<void>;
}

interface Behaviour {
  /** Awaited before the greeting. A throw refuses the connection. */
  onConnection?: () => void | Promise<void>;
  /** Awaited before a sender is taken. A throw refuses him. */
  onSender?: () => void | Promise<void>;
  /** Awaited before a recipient is taken. A throw refuses it. */
  onRecipient?: (address: string) => void | Promise<void>;
  /** Awaited before a mail is taken. A throw refuses it. */
  onMail?: (mail: ParsedMail) => void | Promise<void>;
}

/** A real SMTP server on a free port of this machine. */
export async function startMailServer({
  onConnection,
  onSender,
  onRecipient,
  onMail,
}: Behaviour = {}): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 50,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect(_session, done) {
      connections += 1;
      settle(() => onConnection?.(), done);
    },
    onMailFrom(_address, _session, done) {
      settle(() => onSender?.(), done);
    },
    onRcptTo({ address }, _session, done) {
      settle(() => onRecipient?.(address), done);
    },
    onData(stream, _session, done) {
      settle(async () => {
        const mail = await simpleParser(stream);
        await onMail?.(mail);
        mails.push(mail);
      }, done);
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    connections: () => connections,
    open: () => sockets.size,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function settle(work: () => void | Promise<void>, done: (error?: Error | null) => void): void {
  Promise.resolve()
    .then(work)
    .then(
      () => done(),
      (error: Error) => done(error),
    );
}
