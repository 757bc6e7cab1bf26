/** Reads all that was issued to the public, with the facts of its episodes. */
import { LRUCache } from 'lru-cache';
import type { PublicEpisode, PublishedReview } from '../../documents/public/published.js';
import type { Entry } from '../../episode/entries.js';
import { keptEdition } from '../../ledger/editions.js';
import { publicEntries } from '../../ledger/reading/public.js';
import { findEntries, findEpisode } from '../../ledger/reading/reading.js';
import { publicTextAt } from '../../plan/edition/public-text.js';
import { REVISED_NAMES } from '../../plan/wording/revisions.js';
import { dayInWords } from '../../plan/wording/words.js';
import type { Context } from '../engine/context.js';

/** Closed episodes are read once: nothing is added to them. */
const MOST_KEPT = 1_000;

/** The episodes that the public may know of, the last opened first. */
export function createReadRecord({ database }: Pick<Context, 'database'>): () => Promise<PublicEpisode[]> {
  const sealed = new LRUCache<string, { episode: PublicEpisode | undefined }>({ max: MOST_KEPT });

  return async () => {
    const entries = await publicEntries(database, [...sealed.keys()]);
    const open = await Promise.all([...entries].map(([episodeId, own]) => read(episodeId, own)));
    const known = [...sealed.values()].map(({ episode }) => episode);
    const shown = [...new Set([...known, ...open])].filter((episode) => episode !== undefined);
    return shown.sort((a, b) => openedAt(b) - openedAt(a));
  };

  async function read(episodeId: string, entries: Entry[]): Promise<PublicEpisode | undefined> {
    const state = await findEpisode(database, episodeId);
    if (state === undefined) return undefined;
    const { plan, ...edition } = await keptEdition(database, state.binding.editionHash);
    const published = entries.findLast((entry) => entry.kind === 'review.published');
    const [first, saved] = await findEntries(database, episodeId, [1, ...(published ? [published.data.saved] : [])]);
    if (first?.kind !== 'warning.issued') throw new Error(`episode ${episodeId} does not begin with its warning`);
    const { affectedArea, extent } = first.data;
    const texts = textsIn(entries);
    const names = new Map(edition.units.map((unit) => [unit.unitId, unit.name]));
    const ownerOf = (unitId = '') => names.get(unitId) ?? (unitId || plan.bodies.office.name);
    const review = published && saved && reviewOf(published, saved, ownerOf);
    const statements = statementsIn(entries);
    // A drill of which nothing is shown is nothing to the public at all.
    const isShown = texts.length + statements.length > 0 || (!state.drill && review !== undefined);
    const episode: PublicEpisode | undefined = isShown
      ? {
          episodeId,
          drill: state.drill,
          state,
          sender: plan.publicInformation.published.sender,
          wordsAt(level) {
            const words = publicTextAt({ plan, ...edition }, level);
            return { ...words, area: affectedArea ?? extent ?? words.area };
          },
          texts,
          statements,
          ...(review && { review }),
        }
      : undefined;
    if (state.phase === 'closed') sealed.set(episodeId, { episode });
    return episode;
  }
}

const openedAt = ({ state }: PublicEpisode): number => state.clock.realAnchor;

/** The last text of a notice says whether its texts are shown: a drill's may be taken off the pages. */
function textsIn(entries: readonly Entry[]): PublicEpisode['texts'] {
  const issued = entries.flatMap((entry) =>
    entry.kind === 'text.issued' && entry.data.audience === 'public' ? [entry] : [],
  );
  const shown = new Map(issued.map(({ data }) => [data.notice, data.onPublicPages]));
  return issued
    .filter(({ data }) => shown.get(data.notice))
    .map(({ data: { notice, version, title, text, number }, episodeTime }) => ({
      noticeId: notice,
      version,
      title,
      text,
      ...(number === undefined ? {} : { number }),
      issuedAt: Date.parse(episodeTime),
    }));
}

function statementsIn(entries: readonly Entry[]): PublicEpisode['statements'] {
  const issued = entries.flatMap((entry) =>
    entry.kind === 'statement.issued' && entry.data.onPublicPages ? [entry] : [],
  );
  return issued.map(({ data: { statementId, about, title, text, corrects }, episodeTime }) => {
    const correctedBy = issued.find(({ data }) => data.corrects === statementId)?.data.statementId;
    return {
      statementId,
      about,
      title,
      text,
      issuedAt: Date.parse(episodeTime),
      ...(corrects === undefined ? {} : { corrects }),
      ...(correctedBy === undefined ? {} : { correctedBy }),
    };
  });
}

/** The office's text for the public, or its conclusions where it wrote none. */
/** The office's words, and what is revised next, by whom and by when. */
function reviewOf(
  { episodeTime }: Entry,
  saved: Entry,
  ownerOf: (unitId: string | undefined) => string,
): PublishedReview | undefined {
  if (saved.kind !== 'review.saved') return undefined;
  const { publicText, conclusions, revisions = [] } = saved.data.content;
  const next = revisions.map(
    ({ what, unitId, dueAt }) => `${REVISED_NAMES[what]}由${ownerOf(unitId)}修订，${dayInWords(dueAt)}前完成。`,
  );
  return { text: [publicText?.trim() || conclusions, ...next].join('\n'), publishedAt: Date.parse(episodeTime) };
}
