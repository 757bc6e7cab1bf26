import { createTransport } from 'nodemailer';
import type { Mailer } from './channel.js';
import { isAddress, mailOf } from './envelope.js';
import { answerOf, INVALID_ADDRESS } from './smtp-answer.js';

export interface SmtpSettings {
  /** `smtp://` or `smtps://`, credentials in it. */
  url: string;
  from: string;
  /** Milliseconds without a sign of life after which a connection is given up. */
  patience?: number;
}

/** A pool of connections to one server. They stay open between notices as long as the server allows. */
export function smtpMailer({ url, from, patience = 10_000 }: SmtpSettings): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 8,
    maxMessages: Number.POSITIVE_INFINITY,
    connectionTimeout: patience,
    greetingTimeout: patience,
    // Longer, so that a server that never greets is told from one that falls silent during a message.
    socketTimeout: 1.5 * patience,
  });
  return {
    async send(message, signal) {
      if (!isAddress(message.to.address)) return INVALID_ADDRESS;
      try {
        const { messageId } = await transport.sendMail({ ...mailOf(message, from), signal });
        return { outcome: 'taken', messageId };
      } catch (error) {
        return answerOf(error as Error);
      }
    },
    close: () => transport.close(),
  };
}
