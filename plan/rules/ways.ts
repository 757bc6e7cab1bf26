/** Which channels reach a person (§6.6). Nobody may be looking at a group or at another program: they are told besides. */
import type { Channel, Contact, Ways } from '../types.js';

/** Public media are programs, which take signed requests alone. */
export const MEDIA_WAYS: Ways = [['webhook']];

const BESIDES: ReadonlySet<Channel> = new Set(['wecom', 'dingtalk', 'webhook']);

export const reachesPerson = (channel: Channel | 'none'): boolean => channel !== 'none' && !BESIDES.has(channel);

/** Whether a recipient has what a channel took. The public media are no person: their program has it (§3.1.4). */
export const arrivesBy = (to: string, channel: Channel | 'none'): boolean =>
  to === 'media' ? channel === 'webhook' : reachesPerson(channel);

/** A line of channels of both kinds would take a robot for the person. */
export const isMixed = (line: readonly Channel[]): boolean => line.some(reachesPerson) && !line.every(reachesPerson);

/** The ways that wake nobody. */
export const byMailAlone = (ways: Ways): Ways => (ways.some((line) => line.includes('email')) ? [['email']] : []);

type Told = Pick<Contact, 'role'> & { isOnDuty: boolean };

/** A lead who is not on duty is told by his own ways (policy, `leadNoticeWays`) if others of the unit are told too. */
export function waysTo<T extends Told>(
  { ways, leadWays = ways }: { ways: Ways; leadWays?: Ways },
  one: T,
  all: readonly T[],
): Ways {
  const isLead = ({ role, isOnDuty }: Told) => role === 'lead' && !isOnDuty;
  return isLead(one) && !all.every(isLead) ? leadWays : ways;
}
