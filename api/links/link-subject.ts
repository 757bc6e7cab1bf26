/** The subject of an acknowledgement link at this moment. Pure. */
import { whenOver } from '../../episode/decide/refusals.js';
import { tasksUnder } from '../../episode/notice-tasks.js';
import { isWithoutResponse, nameOf, noticeOf } from '../../episode/state.js';
import type { EpisodeState, NoticeDeadline, UnitState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Clause } from '../../plan/rules/clauses.js';
import type { WarningLevel } from '../../plan/types.js';
import { levelName, noticeName, timeInWords } from '../../plan/wording/words.js';

interface Shown {
  drill: boolean;
  unitName: string;
}

/** Not acknowledged yet, in time or late. */
export interface OpenMatter extends Shown {
  kind: 'open';
  /** All notices that one tap acknowledges. The page describes the last. */
  notices: Array<{ noticeId: string; name: string }>;
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
  | (Shown & { kind: 'acknowledged'; notice: string; at: string; wasLate: boolean })
  | (Shown & { kind: 'nothing-asked' })
  /** A drill that nobody touched. */
  | (Shown & { kind: 'abandoned' })
  | (Shown & { kind: 'ended'; clause: Clause; withoutResponse: boolean });

export function matterOf(state: EpisodeState, unit: UnitState): Matter {
  const shown = { drill: state.drill, unitName: nameOf(state, unit.unitId) };
  if (state.abandoned && state.liftedAt === undefined) return { ...shown, kind: 'abandoned' };
  if (state.liftedAt !== undefined || whenOver(state))
    return {
      ...shown,
      kind: 'ended',
      clause: state.binding.rules.ends,
      withoutResponse: isWithoutResponse(state),
    };
  const open = unit.acknowledgements.filter(({ status }) => status === 'pending' || status === 'missed');
  const last = open.at(-1);
  if (last) return { ...shown, ...openMatter(state, unit, open, last) };
  const met = unit.acknowledgements.findLast(({ metAt }) => metAt !== undefined);
  if (!met) return { ...shown, kind: 'nothing-asked' };
  const at = timeInWords(beijingIso(met.metAt!));
  return {
    ...shown,
    kind: 'acknowledged',
    notice: noticeName(noticeOf(state, met.noticeId)),
    at,
    wasLate: met.status === 'late',
  };
}

function openMatter(state: EpisodeState, unit: UnitState, open: NoticeDeadline[], last: NoticeDeadline) {
  const { noticeId, dueAt, status } = last;
  const { level } = noticeOf(state, noticeId);
  return {
    kind: 'open' as const,
    notices: open.map(({ noticeId }) => ({ noticeId, name: noticeName(noticeOf(state, noticeId)) })),
    level,
    levelName: levelName(level),
    dueAt: timeInWords(beijingIso(dueAt)),
    isLate: status === 'missed',
    tasks: tasksUnder(state, unit, { noticeId, level }).tasks.length,
    clause: state.binding.rules.acknowledgement,
  };
}
