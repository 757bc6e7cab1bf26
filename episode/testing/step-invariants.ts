/** Invariants of the steps and messages about deadlines, judged from the entries alone. */
import type { DeadlineKind } from '../../plan/types.js';
import type { Entry, NamedDeadline } from '../entries.js';
import { time } from './entries-of.js';

const SUBJECTS = new Set(['noticeId', 'date', 'taskId', 'circularId']);

export function nameOfOwed(named: NamedDeadline, unitId: string | undefined): string {
  const subject = Object.entries(named).flatMap(([name, value]) => (SUBJECTS.has(name) ? [value] : []));
  return [unitId, named.deadline, ...subject].join(' ');
}

/** The deadlines that an entry answers, takes off, or opens again. */
export function effectOn(entry: Entry): { settled: string[]; opened: string[]; missed: string[] } {
  const name = (named: NamedDeadline) => nameOfOwed(named, entry.unitId);
  const effect = { settled: [] as string[], opened: [] as string[], missed: [] as string[] };
  switch (entry.kind) {
    case 'unit.acknowledged':
      effect.settled = entry.data.noticeIds.flatMap((noticeId) => [
        name({ deadline: 'acknowledgement', noticeId }),
        name({ deadline: 'lifting', noticeId }),
      ]);
      break;
    case 'implementation.reported':
      effect.settled = entry.data.noticeIds.map((noticeId) => name({ deadline: 'implementation', noticeId }));
      break;
    case 'task.completed':
    case 'task.cancelled':
      effect.settled = [name({ deadline: 'task', taskId: entry.data.taskId })];
      break;
    case 'task.withdrawn':
      effect.opened = [name({ deadline: 'task', taskId: entry.data.taskId })];
      break;
    case 'report.submitted':
      effect.settled = [name({ deadline: 'report', date: entry.data.date })];
      break;
    case 'summary.submitted':
      effect.settled = [name({ deadline: 'summary' })];
      break;
    case 'circular.acknowledged':
      effect.settled = [name({ deadline: 'circular', circularId: entry.data.circularId })];
      break;
    case 'circular.answered':
      effect.settled = [name({ deadline: 'measures', circularId: entry.data.circularId })];
      break;
    case 'circular.closed': {
      const { circularId } = entry.data;
      effect.settled = (['circular', 'measures'] as const).map((deadline) => name({ deadline, circularId }));
      break;
    }
    case 'follow-up.submitted':
      effect.settled = [name({ deadline: 'follow-up' })];
      break;
    case 'review.published':
      effect.settled = [name({ deadline: 'review' })];
      break;
    case 'deadline.withdrawn':
      if (entry.data.suspensionId === undefined) effect.settled = [name(entry.data)];
      break;
    case 'deadline.reopened':
      effect.opened = [name(entry.data)];
      break;
    case 'acknowledgement.missed':
    case 'lifting.missed':
    case 'implementation.missed':
    case 'task.missed':
    case 'report.missed':
    case 'summary.missed':
    case 'circular.missed':
    case 'measures.missed':
    case 'follow-up.missed':
    case 'review.missed':
      effect.missed = [
        name({ deadline: entry.kind.slice(0, -'.missed'.length) as DeadlineKind, ...entry.data } as NamedDeadline),
      ];
      break;
  }
  return effect;
}

const ANSWERS_END: ReadonlySet<string> = new Set(['level.adjusted', 'warning.lifted', 'end.asked']);

/**
 * No step is taken and no message sent about a deadline that was met. Reminders come before a miss, escalations after
 * it. No step is taken twice, and no message reaches the same contact by the same channel twice.
 */
export function stepFaults(entries: readonly Entry[]): string[] {
  const faults: string[] = [];
  const settled = new Set<string>();
  const missed = new Set<string>();
  const taken = new Map<string, number>();
  /** Messages that were sent again: whatever is under way of them crosses that. */
  const replaced = new Set<string>();
  const messages = new Map<string, { about: Set<string>; isReminder: boolean; isNotice?: true; isStep?: true }>();
  const held = new Set<string>();
  const words = new Set<string>();
  const reached = new Set<string>();
  const receipted = new Set<string>();
  let published = false;
  let asked: string | undefined;
  let reminded: string | undefined;
  let abandoned = false;
  for (const entry of entries) {
    const effect = effectOn(entry);
    for (const name of effect.settled) settled.add(name);
    if (entry.kind === 'deadline.withdrawn' && entry.data.suspensionId) held.add(nameOfOwed(entry.data, entry.unitId));
    for (const name of [...effect.settled, ...effect.opened]) held.delete(name);
    for (const name of effect.missed) missed.add(name);
    for (const name of effect.opened) {
      settled.delete(name);
      for (const key of taken.keys()) if (key.startsWith(`${name} `)) taken.delete(key);
    }
    // A notice answers what follows the expected end, and so does the next question.
    if (asked && ANSWERS_END.has(entry.kind)) settled.add(asked);
    if (entry.kind === 'end.asked') {
      asked = `end ${entry.seq}`;
      messages.set(`office:${entry.seq}`, { about: new Set([asked]), isReminder: true });
    }
    // So does the digest of that day, or a reminder of a later one.
    if (entry.kind === 'digest.submitted') settled.add(`digest ${entry.data.date}`);
    if (entry.kind === 'digest.reminded') {
      if (reminded) settled.add(reminded);
      reminded = `digest ${entry.data.date}`;
      messages.set(`office:${entry.seq}`, { about: new Set([reminded]), isReminder: true });
    }
    // The end of a suspension answers the word of it, and the end of the response every word of one.
    if (entry.kind === 'unit.suspended' || entry.kind === 'unit.resumed') {
      const word = `${entry.kind} ${entry.data.suspensionId}`;
      words.add(word);
      messages.set(`unit:${entry.unitId}:${entry.seq}`, { about: new Set([word]), isReminder: false });
    }
    if (entry.kind === 'response.resumed') settled.add(`unit.suspended ${entry.data.suspensionId}`);
    if (entry.kind === 'response.ended') for (const word of words) settled.add(word);
    if (entry.kind === 'review.published') published = true;
    if (entry.kind === 'drill.abandoned') abandoned = true;
    if (entry.kind === 'unit.notified' && entry.data.acknowledgementDueAt) {
      const deadline = entry.data.occasion === 'lifting' ? 'lifting' : 'acknowledgement';
      const name = nameOfOwed({ deadline, noticeId: entry.data.noticeId }, entry.unitId);
      messages.set(`unit:${entry.unitId}:${entry.seq}`, { about: new Set([name]), isReminder: false, isNotice: true });
    }
    if ((entry.kind === 'task.added' || entry.kind === 'task.withdrawn') && entry.data.dueAt) {
      const name = nameOfOwed({ deadline: 'task', taskId: entry.data.taskId }, entry.unitId);
      messages.set(`unit:${entry.unitId}:${entry.seq}`, { about: new Set([name]), isReminder: false });
    }
    if (entry.kind === 'circular.sent') {
      const name = nameOfOwed({ deadline: 'circular', circularId: entry.data.circularId }, entry.unitId);
      messages.set(`unit:${entry.unitId}:${entry.seq}`, { about: new Set([name]), isReminder: false });
    }
    if (entry.kind === 'deadline.reminded' || entry.kind === 'deadline.escalated') {
      const isReminder = entry.kind === 'deadline.reminded';
      if (published || abandoned) faults.push(`${entry.seq} takes a step after the end`);
      const message = messages.get(entry.data.message) ?? { about: new Set<string>(), isReminder };
      messages.set(entry.data.message, message);
      message.isStep = true;
      for (const one of entry.data.deadlines) {
        const name = nameOfOwed(one, entry.unitId);
        message.about.add(name);
        if (held.has(name)) faults.push(`${entry.seq} takes a step about ${name}, which is suspended`);
        if (settled.has(name)) faults.push(`${entry.seq} takes a step about ${name}, which is settled`);
        if (isReminder && time(entry.episodeTime) > time(one.dueAt)) faults.push(`${entry.seq} reminds too late`);
        if (!isReminder && !missed.has(name)) faults.push(`${entry.seq} escalates what was not missed`);
        // Several steps may be due at one moment; each step of the chain is taken once in its turn and once early.
        const key = `${name} ${entry.data.to}${one.early === undefined ? '' : ` early ${isReminder}`}`;
        const count = one.early ?? one.stepsTaken;
        if (count <= (taken.get(key) ?? -1)) faults.push(`${entry.seq} takes step ${count} about ${name} again`);
        taken.set(key, count);
      }
    }
    if (entry.kind === 'unit.urged') {
      const about = new Set(entry.data.about.map((one) => nameOfOwed(one, entry.unitId)));
      messages.set(`unit:${entry.unitId}:${entry.seq}`, { about, isReminder: false, isStep: true });
    }
    // No answer makes a word to the media needless: only the next one takes its place.
    if (entry.kind === 'text.issued' || entry.kind === 'broadcast.repeated' || entry.kind === 'broadcast.ended') {
      const key = `media:${entry.seq}`;
      messages.set(key, { about: new Set([key]), isReminder: false });
    }
    // What answers a message answers it when it is sent again.
    if (entry.kind === 'message.resent') {
      const unanswerable = { about: new Set([entry.data.message]), isReminder: false };
      messages.set(entry.data.message, messages.get(entry.data.resends) ?? unanswerable);
      replaced.add(entry.data.resends);
    }
    if (entry.kind === 'notification.delivered' || entry.kind === 'notification.undelivered') {
      const key = [entry.data.message, entry.data.contact, entry.data.channel].join(' ');
      if (receipted.has(key)) faults.push(`${entry.seq} is a second receipt of ${key}`);
      receipted.add(key);
    }
    if (entry.kind === 'notification.sent') {
      const key = [entry.data.message, entry.data.contact, entry.data.channel].join(' ');
      if (reached.has(key)) faults.push(`${entry.seq} sends ${key} twice`);
      reached.add(key);
      const message = messages.get(entry.data.message);
      const isNeedless =
        message && [...message.about].every((name) => settled.has(name) || (message.isStep && held.has(name)));
      // The text of an acknowledged notice still goes by mail, which wakes nobody.
      const isText = entry.data.channel === 'email' && message?.isNotice;
      if (isNeedless && !isText && !entry.data.crossed && !published)
        faults.push(`${entry.seq} is sent after the answer`);
      if (!message && entry.data.crossed && !abandoned && !replaced.has(entry.data.message))
        faults.push(`${entry.seq} crossed nothing`);
    }
  }
  return faults;
}
