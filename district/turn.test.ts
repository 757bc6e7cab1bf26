import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../episode/commands.js';
import { beijingIso, HOUR } from '../plan/rules/calendar.js';
import { clause } from '../plan/rules/clauses.js';
import type { RevisionReminders } from '../plan/types.js';
import type { CarriedMatter, DistrictCommandBody } from './entries.js';
import { evolveDistrict } from './evolve.js';
import { beginDistrict, withoutDone } from './state.js';
import { type DistrictCommand, takeDistrictTurn } from './turn.js';

const NOW = Date.parse('2026-01-10T09:00:00+08:00');
const MiB = 2 ** 20;
const DAY = 24 * HOUR;
const REMINDERS: RevisionReminders = { aheadDays: 3, againDays: 7, quiet: { from: '22:00', until: '09:00' } };

const commandOf = (body: DistrictCommandBody, i: number): DistrictCommand => ({
  commandId: `c${i}`,
  bodyHash: '',
  actor: { accountId: 'office', role: 'office' },
  body,
});
const opened = takeDistrictTurn(
  beginDistrict(),
  [
    commandOf(
      {
        kind: 'handOver',
        episodeId: 'e1',
        after: 0,
        reminders: REMINDERS,
        matters: [
          { what: 'policy', text: '调整时限', dueAt: '2026-01-20T18:00:00+08:00', clause: clause('5.2'), seq: 900 },
        ],
      },
      0,
    ),
  ],
  NOW,
).state;

test('a turn ends below what the engine takes; the other commands come again, in their order', () => {
  const notes = Array.from({ length: 60 }, (_, i) =>
    commandOf({ kind: 'noteRevision', revisionId: 'r1', note: `${i}${'汉'.repeat(10_000)}` }, i + 1),
  );
  let state = opened;
  const told: string[] = [];
  for (let waiting = notes; waiting.length > 0; ) {
    const turn = takeDistrictTurn(state, waiting, NOW);
    expect(Buffer.byteLength(JSON.stringify(turn.entries))).toBeLessThan(MiB);
    expect(turn.outcomes.length).toBeGreaterThan(0);
    told.push(...turn.entries.flatMap((entry) => (entry.kind === 'revision.progressed' ? entry.data.note : [])));
    waiting = waiting.slice(turn.outcomes.length);
    state = turn.state;
  }
  expect(told.map((note) => Number.parseInt(note, 10))).toEqual(notes.map((_, i) => i));
});

/** Matters of an episode: a filed plan, a policy, and a unit's own problem. */
const matters = (text: string): CarriedMatter[] => [
  { what: 'policy', text, dueAt: '2026-01-20T18:00:00+08:00', clause: clause('5.2'), seq: 900 },
  {
    what: 'problem',
    text,
    subject: 'p1',
    unitId: 'ecology',
    dueAt: '2026-01-25T18:00:00+08:00',
    clause: clause('5.1'),
    seq: 70,
  },
];
const handOverOf = (episodeId: string, after: number): DistrictCommandBody => ({
  kind: 'handOver',
  episodeId,
  after,
  reminders: REMINDERS,
  matters: matters(`${episodeId}的第${after + 1}项`),
});

test('what is done leaves the state: after many years it is no larger, and numbers go on', () => {
  let state = beginDistrict();
  const sizes: number[] = [];
  for (let episode = 1; episode <= 100; episode += 1) {
    const done = [1, 2].map((n): DistrictCommandBody => {
      const revisionId = `r${2 * (episode - 1) + n}`;
      return { kind: 'completeRevision', revisionId, note: '已完成' };
    });
    const bodies = [handOverOf(`e${episode}`, 0), ...done];
    const turn = takeDistrictTurn(
      state,
      bodies.map((body, i) => commandOf(body, 10 * episode + i)),
      NOW + episode * DAY,
    );
    expect(turn.outcomes.map(({ status }) => status)).toEqual(Array(3).fill('accepted'));
    state = turn.state;
    const { commands: _, ...carried } = state;
    sizes.push(JSON.stringify(carried).length);
  }
  expect(state.revisions).toEqual([]);
  expect(state.opened).toBe(200);
  expect(sizes.at(-1)! - sizes[50]!).toBeLessThan(100);
});

test('random lives: a chain that forgets what is done decides as one that knows all of its entries', () => {
  const act = fc.record({
    days: fc.nat(40),
    what: fc.constantFrom<'handOver' | 'complete' | 'note' | 'postpone'>(
      'handOver',
      'complete',
      'complete',
      'note',
      'postpone',
    ),
    which: fc.integer({ min: 0, max: 9 }),
  });
  let forgotten = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (acts) => {
      let chain = beginDistrict();
      let whole = beginDistrict();
      let now = NOW;
      for (const [i, { days, what, which }] of acts.entries()) {
        now += days * DAY;
        const revisionId = `r${which}`;
        const bodies: { [K in typeof what]: DistrictCommandBody } = {
          handOver: handOverOf(`e${which % 4}`, 2 * (which % 2)),
          complete: { kind: 'completeRevision', revisionId, note: '已完成' },
          note: { kind: 'noteRevision', revisionId, note: '进展' },
          postpone: { kind: 'postponeRevision', revisionId, dueAt: beijingIso(now + 9 * DAY), reason: '改期' },
        };
        const command = commandOf(bodies[what], i);
        const turn = takeDistrictTurn(chain, [command], now);
        const { commands } = whole;
        const told = takeDistrictTurn(whole, [command], now);
        whole = { ...turn.entries.reduce(evolveDistrict, whole), commands };
        expect(told.entries).toEqual(turn.entries);
        expect(told.outcomes.map(withoutClause)).toEqual(turn.outcomes.map(withoutClause));
        chain = turn.state;
      }
      expect({ ...withoutDone(whole), commands: [] }).toEqual({ ...chain, commands: [] });
      forgotten += whole.revisions.length - chain.revisions.length;
    }),
  );
  expect(forgotten).toBeGreaterThan(20);
});

/** That of what is done is in the ledger alone. */
const withoutClause = (outcome: Outcome): object => ({ ...outcome, clause: undefined });

test('the same command again is answered alike, and another under its key is refused', () => {
  const note = commandOf({ kind: 'noteRevision', revisionId: 'r1', note: '已起草' }, 1);
  const first = takeDistrictTurn(opened, [note], NOW);
  const again = takeDistrictTurn(first.state, [note, { ...note, bodyHash: 'another' }], NOW);
  expect(again.outcomes).toMatchObject([
    { status: 'accepted', seq: first.state.head.seq, repeated: true },
    { status: 'refused', type: 'key-reused' },
  ]);
  expect(again.entries).toEqual([]);
});
