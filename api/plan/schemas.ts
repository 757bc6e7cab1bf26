import { z } from 'zod';
import { responseLevel, taskRole, unitKind } from '../http/schemas.js';

export const unit = z
  .object({ unitId: z.string(), name: z.string(), kind: unitKind, aliases: z.array(z.string()) })
  .meta({ id: 'Unit' });

/** An entry of plan.yaml with the plan's own words beside it. */
const written = { id: z.string(), clause: z.string(), text: z.string() };

const unitIds = z.array(z.string()).meta({ description: 'units 所指的责任单位' });

export const plan = z
  .looseObject({
    taskGroups: z.array(z.string()).meta({ description: '任务卡片，按显示的顺序' }),
    items: z.array(
      z.looseObject({
        ...written,
        levels: z.array(responseLevel),
        answers: z.array(
          z.looseObject({
            units: z.array(z.string()),
            unitIds,
            role: taskRole,
            group: z.string(),
            do: z.string(),
          }),
        ),
      }),
    ),
    repeatedDuties: z
      .array(z.looseObject({ ...written, doneWith: z.array(z.string()) }))
      .meta({ description: '只重复措施的职责：所列措施办完即为履行' }),
    standingDuties: z
      .array(z.looseObject({ ...written, units: z.array(z.string()), unitIds }))
      .meta({ description: '平时履行的职责，不是一次响应的任务' }),
    policy: z.looseObject({}),
    policyNotes: z.looseObject({}),
    holidays: z.looseObject({}),
  })
  .meta({ id: 'Plan', description: 'All of the edition’s plan.yaml, with the office’s policy beside it' });

/** A number, a time, a list, or one of them for each level. */
const policyValue = z.unknown();

export const policyValues = z
  .object({
    edition: z.looseObject({ id: z.string(), hash: z.string() }),
    items: z.array(
      z.object({
        name: z.string().meta({ description: '如 acknowledgementMinutes；催办的各步为 chains.report 等' }),
        label: z.string(),
        meaning: z.string(),
        value: policyValue.meta({ description: '现行的值；按级别分写的为 { yellow, orange, red }' }),
        shipped: policyValue.optional().meta({ description: '随程序提供的值；自编的预案版本没有' }),
        isChanged: z.boolean().meta({ description: '与随程序提供的值不同' }),
        by: z.literal('office').meta({ description: '由办公室决定，预案没有写明' }),
        why: z.string(),
        clause: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'PolicyValues' });
