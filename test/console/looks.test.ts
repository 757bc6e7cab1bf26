/** Every page of desk and phone, at several widths, light and dark, with what an office's episodes have in them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { atLength } from '../../lib/testing/at-length.js';
import { eventually } from '../../lib/testing/eventually.js';
import { beijingDate } from '../../plan/rules/calendar.js';
import { type ConsoleBench, describeInConsole, PHONE, seriousFindings } from '../support/console.js';
import { HOUR_A_SECOND, liftDrill, startDrill, startReal } from '../support/drill.js';
import { leaveOut } from '../support/left-out.js';
import { uglyAt } from '../support/looks.js';

const LONG_NAME = '乌鲁木齐市水磨沟区石人子沟街道办事处生态环境保护和建设工程扬尘污染防治联合值班室';
const UNIT = 'street-shirenzigou';
const CLOSED = 'the lifted drill';
const OPEN = 'the drill';
const REAL = 'the real one';

/** Each address of the router, with who opens it, of which episode, and with what. A new page needs a line here. */
const DESK: Record<string, [who: string, episode?: string | undefined, params?: Record<string, string>]> = {
  '/duty': ['office', REAL, { search: `?unit=${UNIT}` }],
  '/start': ['office'],
  '/drills/new': ['office'],
  '/episodes': ['office'],
  '/episodes/$episodeId/board': ['office', OPEN],
  '/episodes/$episodeId/adjust': ['office', REAL],
  '/episodes/$episodeId/lift': ['office', REAL],
  '/episodes/$episodeId/calling-list': ['office', OPEN],
  '/episodes/$episodeId/messages': ['office', OPEN],
  '/episodes/$episodeId/measures': ['office', OPEN],
  '/episodes/$episodeId/notices': ['office', CLOSED],
  '/episodes/$episodeId/problems': ['office', OPEN],
  '/episodes/$episodeId/circulars': ['office', OPEN],
  '/episodes/$episodeId/circulars/$circularId': ['office', OPEN, { circularId: 'c1' }],
  '/episodes/$episodeId/texts': ['office', CLOSED],
  '/episodes/$episodeId/digests': ['office', OPEN],
  '/episodes/$episodeId/digests/$date': ['office', OPEN, { date: '2015-11-27' }],
  '/episodes/$episodeId/accountability': ['office', OPEN],
  '/episodes/$episodeId/follow-up': ['office', CLOSED],
  '/episodes/$episodeId/review': ['office', CLOSED],
  '/episodes/$episodeId/documents': ['office', CLOSED],
  '/episodes/$episodeId/public-words': ['office', REAL],
  '/episodes/$episodeId/units/$unitId': ['office', OPEN, { unitId: UNIT }],
  '/episodes/$episodeId/history': ['office', OPEN],
  '/episodes/$episodeId/history/$seq': ['office', OPEN, { seq: '2' }],
  '/episodes/$episodeId/integrity': ['office', CLOSED],
  '/revisions': ['office'],
  '/roster': ['office', undefined, { search: `?unit=${UNIT}` }],
  '/readiness': ['office'],
  '/first-steps': ['administrator'],
  '/me': ['office'],
  '/one-time-code': ['office'],
  '/plan': ['supervisor', undefined, { search: '?level=yellow&against=red' }],
  '/wall': ['supervisor', REAL],
  '/audit': ['supervisor'],
  '/audit/episodes/$episodeId/board': ['supervisor', CLOSED],
  '/audit/episodes/$episodeId/timeline': ['supervisor', OPEN],
  '/audit/episodes/$episodeId/timeline/$seq': ['supervisor', OPEN, { seq: '3' }],
  '/audit/episodes/$episodeId/integrity': ['supervisor', CLOSED],
  '/audit/episodes/$episodeId/accountability': ['supervisor', OPEN],
  '/audit/units/$unitId': ['supervisor', undefined, { unitId: UNIT }],
  '/audit/compare': ['supervisor', undefined, { search: 'both' }],
  '/exports': ['supervisor'],
  '/admin/accounts': ['administrator'],
  '/admin/accounts/$accountId': ['administrator'],
  '/admin/sign-ins': ['administrator'],
  '/admin/channels': ['administrator'],
  '/admin/tokens': ['administrator'],
  '/admin/contacts': ['administrator', undefined, { search: `?holder=${UNIT}` }],
  '/admin/import': ['administrator'],
  '/admin/policy': ['administrator'],
  '/admin/wording': ['administrator'],
  '/admin/editions': ['administrator'],
};

const PHONE_PAGES = [
  '/u',
  '/u/tasks/:taskId',
  '/u/groups/:group',
  '/u/report/:date',
  '/u/implementation',
  '/u/summary',
  '/u/problems',
  '/u/circulars',
  '/u/circulars/:circularId',
  '/u/publish',
  '/u/record',
  '/u/roster',
  '/u/revisions',
  '/u/outbox',
  '/u/one-time-code',
];

const source = (file: string) => readFileSync(path.join(import.meta.dirname, '../../web', file), 'utf8');
const addressesIn = (files: string[], pattern: RegExp) =>
  files.flatMap((file) => [...source(file).matchAll(pattern)].map(([, address]) => address!)).sort();

test('the pages looked at are all that the routers have', () => {
  const desk = ['desk/routes.tsx', 'desk/set-up-routes.ts', 'desk/audit/audit-routes.ts'];
  expect(Object.keys(DESK).sort()).toEqual(addressesIn(desk, /^ {2}path: '([^']+)'/gm));
  expect([...PHONE_PAGES].sort()).toEqual(addressesIn(['phone.tsx'], /^ {2}\['(\/u[^']*)', \w+\]/gm));
});

/** Episodes by what they are called above. */
async function playEpisodes({ cast: { office, units } }: ConsoleBench): Promise<Record<string, string>> {
  const street = units.find(({ username }) => username === UNIT)!;
  const unitIds = units.map(({ username }) => username);
  const circular = { origin: 'district', title: `${LONG_NAME}落实不到位的通报`, text: '请立即整改。', unitIds };
  const task = { unitIds, text: `加严：${'对辖区内全部土石方作业、建筑拆除逐一检查；'.repeat(8)}` };

  const closed = await startDrill(office);
  await liftDrill(office, closed);
  await office.command('POST', `${closed}/follow-up-report/submission`);
  const open = await startDrill(office, HOUR_A_SECOND);
  const real = await startReal(office);
  for (const episode of [open, real]) {
    await office.command('POST', `${episode}/units`, { name: LONG_NAME, kind: 'street' });
    await office.command('POST', `${episode}/circulars`, circular);
    await office.command('POST', `${episode}/tasks`, task);
    await street.command('POST', `${episode}/units/${UNIT}/acknowledgement`);
  }
  await office.command('POST', `${real}/statements`, { about: 'concern', title: '学校停课吗', text: '不停课。' });
  await eventually(
    'the first day summed up',
    () => office.get<{ items: object[] }>(`${open}/digests`),
    ({ items }) => items.length > 0,
  );
  const problems = [{ what: `${LONG_NAME}门前的工地没有苫盖。`.repeat(4), where: LONG_NAME }];
  await street.command('PUT', `${open}/units/${UNIT}/daily-reports/2015-11-27`, { text: '正常', problems });
  return { [CLOSED]: closed, [OPEN]: open, [REAL]: real };
}

const idOf = (episode: string | undefined) => episode?.split('/').at(-1) ?? '';

/** Has read what it shows. */
async function opened(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('#root').getByText(/\S/).first().waitFor();
  await page.getByText('正在读取……').first().waitFor({ state: 'detached' });
  await page.waitForLoadState();
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
}

/** What is wrong with each page and dialog, by its name. */
class Album {
  readonly wrong: Record<string, unknown[]> = {};
  readonly dialogs = new Set<string>();
  private readonly pressed = new Set<string>();

  constructor(private readonly widths: readonly number[]) {}

  async look(page: Page, name: string): Promise<void> {
    const found = [...(await seriousFindings(page)), ...(await uglyAt(page, this.widths))];
    if (found.length > 0) this.wrong[name] = found;
  }

  /** Every button of the page that is called otherwise than those before; those that open a dialog are looked at with it. */
  async lookAtDialogs(page: Page, name: string, address: string): Promise<void> {
    const buttons = page.locator('main button[type="button"]:visible:enabled');
    for (let n = 0; n < (await buttons.count()); n += 1) {
      const words = (await buttons.nth(n).textContent())?.replaceAll(/\d+/g, '') ?? '';
      if (this.pressed.has(`${name} ${words}`)) continue;
      this.pressed.add(`${name} ${words}`);
      await buttons.nth(n).click();
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      const dialog = page.locator('dialog[open]');
      if ((await dialog.count()) > 0) {
        const title = (await dialog.locator('h2').first().textContent()) ?? '';
        this.dialogs.add(title);
        await this.look(page, `${name} · ${title}`);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
      if (page.url() !== address) await opened(page, address);
    }
  }
}

const suite = (bench: ConsoleBench) => {
  let episodes: Record<string, string>;
  beforeAll(async () => {
    episodes = await playEpisodes(bench);
  });

  test('every page of the desk, and every dialog that a button of it opens', async () => {
    const album = new Album([1366, 820, 683, 390]);
    const pages = new Map<string, Page>();
    for (const who of ['office', 'supervisor', 'administrator']) pages.set(who, await bench.signInByForm(who));
    const account = await bench.cast.office.get<{ accountId: string }>('/accounts/me');
    const both = `?one=${idOf(episodes[OPEN])}&other=${idOf(episodes[CLOSED])}`;
    for (const [address, [who, episode, params = {}]] of Object.entries(DESK)) {
      const ids: Record<string, string> = { ...account, ...params, episodeId: idOf(episode && episodes[episode]) };
      const { search = '' } = params;
      const at =
        bench.address + address.replaceAll(/\$(\w+)/g, (_, name: string) => ids[name]!) + search.replace('both', both);
      const page = pages.get(who)!;
      await opened(page, at);
      await album.look(page, address);
      await album.lookAtDialogs(page, address, at);
    }
    expect(album.wrong).toEqual({});
    expect(album.dialogs.size).toBeGreaterThan(20);
  });

  test('every page of the phone', async () => {
    const album = new Album([390, 195]);
    const page = await bench.signInByForm(UNIT, PHONE);
    const unit = bench.cast.units.find(({ username }) => username === UNIT)!;
    const own = `${episodes[REAL]}/units/${UNIT}`;
    const { tasks } = await unit.get<{ tasks: Array<{ taskId: string; group: string }> }>(own);
    const ids: Record<string, string> = {
      ...{ taskId: tasks[0]!.taskId, group: encodeURIComponent(tasks[0]!.group) },
      ...{ circularId: 'c1', date: beijingDate(Date.now()) },
    };
    for (const address of PHONE_PAGES) {
      await opened(page, bench.address + address.replaceAll(/:(\w+)/g, (_, name: string) => ids[name]!));
      await album.look(page, address);
    }
    expect(album.wrong).toEqual({});
  });
};

const NAME = 'every page';
if (atLength(true, false)) describeInConsole(NAME, suite);
else leaveOut(NAME, 'QINGKONG_TESTS=long runs it', () => suite({} as ConsoleBench));
