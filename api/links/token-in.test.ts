import { describe, expect, test } from '@jest/globals';
import { tokenIn } from './token-in.js';

const payload = 'eyJlIjoiZS0yMDI2IiwidSI6ImVkdWNhdGlvbiIsImMiOiJsaWFpc29uOjEifQ';
const signature = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const token = `${payload}.${signature}`;

const middle = (between: string): string => `${payload.slice(0, 20)}${between}${payload.slice(20)}.${signature}`;

describe('the token of a link', () => {
  test.each([
    ...['。', '．', '.', '）', ')', '】', ']', '」', '』', '》', '>', '”', '"', "'", '’', '，', ',', '；', ';', '：'],
    ...[
      '…',
      '...',
      '、',
      '！',
      '!',
      '？',
      '*',
      '/',
      '\\',
      '|',
      '#',
      '%',
      '`',
      '-',
      '_',
      '请尽快确认',
      'Thanks',
      '/更多',
    ],
    ...['?from=timeline&isappinstalled=0', '&from=singlemessage', '%20', '%0A', '%E3%80%82', '%E3%80', '%E', '&quot;'],
    ...[' 值班电话0991-4690000', '\n\n区环委办', '<br>', '&nbsp;', '\u3000', '\u00a0', '\u200b', '=0D', '+谢谢'],
  ])('is read with %j glued behind it, as it is or encoded', (glue) => {
    expect(tokenIn(`/${token}${glue}`)).toBe(token);
    expect(tokenIn(`/${token}${encodeURIComponent(glue)}`)).toBe(token);
  });

  test.each([
    '%20',
    '（',
    '(',
    '【',
    '“',
    '"',
    '<',
    '&lt;',
    '&nbsp;',
    '点此确认：',
    'please confirm ',
    'https://x.cn/a/',
  ])('is read with %j glued before it', (glue) => {
    expect(tokenIn(`/${glue}${token}`)).toBe(token);
    expect(tokenIn(`/${encodeURIComponent(glue)}${token}`)).toBe(token);
  });

  test.each([
    ...[' ', '  ', '\n', '\r\n', '\t', '=\r\n', '\n> ', '\u00a0', '\u3000', '\u200b', '\u00ad', '\ufeff', '+'],
    ...['<br>', '<br />', '<wbr>', '&nbsp;', '&amp;nbsp;', '&#160;', '&#xA0;', '&shy;', '%20', '%0D%0A'],
  ])('cut by %j is joined', (gap) => {
    for (const written of [
      middle(gap),
      `${payload}${gap}.${signature}`,
      `${payload}.${gap}${signature}`,
      `${payload}.${signature.slice(0, 42)}${gap}${signature.slice(42)}。`,
    ]) {
      expect(tokenIn(`/${written}`)).toBe(token);
      expect(tokenIn(`/${encodeURIComponent(written)}`)).toBe(token);
    }
  });

  test('is the first of two', () => {
    expect(tokenIn(`/${token} ${token.replace('eyJl', 'eyJm')}`)).toBe(token);
  });

  test.each([
    ...['', '/', '/%', '/.', '/guess', '/确认', '/favicon.ico', `/${payload}`, `/.${signature}`, `/${signature}`],
    ...[`/${token.slice(0, -1)}`, `/${token.slice(0, -1)}。${'x'.repeat(43)}`, `/${payload}。${signature}`],
    ...[`/${token.toLowerCase()}`, `/x${token}`, `/${token.slice(1)}`],
    `/eyJ${'x'.repeat(1_100)}.${signature}`,
  ])('is not in %j', (address) => {
    expect(tokenIn(address)).toBeUndefined();
  });
});
