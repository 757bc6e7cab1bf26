/** The feed of all that was issued to the public: Atom 1.0 (RFC 4287). */
import { create } from 'xmlbuilder2';
import type { Instant } from '../../episode/commands.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { pathOf } from './addresses.js';
import { CAP_TYPE } from './cap.js';

export const ATOM_TYPE = 'application/atom+xml';

export interface FeedItem {
  /** Path of its page, which with the address of the installation is its id. */
  path: string;
  title: string;
  at: Instant;
  paragraphs: string[];
  /** Path of its alert. */
  cap?: string;
}

export interface FeedSource {
  title: string;
  author: string;
  publicUrl: string;
}

/** Readers ask again and again: the last that was issued is enough for them. */
const MOST_ITEMS = 50;

/** `emptySince`: the time of a feed without items, which has to tell one. */
export function atomFeed(
  items: readonly FeedItem[],
  { title, author, publicUrl }: FeedSource,
  emptySince: Instant,
): string {
  // Of two at one moment the later in the list is the newer.
  const newest = [...items]
    .reverse()
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST_ITEMS);
  const feed = {
    '@xmlns': 'http://www.w3.org/2005/Atom',
    '@xml:lang': 'zh-CN',
    id: `${publicUrl}${pathOf.feed}`,
    title,
    updated: beijingIso(newest[0]?.at ?? emptySince),
    author: { name: author },
    link: [
      { '@rel': 'self', '@type': ATOM_TYPE, '@href': `${publicUrl}${pathOf.feed}` },
      { '@rel': 'alternate', '@type': 'text/html', '@href': `${publicUrl}${pathOf.home}` },
    ],
    entry: newest.map((item) => ({
      id: `${publicUrl}${item.path}`,
      title: item.title,
      updated: beijingIso(item.at),
      published: beijingIso(item.at),
      link: [
        { '@rel': 'alternate', '@type': 'text/html', '@href': `${publicUrl}${item.path}` },
        ...(item.cap === undefined
          ? []
          : [{ '@rel': 'related', '@type': CAP_TYPE, '@href': `${publicUrl}${item.cap}` }]),
      ],
      content: { '@type': 'text', '#': item.paragraphs.join('\n') },
    })),
  };
  return create({ encoding: 'UTF-8', invalidCharReplacement: '' }, { feed }).end({ prettyPrint: true });
}
