import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { message } from '../testing/messages.js';
import type { Message } from './channel.js';
import { BYTES, CHARACTERS, textWithin } from './text.js';

const link = 'https://qingkong.example/episodes/1';

test('subject, text and link, each on lines of its own', () => {
  const text = textWithin(message({ subject: '题目', text: '正文\n', link }), 1000, BYTES);
  expect(text).toBe(`题目\n\n正文\n${link}`);
});

test('a link that the text has is not repeated', () => {
  const text = textWithin(message({ subject: '题目', text: `办理：${link}\n`, link }), 1000, BYTES);
  expect(text).toBe(`题目\n\n办理：${link}`);
});

test('what is too long loses the end of its text, not the link', () => {
  const long = message({ subject: '题', text: '一二三四五六七八九', link });
  expect(textWithin(long, 42, CHARACTERS)).toBe(`题\n\n一二…\n${link}`);
  expect(textWithin(long, 48, BYTES)).toBe(`题\n\n一…\n${link}`);
});

test('a link that has no room is left out', () => {
  expect(textWithin(message({ subject: '题目', text: '一二三', link }), 5, CHARACTERS)).toBe('题目\n\n一');
});

const measures = { BYTES, CHARACTERS };
const words = fc.string({ unit: 'grapheme', maxLength: 300 });
const plain = (subject: string, text: string): Message => {
  const { link: _, ...rest } = message({ subject, text });
  return rest;
};
const withLink = (subject: string, text: string): Message => message({ subject, text, link });

test.each([
  ['BYTES', plain],
  ['CHARACTERS', plain],
  ['BYTES', withLink],
  ['CHARACTERS', withLink],
] as const)('of any text: within the limit, cut between two characters, the link whole (%s, %p)', (name, written) => {
  const measure = measures[name];
  fc.assert(
    fc.property(words, words, fc.integer({ min: 60, max: 700 }), (subject, text, limit) => {
      const told = textWithin(written(subject, text), limit, measure);
      expect(measure.of(told)).toBeLessThanOrEqual(limit);
      // A half of a character would not come back the same.
      expect(Buffer.from(told).toString()).toBe(told);
      const [, beginning, end] = /^(.*?)(…?(?:\nhttps:.*)?)$/s.exec(told)!;
      expect(`${subject}\n\n${text.trim()}`.startsWith(beginning!)).toBe(true);
      if (written === withLink) expect(end!.endsWith(link)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('a text that just fits is not cut, one character more is', () => {
  fc.assert(
    fc.property(words, words, (subject, text) => {
      const whole = `${subject}\n\n${text.trim()}`;
      expect(textWithin(plain(subject, text), BYTES.of(whole), BYTES)).toBe(whole);
      expect(textWithin(plain(subject, text), BYTES.of(whole) - 1, BYTES)).not.toBe(whole);
    }),
  );
});
