/** The reasons that units state for what they did late or not at all (§7). Their words are in the ledger alone. */
import type { Entry } from '../../episode/entries.js';
import type { UnitState } from '../../episode/state-types.js';

export interface ExplanationAnswer {
  seq: number;
  at: string;
  reason: string;
  /** The office entered it for a unit that rang. */
  byOffice?: true;
}

/** By the number of the entry. */
export type Explanations = ReadonlyMap<number, ExplanationAnswer>;

export const seqsOfExplanations = ({ explanations = {} }: UnitState): number[] =>
  Object.values(explanations).map(({ seq }) => seq);

export const explanationsIn = (entries: readonly Entry[]): Explanations =>
  new Map(
    entries.flatMap(({ seq, episodeTime: at, kind, actor, data }) =>
      kind === 'breach.explained'
        ? [
            [
              seq,
              { seq, at, reason: data.reason, ...(actor.role === 'office' && { byOffice: true as const }) },
            ] as const,
          ]
        : [],
    ),
  );
