/**
 * The data folder has one owner: two processes on one PGlite folder silently lose committed rows
 * (docs/decisions/0013-one-owner.md).
 */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  ftruncateSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../lib/make-folder.js';
import { StartError } from '../lib/start-error.js';
import { tryLock } from './flock.js';

export interface DataFolder {
  /** Absolute path of a name inside the folder. */
  at(...names: string[]): string;
  release(): void;
}

interface Holder {
  pid: number;
  startedAt: string;
}

const describe = (lockFile: string): string => {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(lockFile, 'utf8')) as Holder;
    return `进程号 ${pid}，启动于 ${startedAt}`;
  } catch {
    return '正在启动';
  }
};

/** After a restore as another user, each part of the program would fail in words of its own. */
const requireAccess = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    try {
      accessSync(path.join(folder, name), constants.R_OK | constants.W_OK);
    } catch {
      throw new StartError(
        `数据目录 ${folder} 中的 ${name} 不能读写，可能属于另一个用户。请以原来的用户启动，或用 chown -R 把整个目录交给当前用户。`,
      );
    }
  }
};

/**
 * Takes the folder, and makes it with mode 700 when absent. Throws `StartError` naming the holder if another process
 * has it.
 */
export const ownDataFolder = (folder: string): DataFolder => {
  const lockFile = path.join(folder, 'owner.lock');
  let fd: number | undefined;
  try {
    makeFolder(folder);
    requireAccess(folder);
    chmodSync(folder, 0o700);
    fd = tryLock(lockFile);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`数据目录 ${folder} 不能使用：${String(error)}。请检查权限，或用 QINGKONG_DATA 另行指定。`);
  }
  if (fd === undefined) {
    throw new StartError(
      `数据目录 ${folder} 正由另一个晴空进程使用（${describe(lockFile)}）。请先停止它，或用 QINGKONG_DATA 另行指定目录。`,
    );
  }
  const holder: Holder = { pid: process.pid, startedAt: new Date().toISOString() };
  ftruncateSync(fd);
  writeSync(fd, JSON.stringify(holder), 0);
  return { at: (...names) => path.join(folder, ...names), release: () => closeSync(fd) };
};
