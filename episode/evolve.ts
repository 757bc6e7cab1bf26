/**
 * Folds entries into the state. An entry changes the head of the state and, when it names a unit, that unit and no
 * other: so the read model folds a turn with just the units the turn names.
 */
import { responseLevelOf } from '../plan/rules/levels.js';
import { policyAt } from '../plan/rules/policy.js';
import type { Instant } from './commands.js';
import { chaseKey, farewellOf, referenceOf } from './deadline-names.js';
import type { Entry, EntryKind } from './entries.js';
import { broadcastEnded, broadcastRepeated } from './folds/broadcast.js';
import { called } from './folds/calls.js';
import { chased, stepTaken, unitMissed, withoutChases } from './folds/chases.js';
import {
  circularAcknowledged,
  circularAnswered,
  circularClosed,
  circularIssued,
  circularMissed,
  circularSent,
  measuresMissed,
} from './folds/circulars.js';
import {
  addMessage,
  bodyTold,
  countFailed,
  countSent,
  deferred,
  mailAlone,
  settleDelivery,
  toldOfTask,
  toldOfTaskUnlessItself,
  without,
} from './folds/messages.js';
import { addNotice, changeNotice, enteredNotice, lifted, takenEffect } from './folds/notices.js';
import { askOffice, reviewAsking, takenOffOffice, textIssued } from './folds/office.js';
import { resentMessage, unitUrged } from './folds/persons-messages.js';
import { withProblems } from './folds/problems.js';
import { countDelivered, countUndelivered, isArrival, receipted } from './folds/receipts.js';
import {
  endSuspensions,
  held,
  ranAgain,
  suspensionBegun,
  suspensionEnded,
  suspensionOrdered,
  toldOfSuspension,
} from './folds/suspensions.js';
import { appearanceNoted, statementIssued } from './folds/texts.js';
import {
  assignTasks,
  changeTaskDeadline,
  changeUnit,
  joinUnit,
  meet,
  open,
  openAgain,
  reopened,
  settle,
  takenOff,
} from './folds/units.js';
import { hashOf } from './hash-chain.js';
import { acknowledgementOf, lastNotice, newUnit, plannedAt, shortHash } from './state.js';
import type { EpisodeState } from './state-types.js';

type Folding<K extends EntryKind> = (
  state: EpisodeState,
  entry: Extract<Entry, { kind: K }>,
  now: Instant,
) => EpisodeState;

/** The state after an entry. Neither argument is changed. */
export function evolve(state: EpisodeState, entry: Entry): EpisodeState {
  const now = Date.parse(entry.episodeTime);
  const fold = foldings[entry.kind] as Folding<EntryKind>;
  const next = fold(state, entry, now);
  const attendedAt = entry.actor.role === 'system' ? state.attendedAt : now;
  return {
    ...next,
    attendedAt,
    head: { seq: entry.seq, hash: entry.hash, at: Date.parse(entry.at), episodeTime: now },
  };
}

const foldings: { [K in EntryKind]: Folding<K> } = {
  'warning.issued': (state, { data, seq }, now) => ({
    ...state,
    rulesVersion: data.rulesVersion,
    policy: data.policy,
    drill: data.drill,
    clock: data.clock,
    phase: 'announced',
    notices: [enteredNotice('start', data, seq, now)],
  }),
  'level.adjusted': (state, { data, seq }, now) => addNotice(state, enteredNotice('adjust', data, seq, now)),
  'warning.lifted': (state, { data, seq }, now) => {
    const { cityLevel, level } = plannedAt(state, Date.parse(data.notice.effectiveAt) - 1) ?? lastNotice(state);
    return addNotice(state, enteredNotice('lift', { ...data, cityLevel, level }, seq, now));
  },

  'notice.numbered': (state, { data, seq }) =>
    changeNotice(state, data.noticeId, {
      ...(data.number === undefined ? {} : { number: data.number, numberedSeq: seq }),
      ...(data.ownNotice === undefined ? {} : { ownNotice: data.ownNotice, ownNoticeSeq: seq }),
    }),

  'response.started': (state, { data }) => ({
    ...takenEffect(state, data.noticeId),
    phase: 'active',
    responseLevel: responseLevelOf(data.level),
  }),
  'response.adjusted': (state, { data }) => ({
    ...takenEffect(state, data.noticeId),
    responseLevel: responseLevelOf(data.level),
  }),
  'response.ended': (state, { data }) => ({ ...lifted(state, data), summaryDueAt: Date.parse(data.summaryDueAt) }),
  'response.cancelled': (state, { data }) => lifted(state, data),

  'unit.added': (state, { data, unitId }, now) =>
    joinUnit(state, { ...newUnit(unitId, now), added: { name: data.name, kind: data.unitKind } }),
  'unit.notified': (state, { data, unitId, seq }, now) => {
    const { noticeId, acknowledgementDueAt: dueAt } = data;
    const known = state.units[unitId] ? state : joinUnit(state, newUnit(unitId));
    const told = changeUnit(known, unitId, () => ({ toldOf: noticeId }));
    const key = `unit:${unitId}:${seq}`;
    const to = { kind: 'unit' as const, unitId };
    // A notice of red that comes in force later goes by the ways of red.
    const policy = policyAt(state.policy, data.level);
    if (dueAt === undefined) return addMessage(told, key, to, seq, now, { policy });
    const deadline = acknowledgementOf(state, noticeId);
    const asked = open(noticeId, now, dueAt);
    const opened = changeUnit(told, unitId, ({ acknowledgements }) =>
      deadline === 'lifting' ? { lifting: asked } : { acknowledgements: [...acknowledgements, asked] },
    );
    const about = { deadline, unitId, subject: noticeId, stepsTaken: 0 };
    return addMessage(opened, key, to, seq, now, { policy, announces: noticeId, deadlines: [about] });
  },
  'unit.acknowledged': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ acknowledgements, lifting, chases }) => ({
      acknowledgements: meet(acknowledgements, data, now),
      ...(lifting && { lifting: meet([lifting], data, now)[0]! }),
      acknowledgedSeq: seq,
      ...withoutChases(withoutChases(chases, 'acknowledgement', data.noticeIds).chases, 'lifting', data.noticeIds),
    })),
  'unit.called': (state, { data, unitId, seq }, now) =>
    called(state, unitId, { at: now, seq, outcome: data.outcome, ...(data.contact && { contact: data.contact }) }),
  'unit.urged': unitUrged,
  'breach.explained': (state, { data: { about, reason }, unitId, seq }) =>
    changeUnit(state, unitId, ({ explanations = {} }) => ({
      explanations: { ...explanations, [chaseKey(referenceOf(about))]: { seq, hash: shortHash(hashOf(reason)) } },
    })),
  'acknowledgement.missed': (state, { data, unitId }) =>
    unitMissed(
      state,
      { deadline: 'acknowledgement', subject: data.noticeId, dueAt: data.dueAt },
      unitId,
      ({ acknowledgements }) => ({
        acknowledgements: settle(acknowledgements, data.noticeId, 'missed'),
      }),
    ),
  'lifting.missed': (state, { data, unitId }) =>
    unitMissed(state, { deadline: 'lifting', subject: data.noticeId, dueAt: data.dueAt }, unitId, ({ lifting }) => ({
      lifting: { ...lifting!, status: 'missed' },
    })),
  'implementation.reported': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ implementation, chases }) => ({
      implementation: meet(implementation, data, now),
      implementationSeq: seq,
      ...withoutChases(chases, 'implementation', data.noticeIds),
    })),
  'implementation.missed': (state, { data, unitId }) =>
    unitMissed(
      state,
      { deadline: 'implementation', subject: data.noticeId, dueAt: data.dueAt },
      unitId,
      ({ implementation }) => ({
        implementation: settle(implementation, data.noticeId, 'missed'),
      }),
    ),

  'task.assigned': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ tasks, implementation }) => ({
      tasks: assignTasks(tasks, data, seq),
      implementation: [...implementation, open(data.noticeId, now, data.implementationDueAt)],
    })),
  'task.added': (state, { data, unitId, seq, actor }, now) => {
    const { taskId, dueAt, textIn = seq } = data;
    const numbered = { ...state, tasksAdded: Number(taskId.slice('added-'.length)) };
    const added = changeUnit(numbered, unitId, ({ tasks, taskDeadlines }) => ({
      tasks: {
        ...tasks,
        [taskId]: {
          status: 'open',
          change: 'new',
          addedSeq: textIn,
          ...(actor.role === 'unit' && { own: true as const }),
        },
      },
      ...(dueAt === undefined
        ? {}
        : {
            taskDeadlines: [...taskDeadlines, { taskId, openedAt: now, dueAt: Date.parse(dueAt), status: 'pending' }],
          }),
    }));
    return actor.role === 'unit' ? added : toldOfTask(added, unitId, seq, now, data);
  },
  'task.cancelled': (state, { data, unitId, seq, actor }, now) => {
    const { taskId, reasonIn = seq } = data;
    const without = changeUnit(state, unitId, ({ tasks, chases }) => ({
      tasks: { ...tasks, [taskId]: { ...tasks[taskId]!, status: 'ended', cancelledSeq: reasonIn } },
      ...withoutChases(chases, 'task', [taskId]),
    }));
    return actor.role === 'unit' ? without : toldOfTask(without, unitId, seq, now, { taskId });
  },
  'task.progressed': (state) => state,
  'task.completed': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ tasks, taskDeadlines, chases }) => ({
      tasks: { ...tasks, [data.taskId]: { ...tasks[data.taskId]!, status: 'done', seq } },
      ...(data.late === undefined
        ? {}
        : {
            taskDeadlines: changeTaskDeadline(taskDeadlines, data.taskId, {
              status: data.late ? 'late' : 'met',
              metAt: now,
            }),
            ...withoutChases(chases, 'task', [data.taskId]),
          }),
    })),
  'task.withdrawn': (state, { data, unitId, seq, actor }, now) => {
    const open = changeUnit(state, unitId, ({ tasks, taskDeadlines }) => ({
      tasks: openAgain(tasks, data.taskId, state.binding.items),
      ...(data.dueAt === undefined
        ? {}
        : { taskDeadlines: reopened(taskDeadlines, data.taskId, now, Date.parse(data.dueAt)) }),
    }));
    return toldOfTaskUnlessItself(open, unitId, seq, now, { actor, data });
  },
  'task.not-applicable': (state, { data, unitId, seq }) =>
    changeUnit(state, unitId, ({ tasks }) => {
      const { change } = tasks[data.taskId]!;
      return { tasks: { ...tasks, [data.taskId]: { status: 'not-applicable', change, notApplicable: { seq } } } };
    }),
  'task.applicable': (state, { data, unitId, seq, actor }, now) => {
    const open = changeUnit(state, unitId, ({ tasks }) => {
      const again = openAgain(tasks, data.taskId, state.binding.items);
      return { tasks: { ...again, [data.taskId]: { ...again[data.taskId]!, applies: true } } };
    });
    return toldOfTaskUnlessItself(open, unitId, seq, now, { actor, data });
  },
  'task.missed': (state, { data, unitId }) =>
    unitMissed(state, { deadline: 'task', subject: data.taskId, dueAt: data.dueAt }, unitId, ({ taskDeadlines }) => ({
      taskDeadlines: changeTaskDeadline(taskDeadlines, data.taskId, { status: 'missed' }),
    })),

  'report.submitted': (state, { data, unitId, seq, at }, now) =>
    changeUnit(withProblems(state, unitId, { ...data, seq, at: Date.parse(at) }), unitId, ({ reports, chases }) => ({
      reports: {
        ...reports,
        [data.date]: { status: data.late ? 'late' : 'met', hash: shortHash(data.contentHash), seq, submittedAt: now },
      },
      ...withoutChases(chases, 'report', [data.date]),
    })),
  'problem.settled': (state, { data: { problemId, at }, unitId, seq }) =>
    changeUnit(state, unitId, ({ problems }) => {
      const problem = problems[problemId]!;
      const settled = [...problem.settled, { seq, at: Date.parse(at) }];
      return { problems: { ...problems, [problemId]: { ...problem, settled } } };
    }),
  'report.corrected': (state, { data, unitId, seq, at }) =>
    changeUnit(withProblems(state, unitId, { ...data, seq, at: Date.parse(at) }), unitId, ({ reports }) => ({
      reports: { ...reports, [data.date]: { ...reports[data.date]!, hash: shortHash(data.contentHash), seq } },
    })),
  'report.missed': (state, { data, unitId }) =>
    unitMissed(state, { deadline: 'report', subject: data.date, dueAt: data.dueAt }, unitId, ({ reports }) => ({
      reports: { ...reports, [data.date]: { status: 'missed' } },
    })),
  'summary.submitted': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ summary, chases }) => ({
      summary: {
        status: data.late ? 'late' : 'met',
        hash: shortHash(data.contentHash),
        seq,
        submittedAt: summary?.submittedAt ?? now,
      },
      ...withoutChases(chases, 'summary', ['']),
    })),
  'summary.missed': (state, { data, unitId }) =>
    unitMissed(state, { deadline: 'summary', dueAt: data.dueAt }, unitId, () => ({
      summary: { status: 'missed' },
    })),
  'circular.issued': circularIssued,
  'circular.sent': circularSent,
  'circular.acknowledged': circularAcknowledged,
  'circular.missed': circularMissed,
  'circular.answered': circularAnswered,
  'measures.missed': measuresMissed,
  'circular.closed': circularClosed,
  'deadline.withdrawn': (state, { data, unitId }) => {
    const subjects = [referenceOf(data).subject ?? ''];
    const suspension = state.suspensions.find(({ suspensionId }) => suspensionId === data.suspensionId);
    if (unitId !== undefined)
      return changeUnit(state, unitId, (unit) => ({
        ...(suspension ? held(unit, data, suspension.from) : takenOff(unit, data)),
        ...withoutChases(unit.chases, data.deadline, subjects),
      }));
    return { ...state, ...takenOffOffice(state, data), ...withoutChases(state.chases, data.deadline, subjects) };
  },
  'deadline.reopened': (state, { data, unitId }, now) =>
    changeUnit(state, unitId!, (unit) => ranAgain(unit, data, now)),
  'suspension.ordered': (state, { data, seq }) => suspensionOrdered(state, data, seq),
  'response.suspended': (state, { data, seq }) => suspensionBegun(state, data, seq),
  'response.resumed': (state, { data, seq }) => suspensionEnded(state, data, seq),
  'unit.suspended': (state, entry, now) => toldOfSuspension(state, entry, 'suspended', now),
  'unit.resumed': (state, entry, now) => toldOfSuspension(state, entry, 'resumed', now),
  'deadline.reminded': (state, { data, unitId, seq }, now) => stepTaken(state, data, unitId, seq, now, true),
  'deadline.escalated': (state, { data, unitId, seq }, now) => stepTaken(state, data, unitId, seq, now, false),
  'end.asked': (state, { seq }, now) => askOffice({ ...state, endAskedAt: now }, 'end', seq, now),
  'digest.compiled': (state, { data, seq }, now) =>
    addMessage({ ...state, digestedTo: data.date }, `office:${seq}`, { kind: 'office' }, seq, now),
  'digest.reminded': (state, { data: { date }, seq }, now) =>
    askOffice({ ...state, digestRemindedTo: date }, { digestOf: date }, seq, now),
  'digest.submitted': (state, { data: { date, contentHash: hash }, seq }, now) => {
    const before = state.digestsSubmitted[date];
    const submitted = before
      ? { seq, hash, submittedAt: before.submittedAt, correctedAt: now }
      : { seq, hash, submittedAt: now };
    const digestsSubmitted = { ...state.digestsSubmitted, [date]: submitted };
    return addMessage({ ...state, digestsSubmitted }, `city:${seq}`, { kind: 'city' }, seq, now);
  },

  'text.issued': (state, { data, seq }, now) => textIssued(state, data, seq, now),
  'broadcast.repeated': (state, { seq }, now) => broadcastRepeated(state, seq, now),
  'broadcast.ended': (state, { seq }, now) => broadcastEnded(state, seq, now),
  'statement.issued': (state, { data, seq }) => statementIssued(state, data, seq),
  'appearance.noted': (state, { data, seq }) => appearanceNoted(state, data, seq),
  'response.evaluated': (state) => state,
  'unit.referred': (state, { data, seq }, now) => {
    const { unitId, to } = data;
    const referral = { seq, unitId, to, hash: shortHash(hashOf(data)) };
    return addMessage({ ...state, referrals: [...state.referrals, referral] }, `${to}:${seq}`, { kind: to }, seq, now);
  },
  'follow-up.submitted': (state, { data, seq }, now) =>
    addMessage(
      {
        ...state,
        phase: 'reviewing',
        followUp: {
          ...state.followUp!,
          status: data.late ? 'late' : 'met',
          hash: data.contentHash,
          seq,
          submittedAt: now,
        },
        ...withoutChases(state.chases, 'follow-up', ['']),
      },
      `city:${seq}`,
      { kind: 'city' },
      seq,
      now,
    ),
  'follow-up.missed': (state, { data }) => ({
    ...state,
    followUp: { ...state.followUp!, status: 'missed' },
    ...chased(state, state.chases, { deadline: 'follow-up', dueAt: data.dueAt }),
  }),
  'review.saved': (state, { data, seq }) => ({
    ...state,
    review: { ...reviewAsking(state.review!, data.content.revisions), savedSeq: seq, hash: data.contentHash },
  }),
  'review.published': (state, { data, seq }, now) => ({
    ...state,
    review: { ...state.review!, status: data.late ? 'late' : 'met', seq, submittedAt: now },
    ...withoutChases(state.chases, 'review', ['']),
  }),
  'review.handed-over': (state) => ({ ...state, review: { ...state.review!, handedOver: true } }),
  'review.missed': (state, { data }) => ({
    ...state,
    review: { ...state.review!, status: 'missed' },
    ...chased(state, state.chases, { deadline: 'review', dueAt: data.dueAt }),
  }),

  'notification.sent': (state, { data, unitId }, now) => {
    const isReached = isArrival(state, data);
    const counted = countSent(bodyTold(state, data, isReached, now), data, unitId, now);
    return settleDelivery(counted, data, isReached, now);
  },
  'notification.failed': (state, { data, unitId }, now) =>
    settleDelivery(countFailed(bodyTold(state, data, false, now), data, unitId, now), data, false, now),
  'notification.delivered': (state, { data, unitId }, now) =>
    receipted(countDelivered(bodyTold(state, data, true, now), unitId), data, 'delivered', now),
  'notification.undelivered': (state, { data, unitId }, now) =>
    receipted(countUndelivered(state, data, unitId, now), data, 'undelivered', now),
  'notification.withdrawn': (state, { data }) => ({
    ...state,
    messages: mailAlone(without(state.messages, data.messages), data.byMail ?? []),
  }),
  'notification.deferred': (state, { data }) => ({
    ...state,
    messages: {
      ...state.messages,
      ...Object.fromEntries(data.messages.map((one) => [one.message, deferred(state.messages[one.message]!, one)])),
    },
  }),
  'message.resent': resentMessage,
  'drill.abandoned': (state, { data, seq }, now) =>
    addMessage(
      {
        ...state,
        abandoned: { at: Date.parse(data.abandonedAt), seq },
        suspensions: endSuspensions(state.suspensions, Date.parse(data.abandonedAt)),
      },
      farewellOf(seq),
      { kind: 'office' },
      seq,
      now,
    ),
  'record.restored': (state) => state,
  'episode.closed': (state, _entry, now) => ({ ...state, phase: 'closed', closedAt: now }),
};

/** Every kind there is. */
export const ENTRY_KINDS = Object.keys(foldings) as EntryKind[];
