/** Lives with suspensions, for their tests. */
import { expect } from '@jest/globals';
import type { Binding } from '../../plan/types.js';
import type { CommandBody, SuspendCommand } from '../commands.js';
import { unitPageOf } from '../views.js';
import { lifeFaultsOf } from './invariants.js';
import { at, binding, iso, Life, type Post, policy, startOf, taken } from './life.js';

export const DAY = '2026-01-10';
export const NEXT = '2026-01-11';

export const suspendOf = (
  items: SuspendCommand['items'],
  span: { from?: string; until?: string } = {},
  unitIds?: string[],
): CommandBody => ({
  kind: 'suspend',
  items,
  ...(unitIds && { unitIds }),
  ...(span.from && { from: iso(span.from) }),
  ...(span.until && { until: iso(span.until) }),
  reason: '节日保障',
});
export const resumeOf = (suspensionId = 's1'): CommandBody => ({ kind: 'resume', suspensionId, reason: '节日结束' });

/** Presses for the implementation report again, two hours later. */
export const longer: Binding = {
  ...binding,
  policy: {
    ...policy,
    chains: {
      ...policy.chains,
      implementation: [...policy.chains.implementation, { after: 120, to: 'lead', ways: [['sms']] }],
    },
  },
};

/** In force at yellow since 14:00. */
export function running({ edition = binding, post = taken }: { edition?: Binding; post?: Post } = {}): Life {
  const life = new Life(edition, post);
  life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
  return life;
}

export const taskAddedOf = (dueAt: string, unitIds = ['education']): CommandBody => ({
  kind: 'addTask',
  unitIds,
  text: '加密巡查',
  dueAt: iso(dueAt),
});

export const told = (life: Life, kind: 'unit.suspended' | 'unit.resumed') =>
  life.of(kind).map(({ unitId, episodeTime, data }) => [unitId, episodeTime.slice(5, 16), data.taskIds]);
export const happened = (life: Life) =>
  life.entries
    .filter(({ kind }) => kind.startsWith('response.') || kind === 'suspension.ordered')
    .map(({ kind, episodeTime }) => `${kind} ${episodeTime.slice(5, 16)}`);
export const page = (life: Life, when: string, unitId = 'education') => unitPageOf(life.state, unitId, at(when));
export const sound = (life: Life, when: string) => expect(lifeFaultsOf(life.entries, at(when))).toEqual([]);
