import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openDatabase } from '../../ledger/database.js';
import { StartError } from '../../lib/start-error.js';
import { type Config, readConfig } from '../../platform/config.js';
import { ownDataFolder } from '../../platform/data-folder.js';
import { ownDatabase } from '../places.js';
import { packed } from './archive.js';
import { backupMembers } from './members.js';
import { backupContent } from './read-backup.js';
import { backupFrom } from './socket.js';

/**
 * Makes a backup, from the program that runs on the data folder or else from the folder itself, reads it again, and answers the
 * lines to show. The file appears whole or not at all. Throws `StartError`.
 */
export async function makeBackup(file: string | undefined, env: Record<string, string | undefined>): Promise<string[]> {
  if (file === undefined) throw new StartError('请写明备份文件，例如 npm run backup -- /backup/qingkong.tar.gz。');
  const target = path.resolve(file);
  if (existsSync(target)) throw new StartError(`${target} 已经存在，备份不覆盖文件。请换一个文件名。`);
  const unfinished = `${target}.part`;
  try {
    await withBackup(readConfig(env), (bytes) =>
      pipeline(bytes, createWriteStream(unfinished, { mode: 0o600, flags: 'w' })),
    );
    const { madeAt, entries, attachments } = await backupContent(unfinished);
    await sync(unfinished);
    await rename(unfinished, target);
    return [
      `备份已写入 ${target}，核对无误：${madeAt} 的台账 ${entries} 条记录，附件 ${attachments} 个。`,
      '其中有密码散列、联系方式和密钥，请像原件一样妥善保管。',
    ];
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function withBackup(config: Config, write: (bytes: Readable) => Promise<void>): Promise<void> {
  const running = config.databaseUrl === undefined ? await backupFrom(config.dataFolder) : undefined;
  if (running) return write(running);
  const folder = config.databaseUrl === undefined ? ownDataFolder(existing(config.dataFolder)) : undefined;
  try {
    const database = await openDatabase(ownDatabase(config));
    try {
      await write(packed(backupMembers(database, config)));
    } finally {
      await database.close();
    }
  } finally {
    folder?.release();
  }
}

function existing(folder: string): string {
  if (existsSync(path.join(folder, 'database'))) return folder;
  throw new StartError(`数据目录 ${folder} 中没有数据库，没有可以备份的内容。请核对 QINGKONG_DATA。`);
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
