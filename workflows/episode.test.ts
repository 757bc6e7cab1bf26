/** The workflow's own part on a real engine: runs that end, commands that come late, turns that are full. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CommandBody, Outcome } from '../episode/commands.js';
import { binding } from '../episode/testing/life.js';
import { type Backend, openBackend } from '../test/support/backend.js';
import { startAt } from '../test/support/hours.js';
import { describeWithSkippedTime } from '../test/support/time-skipping.js';
import { CONTINUING } from './contract.js';

const ending: CommandBody[] = [
  { kind: 'submitFollowUp', text: '信息报送' },
  { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } },
  { kind: 'publishReview' },
];
const statusesOf = (outcomes: Outcome[]) => outcomes.map((one) => (one.status === 'refused' ? one.type : one.status));

await describeWithSkippedTime('an episode', (environment) => {
  let backend: Backend;
  let now: number;
  beforeEach(async () => {
    const { nativeConnection, client } = environment();
    backend = await openBackend({ connection: nativeConnection, client, namespace: 'default', binding });
    now = await environment().currentTimeMs();
  });
  afterEach(() => backend.close());

  const lift = (): CommandBody => {
    const { notice } = startAt(now) as Extract<CommandBody, { kind: 'start' }>;
    return { kind: 'lift', notice: { ...notice, number: '2号' } };
  };

  test('goes on in another run after eight hundred events, and every update is answered once', async () => {
    await backend.start('grown', startAt(now));
    const unknown: CommandBody = { kind: 'acknowledge', unitId: 'nobody' };
    /** Submits as the gate does: commands that the ending run does not take are sent to the next. */
    const submit = async (): Promise<Outcome[]> => {
      try {
        return await backend.submit('grown', [unknown]);
      } catch (error) {
        const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
        if (!(cause instanceof ApplicationFailure) || cause.type !== CONTINUING) throw error;
        return submit();
      }
    };
    let left = 500;
    const client = async () => {
      for (; left > 0; left -= 1) expect(statusesOf(await submit())).toEqual(['unit-unknown']);
    };
    await Promise.all(Array.from({ length: 5 }, client));
    expect((await backend.histories()).length).toBeGreaterThan(1);
    expect(statusesOf(await backend.submit('grown', [{ kind: 'acknowledge', unitId: 'street-a' }]))).toEqual([
      'accepted',
    ]);
  });

  test('answers commands that come with the one that closes it, and those that come after the refused start', async () => {
    await backend.start('closed', startAt(now));
    await backend.submit('closed', [lift(), ...ending.slice(0, 2)]);
    const late: CommandBody = { kind: 'acknowledge', unitId: 'street-a' };
    const [publishing, ...others] = await Promise.all([
      backend.submit('closed', [ending[2]!, late]),
      backend.submit('closed', [late]).catch(() => []),
    ]);
    expect(statusesOf(publishing).slice(0, 1)).toEqual(['accepted']);
    expect(['episode-lifted', 'episode-closed']).toContain(statusesOf(publishing)[1]);
    for (const outcomes of others)
      expect(['episode-lifted', 'episode-closed']).toEqual(expect.arrayContaining(statusesOf(outcomes)));
    while ((await backend.state('closed')).phase !== 'closed') await environment().sleep('1 second');

    const ozone = { ...startAt(now), primaryPollutant: 'O3' } as CommandBody;
    expect(await backend.start('refused', ozone)).toMatchObject({ type: 'pollutant-not-covered' });
  });

  test('a turn that is full leaves the rest to the next, and every command has its own outcome', async () => {
    await backend.start('full', startAt(now));
    const units = binding.units.map(({ unitId }) => unitId);
    const texts = Array.from({ length: 90 }, (_, n) => `${n}：${'晴'.repeat(9_000)}`);
    const before = backend.appends.length;
    const outcomes = await backend.submit(
      'full',
      texts.map((text) => ({ kind: 'addTask', unitIds: units, text })),
    );
    const entries = await backend.entries('full');
    const textAt = (seq: number) => {
      const entry = entries[seq - 1]!;
      return entry.kind === 'task.added' ? entry.data.text : undefined;
    };
    expect(outcomes.map((one) => (one.status === 'accepted' ? textAt(one.seq) : undefined))).toEqual(texts);
    expect(backend.appends.length - before).toBeGreaterThan(1);
  });
});
