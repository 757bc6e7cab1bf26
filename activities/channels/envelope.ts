import { createHash } from 'node:crypto';
import type { ChannelMessage } from './channel.js';

const ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;

/** Refused before any server sees it. An address that passes may still be unknown to its server. */
export const isAddress = (address: string): boolean => ADDRESS.test(address);

/** The part of `晴空 <qingkong@example.org>` after the @, without brackets. */
const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';

/** A message for nodemailer. Its Message-ID comes from the key, so that a mail sent twice is recognised as one. */
export const mailOf = (message: ChannelMessage, from: string) => ({
  from,
  to: message.to,
  subject: message.subject,
  text: message.text,
  ...(message.html === undefined ? {} : { html: message.html }),
  ...(message.files?.length && {
    attachments: message.files.map(({ name, mediaType, content }) => ({
      filename: name,
      contentType: mediaType,
      content,
    })),
  }),
  // As large as quoted-printable, which nodemailer would choose for the HTML, and half the work.
  textEncoding: 'base64' as const,
  date: new Date(message.at),
  messageId: `<${createHash('sha256').update(message.key).digest('hex').slice(0, 40)}@${domainOf(from)}>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
});
