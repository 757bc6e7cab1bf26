import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstAccounts } from '../app/demo/program.js';
import { openDatabase } from '../ledger/database.js';
import { withoutTriggers } from '../ledger/testing/empty.js';
import { everyUnitActs, expectSoundRecord, finish, liftDrill, signInAll, startDrill } from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { installRealProgram, type RunningProgram, startRealProgram } from './support/program.js';

let root: string;
let data: string;
let other: string;
/** Path of the drill under way in `data`. */
let episode: string;
const programs: RunningProgram[] = [];

const start = async (folder: string, how = startRealProgram): Promise<RunningProgram> => {
  const program = await how(folder);
  programs.push(program);
  return program;
};

/** Makes an installation, works with it, and ends it. */
const installed = async (folder: string, work: (address: string) => Promise<unknown>): Promise<void> => {
  const program = await start(folder, installRealProgram);
  const ready = await program.ready;
  if (ready === undefined) throw new Error(program.complaints());
  await work(/http:\S+/.exec(ready)?.[0] ?? '');
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
};

const ENGINE = /^temporal\.sqlite/;
const DATABASE = /^database$/;
const move = (from: string, to: string, what: RegExp): void => {
  for (const name of readdirSync(from).filter((one) => what.test(one)))
    renameSync(path.join(from, name), path.join(to, name));
};

/** A copy of the installation with a drill under way, as it is when its engine's file is lost. */
const withoutEngine = (name: string): string => {
  const folder = path.join(root, name);
  cpSync(data, folder, { recursive: true });
  move(folder, mkdtempSync(path.join(root, 'aside-')), ENGINE);
  return folder;
};

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'qingkong-installation-'));
  [data, other] = [path.join(root, 'data'), path.join(root, 'other')];
  await temporalProgram();
  await installed(data, async (address) => {
    const cast = await signInAll(address, await firstAccounts(data));
    episode = await startDrill(cast.office, { timeScale: 1 });
  });
  await installed(other, async (address) => {
    const { office } = await signInAll(address, await firstAccounts(other));
    const drill = await startDrill(office);
    await liftDrill(office, drill);
    await finish(office, drill);
  });
}, FIRST_TIME);
afterAll(async () => {
  for (const program of programs) program.process.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended));
  rmSync(root, { recursive: true, force: true });
});

describe('engine and database that do not belong together stop the start with the way out', () => {
  test.each([
    ['the database is gone', [DATABASE], [], /数据库是新的.*database.*备份/],
    ['the engine is of another installation', [ENGINE], [ENGINE], /两个不同的安装.*备份/],
  ])('%s', async (name, without, instead, line) => {
    const folder = path.join(root, name);
    const aside = mkdtempSync(path.join(root, 'aside-'));
    cpSync(data, folder, { recursive: true });
    for (const what of without) move(folder, aside, what);
    const foreign = path.join(root, `${name}, other`);
    cpSync(other, foreign, { recursive: true });
    for (const what of instead) move(foreign, folder, what);

    const program = await start(folder);
    expect(await program.ended).toBe(1);
    expect(program.complaints().trim().split('\n').at(-1)).toMatch(line);
    const accounts = 'first-accounts.csv';
    expect(readFileSync(path.join(folder, accounts))).toEqual(readFileSync(path.join(data, accounts)));
  });

  test('the engine is gone, and the record of an open episode does not hold', async () => {
    const folder = withoutEngine('engine gone, record broken');
    const database = await openDatabase({ folder: path.join(folder, 'database') });
    await withoutTriggers(database.db, async (trx) => {
      await trx
        .updateTable('entries')
        .set({ hash: 'e'.repeat(64) })
        .where('seq', '=', 2)
        .execute();
    });
    await database.close();

    const program = await start(folder);
    expect(await program.ended).toBe(1);
    expect(program.complaints().trim().split('\n').at(-1)).toMatch(/引擎是新的.*temporal\.sqlite.*未通过校验.*备份/);
  });
});

describe('an engine that is gone is begun anew', () => {
  test('where an episode is open: it goes on from the ledger, as a line tells', async () => {
    const folder = withoutEngine('engine gone');
    const program = await start(folder);
    const address = /http:\S+/.exec((await program.ready) ?? program.complaints())?.[0] ?? '';
    expect(program.complaints()).toMatch(new RegExp(`引擎是新的.*${episode.split('/').at(-1)}.*从台账接着运行`));
    const cast = await signInAll(address, await firstAccounts(data));
    await everyUnitActs(cast, episode, '换了引擎');
    await liftDrill(cast.office, episode);
    await finish(cast.office, episode);
    await expectSoundRecord(cast, episode);
  });

  test('where every episode is closed', async () => {
    move(other, mkdtempSync(path.join(root, 'aside-')), ENGINE);
    const program = await start(other);
    expect(await program.ready).toBeDefined();
    expect(program.complaints()).not.toContain('从台账接着运行');
    program.process.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });
});
