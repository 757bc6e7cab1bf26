// `npm run test:node -- 24 [pattern …]`: the core of the suite on another release of Node.js, which the npm package `node`
// gives. Kept in the cache folder; the build is made anew by it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The pure core, the ledger, the build, the start, a drill through kills, each kind of life, and every stored history. */
const CORE = [
  'plan/rules/',
  'episode/',
  'ledger/',
  'platform/',
  'app/',
  'test/build',
  'test/start',
  'test/restart',
  'test/kinds-of-life',
  'test/replay',
];

const root = path.dirname(import.meta.dirname);
const [release, ...patterns] = process.argv.slice(2);
if (!/^\d+(\.\d+){0,2}$/.test(release ?? '')) {
  process.stderr.write('请写明 Node.js 版本，例如：npm run test:node -- 24\n');
  process.exit(2);
}

/** Runs it in the project, says what it was if it fails, and ends with its exit code. */
const run = (command, args, env = process.env) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (status === 0) return;
  process.stderr.write(`未成：${[command, ...args].join(' ')}${error ? `（${error.message}）` : ''}\n`);
  process.exit(status ?? 1);
};

const cache =
  process.env.QINGKONG_CACHE || path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'qingkong');
const home = path.join(cache, `node-${release}`);
const bin = path.join(home, 'node_modules/node/bin');
const node = path.join(bin, 'node');
if (!existsSync(node)) {
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  run('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', `node@${release}`]);
}

run(node, ['--version']);
// A build has the key of its sources, whichever Node.js made it.
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
// What tests start by the name `node` is this one too.
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
run(node, ['scripts/build.mjs'], env);
run(node, ['scripts/test.mjs', ...(patterns.length > 0 ? patterns : CORE)], env);
