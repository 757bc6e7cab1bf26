import { expect, test } from '@jest/globals';
import { describeInConsole, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

describeInConsole('the duty desk', (bench) => {
  test('shows what is under way, opens a unit beside the table, and keeps that in its address', async () => {
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/duty`);
    await page.getByText('现在没有进行中的重污染天气过程。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    await page.reload();
    await page.getByRole('heading', { name: '【演练】演练〔2015〕1号' }).waitFor();
    expect(await page.title()).toContain('【演练】值班');
    expect(await page.getByRole('row').count()).toBe(34);

    await page.getByRole('link', { name: '区教育局' }).click();
    const drawer = page.getByRole('complementary', { name: '区教育局' });
    await drawer.getByText('联络员（待填写）').first().waitFor();
    await drawer.getByText(/仍未办的，告知单位值班人员（确认收到）/).waitFor();
    await page.getByText(/确认收到 \d\d:\d\d 还有\d+分钟，33个单位未办/).waitFor();
    expect(page.url()).toContain('unit=education');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('区教育局');
    // The line above the table tells of a cell; a unit has its name in its row.
    expect(await page.locator('.matrix-words').textContent()).toBe('');
    expect(await seriousFindings(page)).toEqual([]);
    await page.reload();
    await drawer.waitFor();

    // The office writes down a call, and confirms for the unit by it.
    await drawer.getByRole('button', { name: '电话已联系（代办）' }).click();
    const dialog = page.getByRole('dialog', { name: '【演练】记录电话：区教育局' });
    await dialog.getByLabel('情况').fill('请拨13900000000');
    await dialog.getByLabel('对方确认收到通知').check();
    await dialog.getByRole('button', { name: '记入台账并代为确认' }).click();
    await dialog.getByText('请不要写电话号码').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByLabel('情况').fill('值班员说已转告分管领导');
    await dialog.getByRole('button', { name: '记入台账并代为确认' }).click();
    await drawer.getByText(/已记入台账，第\d+条。/).waitFor();
    await drawer
      .getByText(/✓ (已办|逾期办理)|迟 逾期办理/)
      .first()
      .waitFor();
    const unit = await bench.cast.office.get<{ confirmation: string }>(`${episode}/units/education`);
    expect(unit.confirmation).toBe('confirmed');

    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('unit=');
  });

  test('keeps the order of the table while the pointer is inside', async () => {
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/duty`);
    const { items } = await bench.cast.office.get<{ items: Array<{ episodeId: string }> }>('/episodes');
    const path = `/episodes/${items[0]!.episodeId}`;
    const heads = () => page.locator('.matrix tbody th').allTextContents();
    // All are late now: who confirms leaves the front.
    await page.locator('.tile.some', { hasText: '超时未确认' }).waitFor({ timeout: 120_000 });
    await page.locator('.matrix tbody th').first().hover();
    // The focus comes and goes: the pointer is still there.
    await page.locator('td[tabindex="0"]').focus();
    await page.getByRole('button', { name: /^提示音/ }).focus();
    const before = await heads();
    const first = bench.cast.units.find(({ username }) => username === 'discipline-inspection')!;
    await first.command('POST', `${path}/units/discipline-inspection/acknowledgement`, {});
    await page.getByText(/有\d+处变化/).waitFor({ timeout: 60_000 });
    expect(await heads()).toEqual(before);
    // The way to the button leads out of the table.
    const reorder = page.getByRole('button', { name: '重排' });
    await reorder.hover();
    expect(await heads()).toEqual(before);
    await reorder.click();
    expect(await heads()).not.toEqual(before);
  });
});
