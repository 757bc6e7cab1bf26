import { z } from 'zod';
import { addedTask, episodePaths, reportedProblem, taskCancellation } from '../engine/schemas.js';
import { unitDeadline } from '../engine/unit-deadline.js';
import { attachmentIds, day, givenDay, givenInstant, instant, line, prose, text } from '../http/schemas.js';

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
      .min(1, { error: '请至少选择一项任务' })
      .max(200, { error: '最多 200 项任务，请分几次提交' })
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

export const explanationRequest = z
  .strictObject({
    ...unitDeadline,
    reason: text(500).regex(/\S/, { error: '不能为空，请填写' }).meta({ description: '逾期的原因，最多 500 字' }),
    ...onBehalf,
  })
  .meta({ id: 'Explanation' });

export const unitTaskRequest = z.strictObject(addedTask).meta({ id: 'UnitTask' });

export const unitTaskCancellationRequest = z.strictObject(taskCancellation).meta({ id: 'UnitTaskCancellation' });

const isEachOnce = (problems: ReadonlyArray<{ problemId?: string | undefined }>): boolean => {
  const ids = problems.flatMap(({ problemId }) => problemId ?? []);
  return new Set(ids).size === ids.length;
};

/** Something found wrong. A report sent again, or a later one, tells of the same problem by its id, or in the same words. */
const problemRequest = z
  .strictObject({
    problemId: line.optional().meta({ description: '已报过的问题的编号；新问题不填' }),
    what: text(500).regex(/\S/, { error: '不能为空，请填写' }),
    where: line,
    foundAt: givenInstant.optional(),
    handedTo: line.optional().meta({ description: '移送给谁处理' }),
    until: givenInstant.optional().meta({ description: '整改期限' }),
    resolvedAt: givenInstant.optional().meta({ description: '整改完成的时间；没有完成的不填' }),
  })
  .meta({ id: 'ProblemRequest' });

export const resolutionRequest = z
  .strictObject({
    at: givenInstant.optional().meta({ description: '整改完成的时间，不填为现在' }),
    note: text(1_000).default(''),
    ...onBehalf,
  })
  .meta({ id: 'Resolution' });

export const circularAnswerRequest = z
  .strictObject({ text: prose, attachmentIds: attachmentIds.default([]), ...onBehalf })
  .meta({ id: 'CircularAnswer' });

export const dailyReportRequest = z
  .strictObject({
    text: prose,
    figures: z
      .record(line, z.number())
      .refine((figures) => Object.keys(figures).length <= 100, { error: '最多 100 项，请分几次提交' })
      .default({}),
    problems: z
      .array(problemRequest)
      .max(50, { error: '最多 50 个问题，其余请写在文字中' })
      .refine(isEachOnce, { error: '同一个 problemId 请只写一次' })
      .optional(),
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
    problems: z.array(reportedProblem).optional(),
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
  circular: episodePaths.episodeUnit.extend({ circularId: z.string() }),
  problem: episodePaths.episodeUnit.extend({ problemId: z.string() }),
};
