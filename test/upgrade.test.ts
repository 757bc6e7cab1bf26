/**
 * A data folder with a running drill, written by an earlier build and opened by this one: people stay signed in, the drill
 * goes on in the engine, and every answer of before holds (docs/operations.md, "Upgrades").
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstAccounts } from '../app/demo/program.js';
import { of } from '../episode/testing/entries-of.js';
import { freePort } from '../lib/free-port.js';
import { ROOT } from './support/child.js';
import {
  everyUnitActs,
  everyUnitSumsUp,
  expectSameAnswersAgain,
  expectSoundRecord,
  finish,
  liftDrill,
  signInAll,
  startDrill,
} from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { leaveOut } from './support/left-out.js';
import { type RunningProgram, startBuiltProgram, startRealProgram } from './support/program.js';

const NAME = 'a data folder of an earlier build';

const run = async (command: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)(command, args, { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' } })).stdout.trim();

/** Older data is not promised to be read: until the first release tables and histories were changed in place. */
const WRITTEN_ANEW = ['ledger/migrations', 'test/histories'];

/** The newest release; before there is one, the oldest build whose data this one must read. */
const earlierCommit = async (): Promise<string> => {
  const [release] = (await run('git', 'tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname')).split(
    '\n',
  );
  return release || run('git', 'log', '-1', '--format=%H', '--', ...WRITTEN_ANEW);
};

/** Builds that commit without its console. Answers its folder. */
const buildEarlier = async (root: string): Promise<string> => {
  const folder = path.join(root, 'earlier');
  mkdirSync(folder);
  await run('sh', '-c', 'git archive "$1" | tar -x -C "$2"', 'sh', await earlierCommit(), folder);
  rmSync(path.join(folder, 'web'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  await run(process.execPath, path.join(folder, 'scripts/build.mjs'));
  return folder;
};

const suite = () => {
  let root: string;
  const programs: RunningProgram[] = [];
  beforeAll(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'qingkong-upgrade-'));
    await temporalProgram();
  }, FIRST_TIME);
  afterAll(async () => {
    for (const program of programs) program.process.kill('SIGKILL');
    await Promise.all(programs.map((program) => program.ended));
    rmSync(root, { recursive: true, force: true });
  });

  const ready = async (program: RunningProgram): Promise<RunningProgram> => {
    programs.push(program);
    if ((await program.ready) === undefined) throw new Error(program.complaints());
    return program;
  };

  test('is opened by this one, and its running drill goes on to the end', async () => {
    const data = path.join(root, 'data');
    const port = String(await freePort());
    const earlier = await ready(startBuiltProgram(await buildEarlier(root), data, { PORT: port }));
    const cast = await signInAll(`http://127.0.0.1:${port}`, await firstAccounts(data));
    const drill = await startDrill(cast.office);
    await everyUnitActs(cast, drill, '升级前');
    earlier.process.kill('SIGTERM');
    expect(await earlier.ended).toBe(0);

    await ready(await startRealProgram(data, { PORT: port }));
    await everyUnitActs(cast, drill, '升级后');
    await liftDrill(cast.office, drill);
    await everyUnitSumsUp(cast, drill);
    await finish(cast.office, drill);
    const entries = await expectSoundRecord(cast, drill);
    // The engine's own run went on; it was not begun again from the ledger.
    expect(of(entries, 'record.restored')).toEqual([]);
    await expectSameAnswersAgain(cast.journal);
  });
};

const reason = await earlierCommit().then(
  () => undefined,
  (error: unknown) => error,
);
if (reason === undefined) describe(NAME, suite);
else leaveOut(NAME, reason, suite);
