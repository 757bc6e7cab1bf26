import { z } from 'zod';
import { REFERRED_TO, REVISED } from '../../plan/types.js';
import { addedTask, episodePaths, figure, referralView, taskCancellation } from '../engine/schemas.js';
import { unitDeadline } from '../engine/unit-deadline.js';
import { count, day, givenDay, givenInstant, instant, line, prose, text, warningLevel } from '../http/schemas.js';

export const EPISODE_PATH = '/api/v1/episodes/{episodeId}';

/** Who reads what the office has written. */
export const READ = { office: 'any', supervisor: 'any' } as const;

export const evaluationRequest = z
  .strictObject({ text: prose, supplements: z.array(prose).max(50).default([]) })
  .meta({ id: 'EvaluationRequest' });

const unitsOnce = z
  .array(line)
  .min(1)
  .max(1_000)
  .refine((unitIds) => new Set(unitIds).size === unitIds.length, { error: '同一单位请只写一次' });

export const tasksRequest = z
  .strictObject({
    unitIds: unitsOnce.meta({ uniqueItems: true }),
    ...addedTask,
  })
  .meta({ id: 'Tasks' });

export const taskCancellationRequest = z
  .strictObject({
    unitIds: unitsOnce.optional().meta({ uniqueItems: true, description: '不填为所有尚未完成的单位' }),
    ...taskCancellation,
  })
  .meta({ id: 'TasksCancellation' });

export const referralRequest = z
  .strictObject({
    unitId: line,
    to: z.enum(REFERRED_TO),
    about: z
      .array(z.strictObject(unitDeadline))
      .min(1, { error: '请至少填写一项' })
      .max(100, { error: '最多 100 项，请分几次提交' })
      .refine((all) => new Set(all.map(({ deadline, subject }) => `${deadline}/${subject}`)).size === all.length, {
        error: '同一事项请只写一次',
      })
      .meta({ uniqueItems: true }),
    reason: prose,
  })
  .meta({ id: 'ReferralRequest' });

export const followUpRequest = z.strictObject({ text: prose.optional() }).meta({ id: 'FollowUpSubmission' });

export const reviewRequest = z
  .strictObject({
    conclusions: prose,
    planRevisionNeeded: z.boolean(),
    work: prose.optional(),
    lessons: prose.optional(),
    shortcomings: prose.optional(),
    proposals: prose.optional(),
    sitePlanRevisionNeeded: z.boolean().optional(),
    publicText: prose.optional(),
    revisions: z
      .array(
        z.strictObject({
          what: z.enum(REVISED),
          text: text(2_000).regex(/\S/, { error: '不能为空，请填写' }),
          unitId: line.optional().meta({ description: '由谁修订；不填为区环委办' }),
          dueAt: givenInstant,
        }),
      )
      .max(50, { error: '最多 50 项，请合并' })
      .optional()
      .meta({ description: '要求的修订；发布后转入跟踪，演练的不转' }),
  })
  .meta({ id: 'ReviewRequest' });

export const digestSubmissionRequest = z.strictObject({ text: prose.optional() }).meta({ id: 'DigestSubmission' });

const submission = {
  status: z.enum(['draft', 'submitted']),
  submittedAt: instant.optional(),
  correctedAt: instant.optional(),
};

export const digestRow = z
  .object({
    date: day,
    warningLevel: warningLevel.meta({ description: '当日的预警级别' }),
    compiledAt: instant,
    submitted: count.meta({ description: '汇总时已报送的单位数' }),
    outstanding: count.meta({ description: '汇总时未报送的单位数' }),
    submission: z.object(submission).meta({ description: '上报市环委办的情况；draft 为尚未上报' }),
  })
  .meta({ id: 'DigestRow' });

export const digest = z
  .object({
    date: day,
    submitted: count,
    figures: z.array(
      figure.extend({
        sum: count,
        beside: count.optional().meta({ description: '另一类单位看到的同一事项，不计入 sum，供比较' }),
        gap: z.number().int().optional().meta({ description: '应做的还差多少；负数说明填报有误' }),
      }),
    ),
    problems: z
      .object({ reported: count, open: count })
      .meta({ description: '当日日报中的问题数，以及其中尚未整改的' }),
    outstanding: z.array(z.object({ unitId: z.string(), name: z.string() })),
    submission: z
      .object({ ...submission, text: z.string() })
      .meta({ description: '上报市环委办的文字：已上报的，或者按汇总生成的草稿' }),
    paused: z
      .array(z.object({ unitId: z.string(), name: z.string() }))
      .meta({ description: '当日全天暂停应急响应的单位，不需要报送' }),
  })
  .meta({ id: 'Digest', description: 'The units’ daily reports of one day, added up' });

export const followUp = z
  .object({
    status: z.enum(['draft', 'submitted']),
    dueAt: instant.optional(),
    submittedAt: instant.optional(),
    late: z.boolean().optional(),
    text: z.string(),
  })
  .meta({ id: 'FollowUpReport' });

export const reviewBody = z
  .object({
    status: z.enum(['none', 'draft', 'published']),
    dueAt: instant.optional(),
    publishedAt: instant.optional(),
    content: z.looseObject({ conclusions: z.string(), planRevisionNeeded: z.boolean() }).optional(),
    withoutResponse: z.literal(true).optional().meta({ description: '没有启动应急响应，各单位不报总结' }),
    referrals: z.array(referralView),
    openProblems: count.meta({ description: '各单位日报中尚未整改的问题数；发布后不能再登记整改' }),
    missingSummaries: z.array(z.object({ unitId: z.string(), name: z.string() })),
    summaries: z.array(
      z.object({
        unitId: z.string(),
        name: z.string(),
        work: z.string(),
        lessons: z.string(),
        shortcomings: z.string(),
        proposals: z.string(),
        submittedAt: instant,
      }),
    ),
  })
  .meta({ id: 'Review' });

export const officePaths = {
  episode: episodePaths.episode,
  digest: episodePaths.episode.extend({ date: givenDay }),
  task: episodePaths.episode.extend({ taskId: z.string() }),
};
