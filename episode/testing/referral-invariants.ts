/** Invariants of referrals, judged from the entries alone. */
import type { Entry, NamedBreach } from '../entries.js';
import { of } from './entries-of.js';
import { effectOn, nameOfOwed } from './step-invariants.js';

/** Nothing goes to the supervisor without a referral to him, which a person made (§7). He may send it again. */
export function supervisorFaults(entries: readonly Entry[]): string[] {
  const referrals = of(entries, 'unit.referred').flatMap(({ seq, actor, data: { to } }) =>
    to === 'supervisor' && actor.role !== 'system' ? [`supervisor:${seq}`] : [],
  );
  const sentAgain = of(entries, 'message.resent').flatMap(({ actor, data: { message, resends } }) =>
    referrals.includes(resends) && actor.role !== 'system' ? [message] : [],
  );
  const referred = new Set([...referrals, ...sentAgain]);
  return of(entries, 'notification.sent', 'notification.failed')
    .filter(({ data }) => data.to === 'supervisor' && !referred.has(data.message))
    .map(({ seq }) => `${seq} tells the supervisor without a referral`);
}

/** Those above the office are not told of the supervisor's own unit, and it is not referred to him (§7). */
export const overseerFaults = (entries: readonly Entry[], supervisorUnit: string | undefined): string[] => [
  ...of(entries, 'deadline.reminded', 'deadline.escalated')
    .filter(({ unitId, data }) => unitId !== undefined && unitId === supervisorUnit && data.to === 'committee')
    .map(({ seq }) => `${seq} tells the committee of the supervisor's unit`),
  ...of(entries, 'unit.referred')
    .filter(({ data: { unitId, to } }) => unitId === supervisorUnit && to === 'supervisor')
    .map(({ seq }) => `${seq} refers the supervisor's unit to him`),
];

/** Only what a unit missed is referred or explained, later done or not. A task that was opened again is owed anew. */
export const referralFaults = (entries: readonly Entry[]): string[] => [
  ...of(entries, 'unit.referred').flatMap(({ seq, data: { unitId, about } }) =>
    about.flatMap((one) => (missedBefore(entries, seq).has(nameOfOwed(one, unitId)) ? [] : [notMissed(seq, one)])),
  ),
  ...of(entries, 'breach.explained').flatMap(({ seq, unitId, data: { about } }) =>
    missedBefore(entries, seq).has(nameOfOwed(about, unitId)) ? [] : [notMissed(seq, about)],
  ),
];

const notMissed = (seq: number, { deadline }: NamedBreach): string => `${seq} names ${deadline}, which was not missed`;

function missedBefore(entries: readonly Entry[], seq: number): Set<string> {
  const missed = new Set<string>();
  for (const entry of entries.slice(0, seq - 1)) {
    const { missed: now, opened, settled } = effectOn(entry);
    for (const name of now) missed.add(name);
    for (const name of [...opened, ...(entry.kind === 'deadline.withdrawn' ? settled : [])]) missed.delete(name);
  }
  return missed;
}

/** A reason that takes the place of another names the one before, of the same unit and deadline, in other words. */
export function explanationFaults(entries: readonly Entry[]): string[] {
  const last = new Map<string, { seq: number; reason: string }>();
  return of(entries, 'breach.explained').flatMap(({ seq, unitId, data: { about, reason, corrects } }) => {
    const name = nameOfOwed(about, unitId);
    const before = last.get(name);
    last.set(name, { seq, reason });
    return before?.seq === corrects && before?.reason !== reason ? [] : [`${seq} explains ${name} wrongly`];
  });
}
