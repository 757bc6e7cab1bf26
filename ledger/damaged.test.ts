import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { openDatabase } from './database.js';
import { copyToFolder } from './testing/in-memory.js';

test('a damaged folder is refused with one line that says what to do', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'qingkong-damaged-'));
  try {
    const folder = path.join(root, 'database');
    await copyToFolder(folder);
    const database = await openDatabase({ folder });
    await database.close();
    truncateSync(path.join(folder, 'global/pg_control'), 10);
    await expect(openDatabase({ folder })).rejects.toMatchObject({
      name: 'DatabaseUnreadable',
      message: expect.stringMatching(/^数据库文件夹 .*database 打不开（.+），可能已损坏.*恢复.*备份.*$/),
    });
  } finally {
    rmSync(root, { recursive: true });
  }
});
