import { z } from 'zod';
import { CHANNELS, WAY_FAULTS } from '../../plan/types.js';
import { instant, line } from '../http/schemas.js';

export const channelList = z
  .object({
    items: z.array(
      z.object({
        channel: z.enum(CHANNELS),
        name: z.string().optional().meta({ description: '群机器人或接口的名称' }),
        state: z.enum(['well', 'ill', 'unused']).meta({ description: 'well 正常；ill 发不出去；unused 还没有用过' }),
        since: instant.optional().meta({ description: '从何时起发不出去' }),
        fault: z.enum(WAY_FAULTS).optional(),
        detail: z.string(),
        nextTryAt: instant.optional(),
        lastSuccessAt: instant.optional().meta({ description: '最近一次对方收下的时间，精确到分钟' }),
        limits: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'ChannelList' });

export const channelPath = z.object({ channel: z.enum(CHANNELS) });

export const channelTestRequest = z
  .strictObject({
    address: line.optional().meta({ description: '收测试消息的邮箱、手机或电话；群机器人和接口写它的名称' }),
    contactId: line.optional().meta({ description: '发给办公室的这位联系人；与 address 二者取一' }),
  })
  .refine(({ address, contactId }) => (address === undefined) !== (contactId === undefined), {
    path: ['address'],
    error: 'address 和 contactId 请只填一项',
  })
  .meta({ id: 'ChannelTestRequest', examples: [{ address: '13900000000' }] });

export const channelTest = z
  .object({
    channel: z.enum(CHANNELS),
    outcome: z.enum(['taken', 'deferred', 'failed']).meta({
      description: 'taken 对方已收下；deferred 现在发不出去；failed 号码、邮箱或设置不对',
    }),
    reason: z.string().optional().meta({ description: '对方的应答' }),
    detail: z.string(),
    next: z.string().optional().meta({ description: '下一步怎么办' }),
  })
  .meta({ id: 'ChannelTest' });
