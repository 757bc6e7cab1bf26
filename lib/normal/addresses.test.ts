import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mailIn, normalMail } from './mail.js';
import { isShortened, lacksZero, mobileIn, phoneIn } from './telephone.js';

describe('a mobile', () => {
  test.each([
    ['\u202D13900000001\u202C', 'copied from the contacts of Windows'],
    ['139\u00A00000\u00A00001', 'copied from a web page'],
    ['139 0000 0001', 'in groups'],
    ['139-0000-0001', 'in groups'],
    ['139.0000.0001', 'in groups'],
    ['139–0000—0001', 'dashes of a word processor'],
    ['１３９０００００００１', 'full width'],
    ['+86 13900000001', 'E.164'],
    ['+86-139-0000-0001', 'E.164 with dashes'],
    ['(+86)13900000001', 'a visiting card'],
    ['008613900000001', 'as it is dialled from abroad'],
    ['8613900000001', 'as gateways want it'],
    ['013900000001', 'with the 0 that landlines once dialled before'],
    ['\u200B13900000001', 'copied from a chat'],
    ['13900000001　', 'a wide space behind'],
    ['\uFEFF13900000001', 'the mark of a text file'],
    ["'13900000001", 'the apostrophe of a spreadsheet'],
    ['’13900000001', 'the same, typed with a Chinese keyboard'],
    ['13900000001.0', 'a program that reads numbers as fractions'],
    ['手机：13900000001', 'with a word for it'],
    ['手机号码13900000001', 'the same without a colon'],
    ['tel:+8613900000001', 'a link of a web page'],
    ['13900000001（微信同号）', 'with a remark'],
    ['13900000001（王伟）、', 'with a name and a stop of a list'],
  ])('%j: %s', (typed) => {
    expect(mobileIn(typed)).toBe('13900000001');
  });

  test.each([
    '1390000000',
    '139000000011',
    '12900000001',
    '0991-4690001',
    '1.39E+10',
    '13900000001/13900000002',
    '13900000001 13900000002',
    '139****0001',
    '无',
    '',
  ])('%j is none', (typed) => {
    expect(mobileIn(typed)).toBeUndefined();
  });

  test('abroad keeps the code of its country', () => {
    expect([mobileIn('+7 701 123 4567'), mobileIn('007 7011234567')]).toEqual(['+77011234567', '+77011234567']);
    expect(mobileIn('+86 12345678')).toBeUndefined();
  });

  test.each([
    ['1.39E+10', true],
    ['1.39e10', true],
    ['13900000001', false],
  ])('%s is shortened by a spreadsheet: %p', (typed, expected) => {
    expect(isShortened(typed)).toBe(expected);
  });
});

describe('a telephone', () => {
  test.each([
    ['0991-4690001', '09914690001'],
    ['(0991)4690001', '09914690001'],
    ['（0991）4690001', '09914690001'],
    ['0991 469 0001', '09914690001'],
    ['＋86 991 4690001', '09914690001'],
    ['0086-991-4690001', '09914690001'],
    ['4690001', '4690001'],
    ['010-69000001', '01069000001'],
    ['0991-4690000转8001', '09914690000转8001'],
    ['0991-4690000 转 8001', '09914690000转8001'],
    ['0991-4690000 分机8001', '09914690000转8001'],
    ['0991-4690000分机号：8001', '09914690000转8001'],
    ['0991-4690000 ext. 8001', '09914690000转8001'],
    ['0991-4690000-8001', '09914690000转8001'],
    ['0991-4690000，8001', '09914690000转8001'],
    ['139-0000-0001', '13900000001'],
    ['400-123-4567', '4001234567'],
    ['12369', '12369'],
    ['110', '110'],
    ['值班室：0991-4690001', '09914690001'],
    ['4690001（值班室）', '4690001'],
    ['电话0991-4690001', '09914690001'],
    ['0991-4690000（转8001）', '09914690000转8001'],
  ])('%s is %s', (typed, normal) => {
    expect(phoneIn(typed)).toBe(normal);
  });

  test.each(['总机转值班室', '内线1101', '转：4690001', '12', '0991', '0991-4690001、4690002', '1.39E+10', '#N/A'])(
    '%s is none',
    (typed) => {
      expect(phoneIn(typed)).toBeUndefined();
    },
  );

  test.each([
    ['9914600001', true],
    ['0991-4600001', false],
    ['+86 991 4600001', false],
    ['4600001', false],
    ['13900000001', false],
    ['4001234567', false],
  ])('%s has lost its 0: %p', (typed, expected) => {
    expect(lacksZero(typed)).toBe(expected);
  });

  test('its normal form stays the same taken again, and other digits stay another number', () => {
    const digits = fc.stringMatching(/^\d{9}$/);
    const gap = fc.constantFrom('', ' ', '-', '\u00A0', '\u200B');
    const typed = (number: string, between: string, code: string) => code + [...number].join(between);
    const code = fc.constantFrom('', '+86', '0086 ', '86');
    fc.assert(
      fc.property(digits, digits, gap, code, (one, other, between, before) => {
        const first = mobileIn(typed(`13${one}`, between, before));
        expect(first).toBe(`13${one}`);
        expect(mobileIn(first!)).toBe(first);
        expect(mobileIn(`13${other}`) === first).toBe(one === other);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = phoneIn(text);
        if (once !== undefined) expect(phoneIn(once)).toBe(once);
      }),
    );
  });
});

describe('an address of mail', () => {
  test.each([
    ['ww＠education.shuimogou.example', 'ww@education.shuimogou.example'],
    ['ww@education。shuimogou。example', 'ww@education.shuimogou.example'],
    ['王伟<ww@x.example>', 'ww@x.example'],
    ['王伟 <ww@x.example>;', 'ww@x.example'],
    ['"王伟" <ww@x.example>', 'ww@x.example'],
    ['王伟（ww@x.example）', 'ww@x.example'],
    ['mailto:ww@x.example', 'ww@x.example'],
    ['邮箱：ww@x.example', 'ww@x.example'],
    ['QQ邮箱:ww@x.example', 'ww@x.example'],
    ['邮箱 ww@x.example', 'ww@x.example'],
    ['ww@x.example（办公）', 'ww@x.example'],
    ['mailto:ww@x.example?subject=通知', 'ww@x.example'],
    ['ww@x.example\u00A0', 'ww@x.example'],
    ['ww @x.example', 'ww@x.example'],
    ['ww @ x . example', 'ww@x.example'],
    ['WW@X.EXAMPLE', 'WW@X.EXAMPLE'],
    ['123456789@qq.example', '123456789@qq.example'],
    ['_ww@x.example', '_ww@x.example'],
    ['ww@x.example,', 'ww@x.example'],
    ['ww@x.example。', 'ww@x.example'],
    ['ｗｗ@ｘ．ｅｘａｍｐｌｅ', 'ww@x.example'],
    ['ww@水磨沟.example', 'ww@xn--19qv3aj25e.example'],
  ])('%s is %s', (typed, address) => {
    expect(mailIn(typed)?.replace(/xn--[a-z0-9]+/, 'xn--19qv3aj25e')).toBe(address);
  });

  test.each([
    'a@x.example;b@x.example',
    'a@x.example b@x.example',
    'ww@x.example 13900000001',
    'ww@x.example13900000001',
    '王伟 ww@x.example',
    'https://ww@x.example',
    'ww.@x.example',
    'ww@x',
    '无',
    '@x.cn',
    '点此发邮件',
    '',
  ])('%j is none', (typed) => {
    expect(mailIn(typed)).toBeUndefined();
  });

  // Looked through as a short text is, each would take hours.
  test.each([';', '.', ')', '<a@', ' '])('a million of %j and an address are none', (part) => {
    expect(mailIn(`${part.repeat(1_000_000)}ww@x.example x`)).toBeUndefined();
  });

  test('stays the same taken again, and is compared without case', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const once = mailIn(address);
        if (once !== undefined) expect(mailIn(once)).toBe(once);
        expect(normalMail(normalMail(address))).toBe(normalMail(address));
        expect(normalMail(address.toUpperCase())).toBe(normalMail(address));
      }),
    );
  });
});
