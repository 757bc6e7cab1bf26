import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apart, looksEaten, looksMistyped, namesIn, normalName, withoutTitle } from './person.js';

const UYGHUR = '阿不都热依木·买买提';

describe('a person’s name', () => {
  // Each with the place where it is met.
  test.each([
    ['王　伟', '王伟', 'GB/T 9704 lists pad names of two characters to three'],
    ['李 芳', '李芳', 'a space from the keyboard'],
    ['王\u00A0伟', '王伟', 'copied from Word or a web page'],
    ['王伟\u200B', '王伟', 'copied from a chat'],
    ['\u202A李芳\u202C', '李芳', 'copied from the list of contacts of Windows'],
    ['王伟\n', '王伟', 'a line break in a cell'],
    ['⼀平', '一平', 'copied from a PDF, which has radicals (U+2F00)'],
    ['阿不都热依木•买买提', UYGHUR, 'bullet, U+2022'],
    ['阿不都热依木‧买买提', UYGHUR, 'hyphenation point, U+2027'],
    ['阿不都热依木・买买提', UYGHUR, 'Japanese middle dot, U+30FB'],
    ['阿不都热依木･买买提', UYGHUR, 'half-width middle dot, U+FF65'],
    ['阿不都热依木∙买买提', UYGHUR, 'bullet operator, U+2219'],
    ['阿不都热依木⋅买买提', UYGHUR, 'dot operator, U+22C5'],
    ['阿不都热依木．买买提', UYGHUR, 'full-width full stop'],
    ['阿不都热依木.买买提', UYGHUR, 'full stop of the keyboard'],
    ['阿不都热依木。买买提', UYGHUR, 'Chinese full stop'],
    ['阿不都热依木 · 买买提', UYGHUR, 'spaces around the dot'],
    ['阿不都热依木 买买提', UYGHUR, 'a space for the dot'],
    ['阿不都热依木-买买提', UYGHUR, 'a hyphen for the dot'],
    ['阿不都热依木—买买提', UYGHUR, 'a dash for the dot'],
    ['阿不都热依木买买提', UYGHUR, 'no dot, as some bank and identity systems have it'],
    ['ＡＬＩ　Khan', 'Ali Khan', 'full width, and capitals as passports have them'],
    ['Әлішер·Қасымов', 'әлішер қасымов', 'Kazakh in Cyrillic letters'],
    ['ئابدۇرېھىم  مەمەت', 'ئابدۇرېھىم مەمەت', 'Uyghur in Arabic letters'],
    ['ئابـدۇرېھىم مەمەت', 'ئابدۇرېھىم مەمەت', 'lengthened by a kashida'],
  ])('%s is %s: %s', (typed, name) => {
    expect(normalName(typed)).toBe(normalName(name));
  });

  test.each([
    ['王伟', '王玮'],
    ['王伟', '王伟伟'],
    ['王伟1', '王伟2'],
    ['王伟（大）', '王伟（小）'],
    ['买买提·艾力', '买买提·艾山'],
    ['Ali Khan', 'Alikhan'],
    ['ışık', 'isik'],
  ])('%s and %s are two people', (one, other) => {
    expect(normalName(one)).not.toBe(normalName(other));
  });

  test('stays the same taken again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(normalName(normalName(name))).toBe(normalName(name));
      }),
      { numRuns: 2_000 },
    );
  });

  test('of other characters stays another’s, however both are typed', () => {
    const part = fc.array(fc.constantFrom(...'王李张阿不都热依木买提伟芳'), { minLength: 1, maxLength: 4 });
    const person = fc.array(part, { minLength: 1, maxLength: 2 });
    const between = fc.constantFrom('', '·', '•', ' ', '　', ' · ', '．', '\u200B');
    fc.assert(
      fc.property(person, person, between, between, (one, other, first, second) => {
        const characters = (parts: string[][]) => parts.flat().join('');
        const typed = (parts: string[][], dot: string) => parts.map((letters) => letters.join('')).join(dot);
        expect(normalName(typed(one, first)) === normalName(typed(other, second))).toBe(
          characters(one) === characters(other),
        );
      }),
    );
  });

  test.each([
    ['王伟', ['王伟'], []],
    ['王　伟', ['王 伟'], []],
    ['王伟（带班）', ['王伟'], []],
    ['王伟(值班)', ['王伟'], []],
    ['王伟【值】', ['王伟'], []],
    ['王伟（小）', ['王伟(小)'], []],
    ['王伟、李芳，张三/李四', ['王伟', '李芳', '张三', '李四'], []],
    ['王伟+李芳|张三\\李四＆赵五', ['王伟', '李芳', '张三', '李四', '赵五'], []],
    ['王伟\n李芳', ['王伟', '李芳'], []],
    ['王伟（组长、值班）、李芳', ['王伟', '李芳'], []],
    ['王伟（带班）李芳（值班）', ['王伟', '李芳'], []],
    ['带班：王伟 值班员：李芳', ['王伟', '李芳'], []],
    ['张 伟 / 13900000001', ['张 伟'], ['13900000001']],
    ['张伟１３９０００００００１', ['张伟'], ['13900000001']],
    ['张伟（139 0000 0001）', ['张伟'], ['139 0000 0001']],
    ['张伟：手机13900000001、李芳 电话：0991-4690001', ['张伟', '李芳'], ['13900000001', '0991-4690001']],
    ['张伟 +86 13900000001 13900000002', ['张伟'], ['+86 13900000001', '13900000002']],
    ['张伟（661234）', ['张伟'], ['661234']],
    ['王伟1', ['王伟1'], []],
    ['阿不都·买买提 4690001', ['阿不都·买买提'], ['4690001']],
    ['', [], []],
  ])('a cell of duty, %j, names %j with the numbers %j', (cell, names, numbers) => {
    expect(namesIn(cell)).toEqual({ names, numbers });
  });

  test.each([
    ['王伟副局长', '王伟'],
    ['王伟（主任）', '王伟'],
    ['王伟 同志', '王伟'],
    ['王伟党组书记', '王伟'],
    ['王局长', undefined],
    ['王伟', undefined],
  ])('%s without an office is %s', (typed, name) => {
    expect(withoutTitle(typed)).toBe(name);
  });

  test('beside others without a sign between is found among known names alone', () => {
    const known = (...names: string[]) => {
      const all = new Set(names.map(normalName));
      return (name: string) => all.has(normalName(name));
    };
    expect(apart('张 伟 李　芳', known('张伟', '李芳'))).toEqual([['张 伟', '李 芳']]);
    expect(apart('阿不都 买买提 李芳', known('阿不都·买买提', '李芳'))).toEqual([['阿不都 买买提', '李芳']]);
    expect(apart('张 伟 李 芳', known('张伟'))).toEqual([]);
    expect(apart('甲 乙 丙', known('甲乙', '丙', '甲', '乙丙'))).toHaveLength(2);
    expect(apart('甲 '.repeat(40), known('甲'))).toEqual([]);
  });

  test.each([
    ['王伟', '王玮', true],
    ['王 伟', '王纬', true],
    ['王伟', '王伟伟', true],
    ['阿不都·买买提', '阿不都·买买提·艾力', true],
    ['阿不都热依木·买买提', '阿卜杜热依木·买买提', true],
    ['王伟', '李芳', false],
    ['王伟', '王', false],
    ['欧阳修', '欧阳询', true],
    ['欧阳修文', '欧阳询武', false],
  ])('%s may be %s mistyped: %p', (one, other, expected) => {
    expect(looksMistyped(one, other)).toBe(expected);
    expect(looksMistyped(other, one)).toBe(expected);
  });

  test.each([
    ['张?', true],
    ['张？', true],
    ['张�', true],
    ['张□', true],
    ['张三', false],
  ])('%s has lost a character: %p', (typed, expected) => {
    expect(looksEaten(typed)).toBe(expected);
  });
});
