/**
 * The program is backed up while people act, lost, and restored into an empty folder: open episodes go on, and what was answered
 * before the backup is there (docs/decisions/0039-backups.md).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { firstAccounts } from '../app/demo/program.js';
import { of } from '../episode/testing/entries-of.js';
import { eventually } from '../lib/testing/eventually.js';
import {
  type Cast,
  everyUnitActs,
  finish,
  historyOf,
  liftDrill,
  signInAll,
  startDrill,
  startReal,
} from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { installRealProgram, type RunningProgram, startRealProgram } from './support/program.js';

let root: string;
let data: string;
const programs: RunningProgram[] = [];
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'qingkong-restore-'));
  data = path.join(root, 'data');
  await temporalProgram();
}, FIRST_TIME);
afterAll(async () => {
  for (const program of programs) program.process.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended));
  rmSync(root, { recursive: true, force: true });
});

const castAt = async (program: RunningProgram): Promise<Cast> => {
  programs.push(program);
  const ready = await program.ready;
  if (ready === undefined) throw new Error(program.complaints());
  return signInAll(/http:\S+/.exec(ready)?.[0] ?? '', await firstAccounts(data));
};

const command = async (entry: 'backup' | 'restore', folder: string, file: string): Promise<string> => {
  const program = await startRealProgram(folder, {}, entry, [file]);
  const [line] = await Promise.all([program.ready, program.ended]);
  if (line === undefined) throw new Error(program.complaints());
  return line;
};

test('backed up under way, lost, restored: drill and real episode go on with all that was answered before', async () => {
  const program = await installRealProgram(data);
  const casts = [await castAt(program), await castAt(program)] as const;
  const [drill, real] = [await startDrill(casts[0].office, { timeScale: 1 }), await startReal(casts[1].office)];
  await everyUnitActs(casts[0], drill, '备份前');
  await everyUnitActs(casts[1], real, '备份前');
  const answered = casts.map(({ journal }) => journal.map(({ entry }) => entry));

  const file = path.join(root, 'backup.tar.gz');
  const [line] = await Promise.all([command('backup', data, file), everyUnitActs(casts[0], drill, '备份时')]);
  expect(line).toMatch(/核对无误/);
  const before = [await historyOf(casts[0].office, drill), await historyOf(casts[1].office, real)];
  program.process.kill('SIGKILL');
  await program.ended;

  const restored = path.join(root, 'restored');
  expect(await command('restore', restored, file)).toMatch(/已恢复.*的备份/);
  const cast = await castAt(await startRealProgram(restored));
  for (const [i, episode] of [drill, real].entries()) {
    const told = await eventually(
      'the record tells it',
      async () => of(await historyOf(cast.office, episode), 'record.restored'),
      (found) => found.length === 2,
      200,
    );
    expect(told.map(({ data: { how } }) => how).sort()).toEqual(['begun-again', 'from-backup']);
    const { lastSeq } = told.find(({ data: { how } }) => how === 'from-backup')!.data;
    const history = await historyOf(cast.office, episode);
    expect(history.slice(0, lastSeq)).toEqual(before[i]!.slice(0, lastSeq));
    for (const entry of answered[i]!) expect(history.slice(0, lastSeq)[entry.seq - 1]).toMatchObject(entry);
  }

  await everyUnitActs(cast, real, '恢复后');
  await everyUnitActs(cast, drill, '恢复后');
  await liftDrill(cast.office, drill);
  await finish(cast.office, drill);
  for (const episode of [drill, real])
    expect(await cast.office.get(`${episode}/history/verification`)).toMatchObject({ valid: true });
});

test('a stopped program is backed up from its folder', async () => {
  const file = path.join(root, 'stopped.tar.gz');
  const folder = path.join(root, 'stopped');
  const program = await installRealProgram(folder);
  programs.push(program);
  expect(await program.ready).toBeDefined();
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(await command('backup', folder, file)).toMatch(/台账 0 条记录/);
});
