/** The processes of this machine, for tests that kill them. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ids of the engines whose database is in `folder`, without the shell that watches over them. */
export const enginesIn = (folder: string): number[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^\s*\d+ \S*temporal server start-dev /.test(line) && line.includes(`${folder}/temporal.sqlite`))
    .map((line) => Number.parseInt(line, 10));

/** A port that is free now, for a program that has to come back at the same address. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};
