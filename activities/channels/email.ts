import type { Mailer } from './channel.js';
import { outboxMailer } from './outbox.js';
import { smtpMailer } from './smtp.js';

export interface MailerSettings {
  smtpUrl?: string | undefined;
  from: string;
  /** Folder of `.eml` files, used in place of a server. */
  outbox: string;
}

/** With `smtpUrl` a pooled connection to that server, without it `.eml` files in `outbox`. */
export const createMailer = ({ smtpUrl, from, outbox }: MailerSettings): Mailer =>
  smtpUrl ? smtpMailer({ url: smtpUrl, from }) : outboxMailer({ folder: outbox, from });
