/** What a backup is made of (docs/decisions/0039-backups.md). */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { dumpTables, type TablePage } from '../../ledger/backup/dump.js';
import { type BackupFacts, migrationsOf } from '../../ledger/backup/load.js';
import { placeOfBlob } from '../../ledger/blobs/file-store.js';
import type { Database } from '../../ledger/database.js';
import { StartError } from '../../lib/start-error.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Config } from '../../platform/config.js';
import { attachmentsFolder, codeKeyFile } from '../places.js';
import type { BackupFile } from './archive.js';

/** The first member. */
interface Facts extends BackupFacts {
  format: typeof FORMAT;
}

const FORMAT = 1;
const FACTS = 'qingkong-backup.json';
const KEY = 'one-time-codes.key';
const TABLE = /^database\/(\w+)\/\d+\.jsonl$/;
const ATTACHMENT = /^attachments\/([0-9a-f]{64})$/;

/**
 * The database as of one moment, then the files that it names, which never change. No engine: its episodes are begun again from
 * the ledger. Attachments in a bucket stay there.
 */
export async function* backupMembers(database: Database, config: Config): AsyncGenerator<BackupFile> {
  const facts: Facts = { format: FORMAT, madeAt: beijingIso(Date.now()), migrations: await migrationsOf(database) };
  yield { name: FACTS, content: Buffer.from(`${JSON.stringify(facts)}\n`) };
  const attachments = new Set<string>();
  let n = 0;
  for await (const { table, rows } of dumpTables(database)) {
    n += 1;
    if (table === 'attachments')
      for (const row of rows) attachments.add((JSON.parse(row) as { attachment_id: string }).attachment_id);
    yield { name: `database/${table}/${n}.jsonl`, content: Buffer.from(`${rows.join('\n')}\n`) };
  }
  const key = await readFile(codeKeyFile(config)).catch(absent);
  if (key) yield { name: KEY, content: key };
  if (config.s3) return;
  for (const attachmentId of attachments) {
    const place = placeOfBlob(attachmentsFolder(config), attachmentId);
    const content = await buffer(createReadStream(place)).catch(absent);
    if (content) yield { name: `attachments/${attachmentId}`, content };
  }
}

/** The verification of attachments says which are missing; a backup takes those that are there. */
const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

/** A member of a backup, as its name says. */
export type BackupPart =
  | { kind: 'facts'; facts: Facts }
  | ({ kind: 'page' } & TablePage)
  | { kind: 'key'; content: Buffer }
  | { kind: 'attachment'; attachmentId: string; content: Buffer };

export function backupPartOf({ name, content }: BackupFile): BackupPart {
  const table = TABLE.exec(name)?.[1];
  if (table !== undefined) return { kind: 'page', table, rows: content.toString().trimEnd().split('\n') };
  const attachmentId = ATTACHMENT.exec(name)?.[1];
  if (attachmentId !== undefined) return { kind: 'attachment', attachmentId, content };
  if (name === KEY) return { kind: 'key', content };
  const facts = name === FACTS ? (JSON.parse(content.toString()) as Facts) : undefined;
  if (facts?.format !== FORMAT)
    throw new StartError(`备份中的 ${name} 本程序不认识，可能由更新的程序制作。请改用制作它的程序恢复。`);
  return { kind: 'facts', facts };
}
