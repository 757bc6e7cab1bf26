import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { firstAccounts } from '../app/demo/program.js';
import { everyUnitActs, signInAll, startDrill } from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { installRealProgram, type RunningProgram } from './support/program.js';

let folder: string;
let program: RunningProgram;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-full-disk-'));
  await temporalProgram();
}, FIRST_TIME);
afterAll(async () => {
  program.process.kill('SIGKILL');
  await program.ended;
  rmSync(folder, { recursive: true, force: true });
});

test('with no space left for its logs the program works, counts the lines it lost, and ends on SIGTERM', async () => {
  const logs = path.join(folder, 'logs');
  mkdirSync(logs, { recursive: true });
  for (const log of ['qingkong.log', 'temporal.log']) symlinkSync('/dev/full', path.join(logs, log));
  program = await installRealProgram(folder);
  const ready = await program.ready;
  if (ready === undefined) throw new Error(program.complaints());
  const address = /http:\S+/.exec(ready)?.[0] ?? '';

  const cast = await signInAll(address, await firstAccounts(folder));
  const episode = await startDrill(cast.office, { timeScale: 1 });
  await everyUnitActs(cast, episode, '日志写不下');
  const metrics = await (await fetch(`${address}/metrics`)).text();
  expect(Number(/^qingkong_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0);

  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
});
