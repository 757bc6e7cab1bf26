/** All that the public can read, as it is sent: made from the record, and kept until the record or the minute changes. */
import { createHash } from 'node:crypto';
import { pathOf } from '../../documents/public/addresses.js';
import { CAP_TYPE, capXml } from '../../documents/public/cap.js';
import { capFaults } from '../../documents/public/cap-faults.js';
import { capOfText } from '../../documents/public/cap-of-text.js';
import { currentOf } from '../../documents/public/current.js';
import { ATOM_TYPE, atomFeed, type FeedItem } from '../../documents/public/feed.js';
import {
  hasWarning,
  markedTitle,
  type PublicEpisode,
  type PublishedText,
  paragraphsOf,
} from '../../documents/public/published.js';
import { senderOf } from '../../documents/sender.js';
import { textIdOf } from '../../episode/texts.js';
import { beijingDate, MINUTE } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';
import { PAGE_HEADERS, type PublicPage, renderPublicPage } from './layout.js';
import { homePage, reviewPage, statementPage, unknownPublicPage, warningPage, yearPage, yearsOf } from './pages.js';
import { createReadRecord } from './read-record.js';
import { type Rendered, rendered } from './rendered.js';
import { inBeijingWords, reviewTitle } from './views.js';

/** What everybody may read, by address. An unknown address is answered with a page that says so. */
export interface PublicSite {
  home(): Rendered;
  warning(episodeId: string): Rendered;
  /** `key` as in `textIdOf`. */
  cap(episodeId: string, key: string): Rendered;
  /** Of this year without one. */
  history(year?: number): Rendered;
  review(episodeId: string): Rendered;
  statement(episodeId: string, statementId: string): Rendered;
  feed(): Rendered;
  current(): Rendered;
  unknown(): Rendered;
}

/** So often the record is read while somebody asks. An answer may be kept for a minute on its way besides. */
const READ_EVERY = 5_000;

/** Answers from memory, whatever the number of those who ask: at most one read of the record is under way. */
export function createPublicSite(context: Context): () => Promise<PublicSite> {
  const readRecord = createReadRecord(context);
  const openAlerts = createAlerts(context);
  let site: { key: string; site: PublicSite } | undefined;
  let read: { at: number; site: Promise<PublicSite> } | undefined;

  async function refresh(): Promise<PublicSite> {
    const now = context.clock();
    const episodes = await readRecord();
    const checkedAt = Math.floor(now / MINUTE) * MINUTE;
    const key = contentKey(episodes, checkedAt);
    if (site?.key !== key) site = { key, site: siteOf(context, episodes, await openAlerts(episodes), checkedAt) };
    return site.site;
  }

  /** While the database is away, what was read last: each page says when that was. */
  async function fresh(): Promise<PublicSite> {
    try {
      return await refresh();
    } catch (error) {
      if (site === undefined) throw error;
      context.log.error({ err: error }, 'public record cannot be read; pages are of the last reading');
      return site.site;
    }
  }

  return () => {
    const now = context.clock();
    if (read === undefined || now < read.at || now >= read.at + READ_EVERY) {
      read = { at: now, site: fresh() };
      read.site.catch(() => {
        read = undefined;
      });
    }
    return read.site;
  };
}

/** Whatever shows on a page is in an entry, and its number is in the head. */
const contentKey = (episodes: readonly PublicEpisode[], checkedAt: number): string =>
  createHash('sha256')
    .update(JSON.stringify([checkedAt, episodes.map(({ episodeId, state: { head } }) => [episodeId, head.hash])]))
    .digest('hex');

/** Alerts by their path, each checked once: one that is not valid is told to the log and never served. */
function createAlerts({ publicUrl, edition, log }: Context) {
  const checked = new Map<string, string | undefined>();
  const { office } = senderOf(edition);

  return async (episodes: readonly PublicEpisode[]): Promise<ReadonlyMap<string, string | undefined>> => {
    for (const episode of episodes)
      for (const text of episode.texts) {
        const path = pathOf.cap(episode.episodeId, text);
        if (checked.has(path)) continue;
        const alert = capOfText(episode, text, { senderName: office, publicUrl });
        const faults = await capFaults(alert);
        if (faults.length > 0) log.error({ path, faults }, 'alert is not valid and is not published');
        checked.set(path, faults.length === 0 ? capXml(alert) : undefined);
      }
    return checked;
  };
}

type Alerts = ReadonlyMap<string, string | undefined>;

function siteOf(
  { edition, publicUrl }: Context,
  episodes: readonly PublicEpisode[],
  alerts: Alerts,
  checkedAt: number,
): PublicSite {
  const { district, office } = senderOf(edition);
  const name = `${district}重污染天气信息`;
  const thisYear = Number(beijingDate(checkedAt).slice(0, 4));
  const made = new Map<string, Rendered>();
  const find = (episodeId: string) => episodes.find((one) => one.episodeId === episodeId);
  const isServed = (episode: PublicEpisode, text: PublishedText): boolean =>
    alerts.get(pathOf.cap(episode.episodeId, text)) !== undefined;

  /** `key` is one of ours: made from what is published, not from what was asked for. */
  function once(key: string, make: () => Rendered): Rendered {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  }
  const page = (shown: PublicPage, status = 200): Rendered =>
    rendered(renderPublicPage(shown, { name, office, checkedAt: inBeijingWords(checkedAt) }), {
      type: 'html',
      status,
      headers: PAGE_HEADERS,
    });
  const unknown = () => once('unknown', () => page(unknownPublicPage, 404));

  return {
    home: () => once('home', () => page(homePage(episodes, thisYear))),
    warning(episodeId) {
      const episode = find(episodeId);
      if (episode === undefined || !hasWarning(episode)) return unknown();
      return once(pathOf.warning(episodeId), () => page(warningPage(episode, (text) => isServed(episode, text))));
    },
    cap(episodeId, key) {
      const episode = find(episodeId);
      const text = episode?.texts.find((one) => textIdOf(one) === key);
      const path = text && pathOf.cap(episodeId, text);
      const xml = path && alerts.get(path);
      return xml ? once(path, () => rendered(xml, { type: CAP_TYPE, headers: FOR_ANYBODY })) : unknown();
    },
    history(year = thisYear) {
      if (year !== thisYear && !yearsOf(episodes).includes(year)) return unknown();
      return once(pathOf.history(year), () => page(yearPage(episodes, year)));
    },
    review(episodeId) {
      const episode = find(episodeId);
      if (episode?.review === undefined) return unknown();
      return once(pathOf.review(episodeId), () => page(reviewPage(episode)));
    },
    statement(episodeId, statementId) {
      const episode = find(episodeId);
      const statement = episode?.statements.find((one) => one.statementId === statementId);
      if (episode === undefined || statement === undefined) return unknown();
      return once(pathOf.statement(episodeId, statementId), () => page(statementPage(episode, statement)));
    },
    feed: () =>
      once(pathOf.feed, () =>
        rendered(atomFeed(itemsOf(episodes, isServed), { title: name, author: office, publicUrl }, checkedAt), {
          type: ATOM_TYPE,
          headers: FOR_ANYBODY,
        }),
      ),
    current: () =>
      once(pathOf.current, () => {
        const capOf = (episode: PublicEpisode) => {
          const text = episode.texts.findLast((one) => isServed(episode, one));
          return text && pathOf.cap(episode.episodeId, text);
        };
        const current = currentOf(episodes, { checkedAt, publicUrl }, capOf);
        return rendered(JSON.stringify(current), { type: 'json', headers: FOR_ANYBODY });
      }),
    unknown,
  };
}

/** Programs and pages elsewhere read it. There is nothing in it that is not public, and no cookie goes with it. */
const FOR_ANYBODY = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };

const itemsOf = (
  episodes: readonly PublicEpisode[],
  isServed: (episode: PublicEpisode, text: PublishedText) => boolean,
): FeedItem[] =>
  episodes.flatMap((episode) => [
    ...episode.texts.map((text) => ({
      path: pathOf.text(episode.episodeId, text),
      title: markedTitle(episode, text.title),
      at: text.issuedAt,
      paragraphs: paragraphsOf(text.text),
      ...(isServed(episode, text) ? { cap: pathOf.cap(episode.episodeId, text) } : {}),
    })),
    ...episode.statements.map((statement) => ({
      path: pathOf.statement(episode.episodeId, statement.statementId),
      title: markedTitle(episode, statement.title),
      at: statement.issuedAt,
      paragraphs: paragraphsOf(statement.text),
    })),
    ...(episode.review
      ? [
          {
            path: pathOf.review(episode.episodeId),
            title: reviewTitle(episode),
            at: episode.review.publishedAt,
            paragraphs: paragraphsOf(episode.review.text),
          },
        ]
      : []),
  ]);
