import { digestText } from '../../documents/digest-text.js';
import { senderOf } from '../../documents/sender.js';
import { digestOf } from '../../episode/digest.js';
import { levelOfDay } from '../../episode/policy.js';
import { beginning, nameOf, own } from '../../episode/state.js';
import type { EpisodeState, SubmittedDigest } from '../../episode/state-types.js';
import { keptEdition } from '../../ledger/editions.js';
import { historyPage } from '../../ledger/reading/history.js';
import { findEntry } from '../../ledger/reading/reading.js';
import { reportsInForce } from '../../ledger/reading/reports.js';
import { beijingIso, isReportable } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';
import { episodeNow } from '../engine/present.js';
import { notFound } from '../http/problems.js';

/** A day: the sums now, and what went to the city, or else the draft of it. */
export async function digestAnswer(context: Context, state: EpisodeState, date: string) {
  const day = digestOf(state, date, await reportsInForce(context.database, state, date));
  const { outstanding, paused, ...sums } = day;
  const submitted = own(state.digestsSubmitted, date);
  const entry = submitted && (await findEntry(context.database, state.episodeId, submitted.seq));
  const text = entry?.kind === 'digest.submitted' ? entry.data.text : await textNow(context, state, day);
  const named = (unitIds: string[]) => unitIds.map((unitId) => ({ unitId, name: nameOf(state, unitId) }));
  return {
    ...sums,
    outstanding: named(outstanding),
    paused: named(paused),
    submission: { ...submissionView(submitted), text },
  };
}

/** The text that is submitted when the office sends none: of the reports as they are now. */
export async function digestTextOf(context: Context, state: EpisodeState, date: string): Promise<string> {
  return textNow(context, state, digestOf(state, date, await reportsInForce(context.database, state, date)));
}

async function textNow({ database }: Context, state: EpisodeState, digest: Parameters<typeof digestText>[1]) {
  return digestText(state, digest, senderOf(await keptEdition(database, state.binding.editionHash)));
}

interface Paged {
  cursor?: string;
  limit?: number;
}

/** 404 for a day of which nothing can be summed up: not over yet, or outside the response. */
export function requireDigested(context: Context, state: EpisodeState, date: string): void {
  const response = { from: beginning(state).effectiveAt, until: state.liftedAt };
  const isOver = state.responseLevel !== undefined && isReportable(response, date, episodeNow(context, state));
  if (!isOver) throw notFound('digest', date);
}

/** The days that were summed up, oldest first, and whether each has gone to the city. */
export async function digestsAnswer({ database }: Context, state: EpisodeState, paged: Paged) {
  const page = await historyPage(database, state.episodeId, { ...paged, kinds: ['digest.compiled'] });
  const items = page.items.flatMap((entry) => {
    if (entry.kind !== 'digest.compiled') return [];
    const { date, submitted, outstanding } = entry.data;
    return [
      {
        date,
        warningLevel: levelOfDay(state, date),
        compiledAt: entry.episodeTime,
        submitted,
        outstanding: outstanding.length,
        submission: submissionView(own(state.digestsSubmitted, date)),
      },
    ];
  });
  return { ...page, items };
}

const submissionView = (submitted: SubmittedDigest | undefined) =>
  submitted === undefined
    ? { status: 'draft' as const }
    : {
        status: 'submitted' as const,
        submittedAt: beijingIso(submitted.submittedAt),
        ...(submitted.correctedAt === undefined ? {} : { correctedAt: beijingIso(submitted.correctedAt) }),
      };
