/** The subject of an acknowledgement link at this moment. Pure. */
import { RULE_OF_DEADLINE } from '../../episode/clauses.js';
import { whenOver } from '../../episode/decide/refusals.js';
import { tasksUnder } from '../../episode/notice-tasks.js';
import { acknowledgementOf, isWithoutResponse, nameOf, noticeOf } from '../../episode/state.js';
import type { EpisodeState, NoticeDeadline, UnitState } from '../../episode/state-types.js';
import { pauseOf } from '../../episode/suspensions.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Clause } from '../../plan/rules/clauses.js';
import type { WarningLevel } from '../../plan/types.js';
import type { DeskValues } from '../../plan/wording/frame.js';
import { levelName, noticeName, timeInWords } from '../../plan/wording/words.js';

/** `officeDuty` and `officePhone` of the office's duty desk. */
interface Shown extends DeskValues {
  drill: boolean;
  unitName: string;
}

/** Not acknowledged yet, in time or late. */
export interface OpenMatter extends Shown {
  kind: 'open';
  /** All notices that one tap acknowledges. The page describes the last. */
  notices: Array<{ noticeId: string; name: string }>;
  dueAt: string;
  isLate: boolean;
  /** Of a start or an adjustment; none of a lifting. */
  response?: { level: WarningLevel; levelName: string; tasks: number };
  /** The clause that asks for acknowledgement. */
  clause: Clause;
}

export type Matter =
  | OpenMatter
  | (Shown & {
      kind: 'acknowledged';
      notice: string;
      at: string;
      wasLate: boolean;
      isLifting: boolean;
      pauses: boolean;
    })
  | (Shown & { kind: 'nothing-asked' })
  /** A drill that nobody touched. */
  | (Shown & { kind: 'abandoned' })
  | (Shown & { kind: 'ended'; clause: Clause; withoutResponse: boolean });

export function matterOf(state: EpisodeState, unit: UnitState, desk: DeskValues): Matter {
  const shown = { drill: state.drill, unitName: nameOf(state, unit.unitId), ...desk };
  if (state.abandoned && state.liftedAt === undefined) return { ...shown, kind: 'abandoned' };
  const isLifted = state.liftedAt !== undefined;
  const asked = [...(isLifted ? [] : unit.acknowledgements), ...(unit.lifting ? [unit.lifting] : [])];
  const open = asked.filter(({ status }) => status === 'pending' || status === 'missed');
  const last = open.at(-1);
  if (last && !whenOver(state)) return { ...shown, ...openMatter(state, unit, open, last) };
  const met = asked.findLast(({ metAt }) => metAt !== undefined);
  if (whenOver(state) || (isLifted && !met))
    return { ...shown, kind: 'ended', clause: state.binding.rules.ends, withoutResponse: isWithoutResponse(state) };
  if (!met) return { ...shown, kind: 'nothing-asked' };
  const at = timeInWords(beijingIso(met.metAt!));
  return {
    ...shown,
    kind: 'acknowledged',
    notice: noticeName(noticeOf(state, met.noticeId)),
    at,
    wasLate: met.status === 'late',
    isLifting: met === unit.lifting,
    pauses: pauseOf(state, unit.unitId) !== undefined,
  };
}

function openMatter(state: EpisodeState, unit: UnitState, open: NoticeDeadline[], last: NoticeDeadline) {
  const { noticeId, dueAt, status } = last;
  const { kind, level } = noticeOf(state, noticeId);
  const response = {
    level,
    levelName: levelName(level),
    tasks: tasksUnder(state, unit, { noticeId, level }).tasks.length,
  };
  return {
    kind: 'open' as const,
    notices: open.map(({ noticeId }) => ({ noticeId, name: noticeName(noticeOf(state, noticeId)) })),
    dueAt: timeInWords(beijingIso(dueAt)),
    isLate: status === 'missed',
    ...(kind === 'lift' ? {} : { response }),
    clause: state.binding.rules[RULE_OF_DEADLINE[acknowledgementOf(state, noticeId)]],
  };
}
