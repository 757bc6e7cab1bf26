import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { secretFile } from '../lib/testing/secret-file.js';
import { readOidcFile } from './oidc-file.js';

const SECRET = 'hunter2';
const example = readFileSync(path.join(import.meta.dirname, '../oidc.example.yaml'), 'utf8');

const { folder, file, read, refused } = secretFile('oidc.yaml', readOidcFile);

test('the example is taken, and what it leaves out has its usual value', () => {
  expect(read(example)).toMatchObject({
    issuer: 'https://sso.example.gov.cn/realms/district',
    role: { claim: '/realm_access/roles', values: expect.arrayContaining([{ is: 'qingkong-office', role: 'office' }]) },
    unit: { claim: 'department', values: [{ is: '区教育局', unitId: 'education' }] },
  });
  const least = 'issuer: https://a.cn\nclientId: q\nrole: {claim: groups, values: [{is: 1, role: office}]}';
  expect(read(least)).toEqual({
    issuer: 'https://a.cn',
    clientId: 'q',
    ...{ label: '统一身份认证', scope: 'openid profile', name: 'name', username: 'preferred_username' },
    role: { claim: 'groups', values: [{ is: 1, role: 'office' }] },
  });
});

test.each([
  [
    'issuer: https://sso.example.gov.cn/realms/district',
    'issuer: ftp://a.cn',
    '5 issuer 应是统一身份认证的 issuer 地址',
  ],
  ['issuer: https://sso', 'issuer: http://sso', '5 issuer 不是 https:// 地址；确实只能用 http:// 的'],
  ['clientSecret: change-me', `clientSecret: ${SECRET} 2`, '11 clientSecret 应是一串没有空格'],
  ['clientSecret: change-me', `secret: ${SECRET}`, '11 这里不认识此行的项，请对照 oidc.example.yaml'],
  ['scope: openid profile', 'scope: profile', '15 scope 应以空格分开，其中要有 openid'],
  ['role: supervisor', 'role: boss', 'role.values.2.role'],
  ['claim: department', 'claims: department', 'unit'],
  ['unit:\n', 'units:\n', '这里不认识此行的项'],
])('%s → %s is told with its line, and never with a value', (before, after, words) => {
  const changed = example.replace(before, after);
  expect(changed).not.toBe(example);
  const message = refused(changed);
  expect(message).toContain(`统一身份认证配置有误：${file}:`);
  expect(message).toContain(words);
  expect(message).not.toContain(SECRET);
});

test('the role unit needs a claim that names the unit', () => {
  expect(refused(example.slice(0, example.indexOf('# For the role unit')))).toContain(
    'role 有角色 unit 时，要写明 unit.claim',
  );
});

test('a file that others may read, or that is not there, is told', () => {
  expect(refused(example, 0o644)).toContain('权限过宽');
  expect(() => readOidcFile(path.join(folder, 'none.yaml'))).toThrow('读不到 OIDC_FILE 指定的文件');
});
