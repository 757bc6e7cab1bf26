// Builds dist/, keyed by the content of its sources, and swaps it in whole. If it is up to date, nothing is done.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOMS = ['lib', 'plan', 'episode', 'workflows', 'activities', 'worker', 'api', 'ledger', 'platform', 'app'];
/** Other files that decide the result. */
const TOOLS = ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
/** Data that code reads from its own folder. Editions are not copied: they are read from plan/editions. */
const isData = (file) => (file.startsWith('app/') && file.endsWith('.yaml')) || file.endsWith('.mjs');
const isCode = (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('/testing/');

const SWC = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' }, transform: { verbatimModuleSyntax: true } },
  module: { type: 'es6' },
};

/** The files of the rooms that belong to the build, in a fixed order. */
const sourcesOf = async (root) => {
  const listed = await Promise.all(
    ROOMS.filter((room) => existsSync(path.join(root, room))).map(async (room) =>
      (await readdir(path.join(root, room), { recursive: true })).map((file) => path.posix.join(room, file)),
    ),
  );
  return listed
    .flat()
    .filter((file) => isCode(file) || isData(file))
    .sort();
};

/** SHA-256 over names and contents of all files of the build. */
export const buildKey = async (root) => {
  const files = [...(await sourcesOf(root)), ...TOOLS.filter((file) => existsSync(path.join(root, file)))];
  const contents = await Promise.all(files.map((file) => readFile(path.join(root, file))));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries())
    hash.update(`${file}\0${contents[index].length}\0`).update(contents[index]);
  return hash.digest('hex');
};

const keyOf = (dist) => readFile(path.join(dist, 'build-key'), 'utf8').catch(() => undefined);

const transpile = async (root, out) => {
  const { transformFile } = await import('@swc/core');
  for (const file of await sourcesOf(root)) {
    const target = path.join(out, file.replace(/\.ts$/, '.js'));
    await mkdir(path.dirname(target), { recursive: true });
    if (isData(file)) await cp(path.join(root, file), target);
    else await writeFile(target, (await transformFile(path.join(root, file), SWC)).code);
  }
};

const bundle = async (out) => {
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const silent = () => undefined;
  const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: console.warn, error: console.error };
  const { code } = await bundleWorkflowCode({ workflowsPath: path.join(out, 'workflows/index.js'), logger });
  await writeFile(path.join(out, 'workflow-bundle.js'), code);
};

/** Puts `fresh` in the place of `dist`. If two builds of the same content run at once, either result is good. */
const swapIn = async (fresh, dist, key) => {
  const old = `${dist}.old-${process.pid}`;
  await rename(dist, old).catch(() => undefined);
  try {
    await rename(fresh, dist);
  } catch (error) {
    if ((await keyOf(dist)) !== key) throw error;
  }
  await rm(old, { recursive: true, force: true });
};

/** Builds the sources of `root` into `root/dist`. Answers whether there was anything to do. */
export const build = async (root) => {
  const dist = path.join(root, 'dist');
  const key = await buildKey(root);
  if ((await keyOf(dist)) === key) return false;
  // Inside the project, so that bare imports resolve while the bundle is made.
  const fresh = `${dist}.new-${process.pid}`;
  try {
    await transpile(root, fresh);
    await bundle(fresh);
    await writeFile(path.join(fresh, 'build-key'), key);
    await swapIn(fresh, dist, key);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = path.dirname(import.meta.dirname);
  if (await build(root)) process.stderr.write('构建完成。\n');
}
