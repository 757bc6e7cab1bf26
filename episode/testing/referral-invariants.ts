/** Invariants of referrals, judged from the entries alone. */
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';
import { effectOn, nameOfOwed } from './step-invariants.js';

/** Nothing goes to the supervisor without a referral to him, which a person made (§7). */
export function supervisorFaults(entries: readonly Entry[]): string[] {
  const referred = new Set(
    of(entries, 'unit.referred').flatMap(({ seq, actor, data: { to } }) =>
      to === 'supervisor' && actor.role !== 'system' ? [`supervisor:${seq}`] : [],
    ),
  );
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

/** Only what a unit missed is referred, later done or not. A task that was opened again is owed anew. */
export const referralFaults = (entries: readonly Entry[]): string[] =>
  of(entries, 'unit.referred').flatMap(({ seq, data: { unitId, about } }) => {
    const missed = new Set<string>();
    for (const entry of entries.slice(0, seq - 1)) {
      const { missed: now, opened, settled } = effectOn(entry);
      for (const name of now) missed.add(name);
      for (const name of [...opened, ...(entry.kind === 'deadline.withdrawn' ? settled : [])]) missed.delete(name);
    }
    return about
      .filter((one) => !missed.has(nameOfOwed(one, unitId)))
      .map(({ deadline }) => `${seq} refers ${unitId} for ${deadline}, which it has not missed`);
  });
