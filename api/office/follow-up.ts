import { followUpText } from '../../documents/follow-up-text.js';
import { figuresInWords, senderOf } from '../../documents/sender.js';
import { sumsOverDays } from '../../episode/digest.js';
import { unitsOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { keptEdition } from '../../ledger/editions.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { reportsInForce } from '../../ledger/reading/reports.js';
import type { KeptEdition } from '../../plan/edition/edition.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';
import { theWholeEpisode } from '../engine/load-episode.js';

/** The follow-up report (§5.1): as sent, or else a draft from the present record. */
export async function followUpAnswer(context: Context, episodeId: string) {
  const { state } = await theWholeEpisode(context, { episodeId });
  const { dueAt, submittedAt, status } = state.followUp ?? {};
  return {
    status: submittedAt === undefined ? 'draft' : 'submitted',
    ...(dueAt === undefined ? {} : { dueAt: beijingIso(dueAt) }),
    ...(submittedAt === undefined ? {} : { submittedAt: beijingIso(submittedAt), late: status === 'late' }),
    text: await textOf(context, state),
  };
}

/** The text that is submitted when the office sends none. */
export const followUpTextOf = async (context: Context, episodeId: string): Promise<string> =>
  textOf(context, (await theWholeEpisode(context, { episodeId })).state);

async function textOf(context: Context, state: EpisodeState): Promise<string> {
  const { database } = context;
  if (state.followUp?.seq !== undefined) {
    const [entry] = await findEntries(database, state.episodeId, [state.followUp.seq]);
    if (entry?.kind === 'follow-up.submitted') return entry.data.text;
  }
  const edition = await keptEdition(database, state.binding.editionHash);
  return followUpText(state, await sumsOf(context, state), senderOf(edition), await textsOf(context, state, edition));
}

/** A measure's text is the edition's; an added task's is in its entry. */
async function textsOf({ database }: Context, state: EpisodeState, edition: KeptEdition) {
  const named = state.suspensions.flatMap(({ items }) => (items === 'all' ? [] : items));
  const seqs = unitsOf(state).flatMap(({ tasks }) => named.flatMap((id) => tasks[id]?.addedSeq ?? []));
  const entries = await findEntries(database, state.episodeId, [...new Set(seqs)]);
  const added = new Map(
    entries.flatMap(({ data }) => ('text' in data && 'taskId' in data ? [[data.taskId, data.text]] : [])),
  );
  return (taskId: string): string => added.get(taskId) ?? edition.textOf(taskId);
}

/** What all daily reports in force come to, in words: 应停产企业12家，已停产企业10家（尚差2家）. */
async function sumsOf({ database }: Context, state: EpisodeState): Promise<string[]> {
  return figuresInWords(sumsOverDays(state, await reportsInForce(database, state)));
}
