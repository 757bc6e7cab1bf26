// The OpenAPI document against the program as it runs: Schemathesis with every check, as each role. Last line: what
// failed. Schemathesis comes from PyPI into a folder of its own, the first time; `node test/contract/run.mjs [seed
// [role]]`.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const VERSION = '4.32.5';
const HERE = import.meta.dirname;
const CONFIG = path.join(HERE, 'schemathesis.toml');
const ROOT = path.resolve(HERE, '../..');
const [SEED = '20250401', ONLY] = process.argv.slice(2);
const UNIT = 'education';
const ROLES = { office: 'office', unit: UNIT, supervisor: 'supervisor', administrator: 'administrator' };

/** The program `schemathesis`, installed where it is missing. */
function schemathesis() {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const folder = path.join(cache, 'qingkong', `schemathesis-${VERSION}`);
  const program = path.join(folder, 'bin/schemathesis');
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(path.join(folder, 'bin/pip'), ['install', '--quiet', `schemathesis==${VERSION}`], {
      stdio: 'inherit',
    });
  }
  return program;
}

/** `npm start` on an empty data folder; nothing of the machine's own set-up reaches it. */
async function startProgram(folder) {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/build.mjs')], { stdio: 'inherit' });
  const own = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL_|DATABASE_URL|SMTP_URL|S3_)/.test(name));
  const program = spawn(process.execPath, [path.join(ROOT, 'dist/app/main.js')], {
    env: { ...Object.fromEntries(own), QINGKONG_DATA: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: program.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url) return { program, url };
  }
  throw new Error('the program ended before it was ready');
}

async function signIn(url, folder, username) {
  const lines = readFileSync(path.join(folder, 'first-accounts.csv'), 'utf8').split('\n');
  const [, password] = lines.find((line) => line.startsWith(`${username},`)).split(',');
  return (await send(url, undefined, 'POST', '/sessions', { username, password })).token;
}

async function send(url, token, method, at, body) {
  const response = await fetch(`${url}/api/v1${at}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${answer}`);
  return JSON.parse(answer);
}

const BEGINNING = '2015-11-27T14:00:00+08:00';
const notice = (number, changes = {}) => ({
  number,
  issuer: '市生态环境保护委员会办公室',
  issuedAt: BEGINNING,
  ...changes,
});

/** A drill in each phase; its clock runs as ours does. */
async function drills(url, token) {
  const post = (at, body = {}) => send(url, token, 'POST', at, body);
  const start = async (changes) => {
    const body = {
      notice: notice('启动', changes),
      cityLevel: 'orange',
      primaryPollutant: 'PM2.5',
      drill: { timeScale: 1 },
    };
    return (await post('/episodes', body)).episodeId;
  };
  const steps = [
    (id) => post(`/episodes/${id}/lift`, { notice: notice('解除') }),
    (id) => post(`/episodes/${id}/follow-up-report/submission`),
    async (id) => {
      await send(url, token, 'PUT', `/episodes/${id}/review`, { conclusions: '有效', planRevisionNeeded: false });
      await post(`/episodes/${id}/review/publication`);
    },
  ];
  const ids = [await start({ effectiveAt: '2015-11-28T10:00:00+08:00' })];
  for (let after = 0; after <= steps.length; after += 1) {
    const id = await start();
    await post(`/episodes/${id}/suspensions`, { items: ['duty-all-watch'], reason: '节日保障' });
    for (const step of steps.slice(0, after)) await step(id);
    ids.push(id);
  }
  return ids;
}

/** Ids that exist, by the name they have in a path. */
async function knownIds(url, token) {
  const episodeId = await drills(url, token);
  const { tasks } = await send(url, token, 'GET', `/episodes/${episodeId[1]}/units/${UNIT}`);
  return { episodeId, unitId: [UNIT, 'construction'], taskId: tasks.map(({ taskId }) => taskId), suspensionId: ['s1'] };
}

/** One run as one account: whether it found nothing, and what it wrote. */
async function tried(command, url, token, env) {
  // The speed of drawing data says nothing about the contract, and depends on the machine.
  const options = [
    '--suppress-health-check',
    'filter_too_much',
    '--seed',
    SEED,
    '--header',
    `Authorization: Bearer ${token}`,
    '--no-color',
  ];
  const child = spawn(command, ['--config-file', CONFIG, 'run', `${url}/openapi.json`, ...options], {
    cwd: mkdtempSync(path.join(folder, 'run-')),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: HERE, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  const output = await text(child.stdout);
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  return { holds: code === 0, output };
}

const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-contract-'));
const command = schemathesis();
const { program, url } = await startProgram(folder);
const failed = [];
try {
  const env = { QINGKONG_IDS: JSON.stringify(await knownIds(url, await signIn(url, folder, 'office'))) };
  const roles = Object.keys(ROLES).filter((role) => ONLY === undefined || role === ONLY);
  await Promise.all(
    roles.map(async (role) => {
      const { holds, output } = await tried(command, url, await signIn(url, folder, ROLES[role]), env);
      if (!holds) failed.push(role);
      console.log(`as ${role}:\n${output}`);
    }),
  );
} finally {
  program.kill('SIGTERM');
  await once(program, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  failed.length === 0 ? 'the contract holds' : `the contract is broken as ${failed.join(', ')}; seed ${SEED}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
