/** Hours of the day in skipped time, Beijing. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CommandBody } from '../../episode/commands.js';
import { addDays, beijingDate, beijingInstant, beijingIso } from '../../plan/rules/calendar.js';

export interface Hours {
  now(): Promise<number>;
  /** Sleeps until an hour of the first day, or of a later one. */
  sleepUntil(hour: string, daysLater?: number): Promise<void>;
  /** `2026-01-10`, or so many days later. */
  date(daysLater?: number): string;
  instant(hour: string, daysLater?: number): number;
}

/** Sleeps until an hour of tomorrow, which is the first day. */
export const fromTomorrowAt = async (environment: TestWorkflowEnvironment, hour: string): Promise<Hours> => {
  const now = () => environment.currentTimeMs();
  const first = addDays(beijingDate(await now()), 1);
  const date = (daysLater = 0) => addDays(first, daysLater);
  const instant = (hour: string, daysLater = 0) => beijingInstant(date(daysLater), hour);
  const sleepUntil = async (hour: string, daysLater = 0) =>
    environment.sleep(Math.max(0, instant(hour, daysLater) - (await now())));
  await sleepUntil(hour);
  return { now, sleepUntil, date, instant };
};

/** A start at yellow, in effect at once. */
export const startAt = (now: number): CommandBody => {
  const time = beijingIso(now);
  return {
    kind: 'start',
    notice: { number: '1号', issuer: '市环委办', issuedAt: time, effectiveAt: time },
    cityLevel: 'yellow',
    level: 'yellow',
    primaryPollutant: 'PM2.5',
  };
};
