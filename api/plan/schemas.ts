import { z } from 'zod';
import { unitKind } from '../http/schemas.js';

export const unit = z
  .object({ unitId: z.string(), name: z.string(), kind: unitKind, aliases: z.array(z.string()) })
  .meta({ id: 'Unit' });

export const plan = z
  .looseObject({ policy: z.looseObject({}), policyNotes: z.looseObject({}) })
  .meta({ id: 'Plan', description: 'All of the edition’s plan.yaml, with the office’s policy beside it' });
