import { expect, test } from '@jest/globals';
import { clause } from '../plan/rules/clauses.js';
import type { DistrictCommandBody } from './entries.js';
import { beginDistrict } from './state.js';
import { type DistrictCommand, takeDistrictTurn } from './turn.js';

const NOW = Date.parse('2026-01-10T09:00:00+08:00');
const MiB = 2 ** 20;

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
        reminders: { aheadDays: 3, againDays: 7, quiet: { from: '22:00', until: '09:00' } },
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
