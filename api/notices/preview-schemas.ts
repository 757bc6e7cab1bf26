import { z } from 'zod';
import { CHANNELS, DEADLINES } from '../../plan/types.js';
import { count, day, instant, responseLevel, unitKind, warningLevel } from '../http/schemas.js';

const levels = z.object({ warningLevel, responseLevel, cityLevel: warningLevel });

const person = z.object({
  contactId: z.string(),
  role: z.enum(['liaison', 'lead', 'deputy']),
  name: z.string(),
  onDuty: z.boolean(),
  channels: z.array(z.enum(CHANNELS)).meta({ description: '先用的渠道；同一行的其他渠道在不通时才用' }),
});

const changes = z.object({
  unitId: z.string(),
  name: z.string(),
  new: z.array(z.string()),
  tightened: z.array(z.string()),
  continued: z.array(z.string()),
  eased: z.array(z.string()),
  ended: z.array(z.string()),
});

const unreachable = z.object({
  unitId: z.string(),
  name: z.string(),
  contactId: z.string().optional(),
  person: z.string().optional(),
  reason: z.enum(['no-contact', 'no-channel', 'placeholder']),
});

/** Of a start and of its preview. */
export const drillRemarks = z
  .array(z.string())
  .optional()
  .meta({ description: '演练改了时限后用不上的催办步骤；不影响办理' });

export const noticePreview = z
  .object({
    alreadyEntered: z
      .object({ episodeId: z.string(), seq: count })
      .optional()
      .meta({ description: '同一份通知已经录入，再提交不会增加什么；此时其余各项没有内容' }),
    level: z
      .object({ before: levels.optional(), after: levels.optional() })
      .meta({ description: '启动没有 before，解除没有 after' }),
    effectiveAt: instant.optional(),
    inForce: z.boolean().optional().meta({ description: '录入即生效；false 为届时生效' }),
    withoutResponse: z.literal(true).optional().meta({ description: '解除后应急响应不再启动' }),
    recipients: z.object({
      units: count,
      people: count.meta({ description: '能通知到的人数' }),
      byChannel: z.array(z.object({ channel: z.enum(CHANNELS), people: count })),
      besides: z
        .array(z.object({ channel: z.enum(CHANNELS), name: z.string() }))
        .meta({ description: '同时告知的群机器人和接口' }),
      unreachable: z.array(unreachable).meta({ description: '通知不到的人；没有 contactId 的，整个单位无人可以通知' }),
      items: z.array(z.object({ unitId: z.string(), name: z.string(), kind: unitKind, people: z.array(person) })),
    }),
    tasks: z.object({
      counts: z.object({ new: count, tightened: count, continued: count, eased: count, ended: count }),
      words: z
        .array(z.object({ taskId: z.string(), clause: z.string(), text: z.string() }))
        .meta({ description: '各项任务的条款和原文；items 中只写 taskId' }),
      items: z.array(changes),
    }),
    dueTimes: z
      .array(
        z.object({
          deadline: z.enum(DEADLINES),
          dueAt: instant,
          date: day.optional().meta({ description: '日报所报的日期' }),
          units: count.optional().meta({ description: '有此期限的单位数；办公室的没有' }),
        }),
      )
      .meta({ description: '将产生的期限，早的在前' }),
    ends: z
      .array(z.object({ deadline: z.enum(DEADLINES), units: count }))
      .optional()
      .meta({ description: '解除时随之不再要求的事项' }),
    warnings: z.array(
      z.object({
        kind: z.enum(['unreachable', 'roster-gap', 'channel-ill', 'text', 'entered-late', 'overtakes']),
        detail: z.string(),
        unitId: z.string().optional(),
      }),
    ),
    remarks: drillRemarks,
  })
  .meta({ id: 'NoticePreview', description: '提交后会发生什么；预览不写入任何内容' });
