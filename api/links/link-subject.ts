/** The subject of an acknowledgement link at this moment. Pure. */
import { whenOver } from '../../episode/decide/refusals.js';
import { tasksUnder } from '../../episode/notice-tasks.js';
import { nameOf, noticeInForce } from '../../episode/state.js';
import type { EpisodeState, NoticeDeadline, UnitState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Clause } from '../../plan/rules/clauses.js';
import type { WarningLevel } from '../../plan/types.js';
import { levelName, timeInWords } from '../../plan/wording/words.js';

interface Shown {
  drill: boolean;
  unitName: string;
}

/** Not acknowledged yet, in time or late. */
export interface OpenMatter extends Shown {
  kind: 'open';
  /** All notices that one tap acknowledges. The page describes the last. */
  noticeNumbers: string[];
  level: WarningLevel;
  levelName: string;
  dueAt: string;
  isLate: boolean;
  tasks: number;
  /** The clause that asks for acknowledgement. */
  clause: Clause;
}

export type Matter =
  | OpenMatter
  | (Shown & { kind: 'acknowledged'; noticeNumber: string; at: string; wasLate: boolean })
  | (Shown & { kind: 'nothing-asked' })
  | (Shown & { kind: 'ended'; clause: Clause });

export function matterOf(state: EpisodeState, unit: UnitState): Matter {
  const shown = { drill: state.drill, unitName: nameOf(state, unit.unitId) };
  if (state.liftedAt !== undefined || whenOver(state))
    return { ...shown, kind: 'ended', clause: state.binding.rules.ends };
  const open = unit.acknowledgements.filter(({ status }) => status === 'pending' || status === 'missed');
  const last = open.at(-1);
  if (last) return { ...shown, ...openMatter(state, unit, open, last) };
  const met = unit.acknowledgements.findLast(({ metAt }) => metAt !== undefined);
  if (!met) return { ...shown, kind: 'nothing-asked' };
  const at = timeInWords(beijingIso(met.metAt!));
  return { ...shown, kind: 'acknowledged', noticeNumber: met.noticeNumber, at, wasLate: met.status === 'late' };
}

function openMatter(state: EpisodeState, unit: UnitState, open: NoticeDeadline[], last: NoticeDeadline) {
  const { noticeNumber, dueAt, status } = last;
  const { level } = state.notices.find(({ number }) => number === noticeNumber) ?? noticeInForce(state);
  return {
    kind: 'open' as const,
    noticeNumbers: open.map((deadline) => deadline.noticeNumber),
    level,
    levelName: levelName(level),
    dueAt: timeInWords(beijingIso(dueAt)),
    isLate: status === 'missed',
    tasks: tasksUnder(state, unit, { noticeNumber, level }).tasks.length,
    clause: state.binding.rules.acknowledgement,
  };
}
