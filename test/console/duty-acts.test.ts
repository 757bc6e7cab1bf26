import { expect, test } from '@jest/globals';
import { describeInConsole, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

describeInConsole('what the duty desk does', (bench) => {
  test('urges a unit, sends a message again, and hands over', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/duty?unit=education`);
    const drawer = page.getByRole('complementary', { name: '区教育局' });
    await drawer.getByRole('button', { name: '催办' }).click();
    const urge = page.getByRole('dialog', { name: '【演练】催办：区教育局' });
    await urge.getByLabel(/确认收到/).waitFor();
    await urge.getByLabel('附的话').fill('请立即确认。');
    expect(await seriousFindings(page)).toEqual([]);
    await urge.getByRole('button', { name: '催办' }).click();
    await drawer.getByText(/已催办，记入台账第\d+条。/).waitFor();
    await drawer.getByText(/确认收到已催办1次/).waitFor();

    // The same again at once is refused: the dialog stays, and says why.
    await drawer.getByRole('button', { name: '催办' }).click();
    await urge.getByRole('button', { name: '催办' }).click();
    await urge.getByRole('alert').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await urge.waitFor({ state: 'detached' });

    await drawer
      .getByRole('button', { name: /^重发第\d+条的消息/ })
      .last()
      .click();
    const again = page.getByRole('dialog', { name: /^【演练】重发第\d+条的消息/ });
    expect(await seriousFindings(page)).toEqual([]);
    await again.getByRole('button', { name: '重发' }).click();
    await drawer.getByText(/已重发，记入台账第\d+条。/).waitFor();

    await page.goto(`${bench.address}${episode}/messages`);
    await page.getByText('区教育局').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '不必发' }).click();
    await page.waitForURL(/state=withdrawn/);

    await page.goto(`${bench.address}${episode}/history`);
    await page
      .getByText(/催办确认收到|催办.*确认收到/)
      .first()
      .waitFor();
    await page.getByLabel('种类').selectOption('message.resent');
    await page.waitForURL(/kind=message.resent/);
    await page.getByText('重发一条消息').waitFor();
    await page.getByLabel('文字').fill('没有这样的文字');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByText('没有符合条件的记录。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page.goto(`${bench.address}/duty`);
    await page.getByText('最近记录').waitFor();
    await page.getByRole('button', { name: '写交班记录' }).click();
    const write = page.getByRole('dialog', { name: '写交班记录' });
    await write.getByLabel('交班人').fill('王值班');
    await write.getByLabel('现在的情况').fill('黄色预警执行中，已催办一个单位。');
    expect(await seriousFindings(page)).toEqual([]);
    await write.getByRole('button', { name: '交班' }).click();
    await write.waitFor({ state: 'detached' });
    await page.getByText('黄色预警执行中，已催办一个单位。').waitFor();
    await page.getByRole('button', { name: '接班', exact: true }).click();
    const take = page.getByRole('dialog', { name: '接班' });
    await take.getByLabel('接班人').fill('李值班');
    await take.getByRole('button', { name: '接班' }).click();
    await page.getByText(/李值班已于.*接班/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});
