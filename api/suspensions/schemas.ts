import { z } from 'zod';
import { episodePaths } from '../engine/schemas.js';
import { givenInstant, line, text } from '../http/schemas.js';

/** It stands on every page and in the state of the episode. */
const reason = text(500).regex(/\S/, { error: '不能为空，请填写' });

const distinct = (what: string) =>
  z
    .array(line)
    .min(1)
    .max(1_000)
    .refine((ids) => new Set(ids).size === ids.length, { error: `同一${what}请只写一次` })
    .meta({ uniqueItems: true });

const order = z
  .strictObject({ number: line.optional(), issuer: line.optional(), text: text(500).optional() })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    path: ['number'],
    error: '依据的通知请填写文号、发文机关或内容，没有的不填 notice',
  })
  .meta({ description: '依据的通知，如市里暂停或恢复的通知' });

export const suspensionRequest = z
  .strictObject({
    items: z
      .union([z.literal('all'), distinct('措施')])
      .meta({ description: '暂停的措施，写任务的 taskId；all 为整个应急响应' }),
    unitIds: distinct('单位').optional().meta({ description: '不填为所有涉及的单位，包括以后纳入的' }),
    from: givenInstant.optional().meta({ description: '不填为立即' }),
    until: givenInstant.optional().meta({ description: '到时自动恢复；不填为另行通知' }),
    reason,
    notice: order.optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || Date.parse(from) < Date.parse(until), {
    path: ['until'],
    error: '恢复时间应晚于暂停开始时间，请核对',
  })
  .meta({ id: 'SuspensionRequest' });

export const resumptionRequest = z
  .strictObject({ reason: reason.optional(), notice: order.optional() })
  .meta({ id: 'ResumptionRequest' });

export const suspensionPaths = {
  episode: episodePaths.episode,
  suspension: episodePaths.episode.extend({ suspensionId: z.string() }),
};
