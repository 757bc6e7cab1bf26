const DIGITS = '零一二三四五六七八九';

/** Numbers up to 99 in Chinese, and years digit by digit: 二〇二六年十二月七日, 九点半. */
export const withDigits = (text: string): string =>
  text
    .replaceAll(/[〇○]/gu, '零')
    .replaceAll('两', '二')
    .replaceAll('元月', '一月')
    .replaceAll('廿', '二十')
    .replaceAll(/([一二三四五六七八九])?十([一二三四五六七八九])?/gu, (_, tens: string, ones: string) =>
      String((tens === undefined ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === undefined ? 0 : DIGITS.indexOf(ones))),
    )
    .replaceAll(/[零一二三四五六七八九]/gu, (digit) => String(DIGITS.indexOf(digit)));
