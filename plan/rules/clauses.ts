/** Clauses of the plan, as printed: `3.1.2`, `4.3.2.1（2）`, `附件1三（七）`. § or 预案 is added where a person sees one. */

declare const asPrinted: unique symbol;
export type Clause = string & { readonly [asPrinted]: true };

/** @throws RangeError for a text that has § or 预案 before its number */
export function clause(printed: string): Clause {
  if (/^(§|预案)|^\s*$/.test(printed)) throw new RangeError(`not a clause as printed: ${printed}`);
  return printed as Clause;
}

/** The rules that the program cites. The edition gives the clause of each (`rules` in plan.yaml). */
export const RULES = [
  /** The pollutant that the plan covers. */
  'scope',
  /** The responsible units; more may be added. */
  'units',
  'starts',
  /** The district's level is never below the city's. */
  'neverBelow',
  'acknowledgement',
  'adjusts',
  'lifts',
  /** The public is told of a warning. */
  'publishes',
  /** Measures may be held for a time. */
  'suspends',
  /** The response level that a warning level starts. */
  'levels',
  'implementation',
  'tasks',
  /** Measures may be stricter than printed. */
  'stricter',
  /** A regional warning is a start notice too. */
  'regional',
  'evaluation',
  /** The response ends by itself on lifting. */
  'ends',
  'daily',
  'followUp',
  'summary',
  'review',
  /** Concerns of the public are answered, rumours corrected. */
  'statements',
  /** Everyone can be reached at any hour. */
  'reachable',
  /** A unit's failure is handed to those who inspect and discipline. */
  'referral',
  /** Circulars of the city are forwarded, and the units pressed to act on them. */
  'circulars',
  /** The district names in circulars of its own what was not carried out. */
  'ownCirculars',
] as const;
export type Rule = (typeof RULES)[number];
export type Rules = Readonly<Record<Rule, Clause>>;
