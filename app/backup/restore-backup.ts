import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DISTRICT_CHAIN } from '../../district/state.js';
import type { TablePage } from '../../ledger/backup/dump.js';
import { loadBackup } from '../../ledger/backup/load.js';
import { placeOfBlob } from '../../ledger/blobs/file-store.js';
import { StartError } from '../../lib/start-error.js';
import { type Config, readConfig } from '../../platform/config.js';
import { ownDataFolder } from '../../platform/data-folder.js';
import { attachmentsFolder, codeKeyFile, ownDatabase } from '../places.js';
import type { BackupPart } from './members.js';
import { backupContent, partsOf } from './read-backup.js';

/**
 * Puts a backup into an empty data folder, and with `DATABASE_URL` into an empty database. Answers the lines to show. Nothing is
 * written before the whole file was read; what fails in the middle leaves the folder empty. Throws `StartError`.
 */
export async function restoreBackup(
  file: string | undefined,
  env: Record<string, string | undefined>,
): Promise<string[]> {
  if (file === undefined) throw new StartError('请写明备份文件，例如 npm run restore -- /backup/qingkong.tar.gz。');
  if (!existsSync(file)) throw new StartError(`没有备份文件 ${file}，请核对。`);
  const config = readConfig(env);
  const { dataFolder } = config;
  if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0)
    throw new StartError(
      `数据目录 ${dataFolder} 不是空的，恢复不覆盖任何内容。请把原来的目录移到别处保留，或用 QINGKONG_DATA 另行指定。`,
    );
  const content = await backupContent(file);
  const { madeAt, entries } = content;
  const folder = ownDataFolder(dataFolder);
  try {
    const open = await loadBackup(ownDatabase(config), content, pagesIn(file, config));
    return [
      `已恢复 ${madeAt} 的备份：台账 ${entries} 条记录。现在可以启动。`,
      ...linesOfOpen(open),
      '备份之后答复过的事项、改动过的账号、联系人和值班表，如果流程引擎中也没有，就无从得知，请向有关单位核对。',
      '所有人要重新登录。',
    ];
  } catch (error) {
    for (const name of readdirSync(dataFolder)) await rm(path.join(dataFolder, name), { recursive: true, force: true });
    throw error;
  } finally {
    folder.release();
  }
}

function linesOfOpen(open: readonly string[]): string[] {
  const episodes = open.filter((one) => one !== DISTRICT_CHAIN);
  return [
    ...(episodes.length > 0 ? [`未结束的过程 ${episodes.join('、')} 启动后接着运行。`] : []),
    ...(open.length > episodes.length ? ['整改与修订的跟踪启动后接着运行。'] : []),
  ];
}

/** The pages of the database; the files beside them are written on the way. */
async function* pagesIn(file: string, config: Config): AsyncGenerator<TablePage> {
  for await (const part of partsOf(file)) {
    if (part.kind === 'page') yield part;
    else await writePart(part, config);
  }
}

async function writePart(part: Exclude<BackupPart, { kind: 'page' }>, config: Config): Promise<void> {
  if (part.kind === 'key') await writeFile(codeKeyFile(config), part.content, { mode: 0o600, flush: true });
  if (part.kind !== 'attachment') return;
  const place = placeOfBlob(attachmentsFolder(config), part.attachmentId);
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  await writeFile(place, part.content, { mode: 0o600, flush: true });
}
