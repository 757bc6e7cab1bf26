import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { beijingDate } from '../../plan/rules/calendar.js';
import { describeInConsole, draftKept, PHONE, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

const PDF = { name: '市级通知.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };

const DAY = 86_400_000;

describeInConsole('what the office does in an episode', (bench) => {
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
  const sound = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);

  test('measures rest and go on, a task is added, a unit joins and gets its password', async () => {
    const { office } = bench.cast;
    const episode = await startDrill(office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}${episode}/measures`);
    await page.getByText('没有暂停的措施。').waitFor();
    await sound(page);

    await press(page, '暂停措施');
    const suspend = page.getByRole('dialog', { name: '【演练】暂停措施' });
    await suspend.getByLabel('部分措施').check();
    await suspend.getByLabel('在“措施”中查找').fill('室内课程');
    await suspend.getByRole('group', { name: /^措施/ }).getByRole('checkbox').first().check();
    await suspend.getByText(/暂停1项措施，所有涉及的单位/).waitFor();
    await suspend.getByLabel('理由').fill('   ');
    await sound(page);
    await suspend.getByRole('button', { name: '暂停', exact: true }).click();
    await suspend.getByText('不能为空，请填写').first().waitFor();
    await suspend.getByLabel('理由').fill('抢修供水管道');
    await draftKept(page, '抢修供水管道');
    await page.reload();
    await press(page, '暂停措施');
    await suspend.getByText(/已恢复您在.*填写、尚未提交的内容/).waitFor();
    await suspend.getByText(/暂停1项措施，所有涉及的单位/).waitFor();
    await sound(page);
    await suspend.getByRole('button', { name: '暂停', exact: true }).click();
    await page.getByText(/暂停措施：已记入台账，第\d+条。/).waitFor();
    await page.getByText('抢修供水管道').waitFor();
    await press(page, '暂停措施');
    expect(await suspend.getByLabel('理由').inputValue()).toBe('');
    await page.keyboard.press('Escape');

    // Somebody else resumes meanwhile: the form stays, and says how the episode stands.
    await press(page, /^恢复：/);
    const resume = page.getByRole('dialog', { name: /^【演练】恢复执行/ });
    await resume.getByLabel('说明').fill('管道已修好');
    await sound(page);
    await office.command('POST', `${episode}/suspensions/s1/resumption`, {});
    await resume.getByRole('button', { name: '恢复' }).click();
    await resume.getByText('在您填写期间，情况有了变化。').waitFor();
    expect(await resume.getByLabel('说明').inputValue()).toBe('管道已修好');
    await sound(page);
    await page.keyboard.press('Escape');
    await page.getByText('已结束').waitFor();

    await press(page, '增加任务');
    const task = page.getByRole('dialog', { name: '【演练】增加任务' });
    await task.getByLabel('区教育局').check();
    await task.getByLabel('区城市管理局').check();
    await task.getByLabel('任务内容').fill('夜间加密巡查');
    await task.getByText('给2个单位增加一项').waitFor();
    await sound(page);
    await task.getByRole('button', { name: '增加任务' }).click();
    await page.getByText(/增加任务：已记入台账，第\d+条。/).waitFor();
    await page.getByRole('rowheader', { name: '夜间加密巡查' }).waitFor();

    await press(page, '撤销：夜间加密巡查');
    const cancel = page.getByRole('dialog', { name: '【演练】撤销任务' });
    await cancel.getByLabel('区城市管理局').uncheck();
    await cancel.getByText('1个单位中尚未完成的不必再办').waitFor();
    await cancel.getByLabel('理由').fill('市里已统一安排');
    await draftKept(page, '市里已统一安排');
    await page.reload();
    await press(page, '撤销：夜间加密巡查');
    await cancel.getByText('1个单位中尚未完成的不必再办').waitFor();
    await sound(page);
    await cancel.getByRole('button', { name: '撤销任务' }).click();
    await page.getByText(/撤销任务：已记入台账，第\d+条。/).waitFor();
    await page.getByText('已撤销：区教育局').waitFor();
    await page.goto(`${bench.address}${episode}/units/education`);
    await page.getByText('已撤销：市里已统一安排').waitFor();
    await page.goto(`${bench.address}${episode}/units/city-management`);
    await press(page, '撤销任务：夜间加密巡查');
    await cancel.getByLabel('理由').fill('不必再办');
    await sound(page);
    await cancel.getByRole('button', { name: '撤销任务' }).click();
    await page.getByText('已撤销：不必再办').waitFor();
    await page.goto(`${bench.address}${episode}/measures`);
    await page.getByRole('cell', { name: /已撤销$/ }).waitFor();

    await press(page, '记录评估');
    const evaluation = page.getByRole('dialog', { name: '【演练】效果评估' });
    await evaluation.getByLabel('评估', { exact: true }).fill('浓度仍在上升');
    await evaluation.getByLabel('补充完善的措施').fill('加密洒水\n增派巡查');
    await sound(page);
    await evaluation.getByRole('button', { name: '记入台账' }).click();
    await page.getByText('加密洒水；增派巡查').waitFor();

    await press(page, '增加责任单位');
    const join = page.getByRole('dialog', { name: '【演练】增加责任单位' });
    await join.getByLabel('单位名称').fill('雪山管委会');
    await join.getByRole('button', { name: '再加一人' }).click();
    await join.getByLabel('姓名').fill('王值班');
    await join.getByLabel('手机').fill('0991-460000');
    await sound(page);
    await join.getByRole('button', { name: '加入' }).click();
    await join
      .getByText(/应为一个能收短信的手机号码/)
      .first()
      .waitFor();
    await join.getByLabel('手机').fill('13900000000');
    await join.getByRole('button', { name: '加入' }).click();
    await page.getByText(/增加责任单位：已记入台账，第\d+条。/).waitFor();
    await press(page, '发放初始密码：雪山管委会');
    const password = page.getByRole('dialog', { name: '发放初始密码：雪山管委会' });
    await password.getByRole('button', { name: '发放' }).click();
    await password.getByLabel('一次性密码').waitFor();
    await sound(page);
    await password.getByRole('button', { name: '已记下，关闭' }).click();
    await sound(page);
  });

  test('a unit takes back on its telephone what it asked of itself', async () => {
    const { office, units } = bench.cast;
    const episode = await startDrill(office, { timeScale: 60 });
    const education = units.find(({ username }) => username === 'education')!;
    await education.command('POST', `${episode}/units/education/tasks`, { text: '加派一班巡查' });
    const page = await bench.signInByForm('education', PHONE);
    await page.goto(`${bench.address}/u/tasks/added-1?episode=${episode.split('/').at(-1)}`);
    await page.getByLabel('撤销任务').check();
    await page.getByLabel('理由').fill('人手不够');
    await sound(page);
    await page.getByRole('button', { name: '撤销任务' }).click();
    await page.getByText('已撤销，不必再办：人手不够').waitFor();
    await sound(page);
    expect(await page.getByLabel('本单位不涉及').count()).toBe(0);
  });

  test('a notice by telephone has its forecast and papers, and gets its number; a drill its own times', async () => {
    const page = await bench.signInByForm('office');
    await page.goto(`${bench.address}/drills/new`);
    await page.getByLabel('文号', { exact: true }).fill('');
    await page.getByLabel('电话', { exact: true }).check();
    await page.getByLabel('通知正文').fill('请启动黄色预警。');
    await page.getByLabel('附件').setInputFiles(PDF);
    await page.getByText('市级通知.pdf').waitFor();
    await page.getByText('预报', { exact: true }).click();
    await page.getByLabel('预计空气质量指数，从').fill('151');
    await page.getByLabel('到', { exact: true }).fill('200');
    await page.getByText('本次演练的时限').click();
    const minutes = page.getByLabel(/确认/).and(page.locator('input[type=number]')).first();
    await minutes.fill('10');
    await sound(page);
    await press(page, '预览');
    await page.getByLabel('请输入“黄色”以确认').fill('黄色');
    await press(page, '提交');
    await page.getByText(/已记入台账，第\d+条/).waitFor();
    await page.getByText('下列催办步骤用不上').waitFor();
    await page.getByRole('link', { name: '去值班页' }).click();
    await page.getByRole('link', { name: /还没有文号/ }).click();
    await page.getByRole('heading', { level: 1, name: '通知' }).waitFor();
    await page.getByText('空气质量指数 151—200').waitFor();
    await page.getByText('确认时限：10（分钟）').waitFor();
    await sound(page);
    await press(page, /^补录文号/);
    const number = page.getByRole('dialog', { name: /^【演练】补录文号/ });
    await number.getByLabel('市级通知的文号').fill('乌环委办〔2026〕7号');
    await sound(page);
    await number.getByRole('button', { name: '记入台账' }).click();
    await page.getByText(/已记入台账，第\d+条。/).waitFor();
    await page.getByRole('button', { name: /^更正文号/ }).waitFor();
    await page.getByRole('link', { name: '附件1' }).waitFor();
  });

  test('the roster of all units: gaps first, somebody takes over, a changed list is looked at and confirmed', async () => {
    const page = await bench.signInByForm('office');
    await page.getByRole('link', { name: '值班表' }).click();
    await page.getByText(/个单位中，\d+个有空档。/).waitFor();
    await sound(page);
    await page.getByRole('link', { name: '区教育局' }).click();
    const panel = page.getByRole('complementary', { name: '区教育局' });
    await panel.getByRole('button', { name: '替班' }).click();
    const take = page.getByRole('dialog', { name: '替班：区教育局' });
    await take.getByLabel('谁来值班').selectOption({ index: 1 });
    await sound(page);
    await take.getByRole('button', { name: '登记替班' }).click();
    await panel.getByText('已登记替班').waitFor();
    await page.locator('.duty-line.instead').first().waitFor();
    await panel.getByRole('button', { name: /^撤销/ }).click();
    const cancel = page.getByRole('dialog', { name: /^撤销.*的替班/ });
    await sound(page);
    await cancel.getByRole('button', { name: '撤销' }).click();
    await panel.getByText('已撤销', { exact: true }).first().waitFor();

    await page.getByRole('link', { name: '用表格导入' }).click();
    await page.getByRole('link', { name: '下载现有表格' }).waitFor();
    const header = await page.evaluate<string>(async () => (await fetch('/api/v1/roster.csv')).text());
    const day = beijingDate(Date.now() + DAY);
    const upload = async (content: string) => {
      await page
        .getByLabel('表格文件（xlsx 或 CSV）')
        .setInputFiles({ name: '值班表.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await press(page, '上传并预览');
    };
    await upload(`${header}education,区教育局,${day},,8点,次日8点,没有这个人,\n`);
    await page.getByRole('table', { name: '错误，按行' }).waitFor();
    await sound(page);
    await upload(`${header}education,区教育局,${day},,8点,次日8点,负责人（待填写）,\n`);
    await press(page, '确认导入1处变动');
    await page.getByText('已导入1处变动。').waitFor();
    await page.getByRole('link', { name: '查看值班表' }).click();
    await page.getByText('负责人（待填写） 08:00—08:00').waitFor();
    await sound(page);
  });
});
