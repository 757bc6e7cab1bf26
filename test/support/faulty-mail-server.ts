/** A mail server that can be made ill, and knows by their ids which mails it took. */
import { createHash } from 'node:crypto';
import { type MailServer, smtpError, startMailServer } from '../../activities/testing/mail-server.js';

export interface FaultyMailServer extends Pick<MailServer, 'url' | 'close'> {
  /** None while it is well. */
  fault: 'refuses' | 'hangs' | 'cuts' | 'is full' | undefined;
  /** How often it took the mail of this key. */
  timesTaken(key: string): number;
}

/** Ten mails are taken before it is full. */
const ROOM = 10;
/** When a server that says nothing looks whether it is well again. */
const LOOKS_AGAIN = 200;

export async function startFaultyMailServer(): Promise<FaultyMailServer> {
  const taken = new Map<string, number>();
  let takenWhileFull = 0;
  const well = (): Promise<void> =>
    new Promise((resolve) => {
      const look = () => (faulty.fault === 'hangs' ? setTimeout(look, LOOKS_AGAIN) : resolve());
      look();
    });
  const server = await startMailServer({
    onConnection: async () => {
      if (faulty.fault === 'refuses') throw smtpError(421, '4.3.2 Service not available');
      await well();
    },
    onRecipient: () => {
      if (faulty.fault !== 'is full') takenWhileFull = 0;
      else if (takenWhileFull >= ROOM) throw smtpError(550, '5.4.5 Daily sending quota exceeded');
    },
    onMail: ({ messageId = '' }) => {
      const id = /<([^@]*)@/.exec(messageId)?.[1] ?? messageId;
      // It has the mail, and the client does not get to know.
      taken.set(id, (taken.get(id) ?? 0) + 1);
      takenWhileFull += 1;
      if (faulty.fault === 'cuts') server.cut();
    },
  });
  const faulty: FaultyMailServer = {
    url: server.url,
    close: server.close,
    fault: undefined,
    timesTaken: (key) => taken.get(createHash('sha256').update(key).digest('hex').slice(0, 40)) ?? 0,
  };
  return faulty;
}
