/**
 * The data folder has one owner: two processes on one PGlite folder silently lose committed rows
 * (docs/decisions/0013-one-owner.md).
 */
import { chmodSync, closeSync, ftruncateSync, mkdirSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
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

/** Takes the folder, made with mode 700 when absent. Throws `StartError` naming the holder if another process has it. */
export const ownDataFolder = (folder: string): DataFolder => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new StartError(`数据目录 ${folder} 不能使用：${String(error)}。请检查权限，或用 QINGKONG_DATA 另行指定。`);
  }
  const lockFile = path.join(folder, 'owner.lock');
  const fd = tryLock(lockFile);
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
