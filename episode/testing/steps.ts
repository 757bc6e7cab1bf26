/** The steps of a life, as a list to be read. */
import type { Entry } from '../entries.js';

/** `14:20 reminded duty` of every step about a deadline. */
export const stepsAbout = (entries: readonly Entry[], deadline: string): string[] =>
  entries.flatMap((entry) => {
    if (entry.kind !== 'deadline.reminded' && entry.kind !== 'deadline.escalated') return [];
    if (!entry.data.deadlines.some((one) => one.deadline === deadline)) return [];
    const through = entry.data.fellThrough ? ' fell through' : '';
    return [`${entry.episodeTime.slice(11, 16)} ${entry.kind.slice(9)} ${entry.data.to}${through}`];
  });

/** Of an acknowledgement asked for at 14:00 that never comes, under the policy of `life.ts` (§3.1.3). */
export const SILENCE = [
  '14:20 reminded duty',
  '14:30 escalated duty',
  '14:30 escalated lead',
  '14:30 escalated office',
  '15:00 escalated committee',
  '15:30 escalated committee',
  '16:30 escalated lead',
];
