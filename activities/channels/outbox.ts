import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { createTransport } from 'nodemailer';
import { lazily } from '../../lib/lazily.js';
import { type ChannelMessage, type Mailer, refusedFor } from './channel.js';
import { isAddress, mailOf } from './envelope.js';
import { INVALID_ADDRESS } from './smtp-answer.js';

/** Some 40,000 mails. A fast drill would fill the disk: it writes a gigabyte in half an hour. */
const MOST_BYTES = 200_000_000;

interface OutboxSettings {
  folder: string;
  from: string;
  /** The oldest files go when all together are larger. */
  mostBytes?: number;
}

/** Writes each message as an `.eml` file, whole or not at all; a further try writes the same file. */
export function outboxMailer({ folder, from, mostBytes = MOST_BYTES }: OutboxSettings): Mailer {
  const keepNewest = newestOf(folder, mostBytes);
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(message) {
      if (!isAddress(message.to.address)) return INVALID_ADDRESS;
      try {
        const composed = await composer.sendMail(mailOf(message, from));
        const name = fileNameOf(message);
        const content = composed.message as Buffer;
        await writeWhole(folder, name, content);
        await keepNewest(name, content.length);
        return { outcome: 'taken', messageId: composed.messageId };
      } catch {
        return refusedFor('server', 'outbox-not-writable');
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

/** Removes the oldest files of the folder, once it is too large with one that was written. */
function newestOf(folder: string, mostBytes: number): (written: string, size: number) => Promise<void> {
  const found = lazily(async () => {
    const sizes = await sizesIn(folder);
    return { sizes, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
  });
  return async (written, size) => {
    const kept = await found();
    kept.bytes += size - (kept.sizes.get(written) ?? 0);
    kept.sizes.delete(written);
    kept.sizes.set(written, size);
    for (const [name, bytes] of kept.sizes) {
      if (kept.bytes <= mostBytes || name === written) return;
      kept.sizes.delete(name);
      kept.bytes -= bytes;
      await rm(join(folder, name), { force: true });
    }
  };
}

/** Of the mails in the folder, the oldest first. */
async function sizesIn(folder: string): Promise<Map<string, number>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const files = await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size] as const));
  return new Map(files);
}
