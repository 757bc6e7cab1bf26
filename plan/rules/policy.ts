/** The office's policy as it holds at one level of warning. */
import type { ByLevel, DeadlineKind, Policy, PolicyChanges, PolicyValues, WarningLevel } from '../types.js';
import { type Step, stepsOf } from './chains.js';

export interface PolicyAtLevel extends Omit<PolicyValues, 'chains'> {
  chains: Record<DeadlineKind, Step[]>;
}

const known = new WeakMap<Policy, Partial<ByLevel<PolicyAtLevel>>>();

/** The policy at a level. Example: of `{yellow: 60, orange: 30, red: 15}` minutes, orange has 30. */
export function policyAt(policy: Policy, level: WarningLevel): PolicyAtLevel {
  const before = known.get(policy);
  const found = before?.[level];
  if (found) return found;
  const values = valuesAt(policy, level);
  known.set(policy, { ...before, [level]: values });
  return values;
}

function valuesAt({ chains, ...others }: Policy, level: WarningLevel): PolicyAtLevel {
  const values = mapped<string, unknown, unknown>(others, (value) => at(value, level)) as unknown as PolicyValues;
  return { ...values, chains: mapped(chains, (chain) => stepsOf(at(chain, level), level, values.quiet)) };
}

const mapped = <K extends string, T, R>(all: Record<K, T>, each: (value: T) => R): Record<K, R> =>
  Object.fromEntries(Object.entries<T>(all).map(([name, value]) => [name, each(value)])) as Record<K, R>;

const at = <T>(value: T | ByLevel<T>, level: WarningLevel): T => (isByLevel(value) ? value[level] : value);

export const isByLevel = <T>(value: T | ByLevel<T>): value is ByLevel<T> =>
  typeof value === 'object' && value !== null && 'yellow' in value;

/** A drill's chain replaces the whole chain of that deadline. */
export const withChanges = (policy: Policy, { chains, ...changes }: PolicyChanges = {}): Policy => ({
  ...policy,
  ...changes,
  ...(chains === undefined ? {} : { chains: { ...policy.chains, ...chains } }),
});
