import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInConsole, PHONE, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

const PICTURE = { name: '截图.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };

describeInConsole('what the public is told', (bench) => {
  const sound = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);

  test('the office answers a rumour and notes where that appeared; the publishing unit notes the rest on its phone', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 1 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}${episode}/public-words`);
    await page.getByText('还没有向社会发布的文字和回应').waitFor();
    await sound(page);

    await page.getByRole('button', { name: '回应社会关切、澄清不实信息' }).click();
    const statement = page.getByRole('dialog', { name: /^【演练】回应社会关切/ });
    await statement.getByLabel('澄清不实信息').check();
    await statement.getByLabel('标题').fill('关于“全区停水”的说明');
    await statement.getByLabel('内容').fill('不属实。\n供水正常。');
    await statement.getByLabel('在公开页面上显示（标明【演练】）').check();
    await sound(page);
    await statement.getByRole('button', { name: '发布回应' }).click();
    await page.getByText(/回应社会关切、澄清不实信息：已记入台账第\d+条。/).waitFor();
    await page.getByText('尚未登记发布：水区零距离、视频号').waitFor();

    await page.getByRole('button', { name: /^登记发布：关于/ }).click();
    const note = page.getByRole('dialog', { name: '【演练】登记发布' });
    expect(await note.getByLabel('媒体', { exact: true }).inputValue()).toBe('水区零距离');
    await note.getByLabel(/^发布时间/).fill('2015-11-27T14:00');
    await note.getByLabel('网址').fill('https://media.example/1');
    await note.getByLabel('截图').setInputFiles(PICTURE);
    await note.getByRole('button', { name: /截图\.pdf/ }).waitFor();
    await sound(page);
    await note.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('rowheader', { name: '水区零距离' }).waitFor();
    await page.getByText('尚未登记发布：视频号').waitFor();
    await sound(page);

    const phone = await bench.signInByForm('publicity', PHONE);
    await phone.getByRole('link', { name: '要发布的文字和发布登记' }).click();
    await phone.getByText('尚未登记发布：视频号').waitFor();
    await phone.getByText('全文').click();
    await phone.getByText('供水正常。').waitFor();
    await phone.locator('summary', { hasText: '登记发布' }).click();
    await phone.getByLabel(/^发布时间/).fill('2015-11-27T14:00');
    await sound(phone);
    await phone.getByRole('button', { name: '登记', exact: true }).click();
    await phone.getByText('预案列举的媒体都已发布。').waitFor();
    await sound(phone);
    await page.getByText('预案列举的媒体都已发布。').waitFor();
    await page.getByText(/^区委宣传部，/).waitFor();

    const everybody = await bench.open('/public', { javaScriptEnabled: false });
    await everybody.getByRole('link', { name: '【演练】关于“全区停水”的说明' }).click();
    await everybody.getByText('供水正常。').waitFor();
  });
});
