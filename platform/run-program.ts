import { spawn } from 'node:child_process';
import { endOf } from '../lib/graphemes.js';

export interface Run {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Milliseconds after which the program is killed. */
  within: number;
  /** Called every 20 seconds while the program runs, with the seconds so far. */
  progress?: (seconds: number) => void;
}

const PROGRESS_EVERY = 20_000;
const TAIL_CHARACTERS = 2000;

/** Runs a program to its end and answers its standard output. On failure throws with the end of its standard error. */
export const runProgram = (program: string, args: string[], { within, progress, ...options }: Run): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: within });
    const began = Date.now();
    const beat = setInterval(() => progress?.(Math.round((Date.now() - began) / 1000)), PROGRESS_EVERY);
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = endOf(complaint + text, TAIL_CHARACTERS);
    });
    child.on('error', (error) => {
      clearInterval(beat);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearInterval(beat);
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended with ${code ?? signal}: ${lastLine(complaint || output)}`));
    });
  });

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
