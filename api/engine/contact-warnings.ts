/** Holders whom no message can reach (§6.6): the office corrects the contacts or telephones. */
import { z } from 'zod';
import { unreachableHolders } from '../../ledger/people/contacts.js';
import type { Edition } from '../../plan/edition/edition.js';
import { holdersOf } from '../../plan/people/holders.js';
import type { Context } from './context.js';

export const contactWarnings = z
  .array(
    z.object({
      unitId: z.string(),
      name: z.string(),
      reason: z.enum(['no-contact', 'no-channel', 'placeholder']),
    }),
  )
  .meta({ description: '没有可用联系渠道的单位；不影响办理' });

export const holderNames = (edition: Edition): Map<string, string> =>
  new Map(holdersOf(edition).map(({ unitId, name }) => [unitId, name]));

/** Of these holders those whom no message can reach; of all without a list. */
export async function contactWarningsFor({ database, edition }: Context, holders?: readonly string[]) {
  const names = holderNames(edition);
  const unreachable = await unreachableHolders(database, holders ?? [...names.keys()]);
  return unreachable.map(({ holder, because }) => ({ unitId: holder, name: names.get(holder)!, reason: because }));
}
