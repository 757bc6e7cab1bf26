import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from './support/child.js';

let root: string;

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const built = (file: string): string => readFileSync(path.join(root, 'dist', file), 'utf8');

/** Runs the build as people do, in the project at `root`; answers the lines it prints. */
const linesOfBuild = async (): Promise<string[]> => {
  const { stderr } = await promisify(execFile)(process.execPath, [path.join(root, 'scripts/build.mjs')], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return stderr.split('\n').filter(Boolean);
};

/** Whether there was anything to do for the program. */
const build = async (): Promise<boolean> => (await linesOfBuild()).includes('构建完成。');

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'qingkong-build-'));
  mkdirSync(path.join(root, 'scripts'));
  cpSync(path.join(ROOT, 'scripts/build.mjs'), path.join(root, 'scripts/build.mjs'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  write('package.json', '{"type": "module"}');
  write('package-lock.json', '{}');
  write('workflows/index.ts', "export async function episode(): Promise<string> {\n  return 'first';\n}\n");
  write('workflows/preloaded.ts', 'export {};\n');
  write('workflows/episode.test.ts', 'throw new Error();');
  write('app/demo/timeline.yaml', 'start: 2015-11-27\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the build', () => {
  test('is made once for each content of sources and lockfile', async () => {
    expect(await build()).toBe(true);
    expect(built('workflows/index.js')).toContain("return 'first'");
    expect(built('workflow-bundle.js')).toContain('episode');
    expect(built('app/demo/timeline.yaml')).toContain('2015-11-27');
    expect(await build()).toBe(false);

    write('workflows/episode.test.ts', 'throw new Error("changed");');
    expect(await build()).toBe(false);

    write('package-lock.json', '{"lockfileVersion": 3}');
    expect(await build()).toBe(true);

    write('workflows/index.ts', "export async function episode(): Promise<string> {\n  return 'second';\n}\n");
    expect(await build()).toBe(true);
    expect(built('workflow-bundle.js')).toContain('second');
    expect(() => built('workflows/episode.test.js')).toThrow('ENOENT');
  });

  test('program and console are built apart, each when its own sources change', async () => {
    cpSync(path.join(ROOT, 'web/vite.config.mjs'), path.join(root, 'web/vite.config.mjs'));
    for (const entry of ['desk', 'phone']) {
      write(`web/${entry}.html`, `<script type="module" src="./${entry}.tsx"></script>`);
      write(`web/${entry}.tsx`, 'document.title = (<b>first</b>).props.children;');
    }
    expect(await linesOfBuild()).toEqual(['构建完成。', '控制台构建完成。']);
    expect(await linesOfBuild()).toEqual([]);

    write('web/desk.tsx', 'document.title = (<b>second</b>).props.children;');
    expect(await linesOfBuild()).toEqual(['控制台构建完成。']);
    const manifest = JSON.parse(built('web/manifest-desk.json')) as Record<string, { file: string }>;
    const script = `web/${manifest['desk.html']!.file}`;
    expect(built(script)).toContain('second');
    // Of React's parts for development nothing, though tests set NODE_ENV.
    expect(built(script)).not.toContain('jsxDEV');
    for (const [suffix, decompress] of [
      ['.br', brotliDecompressSync],
      ['.gz', gunzipSync],
    ] as const)
      expect(decompress(readFileSync(path.join(root, 'dist', script + suffix))).toString()).toBe(built(script));

    write('workflows/index.ts', "export async function episode(): Promise<string> {\n  return 'second';\n}\n");
    expect(await linesOfBuild()).toEqual(['构建完成。']);
    expect(built(script)).toContain('second');
  });

  test('several at once end well', async () => {
    cpSync(path.join(ROOT, 'web/vite.config.mjs'), path.join(root, 'web/vite.config.mjs'));
    for (const entry of ['desk', 'phone']) {
      write(`web/${entry}.html`, `<script type="module" src="./${entry}.ts"></script>`);
      write(`web/${entry}.ts`, "document.title = 'first';");
    }
    await Promise.all([linesOfBuild(), linesOfBuild(), linesOfBuild()]);
    expect(await linesOfBuild()).toEqual([]);
    expect(built('web/desk.html')).toContain('/assets/desk-');
    expect(readdirSync(root).filter((name) => name.startsWith('dist.'))).toEqual([]);
  });

  test('one that fails leaves the last one as it was', async () => {
    await build();
    write('workflows/index.ts', 'export const = ;');
    await expect(build()).rejects.toThrow();
    expect(built('workflows/index.js')).toContain("return 'first'");
  });
});
