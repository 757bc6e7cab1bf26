/**
 * Files in a ZIP archive, by its directory. All functions throw when the bytes are no archive or have too many files.
 */
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** The part of yauzl 3 that its types do not know yet. */
type Archive = ZipFile & {
  eachEntry(): AsyncIterable<Entry>;
  openReadStreamPromise(entry: Entry): Promise<Readable>;
};
interface Opening {
  fromFdPromise(fd: number, options: yauzl.Options): Promise<Archive>;
  fromBufferPromise(bytes: Buffer, options: yauzl.Options): Promise<Archive>;
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

/**
 * Whether an archive unpacks to at most `most` bytes. The directory may lie, so the files are unpacked and thrown away.
 */
export async function unpacksTo(bytes: Buffer, most: number): Promise<boolean> {
  const archive = await fromBufferPromise(bytes, OPTIONS);
  let size = 0;
  for await (const file of filesOf(archive)) {
    if (size + file.uncompressedSize > most) return false;
    for await (const chunk of await archive.openReadStreamPromise(file)) {
      size += (chunk as Buffer).length;
      if (size > most) return false;
    }
  }
  return true;
}

function filesOf(archive: Archive): AsyncIterable<Entry> {
  if (archive.entryCount > MOST_FILES) throw new Error(`more than ${MOST_FILES} files`);
  return archive.eachEntry();
}
