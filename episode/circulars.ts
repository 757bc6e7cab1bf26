/** Circulars (§5.1, §7): where each stands, for a unit and in the whole. */
import type { IssueCircularCommand } from './commands.js';
import { hashOf } from './hash-chain.js';
import { own, shortHash, unitsOf } from './state.js';
import type { CircularOfUnit, CircularState, EpisodeState, UnitState } from './state-types.js';

/** What the state can carry; `units`: the addressees of all circulars together. */
export const MOST_CIRCULARS = { circulars: 200, units: 3_000 };

/** By which the same circular is known again; without its file, which bears the day on which it was made. */
export const hashOfCircular = ({ paper: _, ...content }: Omit<IssueCircularCommand, 'kind'>): string =>
  shortHash(hashOf(content));

export const findCircular = ({ circulars }: EpisodeState, circularId: string): CircularState | undefined =>
  circulars.find((one) => one.circularId === circularId);

export const circularOf = ({ circulars }: UnitState, circularId: string): CircularOfUnit | undefined =>
  circulars.find((one) => one.circularId === circularId);

export const titleOfCircular = (state: EpisodeState, circularId: string): string =>
  findCircular(state, circularId)?.title ?? circularId;

/** The next circular that some units are still to be sent; a thousand units take several turns. */
export const circularToSend = ({ circulars }: EpisodeState): CircularState | undefined =>
  circulars.find(({ toSend }) => toSend !== undefined);

/** The units for which a circular is open, with how it stands for each. */
export const openUnitsOf = (state: EpisodeState, circularId: string): Array<[UnitState, CircularOfUnit]> =>
  unitsOf(state).flatMap((unit): Array<[UnitState, CircularOfUnit]> => {
    const one = circularOf(unit, circularId);
    return one && !one.closed ? [[unit, one]] : [];
  });

export const isProblemKnown = (state: EpisodeState, problemId: string): boolean =>
  unitsOf(state).some(({ problems }) => own(problems, problemId) !== undefined);
