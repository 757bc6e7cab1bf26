import { expect, test } from '@jest/globals';
import { describeInConsole, endSessionBehind, fillSignIn, seriousFindings, withoutStream } from '../support/console.js';
import { startDrill } from '../support/drill.js';

describeInConsole('the desk', (bench) => {
  test('shows the office its episodes, and the board of one, filtered by its address', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/episodes`);
    await page.getByRole('link', { name: /演练〔2015〕/ }).click();
    await page.getByRole('heading', { name: '【演练】演练〔2015〕1号 · 进展总表' }).waitFor();
    expect(await page.title()).toContain('【演练】进展总表');
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('row').count()).toBe(34);
    expect(await seriousFindings(page)).toEqual([]);

    const education = bench.cast.units.find(({ username }) => username === 'education')!;
    await education.command('POST', `${episode}/units/education/acknowledgement`, {});
    await page.locator('tr', { hasText: '区教育局' }).getByText('✓').nth(1).waitFor();

    await page.goto(`${page.url()}?show=unreachable`);
    await page.getByText('没有符合这项筛选的单位。').waitFor();
    expect(await page.locator('.tile[aria-current]').allTextContents()).toEqual(['未送达 0']);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('arrow keys lead from cell to cell, and say each in words', async () => {
    await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/episodes`);
    await page
      .getByRole('link', { name: /演练〔2015〕/ })
      .first()
      .click();
    await page.getByRole('table').waitFor();
    await page.locator('td[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.matrix-words').textContent()).toMatch(/· 确认：/);
  });

  test('a wrong password is told beside the form', async () => {
    const page = await bench.open('/');
    await fillSignIn(page, { ...bench.accountOf('office'), password: 'Wrong-password-1' });
    await page.getByRole('alert').getByText('用户名或密码不正确，请核对后重新输入。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a session that ends asks for signing in at once, and the page is still there', async () => {
    const page = await bench.signInByForm('supervisor');
    await page.getByText('实时', { exact: true }).waitFor();
    expect(await endSessionBehind(page)).toBe(204);
    const dialog = page.getByRole('dialog', { name: '登录已过期，请重新登录' });
    await dialog.waitFor();
    await fillSignIn(page, bench.accountOf('supervisor'));
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/audit');
  });

  test('without a stream the next answer tells that the session has ended, over the page', async () => {
    const page = await bench.signInByForm('supervisor');
    await withoutStream(page);
    await page.reload();
    await page.getByRole('heading', { name: '监督检查' }).waitFor();
    // Each row has read what was late in it: nothing else is on its way that could tell of the end.
    await page.getByRole('link', { name: /^\d+$/ }).nth(1).waitFor();
    expect(await endSessionBehind(page)).toBe(204);
    await page.getByRole('link', { name: '演练〔2015〕1号', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '登录已过期，请重新登录' });
    await dialog.waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await fillSignIn(page, bench.accountOf('supervisor'));
    await page.getByRole('heading', { name: /台账/ }).waitFor();
  });

  test('the administrator sees what is to be set up; an unknown address and a page of others say so', async () => {
    const page = await bench.signInByForm('administrator');
    await page.getByRole('heading', { name: '启用准备' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`${bench.address}/episodes`);
    await page.getByText('无权进行此项操作').waitFor();
    await page.goto(`${bench.address}/nowhere`);
    await page.getByRole('heading', { name: '没有这一页' }).waitFor();
  });
});
