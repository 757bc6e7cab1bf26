import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInConsole, draftKept, fillSignIn, seriousFindings } from '../support/console.js';
import { startDrill } from '../support/drill.js';

/** The secret that the open dialog shows, which this browser keeps nowhere. */
async function secretShown(page: Page, title: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: title });
  const secret = await dialog.getByRole('textbox').inputValue();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(
    secret,
  );
  // Nobody could read it again.
  await page.keyboard.press('Escape');
  expect(await dialog.getByRole('textbox').inputValue()).toBe(secret);
  await dialog.getByRole('button', { name: '已记下，关闭' }).click();
  await dialog.waitFor({ state: 'detached' });
  return secret;
}

/** As another administrator does it: without this page. */
const putBehind = (page: Page, path: string, body: object) =>
  page.evaluate(
    async ([at, content]) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(at!, { method: 'PUT', headers, body: content! })).status;
    },
    [path, JSON.stringify(body)],
  );

const fileOf = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describeInConsole('the administrator', (bench) => {
  test('keeps accounts: one-time passwords are shown once, and a change meanwhile keeps the form', async () => {
    const page = await bench.signInByForm('administrator');
    await page.getByText('还有5项没有办完').waitFor();
    await page.getByText('36个账号中，36个还在用发放的密码').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '在账号中查看' }).click();
    await page.waitForURL(/password=handed-out/);
    await page.getByRole('rowheader', { name: 'education', exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole('button', { name: '新增账号' }).click();
    const dialog = page.getByRole('dialog', { name: '新增账号' });
    await dialog.getByLabel('用户名').fill('office');
    await dialog.getByLabel('姓名或单位').fill('王伟');
    await dialog.getByLabel('角色').selectOption('办公室');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: '新增并发放密码' }).click();
    await dialog.getByText('用户名“office”已被使用，请另选一个。').waitFor();
    await dialog.getByLabel('用户名').fill('wangwei');
    await dialog.getByRole('button', { name: '新增并发放密码' }).click();
    const password = await secretShown(page, '已新增账号：王伟');
    const other = await bench.open('/');
    await fillSignIn(other, { ...bench.accountOf('office'), username: 'wangwei', password });
    await other.getByText('请先修改初始密码，再进行其他操作。').waitFor();

    await page.getByLabel('查找').fill('WANG');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByRole('link', { name: 'wangwei' }).click();
    await page.getByRole('heading', { level: 1, name: '王伟' }).waitFor();
    await page.getByRole('cell', { name: '新增账号' }).waitFor();
    await page.getByRole('button', { name: /^结束.*的登录/ }).click();
    await page.getByText('已结束。').waitFor();
    await page.getByText('现在没有登录。').waitFor();
    await page.getByRole('cell', { name: '结束一个登录' }).waitFor();
    await other.reload();
    await other.getByRole('button', { name: '登录', exact: true }).waitFor();
    const path = `/api/v1${new URL(page.url()).pathname.replace('/admin', '')}`;
    expect(await putBehind(page, path, { name: '王伟', role: 'supervisor', disabled: false })).toBe(200);
    await page.getByLabel('姓名或单位').fill('王伟（值班室）');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('角色：办公室 → 监督问责').waitFor();
    expect(await page.getByLabel('姓名或单位').inputValue()).toBe('王伟（值班室）');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存。').waitFor();
    await page.getByRole('cell', { name: /姓名或单位：王伟 → 王伟（值班室）/ }).waitFor();

    await page.getByRole('button', { name: '让全部登录失效' }).click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: '让全部登录失效' }).click();
    await page.getByText('全部登录已失效。').waitFor();
    await page.getByRole('button', { name: '重置密码' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '重置密码' }).click();
    expect(await secretShown(page, '已发放密码：王伟（值班室）')).not.toBe(password);
  });

  test('sees the sign-ins of all accounts, with filters that are in the address', async () => {
    const other = await bench.open('/');
    await fillSignIn(other, { ...bench.accountOf('parks'), password: 'Wrong-guess-1' });
    await other.getByText('用户名或密码不正确', { exact: true }).waitFor();
    const page = await bench.signInByForm('administrator');
    await page.getByRole('link', { name: '登录记录' }).click();
    await page
      .getByRole('row', { name: /administrator.*成功/ })
      .first()
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel('结果').selectOption('失败');
    await page.waitForURL(/outcome=failed/);
    await page.getByLabel('文字').fill('PARKS');
    await page.getByLabel('从').fill('2015-11-27T13:00');
    await page.getByRole('button', { name: '查找' }).click();
    await page.waitForURL(/text=PARKS/);
    await page.reload();
    await page.getByRole('row', { name: /parks.*密码错误/ }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    expect(await page.getByLabel('从').inputValue()).toBe('2015-11-27T13:00');
    await page.getByLabel('到').fill('2015-11-27T14:00');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByText('没有符合条件的登录。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.goBack();
    await page
      .getByRole('row', { name: /parks.*密码错误/ })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('cell', { name: '密码错误' }).waitFor();
  });

  test('issues tokens, and tests a channel', async () => {
    const page = await bench.signInByForm('administrator');
    await page.getByRole('link', { name: '接口令牌' }).click();
    await page.getByText('没有令牌。').waitFor();
    await page.getByRole('button', { name: '新增令牌' }).click();
    const dialog = page.getByRole('dialog', { name: '新增令牌' });
    await dialog.getByLabel('程序名称').fill('区政务数据平台');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: '新增' }).click();
    expect(await secretShown(page, '已新增令牌：区政务数据平台')).toMatch(/^qk_/);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '作废令牌：区政务数据平台' }).click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
    await page.getByText('已作废').waitFor();

    await page.getByRole('link', { name: '发送渠道' }).click();
    await page.getByText('没有配置：短信、语音电话。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '测试：邮件' }).click();
    const asked = page.getByRole('dialog', { name: '测试：邮件' });
    await asked.getByLabel('发给').selectOption('另填号码或邮箱');
    await asked.getByLabel('邮箱').fill('duty');
    await asked.getByRole('button', { name: '发送测试' }).click();
    await asked
      .getByText(/“duty”不能用于这种渠道/)
      .first()
      .waitFor();
    await asked.getByLabel('邮箱').fill('duty@example.cn');
    await asked.getByRole('button', { name: '发送测试' }).click();
    await asked.getByText('对方已收下').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await asked.getByRole('button', { name: '取消' }).click();
    await page.getByText('正常').waitFor();
  });

  test('fills in contacts by hand and by a table', async () => {
    const page = await bench.signInByForm('administrator');
    await page.getByRole('link', { name: '联系人', exact: true }).click();
    await page.getByText('请从左边选择单位。').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: /区教育局/ }).click();
    await page.waitForURL(/holder=education/);
    const first = page.getByRole('group', { name: '第1位' });
    await first.getByLabel('姓名').fill('王值班');
    await first.getByLabel('手机').fill('0991-4600000');
    await first.getByLabel('邮箱').fill('');
    await page.getByRole('button', { name: '删去负责人（待填写）' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    await first.getByText(/是座机，收不到短信/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const other = [{ role: 'lead', name: '李局长', sms: '13900000001' }];
    expect(await putBehind(page, '/api/v1/units/education/contacts', { contacts: other })).toBe(200);
    await first.getByLabel('手机').fill('13900000000');
    await draftKept(page, '13900000000');
    await page.reload();
    await page.getByText(/已恢复您在.*填写、尚未提交的内容/).waitFor();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('增加了李局长').waitFor();
    expect(await first.getByLabel('姓名').inputValue()).toBe('王值班');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存。').waitFor();
    await page.getByRole('link', { name: /区教育局\s*正常/ }).waitFor();

    const csv = await page.evaluate(async () => (await fetch('/api/v1/contacts.csv')).text());
    await page.getByRole('link', { name: '导入表格' }).click();
    await page
      .getByLabel('表格文件（xlsx 或 CSV）')
      .setInputFiles(fileOf('联系人.csv', csv.replace('13900000000', '139')));
    await page.getByRole('button', { name: '上传并预览' }).click();
    await page.getByText('1处错误，改正后重新上传').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page
      .getByLabel('表格文件（xlsx 或 CSV）')
      .setInputFiles(fileOf('联系人.csv', csv.replace('13900000000', '13900000002')));
    await page.getByRole('button', { name: '上传并预览' }).click();
    await page
      .getByText(/：13900000000 → 13900000002/)
      .first()
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '确认导入1处变动' }).click();
    await page.getByText('已导入1处变动。').waitFor();
  });

  test('everybody keeps an own account: password, sessions, sign-ins', async () => {
    await bench.signInByForm('supervisor');
    const page = await bench.signInByForm('supervisor');
    await page.getByRole('link', { name: '我的账号' }).click();
    await page.getByText('本次登录').waitFor();
    await page.getByRole('cell', { name: '成功' }).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^结束/ }).first().click();
    await page.getByText('已结束。').waitFor();
    const { password } = bench.accountOf('supervisor');
    await page.getByLabel('当前密码').fill(password);
    await page.getByLabel('新密码', { exact: true }).fill('Entirely-my-own-7');
    await page.getByLabel('再次输入新密码').fill('Entirely-my-own-7');
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('密码已修改，其他设备上的登录已退出。').waitFor();
    expect(await page.getByLabel('当前密码').inputValue()).toBe('');
    expect(await page.getByRole('button', { name: /^结束/ }).count()).toBe(0);
  });

  test('the office sees what is left, and hands a unit that has joined its first password', async () => {
    const page = await bench.signInByForm('office');
    await page.getByText(/还有\d项没有办完：.*开一次演练/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const episode = await startDrill(bench.cast.office);
    await bench.cast.office.command('POST', `${episode}/units`, { name: '区融媒体中心', kind: 'department' });
    await page.getByRole('link', { name: '启用准备' }).click();
    await page.getByText('已经开过演练。').waitFor();
    await page.getByText('哪些账号').click();
    await page.getByRole('button', { name: '给区融媒体中心发放首个密码' }).click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: '发放首个密码' }).click();
    expect((await secretShown(page, '已发放密码：区融媒体中心')).length).toBeGreaterThan(9);
    expect(await seriousFindings(page)).toEqual([]);
  });
});
