/** The processes of this machine, for tests that kill them. */
import { execFileSync } from 'node:child_process';

/** Ids of the engines whose database is in `folder`, without the shells that watch over them. */
export const enginesIn = (folder: string): number[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^\s*\d+ \S*temporal server start-dev /.test(line) && line.includes(`${folder}/temporal.sqlite`))
    .map((line) => Number.parseInt(line, 10));
