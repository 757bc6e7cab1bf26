import { z } from 'zod';
import { CIRCULAR_ORIGINS } from '../../plan/types.js';
import { contactWarnings } from '../engine/contact-warnings.js';
import { circularBody, episodePaths, withEntry } from '../engine/schemas.js';
import { attachmentIds, count, givenInstant, line, prose } from '../http/schemas.js';

const once = <T extends z.ZodType<string | number>>(of: T, what: string) =>
  z
    .array(of)
    .min(1, { error: `请至少选择一个${what}` })
    .max(1_000, { error: `最多 1000 个${what}，请分几次发` })
    .refine((all) => new Set(all).size === all.length, { error: `同一${what}请只写一次` })
    .meta({ uniqueItems: true });

export const circularRequest = z
  .strictObject({
    origin: z.enum(CIRCULAR_ORIGINS).meta({ description: 'city 转发市环委办的通报；district 区环委办的通报' }),
    number: line.optional().meta({ description: '文号；转发的为市里的文号，没有的不填' }),
    title: line,
    text: prose,
    attachmentIds: attachmentIds.optional(),
    unitIds: once(line, '单位'),
    answerDueAt: givenInstant.optional().meta({ description: '答复整改情况的期限；不填为不要求答复' }),
    referrals: once(count, '移交').optional().meta({ description: '有关的移交，按移交的记录号；单位看不到' }),
    problems: once(line, '问题').optional().meta({ description: '有关的问题编号' }),
  })
  .meta({ id: 'CircularRequest' });

export const closingRequest = z
  .strictObject({
    unitIds: once(line, '单位').optional().meta({ description: '不填为尚未办结的所有单位' }),
    note: prose.meta({ description: '办结的说明，如“现场复查，已整改到位”' }),
  })
  .meta({ id: 'CircularClosing' });

export const circularMade = withEntry(circularBody);
export const circularIssuedBody = circularMade.extend({ warnings: contactWarnings });

export const circularPaths = episodePaths.episode.extend({ circularId: z.string() });
