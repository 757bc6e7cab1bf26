/** Withdraws messages that a decision makes needless: nobody is notified after having answered. */
import { byMailAlone } from '../../plan/rules/ways.js';
import { DEADLINES } from '../../plan/types.js';
import { nameOfDeadline, recipientOf, referenceOf } from '../deadline-names.js';
import { END_WITH_RESPONSE, isOpen } from '../due.js';
import type { Draft, EntryData, EntryKind, NamedDeadline, Recipient } from '../entries.js';
import { suspensionBegun } from '../folds/suspensions.js';
import { acknowledgementOf } from '../state.js';
import type { DeadlineReference, EpisodeState, Message } from '../state-types.js';
import { holding } from '../suspensions.js';
import { draft, SYSTEM } from './decision.js';

type Reference = Omit<DeadlineReference, 'stepsTaken'>;
type Reason = EntryData['notification.withdrawn']['reason'];

/** The drafts and, where messages have become needless, the entry that withdraws them. */
export function withStopped(state: EpisodeState, drafts: Draft[], reason: Reason): Draft[] {
  const waiting = Object.values(state.messages).filter(
    ({ deadlines, asks, announces, suspensionId }) =>
      deadlines.length > 0 || asks || announces !== undefined || suspensionId !== undefined,
  );
  if (waiting.length === 0) return drafts;
  const settled = new Set(drafts.flatMap((one) => settledBy(state, one)).map(nameOfDeadline));
  const missed = new Set(drafts.flatMap(missedBy).map(nameOfDeadline));
  const steps = new Set(
    drafts.flatMap(stepsIn).map(({ to, about }) => `${nameOfDeadline(about)} ${nameOfRecipient(to)}`),
  );
  const superseded = new Set(drafts.flatMap((one) => supersededBy(state, one)));
  const ends = drafts.some(({ kind }) => kind === 'response.ended' || kind === 'response.cancelled');
  const answers = drafts.some(({ kind }) => ANSWERS_END.has(kind) || ANSWERS_DIGEST.has(kind));
  const begun = withBegun(state, drafts);
  const over = new Set(drafts.flatMap(({ kind, data }) => (kind === 'response.resumed' ? [data.suspensionId] : [])));
  const sizes = [superseded, settled, missed, steps, over].map(({ size }) => size);
  if (!ends && !begun && !answers && sizes.every((size) => size === 0)) return drafts;
  const ending = new Set(drafts.flatMap(({ data }) => ('final' in data && data.final ? [data.message] : [])));
  const needless = waiting.filter((message) => {
    if (ending.has(message.key)) return false;
    if (message.asks) return isAnswered(message.asks, drafts);
    if (message.suspensionId !== undefined) return ends || over.has(message.suspensionId);
    if (message.announces !== undefined && superseded.has(message.announces)) return true;
    // The response ends with the lifting, whose own text still goes.
    if (message.mailAlone) return ends && acknowledgementOf(state, message.announces!) !== 'lifting';
    const recipient = nameOfRecipient(message.to);
    return message.deadlines.every((one) => {
      const name = nameOfDeadline(one);
      return (
        settled.has(name) ||
        (message.isReminder && missed.has(name)) ||
        steps.has(`${name} ${recipient}`) ||
        (ends && END_WITH_RESPONSE.has(one.deadline)) ||
        (begun && isChasing(one, message) && holding(begun, one)) ||
        !isOpen(state, one)
      );
    });
  });
  if (needless.length === 0) return drafts;
  const keysOf = (messages: Message[]) => messages.map(({ key }) => key);
  const stillByMail = needless.filter((message) => isStillByMail(message, drafts));
  const byMail = keysOf(stillByMail);
  const messages = keysOf(needless.filter((message) => !stillByMail.includes(message)));
  const data = { messages, ...(byMail.length > 0 ? { byMail } : {}), reason };
  return [...drafts, draft('notification.withdrawn', SYSTEM, data)];
}

/**
 * The text of an acknowledged notice still goes by mail, with its tasks: one person has it, the others read it in the
 * morning. Example: the officer on duty taps the link in the SMS while the mail server is away.
 */
const isStillByMail = ({ announces, ways, to }: Message, drafts: readonly Draft[]): boolean =>
  byMailAlone(ways).length > 0 &&
  drafts.some(
    ({ kind, unitId, data }) =>
      kind === 'unit.acknowledged' &&
      to.kind === 'unit' &&
      to.unitId === unitId &&
      announces !== undefined &&
      data.noticeIds.includes(announces),
  );

/** The state in which a suspension that these drafts begin is in force. */
function withBegun(state: EpisodeState, drafts: Draft[]): EpisodeState | undefined {
  const begun = drafts.flatMap(({ kind, data }) => (kind === 'response.suspended' ? [data] : []));
  return begun.length === 0 ? undefined : begun.reduce((before, data) => suspensionBegun(before, data, 0), state);
}

/** A message that announces a task still has to arrive while the task is suspended; what presses for it does not. */
const isChasing = ({ stepsTaken }: DeadlineReference, { tried, urged }: Message): boolean =>
  stepsTaken > 0 || tried !== undefined || urged !== undefined;

/** A notice answers what follows the expected end, and a later question takes the place of an earlier one. */
const ANSWERS_END: ReadonlySet<EntryKind> = new Set(['level.adjusted', 'warning.lifted', 'end.asked']);
/** A later reminder names the earlier days too. */
const ANSWERS_DIGEST: ReadonlySet<EntryKind> = new Set(['digest.submitted', 'digest.reminded']);

const isAnswered = (asks: NonNullable<Message['asks']>, drafts: readonly Draft[]): boolean =>
  drafts.some(({ kind, data }) => {
    if (asks === 'end') return ANSWERS_END.has(kind);
    return kind === 'digest.reminded' || (kind === 'digest.submitted' && data.date === asks.digestOf);
  });

/**
 * Notices that an entry supersedes, in force or overtaken: with the effect of a start or an adjustment all notices before it.
 * They must not arrive after it; acknowledging the later notice acknowledges them too. Entered at 18:00 for 8:00 tomorrow,
 * it supersedes nothing until then: the notice in force tonight still has to arrive.
 */
function supersededBy({ notices }: EpisodeState, { kind, data }: Draft): string[] {
  if (kind !== 'response.started' && kind !== 'response.adjusted') return [];
  const place = notices.findIndex(({ noticeId }) => noticeId === data.noticeId);
  return notices.slice(0, place).map(({ noticeId }) => noticeId);
}

/** Deadlines that an entry meets or takes off. */
function settledBy(state: EpisodeState, { kind, unitId, data }: Draft): Reference[] {
  const one = (reference: Omit<Reference, 'unitId'>): Reference => ({
    ...reference,
    ...(unitId === undefined ? {} : { unitId }),
  });
  switch (kind) {
    case 'unit.acknowledged':
      return data.noticeIds.map((subject) => one({ deadline: acknowledgementOf(state, subject), subject }));
    case 'implementation.reported':
      return data.noticeIds.map((subject) => one({ deadline: 'implementation', subject }));
    case 'task.completed':
    case 'task.cancelled':
      return [one({ deadline: 'task', subject: data.taskId })];
    case 'report.submitted':
      return [one({ deadline: 'report', subject: data.date })];
    case 'summary.submitted':
      return [one({ deadline: 'summary' })];
    case 'follow-up.submitted':
      return [one({ deadline: 'follow-up' })];
    case 'review.published':
      return [one({ deadline: 'review' })];
    case 'circular.acknowledged':
      return [one({ deadline: 'circular', subject: data.circularId })];
    case 'circular.answered':
      return [one({ deadline: 'measures', subject: data.circularId })];
    case 'circular.closed':
      return (['circular', 'measures'] as const).map((deadline) => one({ deadline, subject: data.circularId }));
    case 'deadline.withdrawn':
      return data.suspensionId === undefined ? [referenceOf(data, unitId)] : [];
    default:
      return [];
  }
}

function missedBy({ kind, unitId, data }: Draft): Reference[] {
  const deadline = DEADLINES.find((one) => kind === `${one}.missed`);
  return deadline === undefined ? [] : [referenceOf({ deadline, ...data } as NamedDeadline, unitId)];
}

function stepsIn({ kind, unitId, data }: Draft): Array<{ to: Recipient; about: Reference }> {
  if (kind !== 'deadline.reminded' && kind !== 'deadline.escalated') return [];
  return data.deadlines.map((owed) => ({ to: recipientOf(data.to, unitId), about: referenceOf(owed, unitId) }));
}

const nameOfRecipient = (to: Recipient): string =>
  to.kind === 'unit' ? `unit ${to.unitId} ${to.whom ?? ''}` : to.kind;
