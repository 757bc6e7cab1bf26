import { type Breach, breachesOf, breachesOfOffice } from '../../episode/breaches.js';
import { RULE_OF_DEADLINE } from '../../episode/clauses.js';
import { namedInEntries } from '../../episode/deadline-names.js';
import type { NamedDeadline } from '../../episode/entries.js';
import { itemsFor, kindOf, nameOf, unitsOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { UnitKind } from '../../plan/types.js';
import type { ReferralAnswer } from '../engine/referrals.js';

type BreachView = NamedDeadline & { outcome: Breach['outcome']; clause: string; dueAt: string; metAt?: string };

interface Account {
  late: number;
  missed: number;
  breaches: BreachView[];
}

export interface UnitAccount extends Account {
  unitId: string;
  name: string;
  kind: UnitKind;
  /** What it said it had nothing to do for: neither done nor failed. */
  notApplicable: Array<{ taskId: string; clause: string }>;
  /** To the supervisor or the committee, with the reason. */
  referrals: ReferralAnswer[];
}

/** Late and missing answers of each unit, with the clause (§7). */
export const accountabilityOf = (
  state: EpisodeState,
  referrals: readonly ReferralAnswer[],
): { items: UnitAccount[]; office: Account } => ({
  items: unitsOf(state).map((unit) => ({
    unitId: unit.unitId,
    name: nameOf(state, unit.unitId),
    kind: kindOf(state, unit.unitId),
    ...accountOf(state, breachesOf(state, unit)),
    notApplicable: itemsFor(state, unit).flatMap(({ id, clause }) =>
      unit.tasks[id]?.status === 'not-applicable' ? [{ taskId: id, clause }] : [],
    ),
    referrals: referrals.filter(({ unitId }) => unitId === unit.unitId),
  })),
  office: accountOf(state, breachesOfOffice(state)),
});

const accountOf = (state: EpisodeState, breaches: Breach[]): Account => ({
  late: breaches.filter(({ outcome }) => outcome === 'late').length,
  missed: breaches.filter(({ outcome }) => outcome === 'missed').length,
  breaches: breaches.map(({ outcome, dueAt, metAt, ...one }) => ({
    ...namedInEntries(state, one),
    outcome,
    clause: state.binding.rules[RULE_OF_DEADLINE[one.deadline]],
    dueAt: beijingIso(dueAt),
    ...(metAt === undefined ? {} : { metAt: beijingIso(metAt) }),
  })),
});
