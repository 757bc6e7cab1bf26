import type { Entry } from '../../episode/entries.js';
import { countOpenProblems } from '../../episode/problems.js';
import { isReviewPublished, isWithoutResponse, nameOf, unitsOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';
import { theWholeEpisode } from '../engine/load-episode.js';
import { referralsIn, seqsOfReferrals } from '../engine/referrals.js';

/** The review (§5.2) with the units' summaries. Units without one are named. */
export async function reviewAnswer(context: Context, episodeId: string) {
  const { database } = context;
  const { state } = await theWholeEpisode(context, { episodeId });
  const { dueAt, submittedAt, savedSeq } = state.review ?? {};
  const owing = isWithoutResponse(state) ? [] : unitsOf(state);
  const sent = unitsOf(state).filter(({ summary }) => summary?.seq !== undefined);
  const entries = await findEntries(database, episodeId, [
    ...(savedSeq === undefined ? [] : [savedSeq]),
    ...sent.flatMap(({ summary }) => summary?.seq ?? []),
    ...seqsOfReferrals(state),
  ]);
  const saved = entries.find(({ seq }) => seq === savedSeq);
  return {
    status: statusOf(state),
    ...(dueAt === undefined ? {} : { dueAt: beijingIso(dueAt) }),
    ...(submittedAt === undefined ? {} : { publishedAt: beijingIso(submittedAt) }),
    ...(saved?.kind === 'review.saved' ? { content: saved.data.content } : {}),
    ...(isWithoutResponse(state) ? { withoutResponse: true as const } : {}),
    referrals: referralsIn(state, entries),
    openProblems: countOpenProblems(state),
    missingSummaries: owing
      .filter((unit) => !sent.includes(unit))
      .map(({ unitId }) => ({ unitId, name: nameOf(state, unitId) })),
    summaries: summariesOf(state, entries),
  };
}

const statusOf = (state: EpisodeState): 'none' | 'draft' | 'published' => {
  if (isReviewPublished(state)) return 'published';
  return state.review?.savedSeq === undefined ? 'none' : 'draft';
};

const summariesOf = (state: EpisodeState, entries: Entry[]) =>
  entries.flatMap((entry) =>
    entry.kind === 'summary.submitted' && entry.unitId !== undefined
      ? [
          {
            unitId: entry.unitId,
            name: nameOf(state, entry.unitId),
            submittedAt: entry.episodeTime,
            ...entry.data.content,
          },
        ]
      : [],
  );
