/**
 * Gets a `temporal` program (docs/decisions/0014-temporal-server.md). Each way says what it does and why the next one
 * is tried.
 */
import { closeSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../../lib/make-folder.js';
import { StartError } from '../../lib/start-error.js';
import { lockWithin } from '../flock.js';
import { runProgram } from '../run-program.js';

/**
 * The newest version that `go install` can build: later ones replace modules in their go.mod. Server 1.29.1, with its
 * UI.
 */
const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

const CHECK_WITHIN = 15_000;
const DOWNLOAD_WITHIN = 3 * 60_000;
const BUILD_WITHIN = 30 * 60_000;

export interface Search {
  /** Environment with `PATH` and the Go tool's variables. */
  env: NodeJS.ProcessEnv;
  cacheFolder: string;
  /** Tells the waiting person what is being done. */
  say: (line: string) => void;
}

/** One way to a program. Answers its path, or throws with the reason. */
export interface Way {
  doing: string;
  find: (search: Search) => Promise<string>;
}

const cachedProgram = (cacheFolder: string): string => path.join(cacheFolder, 'bin', 'temporal');

const checked = async (program: string, env: NodeJS.ProcessEnv): Promise<string> => {
  const version = await runProgram(program, ['--version'], { env, within: CHECK_WITHIN });
  if (!version.startsWith('temporal version')) throw new Error('这个程序不是 Temporal 命令行程序');
  return program;
};

const onPath: Way = {
  doing: '在 PATH 中寻找 temporal 程序',
  find: ({ env }) => checked('temporal', env),
};

const cached: Way = {
  doing: '使用缓存中的 temporal 程序',
  find: ({ env, cacheFolder }) => checked(cachedProgram(cacheFolder), env),
};

/** Moves the one program in `folder` into the cache. Other processes see a whole file or none. */
const keep = async (folder: string, { env, cacheFolder }: Search): Promise<string> => {
  const name = (await readdir(folder)).find((file) => file.startsWith('temporal'));
  if (name === undefined) throw new Error('没有得到程序文件');
  const place = cachedProgram(cacheFolder);
  await mkdir(path.dirname(place), { recursive: true });
  await rename(path.join(folder, name), place);
  return checked(place, env);
};

/** Runs `get` with an empty folder inside the cache, and removes the folder afterwards. */
const inFreshFolder = async (search: Search, get: (folder: string) => Promise<void>): Promise<string> => {
  const folder = await mkdtemp(path.join(search.cacheFolder, 'getting-'));
  try {
    await get(folder);
    return await keep(folder, search);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The SDK downloads only as part of starting a server, so a server is started once and ended. */
const startAndEnd = async (downloadDir: string): Promise<void> => {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const starting = TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir } },
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('下载超时')), DOWNLOAD_WITHIN);
  });
  const ended = starting.then((environment) => environment.teardown());
  ended.catch(() => undefined);
  await Promise.race([ended, tooLong]).finally(() => clearTimeout(timer));
};

const downloaded: Way = {
  doing: '由 Temporal SDK 下载服务器程序',
  find: (search) => inFreshFolder(search, startAndEnd),
};

/** Builds programs from the Go module proxy into `folder`. */
export const goInstall = (folder: string, packages: readonly string[], { env, say }: Omit<Search, 'cacheFolder'>) =>
  runProgram('go', ['install', '-trimpath', '-ldflags=-s -w', ...packages], {
    env: { ...env, GOBIN: folder, CGO_ENABLED: '0' },
    within: BUILD_WITHIN,
    progress: (seconds) => say(`仍在构建，已 ${seconds} 秒`),
  });

const built: Way = {
  doing: '用 Go 构建服务器程序（只需一次，通常三至五分钟）',
  find: (search) =>
    inFreshFolder(search, async (folder) => {
      await goInstall(folder, [GO_PACKAGE], search);
    }),
};

export const WAYS: readonly Way[] = [onPath, cached, downloaded, built];

const CACHE_LOCK_WITHIN = BUILD_WITHIN + DOWNLOAD_WITHIN;

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? '没有这个程序' : message;
};

/** Processes that look for a program at the same time take turns. Answers the descriptor to close. */
export const lockCache = async (folder: string): Promise<number | undefined> => {
  try {
    makeFolder(folder);
    return await lockWithin(path.join(folder, 'lock'), CACHE_LOCK_WITHIN);
  } catch (error) {
    throw new StartError(
      `缓存目录 ${folder} 不能使用：${String(error)}。请检查权限，或用 QINGKONG_CACHE 另行指定一个目录。`,
    );
  }
};

/**
 * Answers the path of a `temporal` program that runs here, trying `ways` in order. Processes that look at the same time
 * take turns, so that a download or build happens once. Throws `StartError` with every reason when none is left.
 */
export const findTemporal = async (search: Search, ways: readonly Way[] = WAYS): Promise<string> => {
  const lock = await lockCache(search.cacheFolder);
  const reasons: string[] = [];
  try {
    for (const way of ways) {
      try {
        search.say(`Temporal 服务器：${way.doing}`);
        return await way.find(search);
      } catch (error) {
        reasons.push(`${way.doing}：${reasonOf(error)}`);
        search.say(`未成（${reasonOf(error)}），继续`);
      }
    }
  } finally {
    if (lock !== undefined) closeSync(lock);
  }
  throw new StartError(
    `没有可用的 Temporal 服务器。请安装 temporal 命令行程序（https://docs.temporal.io/cli）或设置 TEMPORAL_ADDRESS 后重新启动。已试：${reasons.join('；')}。`,
  );
};
