import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atLength } from '../lib/testing/at-length.js';
import { callingListOf } from './calling-list.js';
import { due } from './due.js';
import { evolve } from './evolve.js';
import { countHandedOver } from './open-matters.js';
import { openProblemsOf } from './problems.js';
import { begin, unitsOf } from './state.js';
import { boardFaults } from './testing/board-invariants.js';
import { callingListFaults } from './testing/call-invariants.js';
import { lifeFaultsOf } from './testing/invariants.js';
import { openInRecord } from './testing/problem-invariants.js';
import { editionOf, live, randomLife } from './testing/random-life.js';
import { overseerFaults } from './testing/referral-invariants.js';
import { boardOf } from './views.js';

/** What suspensions make of a life. */
const SUSPENDED = ['response.suspended', 'response.resumed', 'unit.resumed', 'deadline.reopened'];
/** What persons do seldom, and what comes of it. */
const RARE = [
  'report.corrected',
  'unit.urged',
  'message.resent',
  'breach.explained',
  'text.issued',
  'broadcast.repeated',
  'broadcast.ended',
  'statement.issued',
  'appearance.noted',
  'circular.acknowledged',
  'circular.missed',
  'circular.answered',
  'measures.missed',
  'circular.closed',
  'task.cancelled',
];
const NOTHING = { revisions: 0, problems: 0, circulars: 0, referrals: 0 };
const LIVES = atLength(10_000, 1_000);

test(
  'random lives: every deadline one outcome, no impossible state, the fold of the entries is the state',
  () => {
    const phases = new Map<string, number>();
    const count = (phase: string) => phases.set(phase, (phases.get(phase) ?? 0) + 1);
    fc.assert(
      fc.property(randomLife, (drawn) => {
        const { life, outcomes, now } = live(drawn);
        const { state, entries } = life;

        const faults = lifeFaultsOf(entries, now);
        const open = unitsOf(state).flatMap((unit) => openProblemsOf(unit).map(([id]) => `${unit.unitId} ${id}`));
        if (!isDeepStrictEqual(new Set(open), openInRecord(entries))) faults.push('other problems are open');
        faults.push(...overseerFaults(entries, editionOf(drawn).supervisorUnit));
        if (entries.length > 0) faults.push(...boardFaults(boardOf(state, now), entries));
        faults.push(...callingListFaults(callingListOf(state), entries));
        const folded = entries.reduce(evolve, begin('e1', editionOf(drawn)));
        if (!isDeepStrictEqual({ ...folded, commands: [] }, { ...state, commands: [] }))
          faults.push('the fold differs');
        if (outcomes.some(({ status }) => status !== 'accepted' && status !== 'refused')) faults.push('no outcome');
        // While a response is on, something is always to come; a sealed record waits for nothing; nothing is overdue.
        const next = due(state, now, ({ key }) => life.underWay.has(key), life.underWay.size === 0);
        if (state.phase === 'closed' && next !== undefined) faults.push('sealed, and something due');
        if (next === undefined && (state.phase === 'announced' || state.phase === 'active'))
          faults.push('nothing to come');
        if (next !== undefined && next <= now) faults.push('overdue');
        const handedOver = entries.find((entry) => entry.kind === 'review.handed-over')?.data;
        if (
          state.phase === 'closed' &&
          !state.drill &&
          !isDeepStrictEqual(handedOver ?? NOTHING, countHandedOver(state))
        )
          faults.push('not handed over as it stands');
        if (faults.length > 0) throw new Error(faults.join('\n'));
        if (entries[0] && state.notices[0]!.enteredAt < state.notices[0]!.effectiveAt) count('announced');
        count(state.phase);
        if (state.abandoned) count('abandoned');
        if (state.referrals.length > 0) count('referred');
        if (Object.keys(state.digestsSubmitted).length > 0) count('submitted');
        if (state.digestRemindedTo !== undefined) count('reminded');
        for (const kind of SUSPENDED) if (entries.some((entry) => entry.kind === kind)) count(kind);
        if (entries.some((entry) => entry.kind === 'text.issued' && entry.data.version > 1)) count('text corrected');
        if (handedOver) count('handed over');
        if (open.length > 0) count('problem');
        if (entries.some(({ kind }) => kind === 'problem.settled')) count('put right');
        for (const kind of RARE) if (entries.some((entry) => entry.kind === kind)) count(kind);
      }),
      { numRuns: LIVES },
    );
    // The lives drawn end in every phase, and have what is rare, often enough to mean something. In a thousand lives the rarest
    // comes some eight times; once in a while a seed has it twice.
    const often = [...phases].flatMap(([phase, times]) => (times > atLength(LIVES / 500, 0) ? [phase] : []));
    expect(often).toEqual(
      expect.arrayContaining([
        'announced',
        'active',
        'reporting',
        'reviewing',
        'closed',
        'abandoned',
        'referred',
        'submitted',
        'reminded',
        ...SUSPENDED,
        'problem',
        'put right',
        ...RARE,
        'text corrected',
      ]),
    );
  },
  20 * 60_000,
);
