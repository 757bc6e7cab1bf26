import type { CommandBody, DeliveryResult } from '../commands.js';
import { binding, Life, type Post, startOf, taken } from './life.js';

/** One unit alone, so that every message is about it. */
export const ALONE = { ...binding, units: binding.units.slice(0, 1) };
export const ALONE_SINCE = '2026-01-10 14:00';

/** A life just begun. */
export const lifeAlone = (post: Post = taken, edition = ALONE): Life => {
  const life = new Life(edition, post);
  life.do(ALONE_SINCE, startOf(ALONE_SINCE));
  return life;
};

export const acknowledgeAlone: CommandBody = { kind: 'acknowledge', unitId: 'education' };

export const deliveredAs = (
  outcome: DeliveryResult['outcome'],
  reason?: string,
  contact = 'liaison-1',
): DeliveryResult => ({
  contact,
  contactHash: 'h',
  channel: 'sms',
  outcome,
  ...(reason === undefined ? {} : { reason }),
});
