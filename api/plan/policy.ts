/** The policy for its readers: each value with what it decides, who chose it and why, and whether it is as it was shipped. */
import { isDeepStrictEqual } from 'node:util';
import type { Edition } from '../../plan/edition/edition.js';
import { DEADLINES, type Policy } from '../../plan/types.js';
import { chainWords, POLICY_WORDS } from '../../plan/wording/policy-words.js';

interface PolicyRow {
  name: string;
  label: string;
  meaning: string;
  value: unknown;
  shipped?: unknown;
  isChanged: boolean;
  by: 'office';
  why: string;
  clause?: string;
}

export function policyAnswer({ policy, policyNotes, shipped, plan, hash }: Edition) {
  const values = Object.keys(POLICY_WORDS) as Array<keyof typeof POLICY_WORDS>;
  const of = (name: keyof Policy, kept: (values: Policy) => unknown) => {
    const { by, why, clause } = policyNotes[name];
    const [value, asShipped] = [kept(policy), shipped && kept(shipped)];
    return {
      value,
      ...(asShipped === undefined ? {} : { shipped: asShipped }),
      isChanged: asShipped !== undefined && !isDeepStrictEqual(value, asShipped),
      by,
      why,
      ...(clause === undefined ? {} : { clause }),
    };
  };
  const items: PolicyRow[] = [
    ...values.map((name) => ({ name, ...POLICY_WORDS[name], ...of(name, (all) => all[name]) })),
    ...DEADLINES.map((deadline) => ({
      name: `chains.${deadline}`,
      ...chainWords(deadline),
      ...of('chains', ({ chains }) => chains[deadline]),
    })),
  ];
  return { edition: { ...plan.edition, hash }, items };
}
