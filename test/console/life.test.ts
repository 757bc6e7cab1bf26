/** The whole life of a drill, by clicking alone: office at the desk, unit on its telephone, supervisor, administrator. */
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInConsole, PHONE } from '../support/console.js';

const UNIT = 'street-shirenzigou';
const NAME = '石人子沟街道办事处';

describeInConsole('a drill', (bench) => {
  /** Fills the notice in, previews it, types the word, and submits. */
  async function enter(desk: Page, number: string, word: string): Promise<void> {
    await desk.getByLabel('文号', { exact: true }).fill(number);
    await desk.getByRole('button', { name: '填现在' }).click();
    await desk.getByRole('button', { name: /预览/ }).click();
    await desk.getByLabel(`请输入“${word}”以确认`).fill(word);
    await desk.getByRole('button', { name: '提交' }).click();
  }

  async function confirms(phone: Page): Promise<void> {
    await phone.goto(`${bench.address}/u`);
    await phone.getByRole('button', { name: '确认收到' }).click();
    await phone.getByText(/^已确认，/).waitFor();
  }

  test('is started, raised, lifted, reported, reviewed and sealed by clicking', async () => {
    const desk = await bench.signInByForm('office');
    await desk.getByRole('link', { name: '开始演练' }).first().click();
    await enter(desk, '演练〔2026〕21号', '黄色');
    await desk.getByRole('heading', { name: '【演练】演练已开始' }).waitFor();
    await desk.getByRole('link', { name: '去值班页' }).click();

    const phone = await bench.signInByForm(UNIT, PHONE);
    await confirms(phone);
    await desk.locator(`td[data-words^="${NAME} · 确认："]`).getByText('✓').waitFor();
    await phone.locator('.group .row').first().click();
    await phone.getByLabel('情况说明').fill('已通知网格员');
    await phone.getByRole('button', { name: '已完成' }).click();
    await phone.getByText('撤回原因').waitFor();
    await phone.goto(`${bench.address}/u/implementation`);
    await phone.getByLabel('落实了哪些措施').fill('已通知全部企业');
    await phone.getByRole('button', { name: '报告', exact: true }).click();
    await phone.getByRole('status').getByText('应急措施落实情况：已送达').waitFor();
    await desk.locator(`td[data-words^="${NAME} · 落实："]`).getByText('✓').waitFor();

    await desk.getByRole('link', { name: '调整', exact: true }).click();
    await desk.getByRole('group', { name: '全市预警级别' }).getByLabel('橙色').check();
    await enter(desk, '演练〔2026〕22号', '橙色');
    await desk.getByRole('heading', { name: '【演练】已调整' }).waitFor();
    await confirms(phone);
    await desk.getByRole('link', { name: '去值班页' }).click();
    await desk.getByRole('link', { name: '解除', exact: true }).click();
    await enter(desk, '演练〔2026〕23号', '解除');
    await desk.getByRole('heading', { name: '【演练】已解除' }).waitFor();

    await phone.goto(`${bench.address}/u`);
    await phone.getByRole('link', { name: /工作总结/ }).click();
    for (const part of ['工作情况', '经验做法', '存在不足', '改进建议'])
      await phone.getByLabel(part).fill(`${part}：略`);
    await phone.getByRole('button', { name: '报送总结' }).click();
    await phone.getByText(/^已报送，/).waitFor();

    await desk.goto(`${bench.address}/episodes`);
    await desk.getByRole('link', { name: '演练〔2026〕21号' }).click();
    await desk.getByRole('link', { name: '信息报送' }).click();
    await desk.getByRole('button', { name: '报送' }).click();
    await desk.getByText(/已于.*报送/).waitFor();
    await desk.getByRole('link', { name: '总结评估' }).click();
    await desk.getByLabel('结论').fill('响应有效。');
    await desk.getByRole('button', { name: '保存' }).click();
    await desk.getByText(/已保存，台账第\d+条/).waitFor();
    await desk.getByRole('button', { name: '发布并归档' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '发布并归档' }).click();
    await desk.getByText(/已于.*发布，过程已归档。/).waitFor();

    const audit = await bench.signInByForm('supervisor');
    await audit.getByRole('link', { name: '演练〔2026〕21号', exact: true }).click();
    await audit.getByRole('link', { name: '完整性' }).click();
    await audit.getByText(/^完整：[\d,]+条/).waitFor();
    await audit.getByRole('link', { name: '台账', exact: true }).click();
    await audit
      .getByText(new RegExp(`${NAME}.*报送.*总结`))
      .first()
      .waitFor();

    const administrator = await bench.signInByForm('administrator');
    await administrator.getByText('已经开过演练。').waitFor();
    await administrator.goto(desk.url());
    await administrator.getByText('无权进行此项操作').waitFor();
    expect(await administrator.getByText(NAME).count()).toBe(0);
  });
});
