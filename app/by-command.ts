import { StartError } from '../lib/start-error.js';

/** Runs a command of the operator: its lines, or the one line that says why not. */
export function byCommand(work: (argument: string | undefined, env: NodeJS.ProcessEnv) => Promise<string[]>): void {
  process.umask(0o077);
  work(process.argv[2], process.env)
    .then((lines) => process.stdout.write(`${lines.join('\n')}\n`))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof StartError ? error.message : String((error as Error).stack)}\n`);
      process.exitCode = 1;
    });
}
