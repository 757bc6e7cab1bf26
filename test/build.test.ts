import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from './support/child.js';

let root: string;

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const built = (file: string): string => readFileSync(path.join(root, 'dist', file), 'utf8');

/** Runs the build as people do, in the project at `root`; answers whether there was anything to do. */
const build = async (): Promise<boolean> => {
  const { stderr } = await promisify(execFile)(process.execPath, [path.join(root, 'scripts/build.mjs')], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return stderr.includes('构建完成');
};

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'qingkong-build-'));
  mkdirSync(path.join(root, 'scripts'));
  cpSync(path.join(ROOT, 'scripts/build.mjs'), path.join(root, 'scripts/build.mjs'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  write('package.json', '{"type": "module"}');
  write('package-lock.json', '{}');
  write('workflows/index.ts', "export async function episode(): Promise<string> {\n  return 'first';\n}\n");
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

  test('one that fails leaves the last one as it was', async () => {
    await build();
    write('workflows/index.ts', 'export const = ;');
    await expect(build()).rejects.toThrow();
    expect(built('workflows/index.js')).toContain("return 'first'");
  });
});
