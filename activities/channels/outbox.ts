import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { createTransport } from 'nodemailer';
import type { ChannelMessage, Mailer } from './channel.js';
import { isAddress, mailOf } from './envelope.js';
import { INVALID_ADDRESS } from './smtp-answer.js';

/** Writes each message as an `.eml` file, whole or not at all; a further try writes the same file. */
export function outboxMailer({ folder, from }: { folder: string; from: string }): Mailer {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(message) {
      if (!isAddress(message.to.address)) return INVALID_ADDRESS;
      try {
        const composed = await composer.sendMail(mailOf(message, from));
        await writeWhole(folder, fileNameOf(message), composed.message as Buffer);
        return { outcome: 'taken', messageId: composed.messageId };
      } catch {
        return { outcome: 'deferred', reason: 'outbox-not-writable', perhapsTaken: false };
      }
    },
    close: () => composer.close(),
  };
}

/**
 * Names sort by the Beijing time of the reported entry. The hash separates keys that would look alike as file names.
 */
function fileNameOf({ key, at }: ChannelMessage): string {
  const time = DateTime.fromMillis(at, { zone: 'Asia/Shanghai' }).toFormat("yyyyLLdd'T'HHmmssSSS");
  const readable = key.replaceAll(/[^a-zA-Z0-9-]+/g, '_').slice(0, 100);
  return `${time}-${readable}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}.eml`;
}

async function writeWhole(folder: string, name: string, content: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${name}.draft`);
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, join(folder, name));
}
