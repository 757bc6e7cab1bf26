import { unitsOf } from '../episode/state.js';
import type { EpisodeState } from '../episode/types.js';
import { findEntries } from '../ledger/reading.js';
import { beijingIso } from '../plan/calendar.js';
import type { Edition } from '../plan/edition.js';
import type { Context } from './context.js';
import { followUpText, type Sender } from './documents/follow-up.js';
import { theWholeEpisode } from './find.js';

/** The follow-up report (§5.1): what was sent, or the draft that the record gives at this moment. */
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

/** What is submitted when the office sends no text of its own. */
export const followUpTextOf = async (context: Context, episodeId: string): Promise<string> =>
  textOf(context, (await theWholeEpisode(context, { episodeId })).state);

async function textOf(context: Context, state: EpisodeState): Promise<string> {
  const { database } = context;
  if (state.followUp?.seq !== undefined) {
    const [entry] = await findEntries(database, state.episodeId, [state.followUp.seq]);
    if (entry?.kind === 'follow-up.submitted') return entry.data.text;
  }
  return followUpText(state, await figuresOf(context, state), senderOf(context.edition));
}

/** The plan calls the office by its name within the district. */
function senderOf({ plan }: Edition): Sender {
  const { district } = plan.edition;
  return { district, office: `${district}${plan.bodies.office.name.replace(/^区/, '')}` };
}

/** The figures of all daily reports in force, added up by name. */
async function figuresOf({ database }: Context, state: EpisodeState): Promise<Record<string, number>> {
  const inForce = unitsOf(state).flatMap(({ reports }) =>
    Object.values(reports).flatMap(({ status, seq }) => (status === 'withdrawn' ? [] : (seq ?? []))),
  );
  const sums: Record<string, number> = {};
  for (const { data } of await findEntries(database, state.episodeId, inForce)) {
    if (!('content' in data) || !('figures' in data.content)) continue;
    for (const [name, value] of Object.entries(data.content.figures)) sums[name] = (sums[name] ?? 0) + value;
  }
  return sums;
}
