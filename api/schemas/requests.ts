import { z } from 'zod';
import { compareWarnings } from '../../plan/levels.js';
import type { WarningLevel } from '../../plan/types.js';
import { day, instant, line, prose, text, unitKind, warningLevel } from './common.js';

/** Not midnight: a day may be reported from then on, and would be missed at once. */
const hourOfDay = z.string().regex(/^(?!00:00)([01]\d|2[0-3]):[0-5]\d$/, { error: '应为 HH:mm，晚于 00:00' });
const count = (max: number) => z.number().int().min(1).max(max);

/** Any subset of the policy, for a drill (§8.2). */
const drillPolicy = z.strictObject({
  acknowledgementMinutes: count(100_000).optional(),
  implementationReportMinutes: count(100_000).optional(),
  dailyReportTime: hourOfDay.optional(),
  followUpReportHours: count(10_000).optional(),
  summaryHours: count(10_000).optional(),
  reviewHours: count(10_000).optional(),
});

const notice = z.strictObject({
  number: line,
  issuer: line,
  issuedAt: instant,
  effectiveAt: instant.optional(),
  basis: z.enum(['city', 'region']).default('city'),
  text: text(10_000).optional(),
});

const levels = {
  cityLevel: warningLevel,
  level: warningLevel.optional().meta({ description: 'The district’s, by default the city’s (§3.1.2)' }),
  reason: prose.optional(),
};

/** Above the city's level only with a reason (§3.1.2). */
const reasonGiven = (body: {
  cityLevel: WarningLevel;
  level?: WarningLevel | undefined;
  reason?: string | undefined;
}): boolean =>
  body.level === undefined || body.reason !== undefined || compareWarnings(body.level, body.cityLevel) <= 0;

/** The end that is expected lies after the beginning. */
const endsAfterwards = (body: {
  notice: { issuedAt: string; effectiveAt?: string | undefined };
  expectedEndAt?: string | undefined;
}): boolean =>
  body.expectedEndAt === undefined ||
  Date.parse(body.expectedEndAt) > Date.parse(body.notice.effectiveAt ?? body.notice.issuedAt);

const END_TOO_EARLY = { path: ['expectedEndAt'], error: '预计结束时间应晚于生效时间，请核对' };

const REASON_MISSING = { path: ['reason'], error: '预警级别高于全市时，请填写理由（§3.1.2）' };

export const startRequest = z
  .strictObject({
    notice,
    ...levels,
    primaryPollutant: line.meta({ description: 'PM2.5 alone starts an episode (§1.3)' }),
    extent: prose.optional(),
    affectedArea: prose.optional(),
    danger: prose.optional(),
    advice: prose.optional(),
    expectedEndAt: instant.optional(),
    drill: z
      .strictObject({ timeScale: count(86_400), policy: drillPolicy.optional() })
      .optional()
      .meta({ description: 'A drill’s clock runs `timeScale` times as fast (§8.2)' }),
  })
  .refine(reasonGiven, REASON_MISSING)
  .refine(endsAfterwards, END_TOO_EARLY)
  .meta({ id: 'StartRequest' });

export const adjustRequest = z
  .strictObject({ notice, ...levels, expectedEndAt: instant.optional() })
  .refine(reasonGiven, REASON_MISSING)
  .refine(endsAfterwards, END_TOO_EARLY)
  .meta({ id: 'AdjustRequest' });

export const liftRequest = z.strictObject({ notice }).meta({ id: 'LiftRequest' });

export const contact = z
  .strictObject({
    role: z.enum(['liaison', 'lead']),
    name: line,
    email: z.email().max(200).optional(),
    phone: z
      .string()
      .regex(/^[+\d][\d -]{2,30}$/, { error: '应为电话号码' })
      .optional(),
  })
  .meta({ id: 'Contact' });

export const contactsRequest = z.strictObject({ contacts: z.array(contact).max(20) }).meta({ id: 'Contacts' });

export const unitRequest = z
  .strictObject({
    unitId: line.optional(),
    name: line.optional(),
    kind: unitKind.optional(),
    contacts: z.array(contact).max(20).default([]),
  })
  .refine((body) => (body.unitId === undefined) === (body.name !== undefined && body.kind !== undefined), {
    path: ['unitId'],
    error: '请填写名录中单位的 unitId，或者新单位的 name 和 kind',
  })
  .meta({ id: 'UnitRequest' });

export const evaluationRequest = z
  .strictObject({ text: prose, supplements: z.array(prose).max(50).default([]) })
  .meta({ id: 'EvaluationRequest' });

const attachmentIds = z
  .array(z.string().regex(/^[0-9a-f]{64}$/, { error: '应为上传附件后得到的 attachmentId' }))
  .max(20, { error: '最多 20 个附件' })
  .refine((ids) => new Set(ids).size === ids.length, { error: '同一个附件请只填一次' });

export const implementationRequest = z.strictObject({ text: prose }).meta({ id: 'ImplementationReport' });

export const completionRequest = z
  .strictObject({ note: text(10_000).default(''), attachmentIds: attachmentIds.default([]) })
  .meta({ id: 'Completion' });

export const dailyReportRequest = z
  .strictObject({
    text: prose,
    figures: z
      .record(line, z.number())
      .refine((figures) => Object.keys(figures).length <= 100, { error: '最多 100 项' })
      .default({}),
    attachmentIds: attachmentIds.optional(),
  })
  .meta({ id: 'DailyReport' });

export const summaryRequest = z
  .strictObject({ work: prose, lessons: prose, shortcomings: prose, proposals: prose })
  .meta({ id: 'Summary' });

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
  })
  .meta({ id: 'ReviewRequest' });

export const signInRequest = z
  .strictObject({ username: z.string().min(1).max(200), password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' });

export const passwordRequest = z
  .strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) })
  .meta({ id: 'PasswordChange' });

/** Ids in a path are looked up, not judged; only a date has a shape of its own. */
export const paths = {
  unit: z.object({ unitId: z.string() }),
  episode: z.object({ episodeId: z.string() }),
  episodeUnit: z.object({ episodeId: z.string(), unitId: z.string() }),
  task: z.object({ episodeId: z.string(), unitId: z.string(), taskId: z.string() }),
  attachment: z.object({ attachmentId: z.string() }),
  dailyReport: z.object({ episodeId: z.string(), unitId: z.string(), date: day }),
};
