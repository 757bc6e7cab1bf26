import { z } from 'zod';
import { MESSAGE_STANDINGS } from '../../episode/message-standing.js';
import { CHANNELS } from '../../plan/types.js';
import { episodePaths, withEntry } from '../engine/schemas.js';
import { count, cursor, instant, limit, line, listOf } from '../http/schemas.js';

export const messageQuery = z.strictObject({
  state: z.enum(MESSAGE_STANDINGS).optional().meta({
    description: 'waiting 等待发送或等待结果；reached 已送到本人；failed 没有送到任何人；withdrawn 发出前已不必发',
  }),
  unitId: line.optional(),
  cursor: cursor.optional(),
  limit,
});

const delivery = z.object({
  contactId: z.string().meta({ description: 'none：没有联系人' }),
  name: z.string().optional().meta({ description: '联系人的姓名；已不在名单上的没有' }),
  channel: z.enum([...CHANNELS, 'none']),
  state: z.enum(['taken', 'delivered', 'undelivered', 'failed']).meta({
    description: 'taken 服务器或网关已收下；delivered、undelivered 网关回执；failed 没有发出',
  }),
  at: instant,
  seq: count.meta({ description: '这一结果的记录' }),
  reason: z.string().optional(),
  detail: z.string().meta({ description: '结果和原因，一句话' }),
  perhapsTwice: z.literal(true).optional().meta({ description: '对方可能收到了两次' }),
});

export const messageRow = z
  .object({
    messageId: z.string(),
    about: z.object({ seq: count, kind: z.string(), at: instant }).meta({ description: '消息所说的记录' }),
    to: z.object({
      kind: z.enum(['unit', 'office', 'committee', 'city', 'supervisor', 'media']),
      unitId: z.string().optional(),
      name: z.string(),
      whom: z.enum(['duty', 'lead']).optional().meta({ description: '只发给值班人员或负责人的才有' }),
      contactId: z.string().optional().meta({ description: '重发给某一人的才有' }),
    }),
    state: z.enum(MESSAGE_STANDINGS),
    reason: z.string().optional(),
    detail: z.string().meta({ description: '现在的情况和原因，一句话' }),
    next: z.string().optional().meta({ description: '下一步怎么办；不需要办的没有' }),
    attempts: count.optional().meta({ description: '仍在等待的：已试过几次' }),
    nextTryAt: instant.optional().meta({ description: '仍在等待的：下次发送的时间' }),
    resends: z.string().optional().meta({ description: '本消息是哪一条的重发' }),
    resent: count.optional().meta({ description: '本消息重发过几次' }),
    deliveries: z.array(delivery),
  })
  .meta({ id: 'Message' });

export const messageList = listOf(messageRow);

export const resendRequest = z
  .strictObject({
    channel: z.enum(CHANNELS).optional().meta({ description: '只用这一种渠道；不填按原来的发送方式' }),
    contactId: line.optional().meta({ description: '只发给这一人；不填发给原来的人' }),
  })
  .meta({ id: 'ResendRequest', examples: [{ channel: 'sms', contactId: 'liaison:1' }] });

export const resentBody = withEntry(messageRow);

export const messagePaths = {
  episode: episodePaths.episode,
  message: episodePaths.episode.extend({ messageId: z.string() }),
};
