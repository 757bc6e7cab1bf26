/** A browser without a window: Debian's Chromium, or another of its kind. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe } from '@jest/globals';
import { browserProgram, NO_BROWSER } from './browser-program.js';
import { leaveOut } from './left-out.js';

export interface Browser {
  /** Writes a page for it; answers its file. */
  page(name: string, html: string): string;
  /** Runs it with these arguments; answers what it prints. */
  run(...args: string[]): Promise<string>;
  /** For what it writes. Removed after the suite. */
  folder: string;
}

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--allow-file-access-from-files'];

/** Describes tests that need a browser. Without one they are left out. */
export function describeInBrowser(name: string, suite: (browser: Browser) => void): void {
  const program = browserProgram();
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-browser-'));
  const browser: Browser = {
    folder,
    page(file, html) {
      const written = path.join(folder, file);
      writeFileSync(written, html);
      return written;
    },
    async run(...args) {
      const profile = `--user-data-dir=${path.join(folder, 'profile')}`;
      const { stdout } = await promisify(execFile)(program!, [...FLAGS, profile, ...args], { maxBuffer: 1e8 });
      return stdout;
    },
  };
  const tests = () => {
    afterAll(() => rmSync(folder, { recursive: true }));
    suite(browser);
  };
  if (program === undefined) leaveOut(name, NO_BROWSER, tests);
  else describe(name, tests);
}
