import type { StoredOverride } from '../../ledger/people/duty-overrides.js';
import { type Days, rostersOf, type StoredRoster } from '../../ledger/people/roster.js';
import { gapsIn, onDutyAt, type Span } from '../../plan/people/roster.js';
import { beijingInstant, beijingIso, endOfDay } from '../../plan/rules/calendar.js';
import type { KnownContact } from '../../plan/types.js';
import type { Context } from '../engine/context.js';

const spanOf = (days: Days): Span => ({ from: beijingInstant(days.from), until: endOfDay(days.until) });

/** A holder's roster of some days, its substitutes and gaps within them, and who is on duty now. */
export async function rosterAnswer(context: Context, holder: string, days: Days): Promise<object> {
  return (await rosterAnswers(context, [holder], days)).get(holder)!;
}

/** Of several holders, by holder. */
export async function rosterAnswers(
  { database, clock }: Context,
  holders: readonly string[],
  days: Days,
): Promise<Map<string, object>> {
  const rosters = await rostersOf(database, holders, spanOf(days));
  const now = clock();
  const present = await rostersOf(database, holders, { from: now, until: now });
  return new Map(
    holders.map((holder) => [
      holder,
      {
        unitId: holder,
        ...days,
        ...entered(rosters.get(holder)!, days),
        onDuty: onDutyAnswer(present.get(holder)!, now),
      },
    ]),
  );
}

function entered(roster: StoredRoster, days: Days): object {
  const span = spanOf(days);
  return {
    items: roster.rows
      .filter(({ date }) => date >= days.from && date <= days.until)
      .map(({ date, from, until, contactId, shift }) => ({
        date,
        from,
        until,
        ...personOf(roster.contacts, contactId),
        ...(shift === undefined ? {} : { shift }),
      })),
    overrides: roster.overrides.map((one) => overrideAnswer(one, roster.contacts)),
    gaps: gapsIn(roster, span.from, span.until).map(spanAnswer),
  };
}

function onDutyAnswer(roster: StoredRoster, at: number): object {
  const { source, contactIds } = onDutyAt(roster, at);
  return { at: beijingIso(at), source, contacts: contactIds.map((id) => personOf(roster.contacts, id)) };
}

export const overrideAnswer = (override: StoredOverride, contacts: readonly KnownContact[]): object => ({
  overrideId: override.overrideId,
  unitId: override.holder,
  ...personOf(contacts, override.contactId),
  ...spanAnswer(override),
  ...(override.reason === undefined ? {} : { reason: override.reason }),
  enteredBy: override.enteredBy,
  enteredAt: beijingIso(override.enteredAt),
  ...(override.cancelledAt === undefined
    ? {}
    : { cancelledBy: override.cancelledBy, cancelledAt: beijingIso(override.cancelledAt) }),
});

/** A person who has left the contacts is known by id alone. */
function personOf(contacts: readonly KnownContact[], contactId: string): { contactId: string; name?: string } {
  const contact = contacts.find((one) => one.contactId === contactId);
  return contact ? { contactId, name: contact.name } : { contactId };
}

export const spanAnswer = ({ from, until }: Span) => ({ from: beijingIso(from), until: beijingIso(until) });
