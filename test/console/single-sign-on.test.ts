/** Signing in by the office's identity provider, clicked through in a browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type TestProvider, testProvider } from '../../api/testing/identity-provider.js';
import { describeInConsole, seriousFindings } from '../support/console.js';

const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-oidc-'));
let provider: TestProvider;

/** The file for a provider that runs already. */
async function settings(): Promise<Record<string, string>> {
  provider = await testProvider();
  const file = path.join(folder, 'oidc.yaml');
  const { issuer, clientId, clientSecret } = provider;
  const role = { claim: 'roles', values: [{ is: 'qk-office', role: 'office' }] };
  writeFileSync(file, JSON.stringify({ issuer, insecure: true, clientId, clientSecret, role }), { mode: 0o600 });
  return { OIDC_FILE: file };
}

describeInConsole(
  'signing in by an identity provider',
  (bench) => {
    beforeAll(() => provider.register(new URL('/sign-in/oidc/callback', bench.address).href));
    afterAll(async () => {
      await provider.close();
      rmSync(folder, { recursive: true });
    });

    async function signInThere(page: Page, login: string): Promise<void> {
      await page.getByRole('link', { name: '统一身份认证登录' }).click();
      await page.locator('input[name="login"]').fill(login);
      await page.locator('input[name="password"]').fill('any');
      await page.locator('button[type="submit"]').click();
      await page.getByRole('button', { name: 'Continue' }).click();
    }

    test('somebody with a role comes back to the first page of it, and leaves again', async () => {
      provider.people.set('wang', { name: '王伟', preferred_username: 'wang', roles: ['qk-office'] });
      const page = await bench.open('/');
      await page.getByRole('link', { name: '统一身份认证登录' }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await signInThere(page, 'wang');
      await page.getByRole('button', { name: '退出登录' }).waitFor();
      const { pathname, hash } = new URL(page.url());
      expect({ pathname, hash }).toEqual({ pathname: '/duty', hash: '' });
      await page.getByRole('button', { name: '退出登录' }).click();
      await page.getByLabel('用户名').waitFor();
    });

    test('somebody without one is told what to do, and goes back to the sign-in page', async () => {
      provider.people.set('li', { name: '李芳', roles: ['staff'] });
      const page = await bench.open('/');
      await signInThere(page, 'li');
      await page.getByText('请联系系统管理员，在统一身份认证中为您加上角色后重新登录').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByRole('link', { name: '返回登录页' }).click();
      await page.getByLabel('用户名').waitFor();
    });
  },
  settings,
);
