/** The channels that are ill, as the office sees them. */
import { z } from 'zod';
import { illnesses } from '../../ledger/channel-health.js';
import type { Database } from '../../ledger/database.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { CHANNELS, WAY_FAULTS } from '../../plan/types.js';
import { CAUSES, partsOfWay, wayInWords } from '../../plan/wording/channel-words.js';
import { instant } from '../http/schemas.js';

export const illChannel = z
  .object({
    channel: z.enum(CHANNELS),
    name: z.string().optional().meta({ description: 'Of a robot or an endpoint' }),
    since: instant,
    fault: z.enum(WAY_FAULTS),
    detail: z.string(),
  })
  .meta({ id: 'IllChannel', description: '发不出去的渠道：等待的消息在恢复后按轻重缓急补发' });

export async function illChannels(database: Database): Promise<Array<z.infer<typeof illChannel>>> {
  const ill = (await illnesses(database)).filter(({ wellSince }) => wellSince === null);
  return ill.map(({ way, fault, since }) => {
    const detail = `${wayInWords(way)}发不出去：${CAUSES[fault]}`;
    return { ...partsOfWay(way), since: beijingIso(since), fault, detail };
  });
}
