/**
 * Folds entries into the state. An entry changes the head of the state and, when it names a unit, that unit and no
 * other: so the read model folds a turn with just the units the turn names.
 */
import { responseLevelOf } from '../plan/levels.js';
import { newUnit, shortHash } from './state.js';
import type {
  Delivery,
  Entry,
  EntryData,
  EntryKind,
  EpisodeState,
  Instant,
  NoticeDeadline,
  NoticeState,
  UnitState,
} from './types.js';

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
  return { ...next, head: { seq: entry.seq, hash: entry.hash, at: Date.parse(entry.at), episodeTime: now } };
}

const foldings: { [K in EntryKind]: Folding<K> } = {
  'warning.issued': (state, { data, seq }, now) => ({
    ...state,
    rulesVersion: data.rulesVersion,
    policy: data.policy,
    drill: data.drill,
    clock: data.clock,
    phase: 'announced',
    notices: [noticeOf('start', data, seq, now)],
  }),
  'level.adjusted': (state, { data, seq }, now) => addNotice(state, noticeOf('adjust', data, seq, now)),
  'warning.lifted': (state, { data, seq }, now) => {
    const { cityLevel, level } = state.notices[state.notices.length - 1]!;
    return addNotice(state, noticeOf('lift', { ...data, cityLevel, level }, seq, now));
  },

  'response.started': (state, { data }) => ({
    ...inEffect(state, data.noticeNumber),
    phase: 'active',
    responseLevel: responseLevelOf(data.level),
  }),
  'response.adjusted': (state, { data }) => ({
    ...inEffect(state, data.noticeNumber),
    responseLevel: responseLevelOf(data.level),
  }),
  'response.ended': (state, { data }) => ({
    ...inEffect(state, data.noticeNumber),
    phase: 'reporting',
    liftedAt: Date.parse(data.effectiveAt),
    followUp: { dueAt: Date.parse(data.followUpDueAt), status: 'pending' },
    summaryDueAt: Date.parse(data.summaryDueAt),
    review: { dueAt: Date.parse(data.reviewDueAt), status: 'pending' },
  }),

  'unit.added': (state, { data, unitId }, now) =>
    joinUnit(state, { ...newUnit(unitId!, now), added: { name: data.name, kind: data.unitKind } }),
  'unit.notified': (state, { data, unitId, seq }, now) => {
    const known = state.units[unitId!] ? state : joinUnit(state, newUnit(unitId!, Date.parse(data.effectiveAt)));
    const opened = data.acknowledgementDueAt
      ? changeUnit(known, unitId, ({ acknowledgements }) => ({
          acknowledgements: [...acknowledgements, open(data.noticeNumber, now, data.acknowledgementDueAt!)],
        }))
      : known;
    return toUnit(opened, unitId!, seq, now);
  },
  'unit.acknowledged': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ acknowledgements }) => ({
      acknowledgements: meet(acknowledgements, data, now),
      acknowledgedSeq: seq,
    })),
  'acknowledgement.missed': (state, { data, unitId, seq }, now) =>
    toUnit(
      changeUnit(state, unitId, ({ acknowledgements }) => ({
        acknowledgements: settle(acknowledgements, data.noticeNumber, 'missed'),
      })),
      unitId!,
      seq,
      now,
    ),
  'implementation.reported': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ implementation }) => ({
      implementation: meet(implementation, data, now),
      implementationSeq: seq,
    })),
  'implementation.missed': (state, { data, unitId, seq }, now) =>
    toUnit(
      changeUnit(state, unitId, ({ implementation }) => ({
        implementation: settle(implementation, data.noticeNumber, 'missed'),
      })),
      unitId!,
      seq,
      now,
    ),

  'task.assigned': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ tasks, implementation }) => ({
      tasks: assign(tasks, data, seq),
      implementation: [...implementation, open(data.noticeNumber, now, data.implementationDueAt)],
    })),
  'task.completed': (state, { data, unitId, seq }) =>
    changeUnit(state, unitId, ({ tasks }) => ({
      tasks: { ...tasks, [data.taskId]: { ...tasks[data.taskId]!, status: 'done', seq } },
    })),

  'report.submitted': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ reports }) => ({
      reports: {
        ...reports,
        [data.date]: { status: data.late ? 'late' : 'met', hash: shortHash(data.contentHash), seq, submittedAt: now },
      },
    })),
  'report.corrected': (state, { data, unitId, seq }) =>
    changeUnit(state, unitId, ({ reports }) => ({
      reports: { ...reports, [data.date]: { ...reports[data.date]!, hash: shortHash(data.contentHash), seq } },
    })),
  'report.missed': (state, { data, unitId, seq }, now) =>
    toUnit(
      changeUnit(state, unitId, ({ reports }) => ({ reports: { ...reports, [data.date]: { status: 'missed' } } })),
      unitId!,
      seq,
      now,
    ),
  'summary.submitted': (state, { data, unitId, seq }, now) =>
    changeUnit(state, unitId, ({ summary }) => ({
      summary: {
        status: data.late ? 'late' : 'met',
        hash: shortHash(data.contentHash),
        seq,
        submittedAt: summary?.submittedAt ?? now,
      },
    })),
  'summary.missed': (state, { unitId, seq }, now) =>
    toUnit(
      changeUnit(state, unitId, () => ({ summary: { status: 'missed' } })),
      unitId!,
      seq,
      now,
    ),
  'deadline.withdrawn': (state, { data, unitId }) =>
    changeUnit(state, unitId, ({ acknowledgements, implementation, reports }) => {
      switch (data.deadline) {
        case 'acknowledgement':
          return { acknowledgements: settle(acknowledgements, data.noticeNumber!, 'withdrawn') };
        case 'implementation':
          return { implementation: settle(implementation, data.noticeNumber!, 'withdrawn') };
        case 'report':
          return { reports: { ...reports, [data.date!]: { ...reports[data.date!], status: 'withdrawn' } } };
        case 'summary':
          return { summary: { status: 'withdrawn' } };
      }
    }),
  'deadline.escalated': (state, { seq }, now) => addDelivery(state, `office:${seq}`, { kind: 'office' }, seq, now),

  'response.evaluated': (state) => state,
  'follow-up.submitted': (state, { data, seq }, now) =>
    addDelivery(
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
      },
      `city:${seq}`,
      { kind: 'city' },
      seq,
      now,
    ),
  'follow-up.missed': (state) => ({ ...state, followUp: { ...state.followUp!, status: 'missed' } }),
  'review.saved': (state, { data, seq }) => ({
    ...state,
    review: { ...state.review!, savedSeq: seq, hash: data.contentHash },
  }),
  'review.published': (state, { data, seq }, now) => ({
    ...state,
    review: { ...state.review!, status: data.late ? 'late' : 'met', seq, submittedAt: now },
  }),
  'review.missed': (state) => ({ ...state, review: { ...state.review!, status: 'missed' } }),

  'notification.sent': (state, { data }) => settleContact(state, data),
  'notification.failed': (state, { data }) => settleContact(state, data),
  'notification.deferred': (state, { data }) => ({
    ...state,
    deliveries: {
      ...state.deliveries,
      ...Object.fromEntries(
        data.deliveries.map(({ delivery, attempt, notBefore }) => [
          delivery,
          { ...state.deliveries[delivery]!, attempt, notBefore: Date.parse(notBefore) },
        ]),
      ),
    },
  }),
  'episode.closed': (state, _entry, now) => ({ ...state, phase: 'closed', closedAt: now }),
};

const addNotice = (state: EpisodeState, notice: NoticeState): EpisodeState => ({
  ...state,
  notices: [...state.notices, notice],
});

function noticeOf(
  kind: NoticeState['kind'],
  data: Pick<EntryData['level.adjusted'], 'notice' | 'cityLevel' | 'level' | 'expectedEndAt'>,
  seq: number,
  enteredAt: Instant,
): NoticeState {
  return {
    kind,
    seq,
    number: data.notice.number,
    enteredAt,
    effectiveAt: Date.parse(data.notice.effectiveAt),
    cityLevel: data.cityLevel,
    level: data.level,
    ...(data.expectedEndAt === undefined ? {} : { expectedEndAt: data.expectedEndAt }),
    inEffect: false,
  };
}

const inEffect = (state: EpisodeState, number: string): EpisodeState => ({
  ...state,
  notices: state.notices.map((notice) => (notice.number === number ? { ...notice, inEffect: true } : notice)),
});

const joinUnit = (state: EpisodeState, unit: UnitState): EpisodeState => ({
  ...state,
  units: { ...state.units, [unit.unitId]: unit },
  unitCount: state.unitCount + 1,
});

function changeUnit(
  state: EpisodeState,
  unitId: string | undefined,
  change: (unit: UnitState) => Partial<UnitState>,
): EpisodeState {
  const unit = state.units[unitId!]!;
  return { ...state, units: { ...state.units, [unit.unitId]: { ...unit, ...change(unit) } } };
}

const open = (noticeNumber: string, openedAt: Instant, dueAt: string): NoticeDeadline => ({
  noticeNumber,
  openedAt,
  dueAt: Date.parse(dueAt),
  status: 'pending',
});

const meet = (
  deadlines: NoticeDeadline[],
  { noticeNumbers, lateFor }: { noticeNumbers: string[]; lateFor: string[] },
  metAt: Instant,
): NoticeDeadline[] =>
  deadlines.map((deadline) =>
    noticeNumbers.includes(deadline.noticeNumber)
      ? { ...deadline, status: lateFor.includes(deadline.noticeNumber) ? 'late' : 'met', metAt }
      : deadline,
  );

const settle = (deadlines: NoticeDeadline[], noticeNumber: string, status: 'missed' | 'withdrawn'): NoticeDeadline[] =>
  deadlines.map((deadline) => (deadline.noticeNumber === noticeNumber ? { ...deadline, status } : deadline));

/** A task already done keeps the entry that completed it; one that is done by what it follows is done by this entry. */
function assign(tasks: UnitState['tasks'], data: EntryData['task.assigned'], seq: number): UnitState['tasks'] {
  const next = { ...tasks };
  for (const id of data.ended) next[id] = { ...next[id]!, status: 'ended' };
  for (const { id, change, status } of data.tasks) {
    next[id] = { status, change, ...(status === 'done' ? { seq: tasks[id]?.seq ?? seq } : {}) };
  }
  return next;
}

const toUnit = (state: EpisodeState, unitId: string, seq: number, now: Instant): EpisodeState =>
  addDelivery(state, `unit:${unitId}:${seq}`, { kind: 'unit', unitId }, seq, now);

const addDelivery = (
  state: EpisodeState,
  key: string,
  to: Delivery['to'],
  seq: number,
  notBefore: Instant,
): EpisodeState => ({
  ...state,
  deliveries: { ...state.deliveries, [key]: { key, to, about: [seq], attempt: 0, notBefore, settled: [] } },
});

function settleContact(state: EpisodeState, data: EntryData['notification.sent']): EpisodeState {
  const { [data.delivery]: delivery, ...others } = state.deliveries;
  if (!delivery || data.final) return { ...state, deliveries: others };
  const settled = [...delivery.settled, `${data.contact}/${data.channel}`];
  return { ...state, deliveries: { ...others, [delivery.key]: { ...delivery, settled } } };
}
