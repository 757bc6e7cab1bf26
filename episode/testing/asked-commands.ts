/** The command that a step of a random life comes to. */
import { beijingDate, beijingIso, HOUR, MINUTE } from '../../plan/rules/calendar.js';
import type { WarningLevel } from '../../plan/types.js';
import type { CommandBody, GivenProblem, Notice, UnitCommandBody, UnitDeadline } from '../commands.js';
import {
  type Ask,
  type AskOf,
  DRAWN_TASKS,
  DRAWN_UNITS,
  type DrawnProblem,
  edition,
  type TaskAct,
} from './random-asks.js';

export function startBody(
  now: number,
  level: WarningLevel,
  effect: number,
  timeScale?: number,
  byTelephone = false,
): CommandBody {
  return {
    kind: 'start',
    notice: noticeAt('N0', now, effect, byTelephone),
    cityLevel: level,
    level,
    primaryPollutant: 'PM2.5',
    ...(timeScale === undefined ? {} : { drill: { timeScale } }),
  };
}

/** The command a step comes to at a moment of episode time; none for silence. */
export function bodyOf(
  ask: Exclude<Ask, AskOf<'receipt'> | AskOf<'resend'> | { kind: 'restored' }>,
  n: number,
  now: number,
): CommandBody | undefined {
  switch (ask.kind) {
    case 'silence':
      return undefined;
    case 'adjust':
      return {
        kind: 'adjust',
        notice: noticeAt(`N${n + 1}`, now, ask.effect, ask.byTelephone),
        cityLevel: ask.cityLevel,
        level: ask.level,
        ...(ask.reason ? { reason: '辖区更重' } : {}),
        ...(ask.end === undefined
          ? {}
          : { expectedEndAt: ask.end === null ? null : beijingIso(now + ask.end * MINUTE) }),
      };
    case 'lift':
      return { kind: 'lift', notice: noticeAt(`N${n + 1}`, now, ask.effect, ask.byTelephone) };
    case 'number':
      return { kind: 'numberNotice', noticeId: `n${ask.notice}`, number: `补${ask.number}号` };
    case 'join':
      return { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' };
    case 'suspend':
      return {
        kind: 'suspend',
        items: ask.items === 'all' ? 'all' : ask.items.map((task) => DRAWN_TASKS[task]!),
        ...(ask.unit === undefined ? {} : { unitIds: [DRAWN_UNITS[ask.unit]!] }),
        ...(ask.from === undefined ? {} : { from: beijingIso(now + ask.from * MINUTE) }),
        ...(ask.until === undefined ? {} : { until: beijingIso(now + ask.until * MINUTE) }),
        reason: '节日保障',
      };
    case 'resume':
      return { kind: 'resume', suspensionId: `s${ask.suspension}` };
    case 'unit':
      return { ...unitBody(ask.what, DRAWN_UNITS[ask.unit]!, n), ...(ask.rang ? { onBehalf: CALLER } : {}) };
    case 'call':
      return {
        kind: 'recordCall',
        unitId: DRAWN_UNITS[ask.unit]!,
        outcome: ask.outcome,
        ...(ask.acknowledged ? { acknowledged: true } : {}),
      };
    case 'task':
      return taskBody(ask.what, DRAWN_UNITS[ask.unit]!, DRAWN_TASKS[ask.task]!);
    case 'add':
      return {
        kind: 'addTask',
        unitIds: ask.all ? edition.units.map(({ unitId }) => unitId) : [DRAWN_UNITS[ask.unit]!],
        text: '加密巡查',
        ...(ask.dueIn === undefined ? {} : { dueAt: beijingIso(now + ask.dueIn * MINUTE) }),
      };
    case 'cancel-task':
      return {
        kind: 'cancelTask',
        taskId: DRAWN_TASKS[ask.task]!,
        ...(ask.unit === undefined ? {} : { unitIds: [DRAWN_UNITS[ask.unit]!] }),
        reason: '市里已统一安排',
      };
    case 'report': {
      const date = beijingDate(now - ask.daysBack * 24 * HOUR);
      return {
        kind: 'submitDailyReport',
        unitId: DRAWN_UNITS[ask.unit]!,
        date,
        content: {
          text: ask.text,
          figures: figuresAsked(ask),
          ...(ask.problems && { problems: ask.problems.map(problemOf(now)) }),
        },
      };
    }
    case 'refer':
      return {
        kind: 'refer',
        unitId: DRAWN_UNITS[ask.unit]!,
        to: ask.to,
        about: [deadlineAsked(ask, now)],
        reason: '多次催办未办',
      };
    case 'circular':
      return {
        kind: 'issueCircular',
        origin: ask.title % 2 === 0 ? 'city' : 'district',
        title: `通报${ask.title}`,
        text: '落实不到位',
        unitIds: ask.units.map((unit) => DRAWN_UNITS[unit]!),
        ...(ask.answerIn === undefined ? {} : { answerDueAt: beijingIso(now + ask.answerIn * MINUTE) }),
      };
    case 'circular-of-unit': {
      const about = { unitId: DRAWN_UNITS[ask.unit]!, circularId: `c${ask.circular}` };
      return ask.what === 'acknowledge'
        ? { kind: 'acknowledgeCircular', ...about }
        : { kind: 'answerCircular', ...about, text: ask.text, attachmentIds: [] };
    }
    case 'close-circular':
      return {
        kind: 'closeCircular',
        circularId: `c${ask.circular}`,
        ...(ask.unit === undefined ? {} : { unitIds: [DRAWN_UNITS[ask.unit]!] }),
        note: '办结',
      };
    case 'explain':
      return {
        kind: 'explainBreach',
        unitId: DRAWN_UNITS[ask.unit]!,
        about: deadlineAsked(ask, now),
        reason: ask.text,
      };
    case 'urge':
      return {
        kind: 'urge',
        unitIds: ask.units.map((unit) => DRAWN_UNITS[unit]!),
        about: ask.about.map((deadline) => ({ deadline })),
      };
    case 'settle':
      return { kind: 'settleProblem', unitId: DRAWN_UNITS[ask.unit]!, problemId: `p${ask.problem}`, note: '' };
    case 'digest':
      return { kind: 'submitDigest', date: beijingDate(now - ask.daysBack * 24 * HOUR), text: ask.text };
    case 'text':
      return {
        kind: 'issueText',
        noticeId: `n${ask.notice}`,
        audience: ask.audience,
        title: '通知',
        text: ask.text,
        broadcast: ask.broadcast,
        ...(ask.shown === undefined ? {} : { onPublicPages: ask.shown }),
      };
    case 'statement':
      return {
        kind: 'issueStatement',
        about: 'concern',
        title: '回应',
        text: ask.text,
        ...(ask.corrects === undefined ? {} : { corrects: `t${ask.corrects}` }),
        ...(ask.shown === undefined ? {} : { onPublicPages: ask.shown }),
      };
    case 'appearance':
      return {
        kind: 'noteAppearance',
        textId: ask.textId,
        medium: ask.medium,
        at: beijingIso(now + (ask.ahead ? HOUR : -HOUR)),
      };
    case 'office':
      return officeBody(ask.what, n);
  }
}

function deadlineAsked(
  { about: deadline, notice, daysBack }: Extract<Ask, { kind: 'refer' | 'explain' }>,
  now: number,
): UnitDeadline {
  const subject = {
    acknowledgement: `n${notice}`,
    lifting: `n${notice}`,
    implementation: `n${notice}`,
    task: `added-${notice}`,
    report: beijingDate(now - daysBack * 24 * HOUR),
    summary: undefined,
    circular: `c${notice}`,
    measures: `c${notice}`,
  }[deadline];
  return { deadline, ...(subject === undefined ? {} : { subject }) };
}

function figuresAsked({ unit, figures }: AskOf<'report'>): Record<string, number> {
  const { dailyFigures } = edition.policy;
  const kind = edition.units.find(({ unitId }) => unitId === DRAWN_UNITS[unit])?.kind ?? 'street';
  return Object.fromEntries(dailyFigures[kind].map(({ id }, i) => [id, figures[i]!]));
}

const problemOf =
  (now: number) =>
  ({ what, isSettled }: DrawnProblem): GivenProblem => ({
    what: `问题${what}`,
    where: '某处',
    ...(isSettled ? { resolvedAt: beijingIso(now - MINUTE) } : {}),
  });

const CALLER = { reference: 'p', hash: '0'.repeat(64) };

function taskBody(what: TaskAct, unitId: string, taskId: string): CommandBody {
  const reason = '未落实';
  const words = { note: '', attachmentIds: [] };
  switch (what) {
    case 'complete':
      return { kind: 'completeTasks', unitId, taskIds: [taskId], ...words };
    case 'all':
      return { kind: 'completeTasks', unitId, taskIds: [...new Set([taskId, 'duty', 'dust-iii'])], ...words };
    case 'withdraw':
      return { kind: 'withdrawCompletion', unitId, taskId, reason };
    case 'note':
      return { kind: 'noteProgress', unitId, taskId, ...words };
    case 'not-applicable':
      return { kind: 'declareNotApplicable', unitId, taskId, reason };
    case 'applicable':
      return { kind: 'withdrawNotApplicable', unitId, taskId, reason };
  }
}

function unitBody(what: 'acknowledge' | 'implement' | 'summary', unitId: string, n: number): UnitCommandBody {
  if (what === 'acknowledge') return { kind: 'acknowledge', unitId };
  if (what === 'implement') return { kind: 'reportImplementation', unitId, text: `第${n}次` };
  return {
    kind: 'submitSummary',
    unitId,
    content: { work: '工作', lessons: '经验', shortcomings: '不足', proposals: String(n % 2) },
  };
}

function officeBody(what: 'follow-up' | 'save' | 'publish' | 'evaluate', n: number): CommandBody {
  if (what === 'follow-up') return { kind: 'submitFollowUp', text: '信息报送' };
  if (what === 'save')
    return { kind: 'saveReview', content: { conclusions: String(n % 2), planRevisionNeeded: false } };
  return what === 'publish' ? { kind: 'publishReview' } : { kind: 'evaluate', text: '有效', supplements: [] };
}

const noticeAt = (number: string, now: number, effect: number, byTelephone: boolean): Notice => ({
  ...(byTelephone ? { received: { by: 'telephone' } } : { number }),
  issuer: '市环委办',
  issuedAt: beijingIso(now),
  effectiveAt: beijingIso(now + effect * MINUTE),
});
