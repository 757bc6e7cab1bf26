// `npm run faults -- --kills 100 --seed 7`: test/faults.test.ts for as many faults, at the moments of that seed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string' } } });
const { status } = spawnSync(
  process.execPath,
  [
    path.join(import.meta.dirname, 'test.mjs'),
    'test/faults',
    '--maxWorkers=1',
    ...(values.seed ? [`--seed=${values.seed}`] : []),
  ],
  { stdio: 'inherit', env: { ...process.env, QINGKONG_FAULTS: values.kills } },
);
process.exitCode = status ?? 1;
