// Builds the program into dist/ and the console into dist/web, each keyed by the content of its own sources and swapped in
// whole. What is up to date is left alone: a change of the console does not build the program, nor the reverse.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const ROOMS = [
  'lib',
  'plan',
  'episode',
  'district',
  'documents',
  'workflows',
  'activities',
  'worker',
  'api',
  'ledger',
  'platform',
  'app',
];
/** Data that code reads from its own folder. Editions are not copied: they are read from plan/editions. */
const isData = (file) => (file.startsWith('app/') && file.endsWith('.yaml')) || /\.(mjs|xsd)$/.test(file);
const isCode = (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('/testing/');

const SWC = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' }, transform: { verbatimModuleSyntax: true } },
  module: { type: 'es6' },
};

/** All files of `folder` below `root`, as paths from the root. */
const filesIn = async (root, folder) =>
  existsSync(path.join(root, folder))
    ? (await readdir(path.join(root, folder), { recursive: true })).map((file) => path.posix.join(folder, file))
    : [];

/** The files of the rooms that belong to the program, in a fixed order. */
const sourcesOf = async (root) =>
  (await Promise.all(ROOMS.map((room) => filesIn(root, room))))
    .flat()
    .filter((file) => isCode(file) || isData(file))
    .sort();

/** Types are for checks alone: what is generated of them decides nothing. */
const consoleSourcesOf = async (root) =>
  (await filesIn(root, 'web')).filter((file) => path.extname(file) !== '' && !file.endsWith('.d.ts')).sort();

/** SHA-256 over names and contents. */
const keyOver = async (root, files) => {
  const hash = createHash('sha256');
  for (const file of files.filter((name) => existsSync(path.join(root, name)))) {
    const content = await readFile(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

const keyOf = (folder) => readFile(path.join(folder, 'build-key'), 'utf8').catch(() => undefined);

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
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(out, 'workflows/index.js'),
    preloadModules: [path.join(out, 'workflows/preloaded.js')],
    logger,
  });
  await writeFile(path.join(out, 'workflow-bundle.js'), code);
};

const COMPRESSED = /\.(js|css|svg)$/;

/** Beside each file what the server sends of it. Brotli 9 takes a fifth of the time of 11, and is 8 % larger. */
const compress = async (folder) => {
  const level = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const files = (await readdir(folder, { recursive: true })).filter((file) => COMPRESSED.test(file));
  for (const file of files.map((name) => path.join(folder, name))) {
    const content = await readFile(file);
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, level));
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
};

/** Puts `fresh` in the place of `target`. If two builds of the same content run at once, either result is good. */
const swapIn = async (fresh, target, old, key) => {
  for (let tries = 1; ; tries += 1) {
    await rename(target, old).catch(() => undefined);
    try {
      await rename(fresh, target);
      break;
    } catch (error) {
      if ((await keyOf(target)) === key) break;
      // Another build puts a product in its place, or dist/ itself, just now.
      if (tries === 50) throw error;
      await pause(20);
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  }
};

/** Makes a product into `target` unless what is there has its key. Answers whether there was anything to do. */
const buildInto = async (root, name, key, make) => {
  const target = path.join(root, name);
  if ((await keyOf(target)) === key) return false;
  // Inside the project, so that bare imports resolve while the bundle is made; outside dist/, which another build may swap.
  const beside = path.join(root, `dist.${path.basename(name)}`);
  const fresh = `${beside}.new-${process.pid}`;
  try {
    await make(fresh);
    await writeFile(path.join(fresh, 'build-key'), key);
    await swapIn(fresh, target, `${beside}.old-${process.pid}`, key);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
};

/** Half of one, because it is just being swapped, is none: it is built again. */
const takeOverConsole = async (root, fresh) => {
  const [from, to] = [path.join(root, 'dist/web'), path.join(fresh, 'web')];
  if (!existsSync(from)) return;
  await cp(from, to, { recursive: true }).catch(() => rm(to, { recursive: true, force: true }));
};

/** Builds the program of `root` into `root/dist`. A console that is there stays, and is judged by its own key. */
const buildProgram = async (root) => {
  const tools = ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
  const key = await keyOver(root, [...(await sourcesOf(root)), ...tools]);
  return buildInto(root, 'dist', key, async (fresh) => {
    await transpile(root, fresh);
    await bundle(fresh);
    await takeOverConsole(root, fresh);
  });
};

const NO_VITE = '没有安装构建控制台所需的开发依赖（npm ci --omit=dev），控制台页面暂不可用，接口照常运行。\n';

/** Builds the console of `root` into `root/dist/web`. Without vite it is left out, which is told in a line. */
const buildConsole = async (root) => {
  const sources = await consoleSourcesOf(root);
  if (sources.length === 0) return false;
  const key = await keyOver(root, [...sources, 'package-lock.json', 'scripts/build.mjs']);
  if ((await keyOf(path.join(root, 'dist/web'))) === key) return false;
  const vite = await import('vite').catch(() => undefined);
  if (!vite) {
    process.stderr.write(NO_VITE);
    return false;
  }
  return buildInto(root, 'dist/web', key, async (fresh) => {
    const configFile = path.join(root, 'web/vite.config.mjs');
    // Whatever is set outside: with another value, as in tests, pages would ask for parts that only development has.
    process.env.NODE_ENV = 'production';
    for (const mode of ['desk', 'phone'])
      await vite.build({ configFile, mode, logLevel: 'warn', build: { outDir: fresh } });
    await compress(fresh);
  });
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = path.dirname(import.meta.dirname);
  if (await buildProgram(root)) process.stderr.write('构建完成。\n');
  if (await buildConsole(root)) process.stderr.write('控制台构建完成。\n');
}
