/** Invariants of what a person presses for: urges, and messages sent again. Judged from the entries alone. */
import { MINUTE } from '../../plan/rules/calendar.js';
import type { Entry } from '../entries.js';
import { of, time } from './entries-of.js';
import { effectOn, nameOfOwed } from './step-invariants.js';

/** Only a person urges; nobody about what was met or is no longer asked for; nobody twice about the same in the pause. */
export function urgeFaults(entries: readonly Entry[]): string[] {
  const pause = (of(entries, 'warning.issued')[0]?.data.policy.urgeAgainMinutes ?? 0) * MINUTE;
  const settled = new Set<string>();
  const urgedAt = new Map<string, number>();
  return entries.flatMap((entry) => {
    const { opened, settled: now } = effectOn(entry);
    for (const name of opened) settled.delete(name);
    for (const name of now) settled.add(name);
    if (entry.kind !== 'unit.urged') return [];
    const { unitId, seq, actor, data } = entry;
    const names = data.about.map((one) => nameOfOwed(one, unitId));
    const soon = names.filter(
      (name) => time(entry.episodeTime) < (urgedAt.get(name) ?? Number.NEGATIVE_INFINITY) + pause,
    );
    for (const name of names) urgedAt.set(name, time(entry.episodeTime));
    return [
      ...(actor.role === 'system' ? [`${seq} urges by itself`] : []),
      ...(names.length === 0 ? [`${seq} urges about nothing`] : []),
      ...names.filter((name) => settled.has(name)).map((name) => `${seq} urges about ${name}, which is settled`),
      ...soon.map((name) => `${seq} urges about ${name} too soon`),
    ];
  });
}

/** Of a message that went before, at most five times, and never two at once. */
export function resendFaults(entries: readonly Entry[]): string[] {
  const counts = new Map<string, number>();
  const open = new Map<string, string>();
  return entries.flatMap((entry) => {
    const { data, seq, kind } = entry;
    if ('final' in data && data.final) open.delete(data.message);
    if (kind === 'notification.withdrawn') for (const message of data.messages) open.delete(message);
    if (kind !== 'message.resent') return [];
    const { resends, message } = data;
    const count = (counts.get(resends) ?? 0) + 1;
    counts.set(resends, count);
    const isOpen = [...open.values()].includes(resends);
    open.set(message, resends);
    return [
      ...(count > 5 ? [`${seq} sends ${resends} for the ${count}th time`] : []),
      ...(isOpen ? [`${seq} sends ${resends} while it is on its way again`] : []),
      ...(Number(resends.split(':').at(-1)) < seq ? [] : [`${seq} sends what there was not`]),
    ];
  });
}
