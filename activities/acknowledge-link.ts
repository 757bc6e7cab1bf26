import { acknowledgementsAskedIn } from '../episode/asked-acknowledgements.js';
import type { Entry } from '../episode/entries.js';
import type { Message } from '../episode/state-types.js';
import { acknowledgeUrl, LINK_LIFE, type Links } from '../ledger/people/links.js';

/**
 * One contact's link, if there is something to acknowledge. Its 72 hours begin with the reported entry, so that a retry
 * sends the same link; those of a message that is sent again, with that.
 */
export async function acknowledgeLinkFor(
  { links, publicUrl }: { links: Links; publicUrl: string },
  { to, again }: Message,
  about: readonly Entry[],
  { episodeId, contact }: { episodeId: string; contact: string },
): Promise<string | undefined> {
  const asking = about.find((entry) => acknowledgementsAskedIn(entry).length > 0);
  if (to.kind !== 'unit' || !asking) return undefined;
  const link = { purpose: 'acknowledge', episodeId, unitId: to.unitId, contact } as const;
  return acknowledgeUrl(publicUrl, await links.sign(link, (again?.at ?? Date.parse(asking.at)) + LINK_LIFE));
}
