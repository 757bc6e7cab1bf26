/** An episode of many days in skipped time: every unit reports each day, and the level changes now and then. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CommandBody } from '../../episode/commands.js';
import { addDays, beijingDate, beijingInstant, beijingIso } from '../../plan/rules/calendar.js';
import type { WarningLevel } from '../../plan/types.js';
import type { Backend } from './backend.js';

export interface ManyDays {
  days: number;
  /** The level that the city adjusts to in the morning after a day, counted from 1. */
  levelAfter(day: number): WarningLevel | undefined;
  /** Called in that morning, after the reports. */
  afterDay?(day: number): void;
}

/** So many units' reports come together: neither each alone nor all at once. */
const TOGETHER = 11;
const inGroups = (units: string[]): string[][] =>
  Array.from({ length: Math.ceil(units.length / TOGETHER) }, (_, i) => units.slice(i * TOGETHER, (i + 1) * TOGETHER));

/** Starts a real episode, lives it to its lifting, and answers its units. */
export async function liveManyDays(
  backend: Backend,
  environment: TestWorkflowEnvironment,
  episodeId: string,
  { days, levelAfter, afterDay }: ManyDays,
): Promise<string[]> {
  const now = () => environment.currentTimeMs();
  const sleepUntil = async (moment: number) => environment.sleep(Math.max(0, moment - (await now())));
  const submit = async (bodies: CommandBody[]) => {
    const outcomes = await backend.submit(episodeId, bodies);
    const refused = outcomes.find(({ status }) => status !== 'accepted');
    if (refused) throw new Error(JSON.stringify(refused));
  };
  const notice = async (number: string) => {
    const time = beijingIso(await now());
    return { number, issuer: '市环委办', issuedAt: time, effectiveAt: time };
  };

  // From noon of the next day, so that the hours below are the same whenever this runs.
  const firstDay = addDays(beijingDate(await now()), 1);
  await sleepUntil(beijingInstant(firstDay, '12:00'));
  await backend.start(episodeId, {
    kind: 'start',
    notice: await notice('1号'),
    cityLevel: 'yellow',
    level: 'yellow',
    primaryPollutant: 'PM2.5',
  });
  const units = Object.keys((await backend.state(episodeId)).units);
  await submit(units.map((unitId) => ({ kind: 'acknowledge', unitId })));
  for (let day = 1; day <= days; day += 1) {
    const date = addDays(firstDay, day - 1);
    await sleepUntil(beijingInstant(addDays(date, 1), '09:00'));
    for (const group of inGroups(units))
      await submit(
        group.map((unitId) => ({ kind: 'submitDailyReport', unitId, date, content: { text: '正常', figures: {} } })),
      );
    const level = levelAfter(day);
    if (level) await submit([{ kind: 'adjust', notice: await notice(`第${day}日`), cityLevel: level, level }]);
    afterDay?.(day);
  }
  await submit([{ kind: 'lift', notice: await notice('解除') }]);
  return units;
}
