/** Whoever started the program by npm stops it by ending npm: a service does, which knows no other process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from './support/child.js';

/** Says that it runs, and that it was asked to end. */
const PROGRAM = `
  process.on('SIGTERM', () => { console.log('ending'); process.exit(0); });
  setInterval(() => {}, 60_000);
  console.log('running');`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-stop-'));
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  for (const inner of ['scripts', 'dist/app']) mkdirSync(path.join(folder, inner), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ scripts }));
  writeFileSync(path.join(folder, 'scripts/build.mjs'), '');
  for (const name of ['main', 'worker', 'api']) writeFileSync(path.join(folder, `dist/app/${name}.js`), PROGRAM);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['start', 'worker', 'api'])(
  'npm run %s passes a SIGTERM on to the program, and waits for its end',
  async (name) => {
    const npm = spawn('npm', ['run', name], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    let printed = '';
    const isRunning = new Promise<void>((resolve) => {
      npm.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (/^running$/m.test(printed)) resolve();
      });
    });
    const closed = once(npm, 'close');
    await isRunning;
    npm.kill('SIGTERM');
    await once(npm, 'exit');
    try {
      // What npm left behind, if anything.
      process.kill(-npm.pid!, 'SIGKILL');
    } catch {
      // Nothing.
    }
    await closed;
    expect(printed).toMatch(/^ending$/m);
  },
);
