/** Who would be told of a notice, by which channels, and who cannot be. */
import type { Foreseen } from '../../episode/foresee.js';
import { kindOf, nameOf } from '../../episode/state.js';
import type { Message } from '../../episode/state-types.js';
import { configuredChannels } from '../../ledger/channels.js';
import type { Database } from '../../ledger/database.js';
import { type PersonTold, recipientsOf } from '../../ledger/people/roster.js';
import { addressOf, placeholdersOf, type Unreachable } from '../../plan/people/contacts.js';
import { reachesPerson, waysTo } from '../../plan/rules/ways.js';
import { CHANNELS, type Channel } from '../../plan/types.js';

export interface UnreachableRow {
  unitId: string;
  name: string;
  contactId?: string;
  person?: string;
  reason: Unreachable;
}

export async function peopleForeseen(database: Database, { state, units, now }: Foreseen) {
  const has = await configuredChannels(database);
  const told = units.flatMap(({ unit, message }) => (message ? [{ unitId: unit.unitId, message }] : []));
  const asked = told.map(({ unitId }) => ({ holder: unitId, whom: 'everyone' as const }));
  const lists = await recipientsOf(database, asked, now);
  const besides = new Map<string, { channel: Channel; name: string }>();
  const unreachable: UnreachableRow[] = [];
  const items = told.map(({ unitId, message }, i) => {
    const all = lists[i]!;
    const name = nameOf(state, unitId);
    const people = all.flatMap((one) => {
      for (const robot of robotsOf(one, has)) besides.set(`${robot.channel} ${robot.name}`, robot);
      const channels = channelsTo(message, one, all, has);
      const { reference: contactId, role, isOnDuty: onDuty } = one;
      if (channels.length > 0) return [{ contactId, role, name: one.name, onDuty, channels }];
      unreachable.push({ unitId, name, contactId, person: one.name, reason: whyNot(one) });
      return [];
    });
    if (all.length === 0) unreachable.push({ unitId, name, reason: 'no-contact' });
    return { unitId, name, kind: kindOf(state, unitId), people };
  });
  const people = items.flatMap((one) => one.people);
  return {
    units: items.length,
    people: people.length,
    byChannel: CHANNELS.flatMap((channel) => {
      const count = people.filter(({ channels }) => channels.includes(channel)).length;
      return count > 0 ? [{ channel, people: count }] : [];
    }),
    besides: [...besides.values()],
    unreachable,
    items,
  };
}

/** The first of each line of ways that reaches the person. */
const channelsTo = (
  message: Message,
  one: PersonTold,
  all: readonly PersonTold[],
  has: ReadonlySet<Channel>,
): Channel[] => [
  ...new Set(
    waysTo(message, one, all).flatMap((line) => {
      const usable = line.find((channel) => reachesPerson(channel) && isUsable(one, channel, has));
      return usable ?? [];
    }),
  ),
];

const isUsable = (one: PersonTold, channel: Channel, has: ReadonlySet<Channel>): boolean =>
  has.has(channel) && addressOf(one, channel) !== undefined && !placeholdersOf(one).includes(channel);

const robotsOf = (one: PersonTold, has: ReadonlySet<Channel>): Array<{ channel: Channel; name: string }> =>
  CHANNELS.flatMap((channel) => {
    const name = reachesPerson(channel) ? undefined : addressOf(one, channel);
    return name !== undefined && has.has(channel) ? [{ channel, name }] : [];
  });

const whyNot = (one: PersonTold): Unreachable => (placeholdersOf(one).length > 0 ? 'placeholder' : 'no-channel');
