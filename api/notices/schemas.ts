import { z } from 'zod';
import { foldedNumber } from '../../episode/notice-numbers.js';
import { policyChanges } from '../../plan/edition/policy-schema.js';
import { compareWarnings } from '../../plan/rules/levels.js';
import type { WarningLevel } from '../../plan/types.js';
import { givenInstant, line, prose, text, warningLevel } from '../http/schemas.js';

const notice = z.strictObject({
  number: line.refine((number) => foldedNumber(number) !== '', { error: '不能为空' }),
  issuer: line,
  issuedAt: givenInstant,
  effectiveAt: givenInstant.optional(),
  basis: z.enum(['city', 'region']).default('city'),
  text: text(10_000).optional(),
});

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
  expectedEndAt?: string | undefined;
}): boolean =>
  body.expectedEndAt === undefined ||
  Date.parse(body.expectedEndAt) > Date.parse(body.notice.effectiveAt ?? body.notice.issuedAt);

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
  .strictObject({ notice, ...levels, expectedEndAt: givenInstant.optional() })
  .refine(reasonGiven, REASON_MISSING)
  .refine(endsAfterwards, END_TOO_EARLY)
  .meta({ id: 'AdjustRequest' });

export const liftRequest = z.strictObject({ notice }).meta({ id: 'LiftRequest' });

/** A holder whom no message can reach (§6.6). The office corrects the contacts or telephones. */
export const contactWarnings = z
  .array(
    z.object({
      unitId: z.string(),
      name: z.string(),
      reason: z.enum(['no-contact', 'no-channel', 'placeholder']),
    }),
  )
  .meta({ description: '没有可用联系渠道的单位；不影响启动' });
