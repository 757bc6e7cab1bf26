/**
 * The read model is the fold of the entries and nothing else. An entry changes the head of the state and the one unit
 * it names (episode/evolve.ts), so a turn is folded with just the units its entries name.
 */

import { beginFolding, type MessageChange } from '../../episode/batch-evolve.js';
import { breachesOf } from '../../episode/breaches.js';
import type { Entry } from '../../episode/entries.js';
import { readKey } from '../../episode/message-keys.js';
import { type MessageStanding, standingAfter } from '../../episode/message-standing.js';
import { isOpenProblem, numberOfProblem } from '../../episode/problems.js';
import type { EpisodeState, UnitState } from '../../episode/state-types.js';
import type { Binding } from '../../plan/types.js';

/** A state without its units, its edition (stored once) and its commands (a table of their own). */
export type EpisodeHead = Omit<EpisodeState, 'units' | 'binding' | 'commands'>;

export function headOf({ units, binding, commands, ...head }: EpisodeState): EpisodeHead {
  return head;
}

export const stateOf = (head: EpisodeHead, binding: Binding, units: UnitState[] = []): EpisodeState => ({
  ...head,
  binding,
  units: Object.fromEntries(units.map((unit) => [unit.unitId, unit])),
  commands: [],
});

/** What a unit did late or not at all, counted: a list of episodes adds them up. */
export interface UnitLateness {
  late: number;
  missed: number;
}

/** A unit as its row holds it; `position` is the order of joining. */
export interface StoredUnit extends UnitLateness {
  unitId: string;
  position: number;
  state: UnitState;
}

/** A problem as its row holds it. */
export interface StoredProblem {
  problemId: string;
  unitId: string;
  number: number;
  reportedAt: number;
  open: boolean;
  seq: number;
  settledSeq: number | null;
}

/** A message as its row holds it; the entries `seqs` say what it is and what became of it. */
export interface StoredMessage {
  message: string;
  unitId: string | null;
  /** Of the entry that made it. */
  number: number;
  /** `kept`: as the row has it. */
  state: MessageStanding | 'kept';
  seqs: number[];
}

export type MessageRows = Map<string, StoredMessage>;

export interface Folded {
  /** The messages that the entries made or changed, with just the numbers of these entries. */
  messages: StoredMessage[];
  head: EpisodeHead;
  /** The units that the entries changed. */
  units: StoredUnit[];
  /** The problems that the entries changed. */
  problems: StoredProblem[];
}

/** Folds a turn. `before` holds at least the named units that have joined already. */
export function foldTurn(before: EpisodeState, entries: readonly Entry[]): Folded {
  const folding = beginFolding(before);
  const messages: MessageRows = new Map();
  for (const entry of entries) noteMessages(messages, entry, folding.fold(entry));
  const after = folding.state();
  const joined = Object.keys(after.units).filter((unitId) => !before.units[unitId]);
  const changed = Object.values(after.units).filter((unit) => unit !== before.units[unit.unitId]);
  return {
    head: headOf(after),
    units: changed.map((state) => ({
      unitId: state.unitId,
      // A unit that has joined before keeps its position.
      position: before.unitCount + 1 + joined.indexOf(state.unitId),
      state,
      ...latenessOf(after, state),
    })),
    problems: changed.flatMap((unit) => problemRowsOf(unit, before.units[unit.unitId]?.problems)),
    messages: [...messages.values()],
  };
}

/** Adds what an entry says of messages to their rows. A deferral says only when each is tried again: the state has that. */
export function noteMessages(rows: MessageRows, entry: Entry, changes: readonly MessageChange[]): void {
  if (entry.kind === 'notification.deferred') return;
  for (const change of changes) {
    const known = rows.get(change.key) ?? newRow(change.key);
    const state = standingAfter(entry, change) ?? known.state;
    rows.set(change.key, { ...known, state, seqs: [...known.seqs, entry.seq] });
  }
}

function newRow(message: string): StoredMessage {
  const { to, about } = readKey(message);
  return { message, unitId: to.kind === 'unit' ? to.unitId : null, number: about[0], state: 'kept', seqs: [] };
}

/** The problems of a unit as rows, without those that are as before. */
export const problemRowsOf = ({ unitId, problems }: UnitState, before: UnitState['problems'] = {}): StoredProblem[] =>
  Object.entries(problems)
    .filter(([problemId, problem]) => problem !== before[problemId])
    .map(([problemId, problem]) => ({
      problemId,
      unitId,
      number: numberOfProblem(problemId),
      reportedAt: problem.reportedAt,
      open: isOpenProblem(problem),
      seq: problem.seq,
      settledSeq: problem.settled.at(-1)?.seq ?? null,
    }));

/** All units as rows, in the order of joining. */
export const unitRowsOf = (state: EpisodeState): StoredUnit[] =>
  Object.values(state.units).map((unit, i) => ({
    unitId: unit.unitId,
    position: i + 1,
    state: unit,
    ...latenessOf(state, unit),
  }));

function latenessOf(state: EpisodeState, unit: UnitState): UnitLateness {
  const outcomes = breachesOf(state, unit).map(({ outcome }) => outcome);
  const missed = outcomes.filter((outcome) => outcome === 'missed').length;
  return { late: outcomes.length - missed, missed };
}

/** The columns that episodes are searched by, beside the head they are read from. */
export const episodeColumns = (head: EpisodeHead) => ({
  phase: head.phase,
  drill: head.drill,
  opened_at: head.clock.realAnchor,
  head: JSON.stringify(head),
});
