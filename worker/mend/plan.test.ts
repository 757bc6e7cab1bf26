import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GENESIS } from '../../episode/hash-chain.js';
import type { Tail } from '../../ledger/chain/chain.js';
import type { AppendInput } from '../../workflows/contract.js';
import { compare, type EngineEnd, type Mending, turnsBetween } from './plan.js';

/** A chain by names: entry 3 of `ab` has the hash `ab3`, as long as nobody wrote otherwise before it. */
const hash = (names: string, seq: number): string => (seq === 0 ? GENESIS : `${names.slice(0, seq)}${seq}`);
const tailOf = (names: string): Tail => ({ seq: names.length, hash: hash(names, names.length) });
const turnOf = (names: string, from: number): AppendInput =>
  ({
    entries: Array.from({ length: names.length - from }, (_, i) => ({
      seq: from + i + 1,
      hash: hash(names, from + i + 1),
      previousHash: hash(names, from + i),
    })),
  }) as unknown as AppendInput;

interface Engine {
  /** The chain that the engine knows to be stored, turn by turn. */
  turns: string[];
  /** A turn that it asked for last. */
  asked?: string;
  isRunning?: boolean;
  /** So many of its oldest turns are forgotten. */
  forgotten?: number;
}

/** The whole decision: of the ends, and where the engine is ahead of its turns too. */
function mendingOf(names: string, { turns, asked, isRunning = true, forgotten = 0 }: Engine): Mending {
  const whole = turns.join('');
  const ledger = { tail: tailOf(names), isSealed: false };
  const engine: EngineEnd = {
    isRunning,
    stored: tailOf(whole),
    ...(asked === undefined ? {} : { asked: tailOf(whole + asked) }),
  };
  const found = compare(ledger, engine, whole.length <= names.length ? hash(names, whole.length) : undefined);
  if (found.kind !== 'lacking') return found;
  const held = [...turns, ...(asked === undefined ? [] : [asked])].map((turn, i, all) => {
    const before = all.slice(0, i).join('');
    return turnOf(before + turn, before.length);
  });
  return turnsBetween(held.slice(forgotten), ledger, engine);
}

const spanOf = (mending: Mending) =>
  mending.kind === 'complete'
    ? [mending.turns[0]!.entries[0]!.seq, mending.turns.at(-1)!.entries.at(-1)!.seq]
    : undefined;

describe('what ledger and engine need', () => {
  test.each<[string, string, Engine, object]>([
    ['both have the same', 'aabb', { turns: ['aa', 'bb'] }, { kind: 'nothing' }],
    ['neither has anything', '', { turns: [] }, { kind: 'nothing' }],
    ['a turn is under way and not stored', 'aa', { turns: ['aa'], asked: 'bb' }, { kind: 'nothing' }],
    ['the answer to a stored turn was lost', 'aabb', { turns: ['aa'], asked: 'bb' }, { kind: 'nothing' }],
    ['the engine is older', 'aabbc', { turns: ['aa'] }, { kind: 'begin-again', engineSeq: 2 }],
    ['the engine is older and begins otherwise', 'aabb', { turns: ['aa'], asked: 'x' }, { kind: 'begin-again' }],
    [
      'the engine is older by a turn that it asked for',
      'aabbc',
      { turns: ['aa'], asked: 'bb' },
      { kind: 'begin-again' },
    ],
    ['an older run has ended', 'aabb', { turns: ['aa'], isRunning: false }, { kind: 'nothing' }],
    ['the ledger is older', 'aa', { turns: ['aa', 'bb', 'c'] }, { kind: 'complete', span: [3, 5] }],
    [
      'the ledger is older than a turn under way',
      'aa',
      { turns: ['aa', 'bb'], asked: 'c' },
      { kind: 'complete', span: [3, 4] },
    ],
    [
      'the ledger is older than a run that has ended',
      'a',
      { turns: ['a', 'b'], isRunning: false },
      { kind: 'complete', span: [2, 2] },
    ],
    ['the ledger does not have the episode', '', { turns: ['aa', 'b'] }, { kind: 'complete', span: [1, 3] }],
    ['both went on from different days', 'aax', { turns: ['aa', 'bb'] }, { kind: 'contradiction', seq: 3 }],
    ['the engine contradicts what is older', 'aaxx', { turns: ['aa', 'b'] }, { kind: 'contradiction', seq: 3 }],
    ['the ledger ends within a turn', 'aab', { turns: ['aa', 'bb'] }, { kind: 'contradiction', seq: 3 }],
    [
      'the engine has forgotten the turns between',
      'a',
      { turns: ['a', 'b', 'c'], forgotten: 2 },
      { kind: 'gap', firstSeq: 2, lastSeq: 2 },
    ],
  ])('%s', (_, names, engine, expected) => {
    const mending = mendingOf(names, engine);
    expect({ ...mending, span: spanOf(mending) }).toMatchObject(expected);
  });

  const drawnTurns = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }), {
    maxLength: 6,
  });

  test('two pasts of one life agree again, and nothing is ever written over', () => {
    fc.assert(
      fc.property(drawnTurns, fc.nat(6), fc.nat(6), fc.boolean(), (life, ledgerDay, engineDay, isRunning) => {
        const [ledger, turns] = [life.slice(0, ledgerDay).join(''), life.slice(0, engineDay)];
        const mending = mendingOf(ledger, { turns, isRunning });
        const engine = turns.join('');
        if (mending.kind === 'complete') {
          const added = mending.turns.flatMap((turn) => turn.entries.map((entry) => entry.hash));
          expect(added).toEqual(Array.from(added, (__, i) => hash(engine, ledger.length + i + 1)));
          expect(ledger.length + added.length).toBe(engine.length);
        } else if (mending.kind === 'begin-again') expect(engine.length).toBeLessThan(ledger.length);
        else expect([mending.kind, isRunning ? engine : '']).toEqual(['nothing', isRunning ? ledger : '']);
      }),
    );
  });

  test('lives that parted are never joined', () => {
    const other = fc.string({ unit: fc.constantFrom('x', 'y'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(drawnTurns, other, fc.array(other, { minLength: 1, maxLength: 3 }), (common, ours, theirs) => {
        const mending = mendingOf(`${common.join('')}${ours}`, {
          turns: [...common, ...theirs.map((turn) => `z${turn}`)],
        });
        expect(mending.kind).toBe('contradiction');
      }),
    );
  });
});
