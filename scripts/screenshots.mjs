// Takes the pictures of docs/pictures: a drill in a telling state on a program of its own, seen by everybody (`npm run screenshots`).
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '..');
const PICTURES = path.join(ROOT, 'docs/pictures');
/** All of them together: they are in every clone. */
const MOST_BYTES = 2_000_000;
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const WALL = { viewport: { width: 1920, height: 1080 } };

/** @param {string} episode the path of the drill */
const pictures = (episode) => [
  { file: 'duty.jpg', who: 'office', at: '/duty', look: DESK },
  { file: 'duty-dark.jpg', who: 'office', at: '/duty?show=late', look: { ...DESK, colorScheme: 'dark' } },
  { file: 'unit-phone.jpg', who: 'street-nanhubeilu', at: '/u', look: PHONE },
  { file: 'tasks-phone.jpg', who: 'education', at: '/u', look: PHONE },
  { file: 'ledger.jpg', who: 'supervisor', at: `/audit${episode}/timeline?actor=all`, look: DESK },
  { file: 'integrity.jpg', who: 'supervisor', at: `/audit${episode}/integrity`, look: DESK },
  { file: 'wall.jpg', who: 'supervisor', at: '/wall', look: WALL },
];

/** A second is twenty minutes: the first day is over after 48 seconds, and its reports are due after 84. */
const TIME_SCALE = 1200;
const FIRST_DAY_OVER = 50_000;
const FIRST_REPORTS_DUE = 45_000;

const folder = await mkdtemp(path.join(tmpdir(), 'qingkong-pictures-'));
const program = spawn(process.execPath, [path.join(ROOT, 'dist/app/main.js')], {
  env: { ...process.env, QINGKONG_DATA: folder, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const address = await addressOf(program);
  const accounts = await accountsIn(folder);
  const episode = await playDrill(address, accounts);
  await takeAll(address, accounts, pictures(episode));
  await sayHowLarge();
} finally {
  program.kill('SIGTERM');
  await new Promise((resolve) => program.once('exit', resolve));
  await rm(folder, { recursive: true, force: true });
}

async function addressOf({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    const found = /http:\/\/[^\s，。]+/.exec(line);
    if (found) return found[0];
  }
  throw new Error('the program did not start');
}

async function accountsIn(data) {
  const [, ...lines] = (await readFile(path.join(data, 'first-accounts.csv'), 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const [username, password, role] = line.split(',');
    return { username, password, role };
  });
}

/** Two thirds of the units confirm, a third acts; the others are late. Answers the path of the drill. */
async function playDrill(address, accounts) {
  const units = accounts.filter(({ role }) => role === 'unit').map(({ username }) => username);
  const ask = asking(address, accounts);
  const { episodeId } = await ask('office', 'POST', '/episodes', {
    notice: { number: '演练〔2026〕1号', issuer: '市生态环境保护委员会办公室', issuedAt: '2026-12-01T08:00:00+08:00' },
    cityLevel: 'orange',
    primaryPollutant: 'PM2.5',
    expectedEndAt: '2026-12-05T20:00:00+08:00',
    drill: { timeScale: TIME_SCALE, policy: { acknowledgementMinutes: 240, implementationReportMinutes: 480 } },
  });
  const episode = `/episodes/${episodeId}`;
  const each = (some, work) => Promise.all(some.map((unit) => work(unit, `${episode}/units/${unit}`)));
  await each(units.slice(0, 24), (unit, own) => ask(unit, 'POST', `${own}/acknowledgement`, {}));
  await each(units.slice(0, 12), (unit, own) =>
    ask(unit, 'POST', `${own}/implementation-reports`, { text: '已按预案落实，现场检查两处，没有发现问题。' }),
  );
  await each(units.slice(0, 12), async (unit, own) => {
    const { tasks } = await ask(unit, 'GET', own);
    await ask(unit, 'POST', `${own}/tasks/${tasks[0].taskId}/completion`, { note: '已办' });
  });
  await pause(FIRST_DAY_OVER);
  await each(units.slice(0, 6), (unit, own) =>
    ask(unit, 'PUT', `${own}/daily-reports/2026-12-01`, { text: '各项措施正常' }),
  );
  await pause(FIRST_REPORTS_DUE);
  return episode;
}

function asking(address, accounts) {
  const tokens = new Map();
  const signIn = async (who) => {
    const { username, password } = accounts.find((account) => account.username === who);
    return (await send('POST', '/sessions', { username, password })).token;
  };
  async function send(method, at, body, token) {
    const response = await fetch(`${address}/api/v1${at}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  return async (who, method, at, body) => {
    if (!tokens.has(who)) tokens.set(who, signIn(who));
    return send(method, at, body, await tokens.get(who));
  };
}

async function takeAll(address, accounts, all) {
  await mkdir(PICTURES, { recursive: true });
  const browser = await launch();
  try {
    for (const { file, who, at, look } of all) {
      const context = await browser.newContext({ ...look, locale: 'zh-CN', timezoneId: 'Asia/Urumqi' });
      const page = await context.newPage();
      await page.goto(address);
      const { username, password } = accounts.find((account) => account.username === who);
      await page.getByLabel('用户名').fill(username);
      await page.getByLabel('密码').fill(password);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.waitForURL(({ pathname }) => pathname !== '/', { waitUntil: 'commit' });
      await page.goto(address + at);
      await page.getByText('正在读取……').first().waitFor({ state: 'detached' });
      await page.waitForLoadState('load');
      await pause(2_000);
      await page.screenshot({ path: path.join(PICTURES, file), type: 'jpeg', quality: 72 });
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

async function launch() {
  for (const executablePath of BROWSERS) {
    if (await stat(executablePath).catch(() => undefined))
      return chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }
  throw new Error(`no browser: none of ${BROWSERS.join(', ')}`);
}

async function sayHowLarge() {
  let sum = 0;
  for (const { file } of pictures('')) {
    const { size } = await stat(path.join(PICTURES, file));
    sum += size;
    console.log(`${file}: ${Math.round(size / 1000)} kB`);
  }
  if (sum > MOST_BYTES) throw new Error(`${sum} bytes: more than ${MOST_BYTES}`);
}
