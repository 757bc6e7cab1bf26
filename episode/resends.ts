/** A message that a person sends again: what its entries say of it, and whether it is still of use. */
import { breachesOf, breachesOfOffice } from './breaches.js';
import type { MessageMatter, ResendCommand } from './commands.js';
import { chaseKey } from './deadline-names.js';
import { isOpen } from './due.js';
import type { Entry } from './entries.js';
import { evolve } from './evolve.js';
import { findTask, findUnit } from './state.js';
import type { EpisodeState } from './state-types.js';
import { holding } from './suspensions.js';

/**
 * The message that these entries made, as a command to send it again. It is what folding them makes of it now: by the ways
 * of the level in force. `undefined` when they made none of this key.
 */
export function resendOf(state: EpisodeState, key: string, entries: readonly Entry[]): ResendCommand | undefined {
  const { [key]: _, ...others } = state.messages;
  const made = entries.reduce(evolve, { ...state, messages: others }).messages[key];
  if (!made) return undefined;
  const { about, to, ways, leadWays, deadlines, isReminder } = made;
  const matter = entries.map(matterOf).find((one) => one !== undefined);
  return {
    kind: 'resend',
    message: key,
    about,
    ...(to.kind === 'unit' && to.whom ? { whom: to.whom } : {}),
    ways,
    ...(leadWays && { leadWays }),
    deadlines: deadlines.map(({ stepsTaken: _taken, ...one }) => one),
    ...(isReminder && { isReminder }),
    ...(matter && { matter }),
  };
}

function matterOf({ kind, data, episodeTime, seq }: Entry): MessageMatter | undefined {
  switch (kind) {
    case 'unit.notified':
      return { noticeId: data.noticeId };
    case 'text.issued':
    case 'broadcast.repeated':
      return { noticeId: data.notice };
    case 'unit.suspended':
    case 'unit.resumed':
      return { suspensionId: data.suspensionId, told: kind === 'unit.suspended' ? 'suspended' : 'resumed' };
    case 'task.added':
    case 'task.withdrawn':
    case 'task.applicable':
      return { taskId: data.taskId };
    case 'task.cancelled':
      return { taskId: data.taskId, cancelled: true };
    case 'circular.sent':
      return { circularId: data.circularId };
    case 'digest.submitted':
      return { digestOf: data.date, submittedBy: seq };
    case 'digest.reminded':
      return { digestOf: data.date };
    case 'end.asked':
      return { endAskedAt: Date.parse(episodeTime) };
    default:
      return undefined;
  }
}

/** The notice that a message tells of. */
export const noticeIn = (matter: MessageMatter | undefined): string | undefined =>
  matter && 'noticeId' in matter ? matter.noticeId : undefined;

/** Why a message is of no use any more, in words; `undefined` while it is. */
export function whyObsolete(
  state: EpisodeState,
  unitId: string | undefined,
  message: ResendCommand,
): string | undefined {
  const { matter, deadlines, isReminder } = message;
  const over = matter && whyOver(state, unitId, matter);
  if (over) return over;
  if (noticeIn(matter) !== undefined || deadlines.length === 0) return undefined;
  const open = deadlines.filter((one) => isOpen(state, one));
  if (open.length === 0) return '它所说的事项已经办理，或者不再要求';
  if (open.every((one) => holding(state, one))) return '它所说的事项正在暂停';
  return isReminder && open.every((one) => isMissed(state, one)) ? '期限已过，不必再提醒，请改用催办' : undefined;
}

function whyOver(state: EpisodeState, unitId: string | undefined, matter: MessageMatter): string | undefined {
  if ('noticeId' in matter) {
    const { notices } = state;
    const place = notices.findIndex(({ noticeId }) => noticeId === matter.noticeId);
    if (notices[place]?.kind !== 'lift' && state.liftedAt !== undefined) return '应急响应已经终止';
    return notices.slice(place + 1).some(({ effect, kind }) => effect === 'taken' && kind !== 'lift')
      ? '后来的通知已经生效'
      : undefined;
  }
  // Whether it is of use the deadline tells, which outlives the response.
  if ('circularId' in matter) return undefined;
  if (state.liftedAt !== undefined && !('digestOf' in matter)) return '应急响应已经终止';
  if ('suspensionId' in matter) {
    const one = state.suspensions.find(({ suspensionId }) => suspensionId === matter.suspensionId);
    return matter.told === 'suspended' && one?.ended ? '这项暂停已经结束' : undefined;
  }
  if ('taskId' in matter) {
    const unit = findUnit(state, unitId ?? '');
    return unit && findTask(unit, matter.taskId)?.status === (matter.cancelled ? 'ended' : 'open')
      ? undefined
      : '这项任务已经办理，或者不再要求';
  }
  if ('endAskedAt' in matter)
    return state.endAskedAt === matter.endAskedAt ? undefined : '此后已录入通知，或已再次询问';
  const submitted = state.digestsSubmitted[matter.digestOf];
  if (matter.submittedBy === undefined) {
    if (submitted) return '该日情况已经上报';
    return (state.digestRemindedTo ?? '') > matter.digestOf ? '此后的提醒已经包括该日' : undefined;
  }
  return submitted?.seq === matter.submittedBy ? undefined : '该日情况已经更正并重新上报';
}

type Reference = ResendCommand['deadlines'][number];

function isMissed(state: EpisodeState, one: Reference): boolean {
  const unit = one.unitId === undefined ? undefined : findUnit(state, one.unitId);
  const breaches = unit ? breachesOf(state, unit) : breachesOfOffice(state);
  return breaches.some((breach) => breach.outcome === 'missed' && chaseKey(breach) === chaseKey(one));
}
