/** The plan as it is read, and what belongs to a clause, a level and a unit. */
import { useQuery } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../shared/api.js';

export type Level = Schemas['WarningLevel'];
type Response = Schemas['ResponseLevel'];

export const LEVEL_OF_RESPONSE = { III: 'yellow', II: 'orange', I: 'red' } as const satisfies Record<Response, Level>;
export const PLAN_LEVELS = ['yellow', 'orange', 'red'] as const satisfies readonly Level[];

export interface PlanAnswer {
  units: string[];
  unitIds: string[];
  role: Schemas['TaskRole'];
  do: string;
}

export interface PlanTask {
  id: string;
  clause: string;
  text: string;
  levels: Response[];
  answers: PlanAnswer[];
  replaces: Array<{ id: string; as: 'tightened' | 'continued' }>;
  onRaise?: { as: 'continues' | 'ends' };
}

export interface PlanSection {
  clause: string;
  number?: string;
  heading: string;
  paragraphs: Array<{ id: string; number?: string; lead?: string; text: string }>;
}

/** The document leaves the content of the plan open: this much of it is shown. */
export interface PlanRead {
  edition: { id: string } & Record<string, { value: string } | undefined>;
  document: PlanSection[];
  items: PlanTask[];
  standingDuties: Array<{ id: string; clause: string; text: string; units: string[]; unitIds: string[] }>;
  units: Array<{ unitId: string; name: string }>;
  unitKinds: Array<{ named: string; name: string }>;
  holidays: { years: Array<{ year: number; source: string }> };
}

export const usePlan = () =>
  useQuery({
    queryKey: ['plan'],
    queryFn: async () => (await answered(api.GET('/api/v1/plan'))) as unknown as PlanRead,
    staleTime: 3_600_000,
  });

/** `4.3.2` holds `4.3.2.1（1）`, and not `4.3.21`. */
export const isWithin = (clause: string, chosen: string): boolean =>
  clause.startsWith(chosen) && !/^\d/.test(clause.slice(chosen.length));

export const isAtLevel = ({ levels }: PlanTask, level: Level): boolean =>
  levels.some((response) => LEVEL_OF_RESPONSE[response] === level);

/** The task with the answers of this unit alone; none where the unit has no part in it. */
export function partOf(task: PlanTask, unitId: string | undefined): PlanTask | undefined {
  if (unitId === undefined) return task;
  const answers = task.answers.filter(({ unitIds }) => unitIds.includes(unitId));
  return answers.length > 0 ? { ...task, answers } : undefined;
}
