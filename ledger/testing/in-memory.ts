/**
 * An empty database in memory: a copy of one that was migrated earlier, made in a third of the time. For tests alone.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { type Database, openDatabase } from '../database.js';
import { migrate } from '../migrations/migrate.js';
import { YieldingPGliteDialect } from '../pglite.js';
import type { Schema } from '../schema.js';

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/qingkong');

let template: Promise<Blob> | undefined;

export async function openInMemory(): Promise<Database> {
  template ??= readTemplate();
  return openDatabase({ folder: 'memory://', copyOf: await template });
}

/** Kept between runs while migrations and lockfile stay the same. */
async function readTemplate(): Promise<Blob> {
  const file = join(CACHE, `${await contentKey()}.tar.gz`);
  if (!existsSync(file)) await makeTemplate(file);
  return new Blob([await readFile(file)]);
}

async function contentKey(): Promise<string> {
  const folder = join(ROOT, 'ledger/migrations');
  const files = (await readdir(folder)).sort().map((name) => join(folder, name));
  const hash = createHash('sha256');
  for (const file of [join(ROOT, 'package-lock.json'), ...files]) hash.update(file).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/** Written whole or not at all. Test files that do so at once write the same. */
async function makeTemplate(file: string): Promise<void> {
  const pglite = await PGlite.create('memory://');
  const db = new Kysely<Schema>({ dialect: new YieldingPGliteDialect(pglite) });
  await migrate(db);
  const dump = await pglite.dumpDataDir('gzip');
  await db.destroy();
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(join(CACHE, 'fresh-'));
  await writeFile(join(fresh, 'dump'), Buffer.from(await dump.arrayBuffer()));
  await rename(join(fresh, 'dump'), file);
  await rm(fresh, { recursive: true });
}
