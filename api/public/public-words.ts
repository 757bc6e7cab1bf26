/** What an episode told the public, where it appeared, and where it has not yet (§3.1.4). */
import type { Entry } from '../../episode/entries.js';
import { nameOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { statementOf, textIdOf } from '../../episode/texts.js';
import { keptEdition } from '../../ledger/editions.js';
import { publicEntriesOf } from '../../ledger/reading/public.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { grouped } from '../../lib/grouped.js';
import { quoted } from '../../lib/quoted.js';
import type { KeptEdition } from '../../plan/edition/edition.js';
import type { Account } from '../auth/account.js';
import type { Context } from '../engine/context.js';
import { Problem } from '../http/problems.js';

const boundEdition = ({ database }: Context, { binding }: EpisodeState): Promise<KeptEdition> =>
  keptEdition(database, binding.editionHash);

/** Of the units, those alone that publish by the episode's edition. */
export async function requirePublisher(context: Context, state: EpisodeState, account: Account): Promise<void> {
  if (account.role !== 'unit') return;
  const { units } = (await boundEdition(context, state)).plan.publicInformation.published;
  const { unitId = '' } = account;
  if (!units.includes(unitId))
    throw new Problem(
      'not-allowed',
      `发布情况由发布单位和区环委会办公室登记，${quoted(unitId)}不是发布单位，如有需要请联系区环委会办公室。`,
    );
}

/** The newest text first. */
export async function publicWordsAnswer(context: Context, state: EpisodeState) {
  const { episodeId } = state;
  const media = (await boundEdition(context, state)).plan.publicInformation.channels.value;
  const seqs = Object.values(state.appearances).flatMap((noted) => noted.map(({ seq }) => seq));
  const [issued, noted] = await Promise.all([
    publicEntriesOf(context.database, episodeId),
    findEntries(context.database, episodeId, seqs),
  ]);
  const appearances = grouped(noted, (entry) => (entry.kind === 'appearance.noted' ? entry.data.textId : undefined));
  const texts = issued.flatMap((entry) => {
    const text = wordsOf(state, entry);
    if (text === undefined) return [];
    const own = (appearances.get(text.textId) ?? []).flatMap((one) => appearanceIn(state, one));
    const seen = new Set(own.map(({ medium }) => medium));
    const missing = text.correctedBy === undefined ? media.filter((medium) => !seen.has(medium)) : [];
    return [{ ...text, issuedAt: entry.episodeTime, appearances: own, missing }];
  });
  return { media, texts: texts.reverse() };
}

function wordsOf(state: EpisodeState, entry: Entry) {
  if (entry.kind === 'statement.issued') {
    const { statementId, about, corrects, title, text, onPublicPages } = entry.data;
    const correctedBy = statementOf(state, statementId)?.correctedBy;
    const statement = { about, ...(corrects === undefined ? {} : { corrects }) };
    return { textId: statementId, statement, title, text, onPublicPages, ...(correctedBy && { correctedBy }) };
  }
  if (entry.kind !== 'text.issued' || entry.data.audience !== 'public') return undefined;
  const { notice: noticeId, version, title, text, onPublicPages } = entry.data;
  const last = state.texts[noticeId]?.public?.version ?? version;
  return {
    textId: textIdOf({ noticeId, version }),
    noticeId,
    title,
    text,
    onPublicPages,
    ...(last === version ? {} : { correctedBy: textIdOf({ noticeId, version: last }) }),
  };
}

function appearanceIn(state: EpisodeState, entry: Entry) {
  if (entry.kind !== 'appearance.noted') return [];
  const { textId: _, ...data } = entry.data;
  return [
    {
      seq: entry.seq,
      ...data,
      notedAt: entry.episodeTime,
      ...(entry.unitId === undefined ? {} : { unitId: entry.unitId, unitName: nameOf(state, entry.unitId) }),
    },
  ];
}
