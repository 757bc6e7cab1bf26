import { type Breach, breachesOf, breachesOfOffice } from '../../episode/breaches.js';
import { RULE_OF_DEADLINE } from '../../episode/clauses.js';
import { chaseKey, namedInEntries } from '../../episode/deadline-names.js';
import type { NamedDeadline } from '../../episode/entries.js';
import { itemsFor, kindOf, nameOf, unitsOf } from '../../episode/state.js';
import type { EpisodeState, UnitState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { UnitKind } from '../../plan/types.js';
import type { ReferralAnswer } from '../engine/referrals.js';
import type { ExplanationAnswer, Explanations } from './explanations.js';

type BreachView = NamedDeadline & {
  outcome: Breach['outcome'];
  clause: string;
  dueAt: string;
  metAt?: string;
  urged?: number;
  explanation?: ExplanationAnswer;
};

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
  explanations: Explanations,
): { items: UnitAccount[]; office: Account } => ({
  items: unitsOf(state).map((unit) => ({
    unitId: unit.unitId,
    name: nameOf(state, unit.unitId),
    kind: kindOf(state, unit.unitId),
    ...accountOf(state, breachesOf(state, unit), unit, explanations),
    notApplicable: itemsFor(state, unit).flatMap(({ id, clause }) =>
      unit.tasks[id]?.status === 'not-applicable' ? [{ taskId: id, clause }] : [],
    ),
    referrals: referrals.filter(({ unitId }) => unitId === unit.unitId),
  })),
  office: accountOf(state, breachesOfOffice(state)),
});

const accountOf = (
  state: EpisodeState,
  breaches: Breach[],
  unit: Answered = {},
  explanations: Explanations = new Map(),
): Account => ({
  late: breaches.filter(({ outcome }) => outcome === 'late').length,
  missed: breaches.filter(({ outcome }) => outcome === 'missed').length,
  breaches: breachViews(state, breaches, unit, explanations),
});

type Answered = Pick<UnitState, 'urges' | 'explanations'>;

/** Each with the clause that was broken, how often the office has urged about it, and the unit's reason. */
export const breachViews = (
  state: EpisodeState,
  breaches: readonly Breach[],
  { urges = {}, explanations: stated = {} }: Answered,
  explanations: Explanations,
): BreachView[] =>
  breaches.map(({ outcome, dueAt, metAt, ...one }) => {
    const key = chaseKey(one);
    const urged = urges[key]?.count;
    const explanation = stated[key] && explanations.get(stated[key].seq);
    return {
      ...namedInEntries(state, one),
      outcome,
      clause: state.binding.rules[RULE_OF_DEADLINE[one.deadline]],
      dueAt: beijingIso(dueAt),
      ...(metAt === undefined ? {} : { metAt: beijingIso(metAt) }),
      ...(urged === undefined ? {} : { urged }),
      ...(explanation && { explanation }),
    };
  });
