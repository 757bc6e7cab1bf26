/** Circulars with their words, which stand in the entries. */
import { circularStanding, circularView } from '../../episode/circular-views.js';
import { circularOf, findCircular } from '../../episode/circulars.js';
import { refuse } from '../../episode/decide/refusals.js';
import type { Entry } from '../../episode/entries.js';
import { nameOf, unitsOf } from '../../episode/state.js';
import type { CircularOfUnit, CircularState, EpisodeState } from '../../episode/state-types.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { problemOf } from '../http/problems.js';
import type { Context } from './context.js';
import { type FoundEpisode, type FoundUnit, theUnitOfEpisode, theWholeEpisode } from './load-episode.js';

export interface FoundCircular extends FoundEpisode {
  circular: CircularState;
}

/** With all the units of its episode. */
export async function theCircular(context: Context, ids: Record<string, string>): Promise<FoundCircular> {
  const found = await theWholeEpisode(context, ids);
  const { circularId = '' } = ids;
  const circular = findCircular(found.state, circularId);
  if (!circular) throw problemOf(refuse('circularUnknown', found.state.binding.rules, { circularId }));
  return { ...found, circular };
}

export interface FoundCircularOfUnit extends FoundUnit {
  circularId: string;
}

export async function theCircularOfUnit(context: Context, ids: Record<string, string>): Promise<FoundCircularOfUnit> {
  const found = await theUnitOfEpisode(context, ids);
  const { circularId = '' } = ids;
  if (!circularOf(found.unit, circularId)) {
    const name = nameOf(found.state, found.unitId);
    throw problemOf(refuse('circularUnknownToUnit', found.state.binding.rules, { circularId, name }));
  }
  return { ...found, circularId };
}

/** A circular with its text, and with what each unit has answered. */
export async function circularAnswer(context: Context, state: EpisodeState, circular: CircularState) {
  const sent = unitsOf(state).flatMap((unit) => {
    const one = circularOf(unit, circular.circularId);
    return one ? [{ unitId: unit.unitId, one }] : [];
  });
  const told = await toldOf(
    context,
    state,
    sent.map(({ one }) => one),
    [circular],
  );
  const { text, attachmentIds = [], referrals = [], problems = [] } = told.issued(circular.circularId);
  return {
    ...circularView(state, circular),
    text,
    attachmentIds,
    referrals,
    problems,
    items: sent.map(({ unitId, one }) => ({
      unitId,
      name: nameOf(state, unitId),
      ...circularStanding(state, one),
      ...told.of(one),
    })),
  };
}

/** Those that a unit was sent, the last first. It does not read which referrals they go back to. */
export async function circularsOfUnit(context: Context, { state, unit }: FoundUnit) {
  const named = state.circulars.filter(({ circularId }) => circularOf(unit, circularId));
  const told = await toldOf(context, state, unit.circulars, named);
  return unit.circulars.toReversed().map((one) => {
    const { text, attachmentIds = [] } = told.issued(one.circularId);
    return { ...circularStanding(state, one), text, attachmentIds, ...told.of(one) };
  });
}

async function toldOf(
  { database }: Context,
  { episodeId }: EpisodeState,
  sent: readonly CircularOfUnit[],
  circulars: readonly CircularState[],
) {
  const seqs = sent.flatMap(({ answer, closed }) => [...(answer ? [answer.seq] : []), ...(closed ? [closed.seq] : [])]);
  const entries = await findEntries(database, episodeId, [...seqs, ...circulars.map(({ seq }) => seq)]);
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  // Of several closed together the first has the word.
  const words = entries.flatMap(({ kind, data }) => (kind === 'circular.closed' && data.noteIn) || []);
  const elsewhere = [...new Set(words)].filter((seq) => !bySeq.has(seq));
  const further = elsewhere.length === 0 ? [] : await findEntries(database, episodeId, elsewhere);
  for (const entry of further) bySeq.set(entry.seq, entry);
  const issued = new Map(
    entries.flatMap((entry) => (entry.kind === 'circular.issued' ? [[entry.data.circularId, entry.data]] : [])),
  );
  return {
    issued: (circularId: string) => issued.get(circularId)!,
    of: ({ answer, closed }: CircularOfUnit) => ({
      ...(answer && { answer: answerIn(bySeq.get(answer.seq)) }),
      ...(closed && { closing: closingIn(bySeq, closed.seq) }),
    }),
  };
}

function answerIn(entry: Entry | undefined) {
  if (entry?.kind !== 'circular.answered') throw new Error('an answer without its entry');
  const { text, attachmentIds, corrects } = entry.data;
  return { text, attachmentIds, ...(corrects === undefined ? {} : { correctedAt: entry.episodeTime }) };
}

function closingIn(bySeq: ReadonlyMap<number, Entry>, seq: number): string {
  const entry = bySeq.get(seq);
  if (entry?.kind !== 'circular.closed') throw new Error('closed without its entry');
  return entry.data.note ?? closingIn(bySeq, entry.data.noteIn!);
}
