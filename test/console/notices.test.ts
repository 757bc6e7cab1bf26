import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInConsole, draftKept, seriousFindings, tabTo } from '../support/console.js';
import { startDrill } from '../support/drill.js';

/** Previews, types the word, and submits. */
async function confirm(page: Page, word: string): Promise<void> {
  await page.getByRole('button', { name: /预览/ }).click();
  await page.getByRole('heading', { name: '提交后会发生什么' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.getByRole('button', { name: '提交' }).isDisabled()).toBe(true);
  await page.getByLabel(`请输入“${word}”以确认`).fill(word);
  await page.getByRole('button', { name: '提交' }).click();
}

describeInConsole('notices at the desk', (bench) => {
  test('a drill is started and adjusted after previews; what is typed survives a reload', async () => {
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/drills/new`);
    await page.getByLabel('文号', { exact: true }).fill('演练〔2026〕7号');
    await page.getByLabel('通知正文').fill('各区人民政府：启动重污染天气黄色预警。');
    await draftKept(page, '黄色预警');
    await page.reload();
    await page.getByText(/已恢复您在 .* 填写/).waitFor();
    expect(await page.getByLabel('文号', { exact: true }).inputValue()).toBe('演练〔2026〕7号');
    await confirm(page, '黄色');
    await page.getByRole('heading', { name: '【演练】演练已开始' }).waitFor();
    await page.getByRole('link', { name: '去值班页' }).click();
    await page.getByRole('heading', { name: '【演练】演练〔2026〕7号' }).waitFor();

    await page.getByRole('link', { name: '调整', exact: true }).click();
    await page.getByLabel('文号', { exact: true }).fill('演练〔2026〕8号');
    await page.getByRole('button', { name: '填现在' }).click();
    await page.getByRole('group', { name: '全市预警级别' }).getByLabel('橙色').check();
    await page.getByRole('button', { name: '预览' }).click();
    await page
      .getByText(/加严 \d+/)
      .first()
      .waitFor();
    await confirm(page, '橙色');
    await page.getByRole('heading', { name: '【演练】已调整' }).waitFor();
  });

  test('a drill is started with the keyboard alone', async () => {
    const page = await bench.signInByForm('office');
    await tabTo(page, page.getByRole('link', { name: '开始演练' }).first());
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('文号', { exact: true }));
    await page.keyboard.type('演练〔2026〕11号');
    await tabTo(page, page.getByRole('button', { name: /预览/ }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('请输入“黄色”以确认'));
    await page.keyboard.type('黄色');
    await tabTo(page, page.getByRole('button', { name: '提交' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '【演练】演练已开始' }).waitFor();
  });

  test('two officers: the form of the second stays, and says what the first has done', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}${episode}/lift`);
    await page.getByLabel('文号', { exact: true }).fill('演练〔2015〕9号');
    await page.getByRole('button', { name: '填现在' }).click();
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByRole('heading', { name: '提交后会发生什么' }).waitFor();

    const { episodeTime } = await bench.cast.office.get<{ episodeTime: string }>(episode);
    const notice = { number: '演练〔2015〕10号', issuer: '市生态环境保护委员会办公室', issuedAt: episodeTime };
    await bench.cast.office.command('POST', `${episode}/lift`, { notice });

    await page.getByLabel('请输入“解除”以确认').fill('解除');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('在您填写期间，情况有了变化。').waitFor();
    await page.getByText(/最近录入的通知是“演练〔2015〕10号”/).waitFor();
    expect(await page.getByLabel('文号', { exact: true }).inputValue()).toBe('演练〔2015〕9号');
    expect(await seriousFindings(page)).toEqual([]);
  });
});
