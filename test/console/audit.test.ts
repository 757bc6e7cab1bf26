/** Those who inspect, and those who look up at the wall: they read everything and change nothing. */
import { expect, test } from '@jest/globals';
import { describeInConsole, seriousFindings } from '../support/console.js';
import { startDrill, startReal } from '../support/drill.js';

const LONG = 120_000;

describeInConsole('the pages of a supervisor', (bench) => {
  test('a wall without an episode says so, with when that was last checked', async () => {
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/wall`);
    await page.getByRole('heading', { name: '目前没有生效的重污染天气预警' }).waitFor();
    await page.getByText(/^最近一次核对 \d\d:\d\d:\d\d$/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('lead from what was late to one entry in its chain, and to a ledger that proves itself', async () => {
    const { office, units } = bench.cast;
    const episode = await startDrill(office);
    const education = units.find(({ username }) => username === 'education')!;
    await education.command('POST', `${episode}/units/education/acknowledgement`);
    const page = await bench.signInByForm('supervisor');
    await page.getByRole('heading', { name: '监督检查' }).waitFor();
    const row = page.getByRole('row', { name: /演练〔2015〕1号/ });
    await row
      .getByRole('link', { name: /^[1-9]\d*$/ })
      .first()
      .waitFor({ timeout: LONG });
    expect(await seriousFindings(page)).toEqual([]);

    await row.getByRole('link', { name: '演练〔2015〕1号', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '【演练】演练〔2015〕1号 · 台账' }).waitFor();
    await page
      .getByText(/（实际(\d+年)?\d+月\d+日 \d\d:\d\d）/)
      .first()
      .waitFor();
    expect(await page.getByText('没有在时限内确认收到').count()).toBe(0);
    await page.getByLabel('由谁').selectOption('all');
    await page.waitForURL(/actor=all/);
    await page.getByLabel('种类').selectOption('acknowledgement.missed');
    await page.getByText('没有在时限内确认收到').first().waitFor();
    await page.getByLabel('种类').selectOption('');
    await page.getByLabel('由谁').selectOption('unit');
    await page.waitForURL(/actor=unit/);
    await page.getByLabel('从').fill('2015-11-27T13:00');
    await page.getByLabel('到').fill('2030-11-27T13:00');
    await page.getByLabel('条款').fill('4.2');
    await page.getByRole('button', { name: '查找' }).click();
    await page.waitForURL(/clause=/);
    await page.reload();
    expect(await page.getByLabel('从').inputValue()).toBe('2015-11-27T13:00');
    await page.getByLabel('条款').fill('');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByText(/确认收到演练〔2015〕1号/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page
      .getByRole('link', { name: /^台账第\d+条$/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /台账第\d+条/ }).waitFor();
    for (const verdict of ['内容与所存的散列值相符', '与前一条衔接', '后一条与它衔接'])
      await page.getByText(verdict).first().waitFor();
    expect(await page.locator('pre.code').last().textContent()).toContain('"kind":"unit.acknowledged"');
    expect(await seriousFindings(page)).toEqual([]);
    const before = page.url();
    await page.getByRole('link', { name: '‹ 前一条' }).click();
    await page.waitForURL((url) => url.href !== before);

    await page.getByRole('link', { name: '完整性' }).click();
    await page.getByText(/^完整：[\d,]+条，链头[0-9a-f]{12}…，读取模型与台账一致，最近一次核对/).waitFor();
    expect(await page.getByText('✓ 相符').count()).toBe(3);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载台账原文，离线核验' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.jsonl$/);
    expect(await seriousFindings(page)).toEqual([]);
    const exports = await page.context().newPage();
    await exports.goto(`${bench.address}/exports`);
    await exports.getByRole('row', { name: /监督问责.*台账-.*\.jsonl/ }).waitFor();
    await exports.getByLabel('角色').selectOption('办公室');
    await exports.waitForURL(/role=office/);
    await exports.getByText('没有符合条件的导出。').waitFor();
    await exports.reload();
    await exports.getByText('没有符合条件的导出。').waitFor();
    await exports.getByLabel('角色').selectOption('全部角色');
    await exports.getByLabel('过程').selectOption({ label: '【演练】演练〔2015〕1号（2015年11月27日启动）' });
    await exports.waitForURL((url) => url.searchParams.get('episode') === episode.split('/').at(-1));
    await exports.getByRole('row', { name: /台账-.*\.jsonl/ }).waitFor();
    expect(await seriousFindings(exports)).toEqual([]);
    // Another episode, further down than the list: nothing of it was taken out, and its choice can be taken back.
    await exports.goto(`${bench.address}/exports?episode=unknown`);
    await exports.getByText('没有符合条件的导出。').waitFor();
    expect(await exports.getByLabel('过程').inputValue()).toBe('unknown');
    await exports.getByLabel('过程').selectOption('全部过程');
    await exports.getByRole('row', { name: /台账-.*\.jsonl/ }).waitFor();
    await exports.close();
    await page.getByRole('link', { name: '文件', exact: true }).click();
    await page.getByRole('rowheader', { name: '台账', exact: true }).waitFor();
    expect(await page.getByText('电话名单').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole('link', { name: '逾期' }).click();
    await page
      .getByText(/确认收到：应于.*（预案§3\.1\.3）/)
      .first()
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '区卫生健康委员会' }).click();
    await page.getByRole('heading', { name: '区卫生健康委员会 · 历次过程' }).waitFor();
    await page
      .getByText(/未办\d/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: '真实' }).click();
    await page.waitForURL(/kind=real/);
    await page.getByText('这个单位没有参加过重污染天气过程。').waitFor();
    expect(await page.locator('.tabs a[aria-current]').allTextContents()).toEqual(['真实']);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.getByRole('button').allTextContents()).toEqual(['退出登录']);
  });

  test('set two episodes side by side', async () => {
    await startDrill(bench.cast.office, { timeScale: 1 });
    const page = await bench.signInByForm('supervisor');
    await page.getByRole('link', { name: '演练〔2015〕1号：与另一次对比' }).click();
    await page.getByText('选定两次过程，并列显示。').waitFor();
    await page.getByLabel('过程二').selectOption({ label: '【演练】演练〔2015〕2号（2015年11月27日启动）' });
    await page.getByRole('columnheader', { name: '过程二：【演练】演练〔2015〕2号' }).first().waitFor();
    await page.getByRole('row', { name: /^确认收到 按时1/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '有逾期的单位' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a wall shows a drill striped, then the real episode with what the public should do', async () => {
    const page = await bench.signInByForm('supervisor', { viewport: { width: 1920, height: 1080 } });
    await page.goto(`${bench.address}/wall`);
    await page.getByText('【演练】不是真实预警').waitFor();
    expect(await page.title()).toContain('【演练】大屏');
    expect(await seriousFindings(page)).toEqual([]);
    await startReal(bench.cast.office);
    await page.getByText('【演练】不是真实预警').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: '黄色预警 Ⅲ级应急响应' }).waitFor();
    await page.getByText(/儿童、孕妇、老年人/).waitFor();
    expect(await page.locator('.wall-tiles li').count()).toBe(33);
    expect(await page.locator('button, a').count()).toBe(0);
    // Everything is on one screen.
    expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThanOrEqual(1080);
    expect(await seriousFindings(page)).toEqual([]);

    // Two hundred, with names of several lines: as many as have room, the others in turn.
    await page.route('**/api/v1/episodes/*/board', async (route) => {
      const response = await route.fetch();
      const { units, ...rest } = (await response.json()) as { units: Array<{ unitId: string; name: string }> };
      const many = Array.from({ length: 200 }, (_, n) => {
        const unit = units[n % units.length]!;
        return { ...unit, unitId: `${unit.unitId}-${n}`, name: n % 7 === 0 ? unit.name.repeat(4) : unit.name };
      });
      await route.fulfill({ response, json: { ...rest, units: many } });
    });
    await page.reload();
    const heading = page.getByRole('heading', { name: /^各责任单位（\d+\/\d+）$/ });
    await heading.waitFor();
    expect(await page.getByText(/^\d+\/200$/).count()).toBe(1);
    expect(await page.locator('.wall-tiles li').count()).toBeGreaterThan(5);
    expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThanOrEqual(1080);
    const [first, words] = await Promise.all([page.locator('.wall-tiles').textContent(), heading.textContent()]);
    await page.getByRole('heading', { name: words!, exact: true }).waitFor({ state: 'detached' });
    expect(await page.locator('.wall-tiles').textContent()).not.toBe(first);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('a printed board is marked on paper, with when and by whom', async () => {
    const page = await bench.signInByForm('supervisor');
    await page.getByRole('link', { name: '演练〔2015〕1号', exact: true }).click();
    await page.getByRole('link', { name: '进展总表' }).click();
    await page.getByRole('table').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.getByText(/（北京时间）由监督问责打印$/).waitFor();
    expect(await page.locator('.print-drill').isVisible()).toBe(true);
    expect(await page.getByRole('navigation').count()).toBe(0);
  });
});
