/** A key that the program makes for itself at its first start, in a file that nobody else on the machine may read. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { KEY_BYTES } from '../lib/sealing.js';
import { StartError } from '../lib/start-error.js';

/** The data folder has one owner, so nobody else makes the file meanwhile. Throws `StartError` when it holds no key. */
export const keyOfFile = (file: string): Buffer => {
  const text = readOrMake(file);
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES)
    throw new StartError(
      `密钥文件 ${file} 的内容不完整。请从备份恢复；没有备份的，删去它再启动，已启用一次性验证码的人用恢复码登录后重新登记。`,
    );
  return key;
};

function readOrMake(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  writeFileSync(file, text, { flag: 'wx', mode: 0o600, flush: true });
  return text;
}
