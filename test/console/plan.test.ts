import { expect, test } from '@jest/globals';
import { describeInConsole, seriousFindings } from '../support/console.js';

describeInConsole('the plan', (bench) => {
  test('is read by clause, by level and unit, and by two levels side by side', async () => {
    const page = await bench.signInByForm('supervisor');
    await page.getByRole('link', { name: '预案', exact: true }).click();
    await page.getByText('120项任务').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel('级别', { exact: true }).selectOption('橙色');
    await page.getByLabel('责任单位', { exact: true }).selectOption('区教育局');
    await page.waitForURL(/level=orange.*unit=education/);
    await page
      .getByRole('cell', { name: /停止户外课程/ })
      .first()
      .waitFor();
    const tasks = await page.getByText(/^\d+项任务$/).textContent();
    expect(Number(tasks?.replace('项任务', ''))).toBeLessThan(20);
    await page.getByLabel('对照级别').selectOption('黄色');
    await page.getByRole('heading', { name: '黄色与橙色对照' }).waitFor();
    expect(await page.getByText('加严', { exact: true }).count()).toBeGreaterThan(0);
    expect(await seriousFindings(page)).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: '黄色与橙色对照' }).waitFor();

    await page.goto(`${bench.address}/plan?clause=6.6`);
    await page
      .getByText(/信息联络/)
      .last()
      .waitFor();
    await page.getByText('条款原文').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('its policy and edition are shown beside what was shipped', async () => {
    const page = await bench.signInByForm('administrator');
    await page.getByRole('link', { name: '办公室规定' }).click();
    await page.getByText('与随程序提供的完全相同。').waitFor();
    const row = page.getByRole('row', { name: /^确认时限/ });
    expect(await row.textContent()).toContain('红色 15分钟');
    expect(await page.getByRole('row', { name: /^提醒和催办：确认通知/ }).textContent()).toContain('到期时告知办公室');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '只看改过的' }).click();
    await page.getByText('没有改过的规定。').waitFor();
    expect(await page.locator('.tile[aria-current]').allTextContents()).toEqual(['只看改过的']);
    await page.getByRole('link', { name: '预案版本' }).click();
    await page.getByText('水政办〔2025〕5号').waitFor();
    await page.getByText('责任单位33个').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('messages are worded: other words are tried out, and a placeholder that does not exist is named', async () => {
    const page = await bench.signInByForm('administrator');
    await page.getByRole('link', { name: '消息文字' }).click();
    const short = page.getByLabel('短文字（短信、群消息）');
    await short.fill('请到{{nowhere}}集合');
    await page.getByRole('button', { name: '试排' }).click();
    await page.locator('.wrong', { hasText: 'nowhere' }).waitFor();
    await short.fill('请立即到岗');
    await page.getByRole('button', { name: '试排' }).click();
    await page.locator('p.prose', { hasText: '请立即到岗' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.reload();
    expect(await short.inputValue()).toBe('请立即到岗');
    await page.getByRole('button', { name: '恢复现行文字' }).click();
    expect(await short.inputValue()).not.toBe('请立即到岗');
  });
});
