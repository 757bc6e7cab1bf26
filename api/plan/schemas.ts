import { z } from 'zod';
import { responseLevel, taskRole, unitKind } from '../http/schemas.js';

export const unit = z
  .object({ unitId: z.string(), name: z.string(), kind: unitKind, aliases: z.array(z.string()) })
  .meta({ id: 'Unit' });

/** An entry of plan.yaml with the plan's own words beside it. */
const written = { id: z.string(), clause: z.string(), text: z.string() };

export const plan = z
  .looseObject({
    taskGroups: z.array(z.string()).meta({ description: '任务卡片，按显示的顺序' }),
    items: z.array(
      z.looseObject({
        ...written,
        levels: z.array(responseLevel),
        answers: z.array(
          z.looseObject({ units: z.array(z.string()), role: taskRole, group: z.string(), do: z.string() }),
        ),
      }),
    ),
    repeatedDuties: z
      .array(z.looseObject({ ...written, doneWith: z.array(z.string()) }))
      .meta({ description: '只重复措施的职责：所列措施办完即为履行' }),
    standingDuties: z
      .array(z.looseObject({ ...written, units: z.array(z.string()) }))
      .meta({ description: '平时履行的职责，不是一次响应的任务' }),
    policy: z.looseObject({}),
    policyNotes: z.looseObject({}),
    holidays: z.looseObject({}),
  })
  .meta({ id: 'Plan', description: 'All of the edition’s plan.yaml, with the office’s policy beside it' });
