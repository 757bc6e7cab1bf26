import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeInConsole, draftKept, PHONE, seriousFindings } from '../support/console.js';
import { everyUnitSumsUp, liftDrill, startDrill } from '../support/drill.js';

const LONG = 120_000;

describeInConsole('the pages of an episode', (bench) => {
  test('lead from the calling list to the published review', async () => {
    const { office, units } = bench.cast;
    const episode = await startDrill(office);
    const page = await bench.signInByForm('office');
    const open = async (path: string, heading: string) => {
      await page.goto(`${bench.address}${episode}/${path}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    };
    await open('documents', '文件');
    await page.getByText('还没有发出过文件。').waitFor();
    await page.getByRole('row', { name: /^启动 · 发给责任单位的通知.*草稿 草稿 DOCX/ }).waitFor();
    await page.getByRole('row', { name: /^信息报送（解除后报市环委办） 草稿，尚未报送/ }).waitFor();
    await page.getByRole('rowheader', { name: '电话名单' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await open('digests', '每日汇总');
    await page.getByText('还没有汇总。').waitFor();
    const day = page.getByRole('link', { name: '2015年11月27日' });
    await day.waitFor({ timeout: LONG });
    expect(await seriousFindings(page)).toEqual([]);
    await day.click();
    await page.getByText('未报33个单位').waitFor();
    const text = page.getByLabel('上报市环委办的文字');
    await text.fill(`${await text.inputValue()}\n经核实，各项措施已落实。`);
    await draftKept(page, '经核实');
    await page.reload();
    expect(await text.inputValue()).toContain('经核实');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '上报' }).click();
    await page.getByText(/已记入台账，第\d+条。/).waitFor();
    await page.getByRole('button', { name: '上报更正' }).waitFor();
    await page.getByText('与已上报的文字相同。').waitFor();

    await open('calling-list', '电话名单');
    await page.getByRole('button', { name: '记录电话：区教育局' }).click();
    const dialog = page.getByRole('dialog', { name: '【演练】记录电话：区教育局' });
    await dialog.getByLabel('无人接听').check();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: '记入台账' }).click();
    await page.getByText(/区教育局：已记入台账，第\d+条。/).waitFor();

    const education = units.find(({ username }) => username === 'education')!;
    await education.command('PUT', `${episode}/units/education/daily-reports/2015-11-27`, {
      text: '补报',
      problems: [{ what: '一处露天堆土没有苫盖', where: '六道湾路' }],
    });
    await open('units/education', '区教育局');
    await page.getByRole('button', { name: '代报落实情况' }).click();
    const act = page.getByRole('dialog', { name: '【演练】代报落实情况：区教育局' });
    await act.getByLabel('来电人').fill('王值班');
    await act.getByLabel('落实情况').fill('学校已停止户外活动');
    expect(await seriousFindings(page)).toEqual([]);
    await act.getByRole('button', { name: '记入台账' }).click();
    await page.getByText(/代报落实情况：已记入台账，第\d+条。/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page
      .getByRole('button', { name: /^代报不涉及：/ })
      .first()
      .click();
    const none = page.getByRole('dialog', { name: '【演练】代报不涉及：区教育局' });
    await none.getByLabel('来电人').fill('王值班');
    await none.getByLabel('理由').fill('没有这样的对象');
    expect(await seriousFindings(page)).toEqual([]);
    await none.getByRole('button', { name: '记入台账' }).click();
    await page.getByRole('button', { name: /^撤回不涉及：/ }).waitFor();

    await open('problems', '问题');
    await page.getByText('一处露天堆土没有苫盖').waitFor();
    await page.getByRole('link', { name: '已整改' }).click();
    await page.getByText('没有问题。').waitFor();
    expect(await page.locator('.tile[aria-current]').allTextContents()).toEqual(['已整改']);
    expect(await seriousFindings(page)).toEqual([]);

    await open('accountability', '逾期和未办');
    const late = page.getByRole('row', { name: /^区教育局/ });
    await late.getByText(/2015年11月27日日报：应于.*补办/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await late.getByRole('button', { name: /^代填原因：区教育局，2015年11月27日日报/ }).click();
    const explanation = page.getByRole('dialog', { name: /^【演练】逾期原因：2015年11月27日日报/ });
    await explanation.getByLabel('来电人').fill('王值班');
    await explanation.getByLabel('原因', { exact: true }).fill('断网');
    expect(await seriousFindings(page)).toEqual([]);
    await explanation.getByRole('button', { name: '记入台账' }).click();
    await late.getByText('单位说明：断网（办公室代填）').waitFor();
    await late.getByRole('button', { name: '移交：区教育局' }).click();
    const referral = page.getByRole('dialog', { name: '【演练】移交逾期事项：区教育局' });
    await referral.getByText(/移交区生态环境保护委员会，立即发给对方/).waitFor();
    await referral.getByLabel('理由').fill('多次催办未办');
    expect(await seriousFindings(page)).toEqual([]);
    await referral.getByRole('button', { name: '移交', exact: true }).click();
    await page.getByText(/移交逾期事项：区教育局：已记入台账，第\d+条。/).waitFor();
    await late.getByText(/移交区环委会：多次催办未办/).waitFor();

    // The unit itself, on its telephone.
    const phone = await bench.signInByForm('education', PHONE);
    await phone.goto(`${bench.address}/u/record`);
    await phone.getByText('已说明：断网').waitFor();
    await phone.getByRole('button', { name: '更正说明：2015年11月27日日报' }).click();
    await phone.getByLabel('逾期的原因').fill('断网两小时');
    expect(await seriousFindings(phone)).toEqual([]);
    await phone.getByRole('button', { name: '提交说明' }).click();
    await phone.getByText('已说明：断网两小时').waitFor();
    expect(await seriousFindings(phone)).toEqual([]);

    await liftDrill(office, episode);
    await everyUnitSumsUp(bench.cast, episode);
    await open('follow-up', '信息报送');
    await page.getByText('与系统按记录生成的草稿相同。').waitFor();
    const report = page.getByLabel('报送市环委办的文字');
    const drafted = await report.inputValue();
    await report.fill(`${drafted}\n各项措施已全部落实。`);
    await page.getByRole('listitem').filter({ hasText: '加 各项措施已全部落实。' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '恢复系统草稿' }).click();
    expect(await report.inputValue()).toBe(drafted);
    await page.getByText('与系统按记录生成的草稿相同。').waitFor();
    await page.getByRole('button', { name: '报送' }).click();
    await page.getByText(/已于.*报送/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    // Those who inspect read the same and have nothing to press.
    const watching = await bench.signInByForm('supervisor');
    for (const path of ['digests/2015-11-27', 'follow-up', 'review']) {
      await watching.goto(`${bench.address}${episode}/${path}`);
      await watching.getByText('下载会记入导出记录').waitFor();
      expect(await watching.getByRole('main').getByRole('button').count()).toBe(0);
      expect(await watching.getByRole('textbox').count()).toBe(0);
    }
    await watching.getByText('办公室还没有填写。').waitFor();
    expect(await seriousFindings(watching)).toEqual([]);
    await watching.close();

    await open('review', '总结评估');
    await page.getByText('各单位总结已报齐。').waitFor();
    await page.getByLabel('结论').fill('响应有效。');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(/已保存，台账第\d+条/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '发布并归档' }).click();
    const ask = page.getByRole('dialog', { name: '【演练】发布并归档' });
    await ask.waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await ask.getByRole('button', { name: '发布并归档' }).click();
    await page.getByText(/已于.*发布，过程已归档。/).waitFor();

    await open('documents', '文件');
    for (const row of [
      /^2015年11月27日全区情况 已上报/,
      /^信息报送（解除后报市环委办） 已报送/,
      /^总结评估报告 已发布/,
    ])
      await page.getByRole('row', { name: row }).waitFor();
    const sent = page.getByRole('row', { name: /向市环委办报送信息/ });
    const [original] = await Promise.all([
      page.waitForEvent('download'),
      sent.getByRole('link', { name: /^下载原件/ }).click(),
    ]);
    expect(original.suggestedFilename()).toMatch(/\.docx$/);
    const bytes = readFileSync(await original.path());
    expect(await sent.locator('.code').textContent()).toBe(createHash('sha256').update(bytes).digest('hex'));
    await page.getByText('各单位的台账').click();
    await page.getByRole('link', { name: '区教育局' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('before an episode: who cannot be reached, and hours without duty', async () => {
    const page = await bench.signInByForm('office');
    await page.getByRole('link', { name: '联络检查' }).click();
    await page
      .getByText(/联系方式待填写/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: '31天' }).click();
    await page.waitForURL(/days=31/);
    expect(await page.locator('.tile[aria-current]').allTextContents()).toEqual(['31天']);
    await page.getByRole('rowheader', { name: '区教育局' }).last().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});
