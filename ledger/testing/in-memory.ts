/**
 * An empty database in memory or in a folder: a copy of one that was migrated earlier, made in a tenth of the time. For
 * tests alone.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { type Database, openDatabase } from '../database.js';
import { migrate } from '../migrations/migrate.js';
import { embeddedDialect } from '../pglite.js';
import type { Schema } from '../schema.js';

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/qingkong');

let options: Promise<PGliteOptions> | undefined;

export async function openInMemory(): Promise<Database> {
  options ??= optionsOfCopy();
  return openDatabase({ folder: 'memory://', options: await options });
}

export async function copyToFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('tar', ['-xf', await template(), '-C', folder]);
}

async function optionsOfCopy(): Promise<PGliteOptions> {
  return {
    loadDataDir: new File([await readFile(await template())], 'template.tar'),
    // The usual 128 MB are cleared at each start.
    postgresqlconf: ['shared_buffers = 16MB'],
  };
}

/** Kept between runs while migrations, this file and lockfile stay the same. Packed, it would have to be unpacked each time. */
async function template(): Promise<string> {
  const file = join(CACHE, `${await contentKey()}.tar`);
  if (!existsSync(file)) await makeTemplate(file);
  return file;
}

async function contentKey(): Promise<string> {
  const folder = join(ROOT, 'ledger/migrations');
  const files = (await readdir(folder)).sort().map((name) => join(folder, name));
  const hash = createHash('sha256');
  for (const file of [join(ROOT, 'package-lock.json'), import.meta.filename, ...files])
    hash.update(file).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/** Written whole or not at all. Test files that do so at once write the same. */
async function makeTemplate(file: string): Promise<void> {
  const pglite = await PGlite.create('memory://', { initDbStartParams: ['--wal-segsize=1'] });
  const db = new Kysely<Schema>({ dialect: embeddedDialect(pglite) });
  await migrate(db);
  const dump = await pglite.dumpDataDir('none');
  await db.destroy();
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(join(CACHE, 'fresh-'));
  await writeFile(join(fresh, 'dump'), Buffer.from(await dump.arrayBuffer()));
  await rename(join(fresh, 'dump'), file);
  await rm(fresh, { recursive: true });
}
