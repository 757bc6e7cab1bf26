import { z } from 'zod';
import { OPEN_AT_SEAL, REVISED } from '../../plan/types.js';
import { withEntry } from '../engine/schemas.js';
import { accountRole, count, givenInstant, instant, line, prose } from '../http/schemas.js';

const stage = z.enum(['opened', 'ahead', 'due', 'again']);

export const revisionBody = z
  .object({
    revisionId: z.string(),
    what: z.enum([...REVISED, ...OPEN_AT_SEAL]).meta({
      description:
        '总结评估要求的修订：plan 应急预案；policy 预案执行细则；site-plan “一厂一策”方案。归档时仍未办结的：problem 问题；circular 通报；referral 移交',
    }),
    subject: z.string().optional().meta({ description: '归档时仍未办结的：问题、通报的编号，移交的记录编号' }),
    text: z.string(),
    unitId: z.string().optional().meta({ description: '由谁办理；没有时为区环委办' }),
    owner: z.string().meta({ description: '由谁办理，名称' }),
    clause: z.string(),
    from: z.object({ episodeId: z.string(), seq: count }).meta({ description: '由来：过程，和提出它的记录的编号' }),
    openedAt: instant,
    dueAt: instant,
    status: z.enum(['open', 'overdue', 'done']),
    told: z
      .object({
        stage,
        at: instant,
        reached: z.boolean().optional().meta({ description: '有人收到；尚不知道的没有' }),
      })
      .optional()
      .meta({ description: '最近一次告知责任单位：交办、将到期、到期、逾期' }),
    nextReminder: z
      .object({ stage, at: instant })
      .optional()
      .meta({ description: '下一次告知；夜间不发，所以夜间交办的早上才告知。已完成的没有' }),
    progress: z.array(
      z.object({ seq: count, at: instant, by: accountRole, note: z.string() }).meta({ description: '旧的在前' }),
    ),
    postponements: z.array(z.object({ seq: count, at: instant, dueAt: instant, reason: z.string() })),
    done: z
      .object({
        seq: count,
        at: instant,
        note: z.string(),
        filing: z.object({ number: z.string().optional(), at: instant }).optional(),
        late: z.boolean(),
      })
      .optional(),
  })
  .meta({
    id: 'Revision',
    description: 'What a review asks to be revised, or what its episode left open, followed up until it is done',
  });

export const revisionList = z.object({
  items: z.array(revisionBody),
  interrupted: z.literal(true).optional().meta({ description: '跟踪暂时中断，提醒会晚到；办理照常受理' }),
});

export const revisionChanged = withEntry(revisionBody);

export const revisionPath = z.object({ revisionId: z.string() });
export const ownerPath = z.object({ unitId: z.string() });
export const ownedRevisionPath = ownerPath.extend({ revisionId: z.string() });

export const problemCompletionRequest = z.strictObject({ note: prose }).meta({ id: 'ProblemCompletion' });

export const revisionProgressRequest = z.strictObject({ note: prose }).meta({ id: 'RevisionProgress' });

export const postponementRequest = z
  .strictObject({ dueAt: givenInstant, reason: prose })
  .meta({ id: 'RevisionPostponement' });

export const revisionCompletionRequest = z
  .strictObject({
    note: prose,
    filing: z
      .strictObject({ number: line.optional(), at: givenInstant })
      .optional()
      .meta({ description: '报备的时间和文号；预案和“一厂一策”方案的修订必填' }),
  })
  .meta({ id: 'RevisionCompletion' });
