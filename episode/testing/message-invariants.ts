/** Invariants of messages: each ends once, and nothing in force is withdrawn unanswered. */
import { reachesPerson } from '../../plan/rules/ways.js';
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';

/**
 * A notice that was withdrawn was answered by then, or sent again, or overtaken by a later one in force, or the response had
 * ended, or nobody had touched the drill. So a notice in force is delivered, answered, or overtaken by one in force.
 */
export function withdrawnNoticeFaults(entries: readonly Entry[]): string[] {
  const enteredBy = new Map(
    of(entries, 'warning.issued', 'level.adjusted').map(({ data, seq }) => [data.noticeId, seq]),
  );
  const notices = new Map(of(entries, 'unit.notified').map((entry) => [`unit:${entry.unitId}:${entry.seq}`, entry]));
  return of(entries, 'notification.withdrawn').flatMap(({ seq, data }) => {
    const before = entries.slice(0, seq - 1);
    const ended = of(before, 'response.ended', 'response.cancelled', 'drill.abandoned').length > 0;
    return data.messages.flatMap((message) => {
      const notified = notices.get(message);
      if (!notified || ended) return [];
      const { unitId, data: told } = notified;
      const answered = of(before, 'unit.acknowledged').some(
        (entry) => entry.unitId === unitId && entry.data.noticeIds.includes(told.noticeId),
      );
      const overtaken = of(before, 'response.started', 'response.adjusted').some(
        (entry) => enteredBy.get(entry.data.noticeId)! > enteredBy.get(told.noticeId)!,
      );
      const awaited = of(before, 'notification.sent').some(
        (one) => one.data.message === message && one.data.awaitsReceipt,
      );
      if (data.reason === 'no-receipt') return awaited ? [] : [`${seq} waits for no receipt of ${message}`];
      const again = of(before, 'message.resent').some((one) => one.data.resends === message);
      return answered || overtaken || again
        ? []
        : [`${seq} withdraws ${message}, which nothing in force has overtaken`];
    });
  });
}

/**
 * A message passes on at most once, and only when no person has it. A robot that is ill is given up only when nothing follows
 * any more.
 */
export function waitingFaults(entries: readonly Entry[]): string[] {
  const failed = of(entries, 'notification.failed');
  const passedOn = failed.filter(({ data }) => data.passedOn);
  const twice = passedOn.filter(({ seq, data }) =>
    passedOn.some((one) => one.data.message === data.message && one.seq < seq),
  );
  const reached = passedOn.filter(({ seq, data: { message } }) =>
    of(entries.slice(0, seq - 1), 'notification.sent', 'notification.delivered').some(
      ({ data }) => data.message === message && reachesPerson(data.channel) && !('awaitsReceipt' in data),
    ),
  );
  const isOver = (seq: number) => of(entries.slice(0, seq - 1), 'review.published', 'drill.abandoned').length > 0;
  const givenUp = failed.filter(
    ({ seq, data: { channel, fault, crossed } }) =>
      !reachesPerson(channel) && fault === 'server' && !crossed && !isOver(seq),
  );
  return [
    ...twice.map(({ seq, data }) => `${seq} passes ${data.message} on again`),
    ...reached.map(({ seq, data }) => `${seq} passes on ${data.message}, which a person has`),
    ...givenUp.map(({ seq, data }) => `${seq} gives up the robot of ${data.message}, which is ill`),
  ];
}

/** Each message ends at most once, and before the seal every one has ended. */
export function messageFaults(entries: readonly Entry[]): string[] {
  const ends = new Map<string, number>();
  const end = (message: string) => ends.set(message, (ends.get(message) ?? 0) + 1);
  for (const { data } of of(entries, 'notification.sent', 'notification.failed', 'notification.delivered'))
    if (data.final) end(data.message);
  for (const { data } of of(entries, 'notification.withdrawn')) for (const message of data.messages) end(message);
  const twice = [...ends].filter(([, count]) => count > 1).map(([message]) => `${message} ended twice`);
  const closed = entries.at(-1)?.kind === 'episode.closed';
  const wanted = [
    ...of(entries, 'unit.notified').map(({ unitId, seq }) => `unit:${unitId}:${seq}`),
    ...of(entries, 'deadline.reminded', 'deadline.escalated', 'message.resent').map(({ data }) => data.message),
    ...of(entries, 'unit.urged').map(({ unitId, seq }) => `unit:${unitId}:${seq}`),
    ...of(entries, 'digest.compiled', 'digest.reminded', 'drill.abandoned', 'end.asked').map(
      ({ seq }) => `office:${seq}`,
    ),
    ...of(entries, 'digest.submitted', 'follow-up.submitted').map(({ seq }) => `city:${seq}`),
    ...of(entries, 'broadcast.repeated', 'broadcast.ended').map(({ seq }) => `media:${seq}`),
    ...of(entries, 'text.issued').flatMap(({ seq, data }) => (data.broadcast ? [`media:${seq}`] : [])),
    ...of(entries, 'unit.referred').map(({ data, seq }) => `${data.to}:${seq}`),
    ...of(entries, 'unit.suspended', 'unit.resumed').flatMap(({ unitId, seq, data }) =>
      data.taskIds?.length === 0 ? [] : [`unit:${unitId}:${seq}`],
    ),
    ...of(entries, 'task.withdrawn', 'task.applicable').flatMap(({ unitId, seq, actor, data }) =>
      actor.role === 'unit' || data.onBehalf ? [] : [`unit:${unitId}:${seq}`],
    ),
    ...of(entries, 'task.added', 'task.cancelled').flatMap(({ unitId, seq, actor }) =>
      actor.role === 'unit' ? [] : [`unit:${unitId}:${seq}`],
    ),
  ];
  const open = [...new Set(wanted)].filter((message) => !ends.has(message));
  return [...twice, ...(closed ? open.map((message) => `message ${message} has no outcome`) : [])];
}
