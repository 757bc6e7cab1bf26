/** Who is on duty on a day, and when nobody is. */
import type { Schemas } from '../../shared/api.js';
import { beijingDay, millisecondsOf, timeOfDay } from '../../shared/beijing.js';
import { rosterTexts as texts } from '../../texts/zh-CN/roster.js';

export type HolderRoster = Schemas['Rosters']['items'][number];

const DAY = 86_400_000;

const startOf = (date: string): number => millisecondsOf(`${date}T00:00:00+08:00`);

export const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => beijingDay(startOf(first) + index * DAY));

export const nextDay = (date: string, days: number): string => beijingDay(startOf(date) + days * DAY);

/** The part of a span on this day, in words of the clock: `18:00`, `24:00`. */
function partOn(date: string, { from, until }: { from: string; until: string }) {
  const start = startOf(date);
  const first = Math.max(millisecondsOf(from), start);
  const last = Math.min(millisecondsOf(until), start + DAY);
  if (first >= last) return undefined;
  return {
    from: timeOfDay(first),
    until: last === start + DAY ? '24:00' : timeOfDay(last),
    isWhole: first === start && last === start + DAY,
  };
}

export interface DutyOfDay {
  key: string;
  kind: 'shift' | 'instead' | 'gap';
  words: string;
}

/** Gaps of the past are nobody's any more. */
export const gapsToCome = ({ gaps }: HolderRoster, now: number) =>
  gaps.filter(({ until }) => millisecondsOf(until) > now);

export function dutyOn(date: string, roster: HolderRoster, now: number): DutyOfDay[] {
  const shifts = roster.items
    .filter((row) => row.date === date)
    .map(({ from, until, contactId, name = texts.nobody }) => ({
      key: `${from} ${contactId}`,
      kind: 'shift' as const,
      words: texts.shift(name, from, until),
    }));
  const instead = roster.overrides.flatMap((one) => {
    const part = one.cancelledAt === undefined && partOn(date, one);
    if (!part) return [];
    const words = texts.instead(one.name ?? texts.nobody, part.from, part.until);
    return [{ key: one.overrideId, kind: 'instead' as const, words }];
  });
  const gaps = gapsToCome(roster, now).flatMap((gap) => {
    const part = partOn(date, gap);
    if (!part) return [];
    return [
      {
        key: `gap ${gap.from}`,
        kind: 'gap' as const,
        words: part.isWhole ? texts.wholeDay : texts.gap(part.from, part.until),
      },
    ];
  });
  return [...shifts, ...instead, ...gaps];
}
