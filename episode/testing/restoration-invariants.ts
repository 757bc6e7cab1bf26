/** Invariants of records that were restored, judged from the entries alone. */
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';

/** A restoration names entries that were there before it, and no person makes one. */
export const restorationFaults = (entries: readonly Entry[]): string[] =>
  of(entries, 'record.restored').flatMap(({ seq, actor, data: { firstSeq, lastSeq } }) => [
    ...(firstSeq >= 1 && firstSeq <= lastSeq && lastSeq < seq ? [] : [`${seq} restores ${firstSeq} to ${lastSeq}`]),
    ...(actor.role === 'system' ? [] : [`${seq} restores by a person`]),
  ]);
