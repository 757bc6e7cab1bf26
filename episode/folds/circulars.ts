/** Circulars as entries make them: of the episode, and of each unit that is sent one. */
import { hashOfCircular } from '../circulars.js';
import type { Instant } from '../commands.js';
import type { Entry, EntryKind } from '../entries.js';
import { shortHash } from '../state.js';
import type { CircularOfUnit, CircularState, EpisodeState } from '../state-types.js';
import { unitMissed, withoutChases } from './chases.js';
import { addMessage } from './messages.js';
import { changeCircular, changeUnit, withMeasures, withReceipt } from './units.js';

type Fold<K extends EntryKind> = (
  state: EpisodeState,
  entry: Extract<Entry, { kind: K }>,
  now: Instant,
) => EpisodeState;

export const circularIssued: Fold<'circular.issued'> = (state, { data, seq }, now) => {
  const { circularId, origin, number, title, unitIds, answerDueAt } = data;
  const { circularId: _, ...content } = data;
  const issued: CircularState = {
    circularId,
    seq,
    hash: hashOfCircular(content),
    issuedAt: now,
    origin,
    ...(number === undefined ? {} : { number }),
    title,
    unitIds,
    ...(answerDueAt === undefined ? {} : { answerDueAt: Date.parse(answerDueAt) }),
    toSend: unitIds,
  };
  return { ...state, circulars: [...state.circulars, issued] };
};

export const circularSent: Fold<'circular.sent'> = (state, { data, unitId, seq }, now) => {
  const { circularId, dueAt, answerDueAt } = data;
  const one: CircularOfUnit = {
    circularId,
    openedAt: now,
    receipt: { dueAt: Date.parse(dueAt), status: 'pending' },
    ...(answerDueAt === undefined ? {} : { measures: { dueAt: Date.parse(answerDueAt), status: 'pending' } }),
  };
  const circulars = state.circulars.map((circular) =>
    circular.circularId === circularId ? sentTo(circular, unitId) : circular,
  );
  const sent = changeUnit({ ...state, circulars }, unitId, (unit) => ({ circulars: [...unit.circulars, one] }));
  const about = { deadline: 'circular' as const, unitId, subject: circularId, stepsTaken: 0 };
  return addMessage(sent, `unit:${unitId}:${seq}`, { kind: 'unit', unitId }, seq, now, { deadlines: [about] });
};

function sentTo({ toSend = [], ...circular }: CircularState, unitId: string): CircularState {
  const left = toSend.filter((one) => one !== unitId);
  return left.length > 0 ? { ...circular, toSend: left } : circular;
}

export const circularAcknowledged: Fold<'circular.acknowledged'> = (state, { data, unitId, seq }, now) =>
  changeUnit(state, unitId, ({ circulars, chases }) => ({
    circulars: changeCircular(circulars, data.circularId, (one) => ({
      ...withReceipt({ status: data.late ? 'late' : 'met', metAt: now })(one),
      acknowledgedSeq: seq,
    })),
    ...withoutChases(chases, 'circular', [data.circularId]),
  }));

export const circularMissed: Fold<'circular.missed'> = (state, { data, unitId }) =>
  unitMissed(state, { deadline: 'circular', subject: data.circularId, dueAt: data.dueAt }, unitId, ({ circulars }) => ({
    circulars: changeCircular(circulars, data.circularId, withReceipt({ status: 'missed' })),
  }));

/** The first answer settles what was asked for; a correction changes no time. */
export const circularAnswered: Fold<'circular.answered'> = (state, { data, unitId, seq }, now) => {
  const { circularId, contentHash, late } = data;
  return changeUnit(state, unitId, ({ circulars, chases }) => ({
    circulars: changeCircular(circulars, circularId, (one) => ({
      ...(late === undefined ? {} : withMeasures({ status: late ? 'late' : 'met', metAt: now })(one)),
      answer: { seq, hash: shortHash(contentHash), at: one.answer?.at ?? now },
    })),
    ...withoutChases(chases, 'measures', [circularId]),
  }));
};

export const measuresMissed: Fold<'measures.missed'> = (state, { data, unitId }) =>
  unitMissed(state, { deadline: 'measures', subject: data.circularId, dueAt: data.dueAt }, unitId, ({ circulars }) => ({
    circulars: changeCircular(circulars, data.circularId, withMeasures({ status: 'missed' })),
  }));

/** Nothing is chased any more; what was missed stays so. */
export const circularClosed: Fold<'circular.closed'> = (state, { data: { circularId }, unitId, seq }, now) =>
  changeUnit(state, unitId, ({ circulars, chases }) => ({
    circulars: changeCircular(circulars, circularId, () => ({ closed: { seq, at: now } })),
    ...withoutChases(withoutChases(chases, 'circular', [circularId]).chases, 'measures', [circularId]),
  }));
