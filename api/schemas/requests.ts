import { z } from 'zod';
import { CONTACT_ID, ENDPOINT, MOBILE } from '../../plan/contacts.js';
import { compareWarnings } from '../../plan/levels.js';
import { policyChanges } from '../../plan/policy-schema.js';
import type { WarningLevel } from '../../plan/types.js';
import { day, instant, label, line, prose, text, unitKind, warningLevel } from './common.js';

const count = (max: number) => z.number().int().min(1).max(max);

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
      .strictObject({ timeScale: count(86_400), policy: policyChanges.optional() })
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

const endpoint = z
  .string()
  .max(64)
  .regex(ENDPOINT, { error: '应为已配置的机器人或接口的名称，不要填写网址或密钥' })
  .meta({ description: 'The name of a robot or an endpoint of the configuration' });

export const contactId = z.string().max(64).regex(CONTACT_ID, { error: '应为系统给出的人员编号；新增人员请留空' });

export const contact = z
  .strictObject({
    contactId: contactId.optional().meta({ description: 'Keeps the person; one is made when absent' }),
    role: z.enum(['liaison', 'lead', 'deputy']),
    name: label(200),
    email: z.email().max(200).optional(),
    phone: z
      .string()
      .regex(/^[+\d][\d -]{2,30}$/, { error: '应为电话号码' })
      .optional(),
    sms: z.string().regex(MOBILE, { error: '应为能收短信的手机号码，如 13800000000' }).optional(),
    wecom: endpoint.optional(),
    dingtalk: endpoint.optional(),
    webhook: endpoint.optional(),
  })
  .meta({ id: 'Contact' });

export const MOST_CONTACTS = 20;

const contactList = z
  .array(contact)
  .max(MOST_CONTACTS)
  .refine(
    (list) => {
      const ids = list.flatMap(({ contactId }) => contactId ?? []);
      return new Set(ids).size === ids.length;
    },
    { error: '人员编号（contactId）重复，请每人一个，新增人员留空' },
  );

export const contactsRequest = z.strictObject({ contacts: contactList }).meta({ id: 'Contacts' });

export const unitRequest = z
  .strictObject({
    unitId: line.optional(),
    name: line.optional(),
    kind: unitKind.optional(),
    contacts: contactList.default([]),
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

/** The office acts for a unit that rang: who did. Kept beside the record, not in it. */
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

export const progressRequest = z
  .strictObject({ note: prose, attachmentIds: attachmentIds.default([]), ...onBehalf })
  .meta({ id: 'Progress' });

export const withdrawalRequest = z.strictObject({ reason: prose, ...onBehalf }).meta({ id: 'Withdrawal' });

const addedTask = {
  text: prose,
  dueAt: instant.optional().meta({ description: '本任务的完成时限；演练中为演练时间' }),
};

export const unitTaskRequest = z.strictObject(addedTask).meta({ id: 'UnitTask' });

export const tasksRequest = z
  .strictObject({ unitIds: z.array(line).min(1).max(1_000), ...addedTask })
  .refine(({ unitIds }) => new Set(unitIds).size === unitIds.length, { path: ['unitIds'], error: '同一单位只写一次' })
  .meta({ id: 'Tasks' });

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
  .strictObject({ username: line, password: z.string().min(1).max(200) })
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
  digest: z.object({ episodeId: z.string(), date: day }),
};
