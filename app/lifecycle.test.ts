import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstLine, runScript, runScriptOn } from '../test/support/child.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-lifecycle-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process whose log is `argv[1]`, and whose start ends with `start`. */
const program = (start: string): string => `
  import { runUntilStopped } from './app/lifecycle.ts';
  import { StartError } from './lib/start-error.ts';
  import { openLog } from './platform/log.ts';
  import { toLogFile } from './platform/log-file.ts';
  runUntilStopped(async (life) => {
    const log = openLog('info', toLogFile(process.argv[1], 184));
    life.logTo(log);
    ${start}
  });
`;

describe('a process that fails', () => {
  const run = async (start: string, logFile: string) => {
    const child = runScriptOn(['ignore', 'ignore', 'pipe'], program(start), logFile);
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    const [code] = await once(child, 'close');
    return { code, complaints, log: readFileSync(logFile, 'utf8') };
  };

  test.each([
    ['at its start', `undefined.missing;`],
    ['later', `setTimeout(() => Promise.reject(new TypeError('missing')).catch(life.fail), 10);`],
    ['that nobody catches', `setTimeout(() => { throw new TypeError('missing'); }, 10);`],
    ['of a promise that nobody catches', `setTimeout(() => Promise.reject(new TypeError('missing')), 10);`],
  ])('%s by an unexpected error ends with 1, the stack on standard error and in the log', async (when, start) => {
    const { code, complaints, log } = await run(start, path.join(folder, `unexpected ${when}`));
    expect(code).toBe(1);
    expect(complaints).toMatch(/TypeError: .*missing.*\n +at /);
    expect(JSON.parse(log)).toMatchObject({
      level: 60,
      err: { type: 'TypeError', stack: expect.stringMatching(/at /) },
    });
  });

  test('by a StartError ends with 1 and that line alone', async () => {
    const { code, complaints, log } = await run(
      `throw new StartError('请改正后重新启动。');`,
      path.join(folder, 'start'),
    );
    expect({ code, complaints }).toEqual({ code: 1, complaints: '请改正后重新启动。\n' });
    expect(JSON.parse(log)).toMatchObject({ msg: '请改正后重新启动。' });
  });
});

test.each([
  ['SIGTERM', ''],
  // By npm a Ctrl-C comes a second time.
  [
    'SIGINT',
    `process.kill(process.pid, 'SIGINT');
     await new Promise((resolve) => process.once('SIGINT', () => setImmediate(resolve)));`,
  ],
] as const)('%s closes its parts, and its last log lines are written before it ends', async (signal, closing) => {
  const logFile = path.join(folder, signal);
  const start = `
    setInterval(() => {}, 1000);
    life.onClose('last', async () => {
      ${closing}
      log.info('last line');
    });
    console.log('ready');
  `;
  const child = runScript(program(start), logFile);
  await firstLine(child);
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(readFileSync(logFile, 'utf8')).toContain('last line');
});

test('a later signal ends it at once, whatever it waits for', async () => {
  const start = `
    setInterval(() => {}, 1000);
    life.onClose('never', () => new Promise(() => {}));
    console.log('ready');
  `;
  const child = runScript(program(start), path.join(folder, 'later'));
  await firstLine(child);
  const ended = once(child, 'exit');
  const asking = setInterval(() => child.kill('SIGINT'), 100);
  const [code] = await ended;
  clearInterval(asking);
  expect(code).toBe(130);
});

test('a full disk behind its log and its output neither ends nor stops a process', async () => {
  const full = openSync('/dev/full', 'w');
  const start = `
    let lines = 0;
    const writing = setInterval(() => {
      log.info('line');
      process.stdout.write('line');
      process.stderr.write('line');
      if (++lines === 100) process.send('goes on');
    }, 1);
    life.onClose('writing', () => clearInterval(writing));
  `;
  const child = runScriptOn(['ignore', full, full, 'ipc'], program(start), '/dev/full');
  expect(await Promise.race([once(child, 'message'), once(child, 'exit')])).toEqual(['goes on', undefined]);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
