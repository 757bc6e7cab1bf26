import { z } from 'zod';
import { foldedNumber } from '../../lib/normal/notice-number.js';
import { policyChanges } from '../../plan/edition/policy-schema.js';
import { compareWarnings } from '../../plan/rules/levels.js';
import { HOW_RECEIVED, NOTICE_BASES, type WarningLevel } from '../../plan/types.js';
import { attachmentIds, givenInstant, line, prose, text, warningLevel } from '../http/schemas.js';

const number = line
  .refine((typed) => foldedNumber(typed) !== '', { error: '不能为空，请填写' })
  .meta({ description: '文号；括号、全角半角、空白、大小写不同的，视为同一文号' });

const received = z
  .strictObject({
    by: z.enum(HOW_RECEIVED),
    from: line.optional().meta({ description: '来电或发消息的人；与台账分开保存，可以删除' }),
    at: givenInstant.optional().meta({ description: '收到时间，不填为录入时间' }),
  })
  .meta({ description: '通知怎样收到：telephone 电话、message 消息、document 书面' });

const ownNotice = z
  .strictObject({ number: line.optional(), title: line.optional() })
  .refine((own) => own.number !== undefined || own.title !== undefined, {
    path: ['number'],
    error: '区级通知请填写文号或标题，没有的不填 ownNotice',
  })
  .meta({ description: '本区转发或落实市级通知的通知' });

const aqi = z.int().min(0).max(1_000);
const forecast = z
  .strictObject({
    aqi: z.tuple([aqi, aqi]).optional().meta({ description: '预计空气质量指数，从几到几' }),
    from: givenInstant.optional(),
    until: givenInstant.optional(),
    text: text(10_000).optional(),
  })
  .refine(({ aqi: range }) => range === undefined || range[0] <= range[1], {
    path: ['aqi'],
    error: '预计指数应从小到大填写，如 [151, 200]',
  })
  .refine(({ from, until }) => from === undefined || until === undefined || Date.parse(from) < Date.parse(until), {
    path: ['until'],
    error: '预计结束时间应晚于开始时间，请核对',
  })
  .meta({ description: '预报：指数和时段，会商意见' });

const notice = z
  .strictObject({
    number: number.optional(),
    received: received.optional(),
    issuer: line,
    issuedAt: givenInstant,
    effectiveAt: givenInstant.optional(),
    basis: z
      .enum(NOTICE_BASES)
      .default('city')
      .meta({ description: 'city 市里的通知，region 区域预警，own 区里自行决定（预案允许时）' }),
    text: text(10_000).optional(),
    ownNotice: ownNotice.optional(),
    forecast: forecast.optional(),
    attachmentIds: attachmentIds.optional(),
  })
  .refine((given) => given.number !== undefined || (given.received && given.received.by !== 'document'), {
    path: ['number'],
    error: '请填写文号；电话或消息通知没有文号的，请在 received 中写明怎样收到，文号以后补录',
  });

export const numberRequest = z
  .strictObject({ number: number.optional(), ownNotice: ownNotice.optional() })
  .refine((given) => given.number !== undefined || given.ownNotice !== undefined, {
    path: ['number'],
    error: '请填写要补录的文号，或者本区的通知 ownNotice',
  })
  .meta({ id: 'NumberRequest' });

const levels = {
  cityLevel: warningLevel,
  level: warningLevel.optional().meta({ description: 'The district’s, by default the city’s' }),
  reason: prose.optional(),
};

/** Above the city's level only with a reason (§3.1.2). */
const reasonGiven = (body: {
  cityLevel: WarningLevel;
  level?: WarningLevel | undefined;
  reason?: string | undefined;
}): boolean =>
  body.level === undefined || body.reason !== undefined || compareWarnings(body.level, body.cityLevel) <= 0;

/** The expected end lies after the beginning. */
const endsAfterwards = (body: {
  notice: { issuedAt: string; effectiveAt?: string | undefined };
  expectedEndAt?: string | null | undefined;
}): boolean =>
  !body.expectedEndAt || Date.parse(body.expectedEndAt) > Date.parse(body.notice.effectiveAt ?? body.notice.issuedAt);

const END_TOO_EARLY = { path: ['expectedEndAt'], error: '预计结束时间应晚于生效时间，请核对' };

const REASON_MISSING = { path: ['reason'], error: '预警级别高于全市时，请填写理由' };

export const startRequest = z
  .strictObject({
    notice,
    ...levels,
    primaryPollutant: line.meta({ description: 'PM2.5 alone starts an episode' }),
    extent: prose.optional(),
    affectedArea: prose.optional(),
    danger: prose.optional(),
    advice: prose.optional(),
    expectedEndAt: givenInstant.optional(),
    drill: z
      .strictObject({ timeScale: z.number().int().min(1).max(86_400), policy: policyChanges.optional() })
      .optional()
      .meta({ description: 'A drill’s clock runs `timeScale` times as fast' }),
  })
  .refine(reasonGiven, REASON_MISSING)
  .refine(endsAfterwards, END_TOO_EARLY)
  .meta({ id: 'StartRequest' });

export const adjustRequest = z
  .strictObject({
    notice,
    ...levels,
    expectedEndAt: givenInstant
      .nullable()
      .optional()
      .meta({ description: '不填：沿用尚未到的预计结束时间；null：结束时间另行通知' }),
  })
  .refine(reasonGiven, REASON_MISSING)
  .refine(endsAfterwards, END_TOO_EARLY)
  .meta({ id: 'AdjustRequest' });

export const liftRequest = z.strictObject({ notice }).meta({ id: 'LiftRequest' });
