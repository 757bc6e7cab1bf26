/**
 * The file of a backup: a gzipped tar, which any machine can look into. Its last member, `SHA256SUMS`, has the hash of each
 * other, so that a file that was cut off or changed is found.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { createTarDecoder, createTarPacker, type ParsedTarEntry } from 'modern-tar';
import { StartError } from '../../lib/start-error.js';

export interface BackupFile {
  name: string;
  content: Buffer;
}

const SUMS = 'SHA256SUMS';

/** The bytes of the file. They break off with the error when a member cannot be had. */
export function packed(members: AsyncIterable<BackupFile>): Readable {
  const { readable, controller } = createTarPacker();
  const gzip = createGzip();
  pipeline(Readable.fromWeb(readable as ReadableStream<Uint8Array>), gzip, () => undefined);
  const add = async ({ name, content }: BackupFile) => {
    const writer = controller.add({ name, size: content.length, mode: 0o600, mtime: new Date() }).getWriter();
    await writer.write(content);
    await writer.close();
  };
  const packing = async () => {
    const sums: string[] = [];
    for await (const member of members) {
      sums.push(sumOf(member));
      await add(member);
    }
    await add({ name: SUMS, content: Buffer.from(sums.join('')) });
    controller.finalize();
  };
  packing().catch((error: unknown) => gzip.destroy(error instanceof Error ? error : new Error(String(error))));
  return gzip;
}

/** As `sha256sum` writes it. */
const sumOf = ({ name, content }: BackupFile): string =>
  `${createHash('sha256').update(content).digest('hex')}  ${name}\n`;

/** The members of a file, in order. Throws `StartError` at the end at the latest when the file is not whole. */
export async function* membersOf(file: string): AsyncGenerator<BackupFile> {
  let found = '';
  let expected: string | undefined;
  try {
    const bytes = pipeline(createReadStream(file), createGunzip(), () => undefined);
    const entries = Readable.toWeb(bytes).pipeThrough(
      createTarDecoder({ strict: true }) as unknown as TransformStream<Uint8Array, ParsedTarEntry>,
    );
    for await (const { header, body } of entries as unknown as AsyncIterable<ParsedTarEntry>) {
      const member = { name: header.name, content: Buffer.from(await new Response(body).arrayBuffer()) };
      if (member.name === SUMS) expected = member.content.toString();
      else {
        found += sumOf(member);
        yield member;
      }
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw damaged(file, error);
  }
  if (found !== expected) throw damaged(file);
}

const damaged = (file: string, cause?: unknown): StartError =>
  new StartError(`备份文件 ${file} 不完整或已损坏，没有恢复任何内容。请换一份备份。`, { cause });
