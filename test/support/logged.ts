import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a program has logged so far, the oldest first. At midnight in Beijing a new file begins. */
export const linesLogged = (dataFolder: string): Array<Record<string, unknown>> => {
  const folder = path.join(dataFolder, 'logs');
  // `qingkong-2026-01-31.log` comes before `qingkong.log`.
  const files = readdirSync(folder)
    .filter((name) => name.startsWith('qingkong'))
    .sort();
  return files
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};
