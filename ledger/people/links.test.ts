import { expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { settingOrElse } from '../settings.js';
import { onBothDatabases } from '../testing/databases.js';
import { acknowledgeUrl, createLinks, type Link } from './links.js';

const NOW = Date.parse('2026-01-10T14:00:00+08:00');
const MINUTE = 60_000;
const link: Link = {
  purpose: 'acknowledge',
  episodeId: 'c3ab8ff13720e8ad9047dd39466b3c89',
  unitId: 'street-shuitashan',
  contact: 'liaison:1',
};

onBothDatabases('links', (database) => {
  const sign = (expiresAt = NOW + MINUTE) => createLinks(database()).sign(link, expiresAt);
  const verify = (token: string, now = NOW) => createLinks(database()).verify(token, 'acknowledge', now);

  test('say what they are for, whichever process made them, until they expire', async () => {
    const token = await sign();
    expect(await verify(token)).toEqual({ status: 'valid', link });
    expect(await verify(token, NOW + MINUTE - 1)).toMatchObject({ status: 'valid' });
    expect(await verify(token, NOW + MINUTE)).toEqual({ status: 'expired' });
  });

  test('are the same for the same contact and end, and fit an SMS', async () => {
    const [one, again, later] = [await sign(), await sign(), await sign(NOW + 2 * MINUTE)];
    expect(again).toBe(one);
    expect(later).not.toBe(one);
    expect(one.length).toBeLessThan(200);
  });

  test('altered anywhere are invalid, also when expired', async () => {
    const token = await sign();
    for (let i = 0; i < token.length - 1; i += 1) {
      const other = token[i] === 'A' ? 'B' : 'A';
      const forged = token.slice(0, i) + other + token.slice(i + 1);
      expect({ i, ...(await verify(forged, NOW + 2 * MINUTE)) }).toEqual({ i, status: 'invalid' });
    }
  });

  test.each(['', '.', 'a.b', 'a.b.c', '%', '确认', `${'x'.repeat(5000)}.y`])('%j is none', async (token) => {
    expect(await verify(token)).toEqual({ status: 'invalid' });
  });

  test('for another purpose, without an end or unsigned are invalid, though the key be right', async () => {
    await sign();
    const secret = await settingOrElse(database(), 'link-secret', () => 'none');
    const withoutHeader = async (claims: object, key = secret) => {
      const jwt = new SignJWT({ e: 'e', u: 'u', c: 'c', ...claims }).setProtectedHeader({ alg: 'HS256' });
      return (await jwt.sign(new TextEncoder().encode(key))).replace(/^[^.]+\./, '');
    };
    const exp = NOW / 1000 + 60;
    expect(await verify(await withoutHeader({ aud: 'a', exp }))).toMatchObject({ status: 'valid' });
    expect(await verify(await withoutHeader({ aud: 'b', exp }))).toEqual({ status: 'invalid' });
    expect(await verify(await withoutHeader({ exp }))).toEqual({ status: 'invalid' });
    expect(await verify(await withoutHeader({ aud: 'a' }))).toEqual({ status: 'invalid' });
    expect(await verify(await withoutHeader({ aud: 'a', exp }, 'x'.repeat(43)))).toEqual({ status: 'invalid' });
    expect(await verify((await withoutHeader({ aud: 'a', exp })).replace(/\..*/, '.'))).toEqual({ status: 'invalid' });
  });
});

test('the address is that of the installation, with or without a slash at its end', () => {
  expect(acknowledgeUrl('https://qingkong.example/', 'x.y')).toBe('https://qingkong.example/a/x.y');
  expect(acknowledgeUrl('https://qingkong.example', 'x.y')).toBe('https://qingkong.example/a/x.y');
});
