import { z } from 'zod';
import { addedTask, episodePaths } from '../engine/schemas.js';
import { attachmentIds, day, givenDay, instant, line, prose, text } from '../http/schemas.js';

/** The caller, when the office acts for a unit that telephoned. Kept beside the record, not in it. */
const onBehalf = {
  onBehalf: z
    .strictObject({ caller: line })
    .optional()
    .meta({ description: '办公室代来电单位办理时填写来电人；其他账号不填' }),
};

export const acknowledgementRequest = z.strictObject(onBehalf).meta({ id: 'Acknowledgement' });

export const implementationRequest = z.strictObject({ text: prose, ...onBehalf }).meta({ id: 'ImplementationReport' });

export const completionRequest = z
  .strictObject({ note: text(10_000).default(''), attachmentIds: attachmentIds.default([]), ...onBehalf })
  .meta({ id: 'Completion' });

export const completionsRequest = completionRequest
  .extend({
    taskIds: z
      .array(line)
      .min(1, { error: '至少一项任务' })
      .max(200, { error: '最多 200 项任务' })
      .refine((ids) => new Set(ids).size === ids.length, { error: '同一项任务请只填一次' })
      .meta({ uniqueItems: true }),
  })
  .meta({ id: 'Completions' });

export const notApplicableRequest = z
  .strictObject({ reason: line.meta({ description: '如：辖区没有矿山' }), ...onBehalf })
  .meta({ id: 'NotApplicable' });

export const progressRequest = z
  .strictObject({ note: prose, attachmentIds: attachmentIds.default([]), ...onBehalf })
  .meta({ id: 'Progress' });

export const withdrawalRequest = z.strictObject({ reason: prose, ...onBehalf }).meta({ id: 'Withdrawal' });

export const unitTaskRequest = z.strictObject(addedTask).meta({ id: 'UnitTask' });

export const dailyReportRequest = z
  .strictObject({
    text: prose,
    figures: z
      .record(line, z.number())
      .refine((figures) => Object.keys(figures).length <= 100, { error: '最多 100 项' })
      .default({}),
    attachmentIds: attachmentIds.optional(),
    ...onBehalf,
  })
  .meta({ id: 'DailyReport' });

export const summaryRequest = z
  .strictObject({ work: prose, lessons: prose, shortcomings: prose, proposals: prose, ...onBehalf })
  .meta({ id: 'Summary' });

const sent = { unitId: z.string(), dueAt: instant, submittedAt: instant, status: z.enum(['submitted', 'late']) };

export const summary = z
  .object({ work: z.string(), lessons: z.string(), shortcomings: z.string(), proposals: z.string(), ...sent })
  .meta({ id: 'SummaryAnswer' });

export const dailyReport = z
  .object({
    text: z.string(),
    figures: z.record(z.string(), z.number()),
    attachmentIds: z.array(z.string()).optional(),
    ...sent,
    date: day,
    correctedAt: instant.optional(),
  })
  .meta({ id: 'DailyReportAnswer' });

/** Ids in a path have no pattern: an unknown one is 404. Only dates have one. */
export const unitPaths = {
  episodeUnit: episodePaths.episodeUnit,
  task: episodePaths.episodeUnit.extend({ taskId: z.string() }),
  dailyReport: episodePaths.episodeUnit.extend({ date: givenDay }),
};
