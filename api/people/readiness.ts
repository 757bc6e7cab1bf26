import { accountsNotTakenOver } from '../../ledger/people/accounts.js';
import { contactListsOf } from '../../ledger/people/contacts.js';
import { hasHeldDrill } from '../../ledger/reading/reading.js';
import { canBeTold, placeholdersOf, unreachableBecause, workingChannelsOf } from '../../plan/people/contacts.js';
import { holdersOf } from '../../plan/people/holders.js';
import type { KnownContact } from '../../plan/types.js';
import type { Context } from '../engine/context.js';

/** How far the installation is from its first real episode: people to reach, passwords still as handed out, a drill. */
export async function readinessAnswer(context: Context) {
  const { accounts, items } = await accountsNotTakenOver(context.database);
  const handedOut = items.map(({ accountId, username, name, role, unitId, passwordHash, lastSignInAt }) => ({
    accountId,
    username,
    name,
    role,
    ...(unitId === undefined ? {} : { unitId }),
    hasPassword: passwordHash !== undefined,
    hasSignedIn: lastSignInAt !== undefined,
  }));
  return {
    items: await readinessOf(context),
    passwords: { accounts, handedOut },
    drillHeld: await hasHeldDrill(context.database),
  };
}

/** Lists holders with a gap in their contacts: none at all, one without a channel, or one not entered yet. */
async function readinessOf({ database, edition }: Context): Promise<object[]> {
  const holders = holdersOf(edition);
  const lists = await contactListsOf(
    database,
    holders.map(({ unitId }) => unitId),
  );
  const items = holders.map(({ unitId, name }) => {
    const contacts = lists.get(unitId) ?? [];
    const because = unreachableBecause(unitId, contacts);
    return {
      unitId,
      name,
      reachable: because === undefined,
      ...(because === undefined ? {} : { because }),
      contacts: contacts.filter((contact) => isWanting(unitId, contact)).map(channelsOf),
    };
  });
  return items.filter(({ reachable, contacts }) => !reachable || contacts.length > 0);
}

const channelsOf = (contact: KnownContact) => ({
  contactId: contact.contactId,
  role: contact.role,
  name: contact.name,
  channels: workingChannelsOf(contact),
  placeholders: placeholdersOf(contact),
});

const isWanting = (holder: string, contact: KnownContact): boolean =>
  !canBeTold(holder, contact) || placeholdersOf(contact).length > 0;
