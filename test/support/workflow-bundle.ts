/** The workflows as they go into production: built once for each content, for every suite that runs them. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './child.js';

/** Builds `dist/` if the sources have changed, and answers the path of the bundle in it. */
export const workflowBundle = async (): Promise<string> => {
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts/build.mjs')], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return path.join(ROOT, 'dist/workflow-bundle.js');
};
