/** Which browser this machine has. */
import { execFileSync } from 'node:child_process';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

const isHere = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** The program of a browser; `undefined` where there is none. */
export const browserProgram = (): string | undefined => PROGRAMS.find(isHere);

/** Its path, as playwright wants it. */
export const browserPath = (): string | undefined => {
  const program = browserProgram();
  return program && execFileSync('which', [program], { encoding: 'utf8' }).trim();
};

export const NO_BROWSER = `none of ${PROGRAMS.join(', ')}`;
