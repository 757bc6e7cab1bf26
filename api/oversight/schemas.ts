import { z } from 'zod';
import { TEXT_AUDIENCES } from '../../plan/types.js';
import { illChannel } from '../engine/channel-health.js';
import {
  episodeBody,
  expectedEnd,
  namedDeadline,
  phase,
  referralView,
  reportedProblem,
  sharedDeadline,
  suspensionRow,
  unitOutlook,
  unitRow,
} from '../engine/schemas.js';
import { count, day, hash, instant, unitKind } from '../http/schemas.js';

const taskCounts = z.object({ total: count, done: count, notApplicable: count, suspended: count });

export const board = z
  .object({
    units: z.array(
      unitRow.extend({
        tasks: taskCounts,
        ...unitOutlook,
      }),
    ),
    nextDeadlines: z.array(sharedDeadline).meta({ description: '接下来到期的三项，以及尚未办结的单位数' }),
    suspensions: z.array(suspensionRow),
    expectedEnd: expectedEnd.optional(),
    unreachable: z
      .array(z.object({ unitId: z.string(), name: z.string(), since: instant, reason: z.string() }))
      .meta({ description: '消息没有送到的办公室、区环委会、监督问责和市环委办；各单位的见 units' }),
    textsToIssue: z
      .array(z.object({ noticeId: z.string(), audience: z.enum(TEXT_AUDIENCES) }))
      .meta({ description: '尚未印发（units）或尚未发布（public）的文字，按通知列出' }),
    digestsToSubmit: z.array(day).meta({ description: '已汇总、尚未上报市环委办的日期' }),
    interrupted: z
      .literal(true)
      .optional()
      .meta({ description: '运行已中断，正在从台账恢复；提交的内容要恢复后才办理' }),
    channels: z.array(illChannel).optional().meta({ description: '发不出去的渠道；都正常时没有这一项' }),
  })
  .meta({ id: 'Board' });

export const episodePolicy = z
  .object({
    policy: z.looseObject({}),
    changed: z
      .array(z.string())
      .meta({ description: '与所依预案版本不同的规定，只有演练会有；如 summaryHours、chains.report' }),
  })
  .meta({ id: 'EpisodePolicy', description: 'The values of policy.yaml as this episode runs by them' });

export const publicText = z
  .object({
    pollutant: z.string(),
    area: z.string(),
    danger: z.string(),
    advice: z.array(z.string()).meta({ description: '公众应当怎样做，一项一句，预案原文' }),
  })
  .meta({ id: 'PublicText' });

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

export const entryInChain = z
  .object({
    seq: count,
    entry: historyEntry.optional().meta({ description: '原文读不出来的没有' }),
    previous: historyEntry.optional(),
    next: historyEntry.optional(),
    canonical: z.string().meta({ description: '所存的原文（RFC 8785），散列值由它计算' }),
    hash: z.string().meta({ description: '所存的散列值' }),
    recomputed: z.object({
      hash: hash.meta({ description: '现在由原文计算的 SHA-256' }),
      isAsStored: z.boolean().meta({ description: '与所存的散列值相同' }),
      followsPrevious: z.boolean().meta({ description: '与前一条衔接' }),
      isFollowed: z.boolean().optional().meta({ description: '后一条与它衔接；最后一条没有' }),
    }),
  })
  .meta({ id: 'EntryInChain' });

export const verification = z
  .object({
    valid: z.boolean(),
    entries: count,
    head: z.string().optional(),
    firstBadSeq: count.optional(),
    differences: z.array(z.string()),
  })
  .meta({ id: 'Verification' });

const breachRows = z.array(
  z.object({
    ...namedDeadline,
    outcome: z.enum(['late', 'missed']),
    clause: z.string(),
    metAt: instant.optional(),
    urged: count.optional().meta({ description: '办公室为此催办过几次；没有催办的没有' }),
    explanation: z
      .object({
        seq: count,
        at: instant,
        reason: z.string(),
        byOffice: z.literal(true).optional().meta({ description: '单位来电，办公室代为填写' }),
      })
      .optional()
      .meta({ description: '单位说明的逾期原因；没有说明的没有' }),
  }),
);

const breaches = { late: count, missed: count, breaches: breachRows };

const answers = z
  .object({ onTime: count, late: count, missed: count, open: count })
  .meta({ id: 'AnswerCounts', description: 'onTime 按时；late 逾期补办；missed 逾期未办；open 尚未到期或正在暂停' });

/** A unit in one episode. */
export const unitRecordRow = episodeBody
  .omit({ notice: true, notices: true, suspensions: true, expectedEnd: true })
  .extend({
    name: z.string(),
    notice: z.object({ noticeId: z.string(), name: z.string() }).meta({ description: '启动的通知' }),
    acknowledgements: answers,
    implementation: answers,
    dailyReports: answers,
    tasks: taskCounts,
    summary: unitRow.shape.summary.unwrap().extend({ submittedAt: instant.optional() }).optional(),
    breaches: breachRows,
    referrals: z.array(referralView).optional().meta({ description: '移交；责任单位看不到这一项' }),
  })
  .meta({ id: 'UnitRecordRow' });

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
