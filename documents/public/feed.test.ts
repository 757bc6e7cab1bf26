import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm';
import { atomFeed, type FeedItem } from './feed.js';

const source = { title: '水磨沟区重污染天气信息', author: '区环委办', publicUrl: 'https://qingkong.example' };
const at = (time: string): number => Date.parse(`${time}+08:00`);

const items: FeedItem[] = [
  {
    path: '/public/warnings/e#n1-1',
    title: '黄色<预警>&',
    at: at('2026-01-10 14:00'),
    paragraphs: ['一', '二'],
    cap: '/c.xml',
  },
  { path: '/public/reviews/e', title: '总结评估', at: at('2026-02-01 09:00'), paragraphs: ['三'] },
];

/** The texts at a path of elements, each checked to be in the namespace of Atom. */
function read(xml: string) {
  const document = XmlDocument.fromString(xml);
  const spaces = { a: 'http://www.w3.org/2005/Atom' };
  return (path: string): string[] => document.find(path, spaces).map((node) => node.content);
}

const grammar = RelaxNGValidator.fromDoc(
  XmlDocument.fromString(readFileSync(new URL('../testing/atom.rng', import.meta.url), 'utf8')),
);
const validate = (xml: string) => grammar.validate(XmlDocument.fromString(xml));

describe('the feed (RFC 4287)', () => {
  test('is valid by the grammar of the standard, with items and without', () => {
    for (const given of [items, []]) expect(() => validate(atomFeed(given, source, 0))).not.toThrow();
  });

  test.each([
    ['an entry without a time', (xml: string) => xml.replace(/(<entry>.*?)<updated>.*?<\/updated>/s, '$1')],
    ['a time without zone', (xml: string) => xml.replace(/<updated>(.{10}).*?</, '<updated>$1<')],
    ['an element of another kind', (xml: string) => xml.replace('<entry>', '<entry><pubDate/>')],
    ['a link to nowhere', (xml: string) => xml.replace(/ href="[^"]*"/, '')],
  ])('%s would be found', (_, spoil) => {
    expect(() => validate(spoil(atomFeed(items, source, 0)))).toThrow();
  });

  const texts = read(atomFeed(items, source, 0));

  test('has an id, a title, a time and an author, and so has each entry, the newest first', () => {
    expect(texts('/a:feed/a:id')).toEqual(['https://qingkong.example/public/feed.atom']);
    expect(texts('/a:feed/a:title')).toEqual(['水磨沟区重污染天气信息']);
    expect(texts('/a:feed/a:author/a:name')).toEqual(['区环委办']);
    expect(texts('/a:feed/a:updated')).toEqual(['2026-02-01T09:00:00.000+08:00']);
    expect(texts('/a:feed/a:entry/a:id')).toEqual([
      'https://qingkong.example/public/reviews/e',
      'https://qingkong.example/public/warnings/e#n1-1',
    ]);
    expect(texts('/a:feed/a:entry/a:title')).toEqual(['总结评估', '黄色<预警>&']);
    expect(texts('/a:feed/a:entry/a:updated')).toHaveLength(2);
    expect(texts('/a:feed/a:entry/a:content')).toEqual(['三', '一\n二']);
  });

  test('links itself, the pages, and the alert of a warning', () => {
    expect(texts('/a:feed/a:link[@rel="self"]/@href')).toEqual(['https://qingkong.example/public/feed.atom']);
    expect(texts('/a:feed/a:entry/a:link[@rel="alternate"]/@href')).toHaveLength(2);
    expect(texts('/a:feed/a:entry/a:link[@type="application/cap+xml"]/@href')).toEqual([
      'https://qingkong.example/c.xml',
    ]);
  });

  test('has a time when nothing was issued yet', () => {
    const empty = read(atomFeed([], source, at('2026-01-01 00:00')));
    expect(empty('/a:feed/a:updated')).toEqual(['2026-01-01T00:00:00.000+08:00']);
  });

  test('holds the last fifty', () => {
    const many = Array.from({ length: 60 }, (_, i) => ({ path: `/${i}`, title: `${i}`, at: i, paragraphs: [] }));
    const titles = read(atomFeed(many, source, 0))('/a:feed/a:entry/a:title');
    expect([titles.length, titles[0], titles.at(-1)]).toEqual([50, '59', '10']);
  });
});
