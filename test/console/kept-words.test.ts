/** What is typed into a dialog outlives the page: a reload gives it back, and what was sent is gone. */
import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInConsole, draftKept, PHONE, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

const FOUND = /已恢复您在.*填写、尚未提交的内容/;

interface Kept {
  at: string;
  /** Opens it anew. */
  button: string | RegExp;
  dialog: string | RegExp;
  field: string;
  words: string;
  /** Whatever else has to be filled in, kept too. */
  fill?: (dialog: Locator) => Promise<unknown>;
  send: string | RegExp;
}

describeInConsole('words of a dialog', (bench) => {
  const open = (page: Page, { button }: Kept) => page.getByRole('button', { name: button }).first().click();

  async function outlivesReload(page: Page, kept: Kept) {
    await page.goto(`${bench.address}${kept.at}`);
    const dialog = page.getByRole('dialog', { name: kept.dialog });
    const field = dialog.getByLabel(kept.field, { exact: true });
    await open(page, kept);
    await kept.fill?.(dialog);
    await field.fill(kept.words);
    await draftKept(page, kept.words);
    await page.reload();
    await open(page, kept);
    await dialog.getByText(FOUND).waitFor();
    expect(await field.inputValue()).toBe(kept.words);
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: kept.send }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toContain(kept.words);
  }

  test('of the office outlive a reload, and are forgotten once sent', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    const unit = `${episode}/units/education`;
    const drawer = '/duty?unit=education';
    await outlivesReload(page, {
      at: unit,
      button: '代为确认收到',
      dialog: /代为确认收到/,
      field: '来电人',
      words: '张联络员',
      send: '记入台账',
    });
    await outlivesReload(page, {
      at: unit,
      button: /^代报完成：/,
      dialog: /代报完成/,
      field: '完成情况',
      words: '停课通知已发到各校',
      fill: (dialog) => dialog.getByLabel('来电人').fill('李联络员'),
      send: '记入台账',
    });
    await outlivesReload(page, {
      at: drawer,
      button: '电话已联系（代办）',
      dialog: /记录电话/,
      field: '情况',
      words: '值班室已接到',
      send: /记入台账/,
    });
    await outlivesReload(page, {
      at: drawer,
      button: '催办',
      dialog: /催办/,
      field: '附的话',
      words: '请尽快落实',
      send: '催办',
    });
    await page.goto(`${bench.address}/duty`);
    await outlivesReload(page, {
      at: '/duty',
      button: '写交班记录',
      dialog: '写交班记录',
      field: '现在的情况',
      words: '还有两个单位没有报',
      fill: (dialog) => dialog.getByLabel('交班人').fill('王值班'),
      send: '交班',
    });
    await outlivesReload(page, {
      at: '/duty',
      button: /^接班$/,
      dialog: '接班',
      field: '接班人',
      words: '赵值班',
      send: '接班',
    });
  });

  test('of the administrator too: a new account, a token, a changed account', async () => {
    const page = await bench.signInByForm('administrator');
    await page.goto(`${bench.address}/admin/accounts`);
    await page.getByRole('button', { name: '新增账号' }).click();
    await page.getByLabel('用户名', { exact: true }).fill('duty-two');
    await draftKept(page, 'duty-two');
    await page.reload();
    await page.getByRole('button', { name: '新增账号' }).click();
    await page.getByText(FOUND).waitFor();
    expect(await page.getByLabel('用户名', { exact: true }).inputValue()).toBe('duty-two');
    await page.keyboard.press('Escape');

    await page.goto(`${bench.address}/admin/tokens`);
    await page.getByRole('button', { name: '新增令牌' }).click();
    await page.getByLabel('程序名称').fill('市平台对接');
    await draftKept(page, '市平台对接');
    await page.reload();
    await page.getByRole('button', { name: '新增令牌' }).click();
    await page.getByText(FOUND).waitFor();
    expect(await page.getByLabel('程序名称').inputValue()).toBe('市平台对接');
    await page.keyboard.press('Escape');

    await page.goto(`${bench.address}/admin/accounts`);
    await page.getByRole('link', { name: 'education', exact: true }).click();
    await page.getByLabel('姓名或单位').fill('区教育局值班室');
    await draftKept(page, '区教育局值班室');
    await page.reload();
    await page.getByText(FOUND).waitFor();
    expect(await page.getByLabel('姓名或单位').inputValue()).toBe('区教育局值班室');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存').waitFor();
    expect(await page.getByText(FOUND).count()).toBe(0);
    expect(await page.getByLabel('姓名或单位').inputValue()).toBe('区教育局值班室');
  });

  test('of a unit on its telephone: a substitution', async () => {
    const page = await bench.signInByForm('education', PHONE);
    await page.goto(`${bench.address}/u/roster`);
    await page.getByLabel('原因（可不填）').fill('到外地开会');
    await page.getByText('已保存于').waitFor();
    await page.reload();
    await page.getByText('已保存于').waitFor();
    expect(await page.getByLabel('原因（可不填）').inputValue()).toBe('到外地开会');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel('替班的人').selectOption({ index: 1 });
    await page.getByRole('button', { name: '登记替班' }).click();
    await page.getByText('已登记替班。').waitFor();
    expect(await page.getByLabel('原因（可不填）').inputValue()).toBe('');
  });
});
