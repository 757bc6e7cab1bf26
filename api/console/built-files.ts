/** The built console, held in memory: an update that swaps dist/ under a running process changes nothing for it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** In the order of preference. Files without a compressed one beside them are sent as they are. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
  { name: 'identity', suffix: '' },
] as const;

export interface BuiltFile {
  /** Its ending, which tells the media type. */
  extension: string;
  bodies: Array<{ encoding: (typeof ENCODINGS)[number]['name']; content: Buffer }>;
}

/** By path, such as `/assets/desk-a1b2.js`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

const IS_COMPRESSED = /\.(br|gz)$/;

/** Empty when nothing was built. */
export function readBuiltFiles(folder: string): BuiltFiles {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !IS_COMPRESSED.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    names.map((file) => [`/${path.relative(folder, file).split(path.sep).join('/')}`, builtFile(file)] as const),
  );
}

const builtFile = (file: string): BuiltFile => ({
  extension: path.extname(file),
  bodies: ENCODINGS.filter(({ suffix }) => existsSync(file + suffix)).map(({ name, suffix }) => ({
    encoding: name,
    content: readFileSync(file + suffix),
  })),
});
