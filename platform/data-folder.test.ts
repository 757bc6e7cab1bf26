import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { firstLine, runScript } from '../test/support/child.js';
import { ownDataFolder } from './data-folder.js';

const folders: string[] = [];
const children: ChildProcess[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-folder-'));
  folders.push(folder);
  return path.join(folder, 'data');
};

/** Another process that owns `folder` until it is killed. */
const otherOwner = async (folder: string): Promise<ChildProcess> => {
  const child = runScript(
    `const { ownDataFolder } = await import('./platform/data-folder.js');
     ownDataFolder(process.argv[1]);
     console.log('owned');
     process.stdin.resume();`,
    folder,
  );
  children.push(child);
  await firstLine(child);
  return child;
};

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the data folder has one owner', () => {
  test('it is made for its owner alone', () => {
    const folder = newFolder();
    const owned = ownDataFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(owned.at('owner.lock')).mode & 0o777).toBe(0o600);
    owned.release();
  });

  test('a second process stops with one line that names the holder', async () => {
    const folder = newFolder();
    const other = await otherOwner(folder);
    expect(() => ownDataFolder(folder)).toThrow(new RegExp(`^数据目录 ${folder} 正由.*进程号 ${other.pid}，.*$`));
    const holder = JSON.parse(readFileSync(path.join(folder, 'owner.lock'), 'utf8'));
    expect(holder.pid).toBe(other.pid);
    expect(other.exitCode).toBeNull();
  });

  test('the lock goes with a killed holder', async () => {
    const folder = newFolder();
    const other = await otherOwner(folder);
    other.kill('SIGKILL');
    await once(other, 'exit');
    ownDataFolder(folder).release();
  });

  test('a released folder can be owned again', () => {
    const folder = newFolder();
    ownDataFolder(folder).release();
    ownDataFolder(folder).release();
  });

  test.each(['/dev/null/data', '/proc/data', '/proc/data/deeper'])(
    '%s, which cannot be made, stops the start',
    (folder) => {
      expect(() => ownDataFolder(folder)).toThrow(/^数据目录 .* 不能使用：.*QINGKONG_DATA.*$/);
    },
  );

  test('a lock that cannot be opened stops the start', () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'owner.lock'), { recursive: true });
    expect(() => ownDataFolder(folder)).toThrow(/^数据目录 .* 不能使用：.*QINGKONG_DATA.*$/);
  });

  test('a file of another user in it stops the start, and is named', async () => {
    const folder = newFolder();
    ownDataFolder(folder).release();
    for (const readable of [folder, path.dirname(folder)]) chmodSync(readable, 0o755);
    writeFileSync(path.join(folder, 'temporal.sqlite'), '', { mode: 0o000 });
    const child = runScript(
      `import { ownDataFolder } from './platform/data-folder.ts';
       if (process.getuid() === 0) process.setuid(65534);
       try { ownDataFolder(process.argv[1]); } catch (error) { console.log(error.name, error.message); }`,
      folder,
    );
    expect(await firstLine(child)).toMatch(/^StartError 数据目录 .* 中的 \S+ 不能读写.*chown -R/);
  });
});
