/**
 * Files in a ZIP archive, by its directory. All functions throw when the bytes are no archive or have too many files.
 */
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** The part of yauzl 3 that its types do not know yet. */
type Opened = ZipFile & {
  eachEntry(): AsyncIterable<Entry>;
  openReadStreamPromise(entry: Entry): Promise<Readable>;
};
interface Opening {
  fromFdPromise(fd: number, options: yauzl.Options): Promise<Opened>;
  fromBufferPromise(bytes: Buffer, options: yauzl.Options): Promise<Opened>;
}
const { fromFdPromise, fromBufferPromise } = yauzl as unknown as Opening;

const MOST_FILES = 10_000;
const OPTIONS = { lazyEntries: true, autoClose: false };

/** Names of the files in the archive behind a descriptor, which stays open. */
export async function zipNames(fd: number): Promise<string[]> {
  const archive = await fromFdPromise(fd, OPTIONS);
  const names: string[] = [];
  for await (const { fileName } of filesOf(archive)) names.push(fileName);
  return names;
}

/** An archive whose files are unpacked one by one, as they are read. */
export interface Archive {
  /** As they are written in the directory. */
  names: readonly string[];
  /** Case makes no difference: some programs write `[content_types].xml`. */
  has(name: string): boolean;
  open(name: string): AsyncIterable<Uint8Array>;
}

export async function openArchive(bytes: Buffer): Promise<Archive> {
  const archive = await fromBufferPromise(bytes, OPTIONS);
  const files = new Map<string, Entry>();
  for await (const file of filesOf(archive)) files.set(file.fileName.toLowerCase(), file);
  return {
    names: [...files.values()].map(({ fileName }) => fileName),
    has: (name) => files.has(name.toLowerCase()),
    async *open(name) {
      const file = files.get(name.toLowerCase());
      if (file) yield* (await archive.openReadStreamPromise(file)) as AsyncIterable<Uint8Array>;
    },
  };
}

function filesOf(archive: Opened): AsyncIterable<Entry> {
  if (archive.entryCount > MOST_FILES) throw new Error(`more than ${MOST_FILES} files`);
  return archive.eachEntry();
}

const MOST_TEXT_BYTES = 1_048_576;

/** The text of one file in the archive behind a descriptor; `undefined` if there is none, or it is larger than 1 MiB. */
export async function zipText(fd: number, name: string): Promise<string | undefined> {
  const archive = await fromFdPromise(fd, OPTIONS);
  for await (const file of filesOf(archive)) {
    if (file.fileName !== name) continue;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of await archive.openReadStreamPromise(file)) {
      size += (chunk as Buffer).length;
      if (size > MOST_TEXT_BYTES) return undefined;
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString();
  }
  return undefined;
}
