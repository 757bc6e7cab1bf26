import { z } from 'zod';
import { plain } from '../../lib/normal/text.js';
import { CALL_OUTCOMES, DEADLINES } from '../../plan/types.js';
import { messageCounts, stepToCome } from '../engine/schemas.js';
import { count, instant, line, text } from '../http/schemas.js';

const GAP = '[\\s().·–—-]*';
/** A mobile, or a landline with its area code, typed with gaps and perhaps after 86. */
const NUMBER = new RegExp(`(?<!\\d)((00)?86${GAP})?(1[3-9](${GAP}\\d){9}|0\\d{2,3}(${GAP}\\d){7,8})(?!\\d)`);
/** A landline of the district, which is no date like 20260110. */
const SHORT_NUMBER = /(?<!\d)(?!20\d{6}(?!\d))[2-8]\d{6,7}(?!\d)/;
const hasNumber = (note: string): boolean => [NUMBER, SHORT_NUMBER].some((number) => number.test(plain(note)));

export const callRequest = z
  .strictObject({
    contactId: line.optional().meta({ description: '接电话的人或所拨的人：本单位的联系人；不在名单上的不填' }),
    outcome: z
      .enum(CALL_OUTCOMES)
      .meta({ description: 'reached 已通话；no-answer 无人接听；wrong-number 号码不对；refused 拒绝' }),
    note: text(500)
      .regex(/\S/, { error: '不能为空，请填写' })
      .refine((note) => !hasNumber(note), {
        error: '记录不再更改，请不要写电话号码；号码有变的，请更正联系人',
      })
      .optional(),
    acknowledged: z.literal(true).optional().meta({ description: '对方在电话中确认收到通知；只在 reached 时填写' }),
  })
  .refine(({ outcome, acknowledged }) => acknowledged === undefined || outcome === 'reached', {
    path: ['acknowledged'],
    error: '只有已通话（reached）的才能确认收到，请删去或更正 outcome',
  })
  .meta({ id: 'Call' });

const person = z.object({
  contactId: z.string(),
  role: z.enum(['liaison', 'lead', 'deputy']),
  name: z.string(),
  onDuty: z.boolean(),
  number: z.string().optional().meta({ description: '所拨的号码：有电话的用电话，否则用手机' }),
});

const people = z.array(person).meta({ description: '值班人员在前' });

const calls = z.object({
  count,
  last: z
    .object({ at: instant, seq: count, outcome: z.enum(CALL_OUTCOMES), contactId: z.string().optional() })
    .optional(),
});

export const reach = z
  .object({
    people,
    steps: z.array(stepToCome).meta({ description: '程序接下来就各项未办事项通知谁、何时，先的在前' }),
    calls: calls.meta({ description: '办公室打过的电话' }),
  })
  .meta({ id: 'Reach' });

const row = z.object({
  unitId: z.string(),
  name: z.string(),
  since: instant,
  why: z.array(
    z.object({
      deadline: z.enum(DEADLINES),
      noticeId: z.string().optional(),
      noticeNumber: z.string().optional(),
      taskId: z.string().optional(),
      dueAt: instant,
      status: z.enum(['pending', 'missed']).meta({ description: 'pending 尚未到期，但没有消息送到本人' }),
    }),
  ),
  people,
  unreachable: z.object({ since: instant, reason: z.string() }).optional(),
  messages: messageCounts,
  calls,
});

export const callingList = z.object({ items: z.array(row) }).meta({ id: 'CallingList' });
