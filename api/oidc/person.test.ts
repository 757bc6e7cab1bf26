import { describe, expect, test } from '@jest/globals';
import type { OidcSettings } from '../engine/context.js';
import { personIn } from './person.js';

const settings: OidcSettings = {
  ...{ issuer: 'https://sso.cn', clientId: 'q', label: '统一身份认证', scope: 'openid' },
  ...{ username: 'preferred_username', name: 'name' },
  role: {
    claim: '/realm_access/roles',
    values: [
      { is: 'a', role: 'administrator' },
      { is: 'o', role: 'office' },
      { is: 7, role: 'unit' },
    ],
  },
  unit: { claim: 'https://sso.cn/unit' },
};
const personOf = (claims: object) => personIn({ iss: 'https://sso.cn', sub: '1', ...claims }, settings);

test('the file decides which of several roles it is, not the provider', () => {
  expect(personOf({ realm_access: { roles: ['o', 'a'] } }).role).toBe('administrator');
});

test('a claim lies deeper, has a name with slashes, is a number or a list', () => {
  expect(personOf({ realm_access: { roles: '7' }, 'https://sso.cn/unit': ['education'] })).toMatchObject({
    role: 'unit',
    unitId: 'education',
  });
});

test('a unit is claimed by the role unit alone', () => {
  expect(personOf({ realm_access: { roles: 'o' }, 'https://sso.cn/unit': 'education' })).not.toHaveProperty('unitId');
});

test.each([{}, { realm_access: 'o' }, { realm_access: { roles: [{ o: 1 }, null] } }, { realm_access: { roles: [] } }])(
  '%j gives no role',
  (claims) => {
    expect(() => personOf(claims)).toThrow('role-missing');
  },
);

test('what every object has is no claim', () => {
  expect(() =>
    personIn({ iss: '', sub: '1' }, { ...settings, role: { ...settings.role, claim: 'constructor' } }),
  ).toThrow('role-missing');
});

describe('names', () => {
  const named = (claims: object) => personOf({ realm_access: { roles: 'o' }, ...claims });
  test.each([
    [{ preferred_username: 'wang' }, 'wang', 'wang'],
    [{ preferred_username: '王 伟\u0000', name: ' 王伟\n（值班室） ' }, '王-伟-', '王伟 （值班室）'],
    [{ preferred_username: '@@@', name: '' }, 'oidc', '@@@'],
    [{}, '1', '1'],
    [{ preferred_username: 'x'.repeat(300), name: '名'.repeat(300) }, 'x'.repeat(50), '名'.repeat(100)],
  ])('of %j', (claims, username, name) => {
    expect(named(claims)).toMatchObject({ username, name });
  });

  test('two providers with the same id mean two people', () => {
    expect(named({}).identity).not.toBe(named({ iss: 'https://other.cn' }).identity);
  });
});
