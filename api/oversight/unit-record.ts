/** A unit over all episodes that it took part in (§7): counts, and each failure by itself. */
import { breachesOf } from '../../episode/breaches.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { episodeViewOf, taskCountsOf, unitPageOf } from '../../episode/views.js';
import { entriesAt, type ListedEpisode, listEpisodes } from '../../ledger/reading/reading.js';
import type { Account } from '../auth/account.js';
import type { Context } from '../engine/context.js';
import { episodeNow } from '../engine/present.js';
import { referralsIn } from '../engine/referrals.js';
import { breachViews } from './accountability.js';
import { type Explanations, explanationsIn, seqsOfExplanations } from './explanations.js';

interface Asked {
  drill?: boolean;
  cursor?: string;
  limit?: number;
}

/** The newest first. Whether a unit is told that it was referred is for those who inspect: it does not read it here. */
export async function unitRecordAnswer(context: Context, unitId: string, { role }: Account, asked: Asked) {
  const page = await listEpisodes(context.database, { ...asked, unitId });
  const showsReferrals = role !== 'unit';
  const entries = await entriesOf(context, unitId, page.items, showsReferrals);
  const items = page.items.map(({ state }) => {
    const found = entries.get(state.episodeId) ?? [];
    return {
      ...recordIn(context, state, unitId, explanationsIn(found)),
      ...(showsReferrals && { referrals: referralsIn(state, found) }),
    };
  });
  return { ...page, items };
}

/** The unit's referrals and stated reasons, by episode. */
function entriesOf({ database }: Context, unitId: string, listed: readonly ListedEpisode[], withReferrals: boolean) {
  const places = listed.flatMap(({ state }) => {
    const referred = state.referrals.filter((one) => one.unitId === unitId).map(({ seq }) => seq);
    const explained = seqsOfExplanations(state.units[unitId]!);
    return [...(withReferrals ? referred : []), ...explained].map((seq) => ({ chainId: state.episodeId, seq }));
  });
  return entriesAt(database, places);
}

function recordIn(context: Context, state: EpisodeState, unitId: string, explanations: Explanations) {
  const now = episodeNow(context, state);
  const { notices, suspensions: _, expectedEnd: __, ...episode } = episodeViewOf(state, now);
  const page = unitPageOf(state, unitId, now);
  const unit = state.units[unitId]!;
  const asked = [...page.acknowledgements, ...(page.lifting ? [page.lifting] : [])];
  return {
    ...episode,
    notice: { noticeId: notices[0]!.noticeId, name: notices[0]!.name },
    name: page.name,
    acknowledgements: countsOf(asked),
    implementation: countsOf(page.implementation),
    dailyReports: countsOf(page.dailyReports),
    tasks: taskCountsOf(state, unit),
    ...(page.summary && {
      summary: { ...page.summary, ...(page.summaryAt === undefined ? {} : { submittedAt: page.summaryAt }) },
    }),
    breaches: breachViews(state, breachesOf(state, unit), unit, explanations),
  };
}

/** What was asked and stands: on time, late, not at all, or still open. */
function countsOf(asked: ReadonlyArray<{ status: string }>) {
  const count = (...statuses: string[]) => asked.filter(({ status }) => statuses.includes(status)).length;
  return {
    onTime: count('acknowledged', 'submitted'),
    late: count('late'),
    missed: count('missed'),
    open: count('pending', 'suspended'),
  };
}
