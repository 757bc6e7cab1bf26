/** One-time codes where the installation requires them: enrolled at the desk and on a phone, and asked for at sign-in. */
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { codeAt } from '../../api/testing/codes.js';
import { describeInConsole, fillSignIn, PHONE, seriousFindings } from '../support/console.js';

const HALF_MINUTE = 30_000;
const UNIT = 'education';

describeInConsole(
  'one-time codes',
  (bench) => {
    /** Types the secret into an authenticator, and its first code into the page. */
    async function enrolOn(page: Page, username: string): Promise<{ secret: string; recoveryCodes: string[] }> {
      await page.getByLabel('当前密码').fill(bench.accountOf(username).password);
      await page.getByRole('button', { name: '开始登记' }).click();
      const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByLabel('验证码', { exact: true }).fill(codeAt(secret, Date.now()));
      await page.getByRole('button', { name: '确认启用' }).click();
      await page.getByText('第三步：抄下恢复码').waitFor();
      const recoveryCodes = await page.locator('.recovery-codes li').allInnerTexts();
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByLabel('我已抄下或打印，与手机分开保管').check();
      await page.getByRole('button', { name: '完成' }).click();
      return { secret, recoveryCodes };
    }

    test('the office enrols before anything else, and signs in by password and code from then on', async () => {
      const page = await bench.signInByForm('office');
      await page.getByText('本系统要求办公室和管理员登录时另填一次性验证码').waitFor();
      await page.getByLabel('当前密码').fill('Wrong-guess-1');
      await page.getByRole('button', { name: '开始登记' }).click();
      await page.getByText('当前密码不正确').first().waitFor();
      const { secret } = await enrolOn(page, 'office');
      await page.getByRole('link', { name: '我的账号' }).waitFor();

      await page.getByRole('button', { name: '退出登录' }).click();
      await fillSignIn(page, bench.accountOf('office'));
      await page.getByText('密码正确').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      const code = page.getByLabel('验证码', { exact: true });
      await code.fill('000000');
      await code.press('Enter');
      await page.getByText('验证码不正确，或者已经用过').waitFor();
      // The code of this half minute may be used up by the enrolment.
      await code.fill(codeAt(secret, Date.now() + HALF_MINUTE));
      await code.press('Enter');
      await page.getByRole('link', { name: '我的账号' }).click();
      await page.getByRole('link', { name: '启用或停用一次性验证码' }).click();
      await page.getByText(/^已启用，.*恢复码还剩10个$/).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    });

    test('a unit enrols on its phone, signs in by a recovery code, and removes the codes', async () => {
      const page = await bench.signInByForm(UNIT, PHONE);
      await page.getByRole('link', { name: '一次性验证码' }).click();
      await page.getByText('没有启用').waitFor();
      const { recoveryCodes } = await enrolOn(page, UNIT);
      await page.getByText(/恢复码还剩10个$/).waitFor();

      const other = await bench.open('/', PHONE);
      await fillSignIn(other, bench.accountOf(UNIT));
      await other.getByRole('button', { name: '手机不在身边，用恢复码' }).click();
      await other.getByLabel('恢复码').fill(recoveryCodes[7]!.toLowerCase());
      await other.getByRole('button', { name: '登录', exact: true }).click();
      await other.getByRole('link', { name: '一次性验证码' }).click();
      await other.getByText(/恢复码还剩9个$/).waitFor();

      await other.getByLabel('当前密码').fill(bench.accountOf(UNIT).password);
      await other.getByLabel('验证码或恢复码').fill(recoveryCodes[8]!);
      await other.getByRole('button', { name: '停用' }).click();
      await other.getByText('没有启用').waitFor();
    });
  },
  async () => ({ ONE_TIME_CODES: 'required' }),
);
