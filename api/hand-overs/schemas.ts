import { z } from 'zod';
import { phase } from '../engine/schemas.js';
import { count, cursor, instant, limit, line, listOf, text, warningLevel } from '../http/schemas.js';

const words = text(5_000).regex(/\S/, { error: '不能为空，请填写，没有的不填' });

export const handOverRequest = z
  .strictObject({
    from: line.meta({ description: '交班人' }),
    conditions: words.meta({ description: '现在的情况' }),
    actions: words.optional().meta({ description: '本班已做的' }),
    needs: words.optional().meta({ description: '下一班要做的' }),
    corrects: line.optional().meta({ description: '更正的是哪一条（handOverId）；原来的照样保留' }),
  })
  .meta({
    id: 'HandOverRequest',
    examples: [
      { from: '王值班', conditions: '黄色预警执行中，33个单位已全部确认。', needs: '10时前催2个单位的日报。' },
    ],
  });

export const handOverTaken = z
  .strictObject({ name: line.meta({ description: '接班人' }) })
  .meta({ id: 'HandOverTaken', examples: [{ name: '李值班' }] });

export const handOverBody = z
  .object({
    handOverId: z.string(),
    from: z.string(),
    conditions: z.string(),
    actions: z.string().optional(),
    needs: z.string().optional(),
    writtenAt: instant,
    writtenBy: z.string().meta({ description: '填写的账号' }),
    episodes: z
      .array(z.object({ episodeId: z.string(), drill: z.boolean(), phase, warningLevel, seq: count }))
      .meta({ description: '填写时尚未办结的过程，以及各自的最后一条记录' }),
    corrects: z.string().optional(),
    correctedBy: z.string().optional().meta({ description: '更正它的一条' }),
    acknowledged: z
      .object({ name: z.string(), at: instant, by: z.string() })
      .optional()
      .meta({ description: '已接班' }),
  })
  .meta({ id: 'HandOver', description: '值班室交接班记录：写下后不再更改' });

export const handOverList = listOf(handOverBody);
export const handOverQuery = z.strictObject({ cursor: cursor.optional(), limit });
export const handOverPath = z.object({ handOverId: z.string() });
