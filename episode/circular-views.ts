/** Views of circulars: in the whole, and for a unit. The words are in their entries. */
import { beijingIso } from '../plan/rules/calendar.js';
import type { CircularOrigin } from '../plan/types.js';
import { circularOf, findCircular } from './circulars.js';
import { unitsOf } from './state.js';
import type { CircularOfUnit, CircularState, EpisodeState } from './state-types.js';

interface CircularNamed {
  circularId: string;
  origin: CircularOrigin;
  number?: string;
  title: string;
}

/** How a circular stands for a unit. */
export interface CircularStanding extends CircularNamed {
  sentAt: string;
  dueAt: string;
  status: 'pending' | 'acknowledged' | 'late' | 'missed' | 'withdrawn';
  acknowledgedAt?: string;
  /** Where an answer is asked for. */
  measures?: { dueAt: string; status: 'pending' | 'submitted' | 'late' | 'missed' | 'withdrawn' };
  answeredAt?: string;
  closedAt?: string;
}

/** A circular with how many of its units have done what. */
export interface CircularView extends CircularNamed {
  seq: number;
  issuedAt: string;
  answerDueAt?: string;
  units: number;
  acknowledged: number;
  answered: number;
  closed: number;
}

const named = ({ circularId, origin, number, title }: CircularState): CircularNamed => ({
  circularId,
  origin,
  ...(number === undefined ? {} : { number }),
  title,
});

export function circularStanding(state: EpisodeState, one: CircularOfUnit): CircularStanding {
  const { circularId, openedAt, receipt, measures, answer, closed } = one;
  return {
    ...named(findCircular(state, circularId)!),
    sentAt: beijingIso(openedAt),
    dueAt: beijingIso(receipt.dueAt),
    status: receipt.status === 'met' ? 'acknowledged' : receipt.status,
    ...(receipt.metAt === undefined ? {} : { acknowledgedAt: beijingIso(receipt.metAt) }),
    ...(measures && {
      measures: {
        dueAt: beijingIso(measures.dueAt),
        status: measures.status === 'met' ? 'submitted' : measures.status,
      },
    }),
    ...(answer && { answeredAt: beijingIso(answer.at) }),
    ...(closed && { closedAt: beijingIso(closed.at) }),
  };
}

/** Of a state with all its units. */
export function circularView(state: EpisodeState, circular: CircularState): CircularView {
  const { circularId, seq, issuedAt, unitIds, answerDueAt } = circular;
  const sent = unitsOf(state).flatMap((unit) => circularOf(unit, circularId) ?? []);
  const count = (is: (one: CircularOfUnit) => unknown) => sent.filter(is).length;
  return {
    ...named(circular),
    seq,
    issuedAt: beijingIso(issuedAt),
    ...(answerDueAt === undefined ? {} : { answerDueAt: beijingIso(answerDueAt) }),
    units: unitIds.length,
    acknowledged: count(({ acknowledgedSeq }) => acknowledgedSeq !== undefined),
    answered: count(({ answer }) => answer),
    closed: count(({ closed }) => closed),
  };
}
