import { z } from 'zod';
import { illChannel } from '../engine/channel-health.js';
import {
  expectedEnd,
  namedDeadline,
  phase,
  referralView,
  reportedProblem,
  suspensionRow,
  unitRow,
} from '../engine/schemas.js';
import { count, day, hash, instant, unitKind } from '../http/schemas.js';

export const board = z
  .object({
    units: z.array(
      unitRow.extend({ tasks: z.object({ total: count, done: count, notApplicable: count, suspended: count }) }),
    ),
    suspensions: z.array(suspensionRow),
    expectedEnd: expectedEnd.optional(),
    unreachable: z
      .array(z.object({ unitId: z.string(), name: z.string(), since: instant, reason: z.string() }))
      .meta({ description: '消息没有送到的办公室、区环委会、监督问责和市环委办；各单位的见 units' }),
    digestsToSubmit: z.array(day).meta({ description: '已汇总、尚未上报市环委办的日期' }),
    interrupted: z
      .literal(true)
      .optional()
      .meta({ description: '运行已中断，正在从台账恢复；提交的内容要恢复后才办理' }),
    channels: z.array(illChannel).optional().meta({ description: '发不出去的渠道；都正常时没有这一项' }),
  })
  .meta({ id: 'Board' });

export const episodePolicy = z
  .object({ policy: z.looseObject({}) })
  .meta({ id: 'EpisodePolicy', description: 'The values of policy.yaml as this episode runs by them' });

export const problemRow = reportedProblem
  .extend({
    episodeId: z.string(),
    phase,
    drill: z.boolean(),
    unitId: z.string(),
    name: z.string(),
    open: z.boolean(),
    reportedOn: day.meta({ description: '最近一次填报它的日报的日期' }),
    note: z.string().optional().meta({ description: '整改说明；已归档的过程中尚未整改的，写明情况' }),
  })
  .meta({ id: 'ProblemRow' });

export const historyEntry = z
  .looseObject({
    seq: count,
    at: instant,
    episodeTime: instant,
    kind: z.string(),
    unitId: z.string().optional(),
    actor: z.object({ accountId: z.string(), role: z.string() }),
    clause: z.string().optional(),
    data: z.looseObject({}),
    previousHash: hash,
    hash,
  })
  .meta({ id: 'HistoryEntry', description: '`hash` is the SHA-256 of the canonical entry without `hash` (RFC 8785)' });

export const verification = z
  .object({
    valid: z.boolean(),
    entries: count,
    head: z.string().optional(),
    firstBadSeq: count.optional(),
    differences: z.array(z.string()),
  })
  .meta({ id: 'Verification' });

const breaches = {
  late: count,
  missed: count,
  breaches: z.array(
    z.object({
      ...namedDeadline,
      outcome: z.enum(['late', 'missed']),
      clause: z.string(),
      metAt: instant.optional(),
    }),
  ),
};

export const accountability = z
  .object({
    items: z.array(
      z.object({
        unitId: z.string(),
        name: z.string(),
        kind: unitKind,
        ...breaches,
        notApplicable: z
          .array(z.object({ taskId: z.string(), clause: z.string() }))
          .meta({ description: '单位报为不涉及的任务，不算完成，也不算未完成' }),
        referrals: z.array(referralView),
      }),
    ),
    office: z.object(breaches),
  })
  .meta({ id: 'Accountability' });
