import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import pino from 'pino';
import { register } from 'prom-client';
import { findEntries } from '../ledger/reading/reading.js';
import { onBothDatabases } from '../ledger/testing/databases.js';
import type { AppendInput } from '../workflows/contract.js';
import { appender } from './append.js';
import { EPISODE, schoolBinding, WrittenLife } from './testing/life.js';

const logged: string[] = [];
const log = pino({ level: 'error' }, { write: (line) => logged.push(line) });

const turnOf = (life: WrittenLife): AppendInput => ({
  chainId: EPISODE,
  binding: schoolBinding,
  now: 0,
  commands: [],
  underWay: [],
  applied: [],
  entries: life.entries,
});

const conflicts = async (): Promise<number> =>
  (await register.getSingleMetric('qingkong_ledger_conflicts_total')!.get()).values[0]!.value;

onBothDatabases('append', (database) => {
  const append = (turn: AppendInput) => appender({ database: database(), log })(turn);

  test('a turn is stored, and its retry adds nothing', async () => {
    const turn = turnOf(new WrittenLife().start());
    expect(await append(turn)).toEqual({ status: 'stored' });
    expect(await append(turn)).toEqual({ status: 'stored' });
    expect(await findEntries(database(), EPISODE, [1])).toEqual([turn.entries[0]]);
  });

  test('a second real episode is refused and stores nothing', async () => {
    await append(turnOf(new WrittenLife().start()));
    const other = { ...turnOf(new WrittenLife().start({ text: '另一次' })), chainId: 'other' };
    expect(await append(other)).toEqual({ status: 'refused', type: 'episode-active' });
    expect(await findEntries(database(), 'other', [1])).toEqual([]);
  });

  test('a conflict is an alarm: counted, logged, and a failure that is tried again', async () => {
    await append(turnOf(new WrittenLife().start()));
    const before = await conflicts();
    const failure = await append(turnOf(new WrittenLife().start({ text: '另一种经过' }))).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: 'ledger-conflict', nonRetryable: false });
    expect(await conflicts()).toBe(before + 1);
    expect(JSON.parse(logged.splice(0).join())).toMatchObject({ episodeId: EPISODE, level: 50 });
  });
});
