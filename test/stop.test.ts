/** Whoever started the program by npm stops it by ending npm: a service does, which knows no other process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { firstLine, ROOT } from './support/child.js';

const TOLD = 7;
/** Ends with that when it is told to. Nobody else would end one that npm has left behind. */
const PROGRAM = `
  process.on('SIGTERM', () => process.exit(${TOLD}));
  setTimeout(() => {}, 60_000);
  console.log('running');`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-stop-'));
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  for (const inner of ['scripts', 'dist/app/demo']) mkdirSync(path.join(folder, inner), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts }));
  writeFileSync(path.join(folder, 'scripts/build.mjs'), '');
  for (const name of ['main', 'worker', 'api', 'demo/main'])
    writeFileSync(path.join(folder, `dist/app/${name}.js`), PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['start', 'worker', 'api', 'demo'])(
  'npm run %s passes a SIGTERM on to the program, and waits for its end',
  async (name) => {
    const npm = spawn('npm', ['run', '--silent', name], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    await firstLine(npm);
    npm.kill('SIGTERM');
    expect(await once(npm, 'exit')).toEqual([TOLD, null]);
  },
);
