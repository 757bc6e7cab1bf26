import { z } from 'zod';
import { REVISED } from '../../plan/types.js';
import { withEntry } from '../engine/schemas.js';
import { accountRole, count, givenInstant, instant, line, prose } from '../http/schemas.js';

export const revisionBody = z
  .object({
    revisionId: z.string(),
    what: z.enum(REVISED).meta({ description: 'plan 应急预案；policy 预案执行细则；site-plan “一厂一策”方案' }),
    text: z.string(),
    unitId: z.string().optional().meta({ description: '由谁修订；没有时为区环委办' }),
    owner: z.string().meta({ description: '由谁修订，名称' }),
    clause: z.string(),
    from: z.object({ episodeId: z.string(), seq: count }).meta({ description: '提出修订的总结评估：过程和记录的编号' }),
    openedAt: instant,
    dueAt: instant,
    status: z.enum(['open', 'overdue', 'done']),
    told: z
      .object({
        stage: z.enum(['opened', 'ahead', 'due', 'again']),
        at: instant,
        reached: z.boolean().optional().meta({ description: '有人收到；尚不知道的没有' }),
      })
      .optional()
      .meta({ description: '最近一次告知责任单位：交办、将到期、到期、逾期' }),
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
  .meta({ id: 'Revision', description: 'What a review asks to be revised, followed up until it is done and filed' });

export const revisionList = z.object({
  items: z.array(revisionBody),
  interrupted: z.literal(true).optional().meta({ description: '跟踪暂时中断，提醒会晚到；办理照常受理' }),
});

export const revisionChanged = withEntry(revisionBody);

export const revisionPath = z.object({ revisionId: z.string() });
export const ownerPath = z.object({ unitId: z.string() });
export const ownedRevisionPath = ownerPath.extend({ revisionId: z.string() });

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
