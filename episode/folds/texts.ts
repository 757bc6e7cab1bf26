/** What the public was told beside warnings, and where it appeared. */
import type { EntryData } from '../entries.js';
import type { EpisodeState } from '../state-types.js';
import { hashOfAppearance, hashOfStatement } from '../texts.js';

export function statementIssued(state: EpisodeState, data: EntryData['statement.issued'], seq: number): EpisodeState {
  const { statementId, corrects } = data;
  const before = state.statements.map((one) =>
    one.statementId === corrects ? { ...one, correctedBy: statementId } : one,
  );
  return { ...state, statements: [...before, { statementId, seq, hash: hashOfStatement(data) }] };
}

export function appearanceNoted(state: EpisodeState, data: EntryData['appearance.noted'], seq: number): EpisodeState {
  const noted = [...(state.appearances[data.textId] ?? []), { seq, hash: hashOfAppearance(data) }];
  return { ...state, appearances: { ...state.appearances, [data.textId]: noted } };
}
