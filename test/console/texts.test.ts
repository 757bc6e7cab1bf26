import { expect, test } from '@jest/globals';
import { describeInConsole, draftKept, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

describeInConsole('the texts of a warning', (bench) => {
  test('from the duty desk to the issued notice and what the public reads', async () => {
    const { office } = bench.cast;
    const episode = await startDrill(office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/duty?episode=${episode.split('/').at(-1)}`);
    // A drill tells the public nothing unless the office wants it.
    await page.getByRole('link', { name: '通知未印发1份', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '印发发布' }).waitFor();
    const text = page.getByLabel('正文');
    expect(await text.inputValue()).toMatch(/^各责任单位：\n根据.*一、预警情况/s);
    await page.getByText('与系统按记录生成的草稿相同。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await text.fill(`${await text.inputValue()}\n请各单位抓紧落实。`);
    await draftKept(page, '抓紧落实');
    await page.reload();
    expect(await text.inputValue()).toContain('请各单位抓紧落实。');
    await page.locator('ins', { hasText: '请各单位抓紧落实。' }).waitFor();
    await page.getByLabel('发文字号（可以不填）').fill('水环委办〔2015〕3号');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存，尚未印发。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '下载草稿（公文，DOCX）' }).waitFor();

    await page.getByRole('button', { name: '印发', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '【演练】印发：发给责任单位的通知' });
    await dialog.getByText(/公文原件保存，不能撤回/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: '印发', exact: true }).click();
    await page.getByText(/发给责任单位的通知第1版：已记入台账，第\d+条。/).waitFor();
    const original = page.getByRole('link', { name: '下载原件（公文，DOCX）' });
    expect(await original.getAttribute('href')).toMatch(/\/texts\/n1\/units\.docx$/);
    await page.getByText(/^第1版/).click();
    await page.getByText('水环委办〔2015〕3号').waitFor();
    expect(await page.getByRole('button', { name: '印发更正' }).isDisabled()).toBe(true);

    await page.getByRole('link', { name: /启动 · 向公众的公告/ }).click();
    await page.getByRole('heading', { name: '向公众的公告' }).waitFor();
    expect(await text.inputValue()).toMatch(/首要污染物：.*需采取的措施建议：/s);
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const publishing = page.getByRole('dialog', { name: '【演练】发布：向公众的公告' });
    await publishing.getByLabel('显示在公众页面上，标明演练').check();
    expect(await seriousFindings(page)).toEqual([]);
    await publishing.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText(/向公众的公告第1版：已记入台账/).waitFor();
    expect(await page.getByRole('link', { name: '公众页面' }).getAttribute('href')).toMatch(/^\/public\/warnings\//);
    expect(await seriousFindings(page)).toEqual([]);
  }, 120_000);

  test('what a colleague saved meanwhile is not overwritten', async () => {
    const { office } = bench.cast;
    const episode = await startDrill(office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}${episode}/texts?of=n1-public`);
    const text = page.getByLabel('正文');
    await text.fill('先写的');
    await office.command('PUT', `${episode}/texts/n1/public`, { title: '公告', text: '同事写的' });
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(/已被他人修改或印发/).waitFor();
    expect(await text.inputValue()).toBe('先写的');
    await page.getByRole('button', { name: '改用最新的文字' }).click();
    expect(await text.inputValue()).toBe('同事写的');
    expect(await seriousFindings(page)).toEqual([]);
  }, 120_000);
});
