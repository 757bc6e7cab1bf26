/** What an episode leaves open: it goes to the district's chain before the seal (docs/decisions/0041). */
import type { OpenAtSeal } from '../plan/types.js';
import type { EntryData } from './entries.js';
import { openProblemsOf } from './problems.js';
import { unitsOf } from './state.js';
import type { CircularOfUnit, EpisodeState, UnitState } from './state-types.js';

/** `seq`: the entry with its words; `unitId`: the unit that it is about. */
export interface LeftOpen {
  what: OpenAtSeal;
  seq: number;
  /** Its id in the episode; of a referral, the number of its entry. */
  subject: string;
  unitId: string;
  /** Who has to do something: the unit, or the office, which judges an answer and learns what became of a referral. */
  owner: 'unit' | 'office';
}

/** In the order of the units. */
export const openMatters = (state: EpisodeState): LeftOpen[] => [
  ...unitsOf(state).flatMap((unit) => [...problemsOf(unit), ...circularsOf(state, unit)]),
  ...state.referrals.map(
    ({ seq, unitId }): LeftOpen => ({ what: 'referral', seq, subject: String(seq), unitId, owner: 'office' }),
  ),
];

const problemsOf = (unit: UnitState): LeftOpen[] =>
  openProblemsOf(unit).map(([subject, { seq }]) => ({
    what: 'problem',
    seq,
    subject,
    unitId: unit.unitId,
    owner: 'unit',
  }));

const circularsOf = ({ circulars }: EpisodeState, { unitId, circulars: sent }: UnitState): LeftOpen[] =>
  sent.filter(isLeftOpen).map(({ circularId, answer }) => ({
    what: 'circular',
    seq: circulars.find((one) => one.circularId === circularId)!.seq,
    subject: circularId,
    unitId,
    owner: answer ? 'office' : 'unit',
  }));

/** One that asks for no answer is done with once the unit has it. */
const isLeftOpen = ({ closed, measures, answer, acknowledgedSeq }: CircularOfUnit): boolean =>
  !closed && (measures !== undefined || answer !== undefined || acknowledgedSeq === undefined);

/** How many of each are handed over. */
export function countHandedOver(state: EpisodeState): EntryData['review.handed-over'] {
  const open = openMatters(state);
  const count = (what: OpenAtSeal) => open.filter((one) => one.what === what).length;
  return {
    revisions: state.review?.revisions ?? 0,
    problems: count('problem'),
    circulars: count('circular'),
    referrals: count('referral'),
  };
}
