/** Nobody is notified after having answered: what a decision makes needless is withdrawn with it. */
import { DEADLINES } from '../../plan/types.js';
import { isSame, recipientOf, referenceOf } from '../deadline-names.js';
import { END_WITH_RESPONSE, isOpen } from '../due.js';
import type { Draft, EntryData, Recipient } from '../entries.js';
import type { DeadlineReference, Delivery, EpisodeState } from '../state-types.js';
import { draft, SYSTEM } from './decision.js';

type Reference = Omit<DeadlineReference, 'called'>;
type Reason = EntryData['notification.withdrawn']['reason'];

/** The drafts and, where messages have become needless, the entry that withdraws them. */
export function withStopped(state: EpisodeState, drafts: Draft[], reason: Reason): Draft[] {
  const waiting = Object.values(state.deliveries).filter(({ deadlines }) => deadlines.length > 0);
  if (waiting.length === 0) return drafts;
  const settled = drafts.flatMap(settledBy);
  const missed = drafts.flatMap(missedBy);
  const called = drafts.flatMap(calledBy);
  const adjustedFor = new Set(drafts.flatMap((one) => (isAdjustment(one) ? [one.unitId] : [])));
  const ends = drafts.some(({ kind }) => kind === 'response.ended');
  if (!ends && adjustedFor.size === 0 && settled.length + missed.length + called.length === 0) return drafts;
  const ending = new Set(drafts.flatMap(({ data }) => ('final' in data && data.final ? [data.delivery] : [])));
  const needless = waiting.filter(
    (delivery) =>
      !ending.has(delivery.key) &&
      ((isNotice(delivery) && adjustedFor.has(delivery.to.unitId)) ||
        delivery.deadlines.every(
          (one) =>
            !isOpen(state, one) ||
            (ends && END_WITH_RESPONSE.has(one.deadline)) ||
            settled.some((other) => isSame(one, other)) ||
            (delivery.isReminder && missed.some((other) => isSame(one, other))) ||
            called.some(({ to, about }) => isSame(one, about) && isSameRecipient(to, delivery.to)),
        )),
  );
  if (needless.length === 0) return drafts;
  const deliveries = needless.map(({ key }: Delivery) => key);
  return [...drafts, draft('notification.withdrawn', SYSTEM, { deliveries, reason })];
}

/** What an adjustment has overtaken must not arrive after it; acknowledging the later notice acknowledges both. */
const isAdjustment = ({ kind, data }: Draft): boolean => kind === 'unit.notified' && data.occasion === 'adjustment';

const isNotice = (delivery: Delivery): delivery is Delivery & { to: { kind: 'unit'; unitId: string } } =>
  delivery.to.kind === 'unit' &&
  delivery.deadlines.some(({ deadline, called }) => deadline === 'acknowledgement' && called === 0 && !delivery.tried);

/** Deadlines that an entry meets or takes off. */
function settledBy({ kind, unitId, data }: Draft): Reference[] {
  const one = (reference: Omit<Reference, 'unitId'>): Reference => ({
    ...reference,
    ...(unitId === undefined ? {} : { unitId }),
  });
  switch (kind) {
    case 'unit.acknowledged':
      return data.noticeNumbers.map((subject) => one({ deadline: 'acknowledgement', subject }));
    case 'implementation.reported':
      return data.noticeNumbers.map((subject) => one({ deadline: 'implementation', subject }));
    case 'task.completed':
      return [one({ deadline: 'task', subject: data.taskId })];
    case 'report.submitted':
      return [one({ deadline: 'report', subject: data.date })];
    case 'summary.submitted':
      return [one({ deadline: 'summary' })];
    case 'follow-up.submitted':
      return [one({ deadline: 'follow-up' })];
    case 'review.published':
      return [one({ deadline: 'review' })];
    case 'deadline.withdrawn':
      return [referenceOf(data, unitId)];
    default:
      return [];
  }
}

function missedBy({ kind, unitId, data }: Draft): Reference[] {
  const deadline = DEADLINES.find((one) => kind === `${one}.missed`);
  return deadline === undefined ? [] : [referenceOf({ deadline, ...data }, unitId)];
}

function calledBy({ kind, unitId, data }: Draft): Array<{ to: Recipient; about: Reference }> {
  if (kind !== 'deadline.reminded' && kind !== 'deadline.escalated') return [];
  return data.deadlines.map((owed) => ({ to: recipientOf(data.to, unitId), about: referenceOf(owed, unitId) }));
}

const isSameRecipient = (one: Recipient, other: Recipient): boolean =>
  one.kind === other.kind &&
  (one.kind !== 'unit' || (other.kind === 'unit' && one.unitId === other.unitId && one.whom === other.whom));
