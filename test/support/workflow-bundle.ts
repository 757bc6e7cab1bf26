/** The workflows as they go into production: built once for each content, for every suite that runs them. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './child.js';

let built: Promise<string> | undefined;

/** Builds `dist/` if the sources have changed, once for each test file, and answers the path of the bundle in it. */
export const workflowBundle = (): Promise<string> => {
  built ??= build();
  return built;
};

const build = async (): Promise<string> => {
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts/build.mjs')], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return path.join(ROOT, 'dist/workflow-bundle.js');
};
