import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { message } from '../testing/messages.js';
import type { ChannelMessage } from './channel.js';
import { BYTES, CHARACTERS, textWithin } from './text.js';

const link = 'https://qingkong.example/episodes/1';

const say = (text: string): ChannelMessage => message({ text, link });

test('text and link, each on a line of its own', () => {
  expect(textWithin(say('正文\n'), 1000, BYTES)).toBe(`正文\n${link}`);
});

test('a link that the text has is not repeated', () => {
  expect(textWithin(say(`办理：${link}\n`), 1000, BYTES)).toBe(`办理：${link}`);
});

test('too long a text loses its end, not the link, in the text or not', () => {
  expect(textWithin(say('一二三四五六七八九'), 39, CHARACTERS)).toBe(`一二…\n${link}`);
  expect(textWithin(say('一二三四五六七八九'), 45, BYTES)).toBe(`一二…\n${link}`);
  expect(textWithin(say(`一二三四五六七八九：${link}`), 39, CHARACTERS)).toBe(`一二…\n${link}`);
});

test('a link that has no room is left out', () => {
  expect(textWithin(say('一二三四五六七八九'), 5, CHARACTERS)).toBe('一二三四五');
});

const measures = { BYTES, CHARACTERS };
const words = fc.string({ unit: 'grapheme', maxLength: 300 });
const plain = (text: string): ChannelMessage => {
  const { link: _, ...rest } = message({ text });
  return rest;
};
const withLink = say;

test.each([
  ['BYTES', plain],
  ['CHARACTERS', plain],
  ['BYTES', withLink],
  ['CHARACTERS', withLink],
] as const)('of any text: within the limit, cut between two characters, the link whole (%s, %p)', (name, written) => {
  const measure = measures[name];
  fc.assert(
    fc.property(words, fc.integer({ min: 60, max: 700 }), (text, limit) => {
      const told = textWithin(written(text), limit, measure);
      expect(measure.of(told)).toBeLessThanOrEqual(limit);
      // A half of a character would not come back the same.
      expect(Buffer.from(told).toString()).toBe(told);
      const [, beginning, end] = /^(.*?)(…?(?:\nhttps:.*)?)$/s.exec(told)!;
      expect(text.trim().startsWith(beginning!)).toBe(true);
      if (written === withLink) expect(end!.endsWith(link)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('a text that just fits is not cut, one character more is', () => {
  fc.assert(
    fc.property(
      words.filter((text) => text.trim().length > 1),
      (text) => {
        const whole = text.trim();
        expect(textWithin(plain(text), BYTES.of(whole), BYTES)).toBe(whole);
        expect(textWithin(plain(text), BYTES.of(whole) - 1, BYTES)).not.toBe(whole);
      },
    ),
  );
});
