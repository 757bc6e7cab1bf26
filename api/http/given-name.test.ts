import { expect, test } from '@jest/globals';
import { givenName } from './given-name.js';

const inUtf8 = (text: string) => Buffer.from(text).toString('latin1');
const GBK = '\xcd\xa3\xb9\xa4\xd5\xd5\xc6\xac';
const PERCENT = encodeURIComponent('停工照片');
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each<[string, string, string | undefined]>([
  ['UTF-8', `filename="${inUtf8('停工照片.jpg')}"`, '停工照片.jpg'],
  ['GBK', `filename="${GBK}.jpg"`, '停工照片.jpg'],
  ['GBK whose second byte is a backslash', 'filename="\xcd\xa3\xd5\x5c.jpg"', '停誠.jpg'],
  ['Latin letters', 'filename="\xdcr\xfcmqi.jpg"', 'Ürümqi.jpg'],
  ['Latin letters in UTF-8', `filename="${inUtf8('Ürümqi.jpg')}"`, 'Ürümqi.jpg'],
  ['UTF-8 that was taken for Latin-1', `filename="${inUtf8(inUtf8('停工.jpg'))}"`, '停工.jpg'],
  ['GBK that was taken for Latin-1', `filename="${inUtf8(`${GBK}1.jpg`)}"`, '停工照片1.jpg'],
  ['RFC 2047, base64', `filename="=?UTF-8?B?${base64('停工照片.jpg')}?="`, '停工照片.jpg'],
  ['RFC 2047, GB2312', `filename="=?gb2312?B?${Buffer.from(GBK, 'latin1').toString('base64')}?=.jpg"`, '停工照片.jpg'],
  ['RFC 2047, quoted', 'filename="=?utf-8?Q?=E5=81=9C=E5=B7=A5_1.jpg?="', '停工 1.jpg'],
  ['RFC 2047 that cuts a character', 'filename="=?utf-8?Q?=E5=81?= =?utf-8?Q?=9C.jpg?="', '停.jpg'],
  ['RFC 5987', `filename="x.jpg"; filename*=UTF-8''${PERCENT}.jpg`, '停工照片.jpg'],
  ['RFC 5987, GBK', `filename*=GB18030'zh'%CD%A3%B9%A4.jpg`, '停工.jpg'],
  ['RFC 5987 of Latin letters', `filename*=UTF-8''%C3%9Cr%C3%BCmqi.jpg`, 'Ürümqi.jpg'],
  ['RFC 2231 in parts', `filename*0*=UTF-8''%E5%81%9C; filename*1*=%E5%B7%A5.jpg`, '停工.jpg'],
  ['percents', `filename="${PERCENT}.jpg"`, '停工照片.jpg'],
  ['percents of GBK', 'filename="%CD%A3%B9%A4.jpg"', '停工.jpg'],
  ['a browser’s quotes', `filename="${inUtf8('停工%22一%22.jpg')}"`, '停工 一 .jpg'],
  ['numbers of characters', 'filename="&#20572;&#24037;.jpg"', '停工.jpg'],
  ['a percent of its own', `filename="${inUtf8('完成100%.pdf')}"`, '完成100%.pdf'],
  ['a percent of its own and ASCII', 'filename="100%.pdf"', '100%.pdf'],
  ['quotes within', 'filename="a \\"b\\".jpg"', 'a "b".jpg'],
  ['quotes within that nobody escaped', 'filename="a "b".jpg"', 'a "b".jpg'],
  ['no quotes', 'filename=a.jpg', 'a.jpg'],
  ['an empty name', 'filename=""', ''],
  ['no name', 'x=y', undefined],
])('%s', (_what, parameter, expected) => {
  expect(givenName(`form-data; name="file"; ${parameter}`)).toBe(expected);
});
