import { randomBytes } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createFirstAccounts } from '../../api/auth/first-accounts.js';
import { dumpTables } from '../../ledger/backup/dump.js';
import { BACKED_UP, OF_THE_MOMENT } from '../../ledger/backup/tables.js';
import { storeRun } from '../../ledger/chain/archives.js';
import { readDistrict } from '../../ledger/chain/district.js';
import { verify } from '../../ledger/chain/verification.js';
import { type Database, type DatabaseLocation, openDatabase } from '../../ledger/database.js';
import { notedRestorations } from '../../ledger/restorations.js';
import { newDatabaseOnServer } from '../../ledger/testing/databases.js';
import { copyToFolder } from '../../ledger/testing/in-memory.js';
import { drillUnderWay, lifeUnderWay, store, storeDistrict } from '../../ledger/testing/stored.js';
import { loadEditionById } from '../../plan/edition/edition.js';
import { type BackupFile, membersOf, packed } from './archive.js';
import { makeBackup } from './make-backup.js';
import { restoreBackup } from './restore-backup.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'qingkong-backup-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(path.join(root, 'data-'));

const withDatabase = async <T>(location: DatabaseLocation, work: (database: Database) => Promise<T>): Promise<T> => {
  const database = await openDatabase(location);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};

/** Everything a backup has, in any order. */
const rowsOf = async (database: Database): Promise<string[]> => {
  const rows: string[] = [];
  for await (const page of dumpTables(database)) rows.push(...page.rows.map((row) => `${page.table} ${row}`));
  return rows.sort();
};

const evidence = randomBytes(3_000);
const EVIDENCE = 'ab'.repeat(32);

const fill = async (database: Database, folder: string): Promise<void> => {
  await createFirstAccounts(database, loadEditionById('shuimogou-2025'));
  await store(database, 'real', lifeUnderWay());
  await store(database, 'drill', drillUnderWay());
  await storeDistrict(database);
  await storeRun(database, { chainId: 'drill', runId: 'r1', previousRunId: null, content: randomBytes(50_000) });
  await database.db
    .insertInto('papers')
    .values({ paper_id: 'c'.repeat(64), name: 'x', media_type: 'y', content: evidence })
    .execute();
  await database.db
    .insertInto('attachments')
    .values({
      attachment_id: EVIDENCE,
      owner: 'office',
      size: 3_000,
      media_type: 'image/png',
      name: '照片"\\.png',
      uploaded_by: 'a',
    })
    .execute();
  await sql`insert into sessions (sid_hash, data, expires_at) values ('s', '{}', now())`.execute(database.db);
  mkdirSync(path.join(folder, 'attachments/ab'), { recursive: true });
  writeFileSync(path.join(folder, 'attachments/ab', EVIDENCE), evidence);
  writeFileSync(path.join(folder, 'one-time-codes.key'), 'key');
};

test('every table is in a backup, or known to be of the moment', async () => {
  const folder = newFolder();
  await copyToFolder(path.join(folder, 'database'));
  await withDatabase({ folder: path.join(folder, 'database') }, async ({ db }) => {
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
      where schemaname = 'public' and tablename not like 'kysely%'`.execute(db);
    expect(rows.map(({ name }) => name).sort()).toEqual([...BACKED_UP, ...OF_THE_MOMENT].sort());
  });
});

describe.each([
  [
    'PGlite',
    (folder: string) => ({ env: { QINGKONG_DATA: folder }, location: { folder: path.join(folder, 'database') } }),
  ],
  [
    'PostgreSQL',
    async (folder: string) => {
      const { url } = await newDatabaseOnServer();
      return { env: { QINGKONG_DATA: folder, DATABASE_URL: url }, location: { url } };
    },
  ],
])('a backup (%s)', (kind, place) => {
  let file: string;
  let source: string[];
  let sourceFolder: string;

  beforeAll(async () => {
    sourceFolder = newFolder();
    if (kind === 'PGlite') await copyToFolder(path.join(sourceFolder, 'database'));
    const { env, location } = await place(sourceFolder);
    source = await withDatabase(location, async (database) => {
      await fill(database, sourceFolder);
      return rowsOf(database);
    });
    file = path.join(root, `${kind}.tar.gz`);
    const lines = await makeBackup(file, env);
    expect(lines[0]).toMatch(/核对无误：.*附件 1 个/);
  });

  test('is for its owner alone, and holds no sessions', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(source.filter((row) => row.startsWith('sessions '))).toEqual([]);
  });

  test('gives every row and file again, and the records hold and say where they come from', async () => {
    const folder = newFolder();
    const { env, location } = await place(folder);
    const lines = await restoreBackup(file, env);
    expect(lines.join('\n')).toMatch(/未结束的过程 .*real/);
    expect(lines).toContain('整改与修订的跟踪启动后接着运行。');
    expect(readFileSync(path.join(folder, 'attachments/ab', EVIDENCE))).toEqual(evidence);
    expect(readFileSync(path.join(folder, 'one-time-codes.key'), 'utf8')).toBe('key');
    await withDatabase(location, async (database) => {
      const rows = (await rowsOf(database)).filter((row) => !/^(restorations|perhaps_sent) /.test(row));
      expect(rows).toEqual(source);
      for (const chainId of ['real', 'drill', 'district'])
        expect(await verify(database, chainId)).toMatchObject({ valid: true });
      expect((await readDistrict(database)).state.revisions).toMatchObject([{ revisionId: 'r1', unitId: 'education' }]);
      const noted = await notedRestorations(database);
      expect(noted.map(({ episodeId, restoration: { how } }) => [episodeId, how]).sort()).toEqual([
        ['district', 'from-backup'],
        ['drill', 'from-backup'],
        ['real', 'from-backup'],
      ]);
      await createFirstAccounts(database, loadEditionById('shuimogou-2025'));
      // Numbers that the database gives go on.
      await sql`insert into sign_ins (account_id, at, outcome, way, address, device)
        select account_id, 1, 'o', 'w', 'a', 'd' from accounts limit 1`.execute(database.db);
    });
  });

  test('is refused where something is already, and changes nothing', async () => {
    const { env } = await place(sourceFolder);
    await expect(restoreBackup(file, env)).rejects.toThrow(/不是空的/);
    await expect(makeBackup(file, env)).rejects.toThrow(/已经存在/);
  });

  const broken = async (name: string, change: (bytes: Buffer) => Buffer): Promise<string> => {
    const copy = path.join(root, `${kind} ${name}`);
    writeFileSync(copy, change(readFileSync(file)));
    return copy;
  };
  const rewritten = async (name: string, change: (member: BackupFile) => BackupFile): Promise<string> => {
    const copy = path.join(root, `${kind} ${name}`);
    const members = async function* () {
      for await (const member of membersOf(file)) yield change(member);
    };
    await pipeline(packed(members()), createWriteStream(copy));
    return copy;
  };

  test.each<[string, () => Promise<string>, RegExp]>([
    ['cut off', () => broken('cut', (bytes) => bytes.subarray(0, bytes.length - 200)), /不完整或已损坏/],
    [
      'changed',
      () =>
        broken('changed', (bytes) => {
          bytes[bytes.length >> 1]! ^= 255;
          return bytes;
        }),
      /不完整或已损坏/,
    ],
    ['no backup', () => broken('other', () => Buffer.from('晴空')), /不完整或已损坏/],
    [
      'made by a newer program',
      () =>
        rewritten('newer', ({ name, content }) =>
          name === 'qingkong-backup.json'
            ? { name, content: Buffer.from(content.toString().replace('0001-ledger', '9999-later')) }
            : { name, content },
        ),
      /9999-later.*比本程序新/,
    ],
  ])('that is %s is refused, and nothing is left', async (_, make, line) => {
    const folder = newFolder();
    const { env } = await place(folder);
    await expect(restoreBackup(await make(), env)).rejects.toThrow(line);
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(path.join(folder, 'database'))).toBe(false);
  });
});
