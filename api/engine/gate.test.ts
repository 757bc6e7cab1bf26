import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import type { Command, Outcome } from '../../episode/commands.js';
import { refuse } from '../../episode/decide/refusals.js';
import { begin } from '../../episode/state.js';
import { binding, rules } from '../../episode/testing/life.js';
import { MAX_BATCH_COMMANDS, MAX_COMMAND_BYTES } from '../../workflows/contract.js';
import { type EpisodeEngine, EpisodeGone, UpdateRefused } from './engine.js';
import { type AskRecord, createGate } from './gate.js';

const log = pino({ level: 'silent' });
const noRecord: AskRecord = () => Promise.reject(new Error('not asked'));

const command = (id: string, text = ''): Command => ({
  commandId: id,
  bodyHash: `hash of ${text}`,
  actor: { accountId: 'a', role: 'unit' },
  body: { kind: 'reportImplementation', unitId: 'u', text },
});

interface Step {
  /** Whether the engine takes the update, and whether its answer comes back. */
  taken: boolean;
  answered: boolean;
}

/**
 * An engine behind a bad connection: it numbers each command once, remembers updates, and follows a script per call.
 */
function engineBehind(script: Step[]) {
  const numbers = new Map<string, number>();
  const updates = new Map<string, Outcome[]>();
  const seen = { inFlight: new Map<string, number>(), most: 0, batches: [] as number[], starts: 0 };
  const call = async (episodeId: string, updateId: string, commands: Command[]): Promise<Outcome[]> => {
    seen.inFlight.set(episodeId, (seen.inFlight.get(episodeId) ?? 0) + 1);
    seen.most = Math.max(seen.most, seen.inFlight.get(episodeId) ?? 0);
    seen.batches.push(commands.length);
    const { taken, answered } = script.shift() ?? { taken: true, answered: true };
    await new Promise((resolve) => setImmediate(resolve));
    if (taken && !updates.has(updateId)) {
      const outcomes = commands.map(({ commandId }): Outcome => {
        const repeated = numbers.has(commandId);
        if (!repeated) numbers.set(commandId, numbers.size + 1);
        return { status: 'accepted', seq: numbers.get(commandId) ?? 0, repeated };
      });
      updates.set(updateId, outcomes);
    }
    seen.inFlight.set(episodeId, (seen.inFlight.get(episodeId) ?? 1) - 1);
    const outcomes = updates.get(updateId);
    if (!answered || !outcomes) throw new Error('the line is down');
    return outcomes;
  };
  const engine: EpisodeEngine = {
    start: ({ episodeId }, updateId, one) => {
      seen.starts += 1;
      return call(episodeId, updateId, [one]);
    },
    submit: call,
    has: async () => true,
    isWorking: async () => true,
  };
  return { engine, seen, numbers, updates };
}

const step = fc.record({ taken: fc.boolean(), answered: fc.boolean() });

describe('gate', () => {
  test('on a bad connection every command is carried out once and gets its own outcome', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 5 }),
        fc.array(fc.record({ episode: fc.constantFrom('e1', 'e2'), id: fc.nat(20) }), { minLength: 1, maxLength: 40 }),
        async (script, asked) => {
          const { engine, seen, numbers } = engineBehind([...script]);
          const gate = createGate(engine, noRecord, log, undefined, 0);
          const outcomes = await Promise.all(
            asked.map(({ episode, id }) => gate.submit(episode, command(`${episode}-${id}`))),
          );
          asked.forEach(({ episode, id }, i) => {
            expect(outcomes[i]).toMatchObject({ status: 'accepted', seq: numbers.get(`${episode}-${id}`) });
          });
          expect(numbers.size).toBe(new Set(asked.map(({ episode, id }) => `${episode}-${id}`)).size);
          expect(seen.most).toBe(1);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('commands that gather during an update go together, at most 100', async () => {
    const { engine, seen } = engineBehind([]);
    const gate = createGate(engine, noRecord, log);
    const all = Array.from({ length: 251 }, (_, i) => gate.submit('e', command(`c${i}`)));
    await Promise.all(all);
    expect(seen.batches).toEqual([1, MAX_BATCH_COMMANDS, MAX_BATCH_COMMANDS, 50]);
  });

  test('a batch stays under its bytes', async () => {
    const { engine, seen } = engineBehind([]);
    const gate = createGate(engine, noRecord, log);
    const large = 'x'.repeat(MAX_COMMAND_BYTES / 2 - 1_000);
    await Promise.all([
      gate.submit('e', command('first')),
      ...['a', 'b', 'c'].map((id) => gate.submit('e', command(id, large))),
      gate.submit('e', command('d')),
    ]);
    expect(seen.batches).toEqual([1, 2, 2]);
  });

  test('a command that the engine would never take is refused before it, and the next is not held up', async () => {
    const { engine, seen } = engineBehind([]);
    const gate = createGate(engine, noRecord, log);
    const tooLarge = gate.submit('e', command('large', '晴'.repeat(MAX_COMMAND_BYTES / 3)));
    await expect(tooLarge).rejects.toMatchObject({
      type: 'body-too-large',
      detail: expect.stringContaining('250 kB'),
    });
    await expect(gate.submit('e', command('next'))).resolves.toMatchObject({ status: 'accepted' });
    expect(seen.batches).toEqual([1]);
  });

  test('an update is asked for again by its id, so that it is carried out once', async () => {
    const { engine, updates, seen } = engineBehind([{ taken: true, answered: false }]);
    const gate = createGate(engine, noRecord, log, undefined, 0);
    await expect(gate.submit('e', command('c'))).resolves.toEqual({ status: 'accepted', seq: 1, repeated: false });
    expect(updates.size).toBe(1);
    expect(seen.batches).toEqual([1, 1]);
  });

  test('a repeat of a command under way shares its outcome; with another body it is refused', async () => {
    const { engine, seen } = engineBehind([]);
    const gate = createGate(engine, noRecord, log);
    const first = gate.submit('e', command('c', 'one'));
    const again = gate.submit('e', command('c', 'one'));
    const other = gate.submit('e', command('c', 'two'));
    await expect(other).resolves.toMatchObject({ status: 'refused', type: 'key-reused' });
    expect(await again).toEqual({ ...(await first), repeated: true });
    expect(seen.batches).toEqual([1]);
  });

  test('a start goes alone, and a repeat shares its outcome', async () => {
    const { engine, seen } = engineBehind([{ taken: false, answered: false }]);
    const gate = createGate(engine, noRecord, log, undefined, 0);
    const start = gate.start(begin('e', binding), command('s'));
    const again = gate.start(begin('e', binding), command('s'));
    expect(await start).toEqual({ status: 'accepted', seq: 1, repeated: false });
    expect(await again).toEqual({ ...(await start), repeated: true });
    expect(seen.starts).toBe(2);
  });

  test('each command of a batch has its own refusal', async () => {
    const engine: EpisodeEngine = {
      start: () => Promise.reject(new Error('not asked')),
      submit: async (_episodeId, _updateId, commands) =>
        commands.map(({ commandId }, i) =>
          commandId === 'bad'
            ? refuse('reportDay', rules, { date: '2026-01-10' })
            : { status: 'accepted', seq: i + 1, repeated: false },
        ),
      has: async () => true,
      isWorking: async () => true,
    };
    const gate = createGate(engine, noRecord, log);
    const outcomes = await Promise.all(['first', 'good', 'bad'].map((id) => gate.submit('e', command(id))));
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'refused']);
  });

  test('when the episode is gone the record says how each command ended', async () => {
    const engine: EpisodeEngine = {
      start: () => Promise.reject(new Error('not asked')),
      submit: () => Promise.reject(new EpisodeGone()),
      has: async () => true,
      isWorking: async () => true,
    };
    const gate = createGate(
      engine,
      async (_episodeId, { commandId }) =>
        commandId === 'stored'
          ? { status: 'accepted', seq: 7, repeated: true }
          : refuse('closed', undefined, { start: '乌环委办〔2026〕1号' }),
      log,
    );
    await expect(gate.submit('e', command('stored'))).resolves.toMatchObject({ status: 'accepted', seq: 7 });
    await expect(gate.submit('e', command('late'))).resolves.toMatchObject({ type: 'episode-closed' });
  });

  test('an update that the engine lost is sent again while the record has the episode open', async () => {
    let calls = 0;
    const engine: EpisodeEngine = {
      start: () => Promise.reject(new Error('not asked')),
      submit: async (_episodeId, _updateId, commands) => {
        calls += 1;
        if (calls < 3) throw new EpisodeGone();
        return commands.map(() => ({ status: 'accepted', seq: 1, repeated: false }));
      },
      has: async () => true,
      isWorking: async () => true,
    };
    const gate = createGate(engine, async () => undefined, log, undefined, 0);
    await expect(gate.submit('e', command('c'))).resolves.toMatchObject({ status: 'accepted' });
    expect(calls).toBe(3);
  });

  test('while the engine is away, a limited number waits; the others are turned back and not carried out', async () => {
    const open = { line: (_: unknown) => {} };
    const cut = new Promise((resolve) => {
      open.line = resolve;
    });
    const { engine, numbers } = engineBehind([]);
    const away = {
      ...engine,
      submit: (...asked: Parameters<typeof engine.submit>) => cut.then(() => engine.submit(...asked)),
    };
    const gate = createGate(away, noRecord, log);
    const all = Array.from({ length: 2_011 }, (_, i) => gate.submit('e', command(`c${i}`)));
    const settled = Promise.allSettled(all);
    open.line(undefined);
    expect((await settled).filter(({ status }) => status === 'rejected')).toHaveLength(10);
    expect(numbers.size).toBe(2_001);
  });

  test('an update refused as a whole fails its commands and not those after it', async () => {
    let calls = 0;
    const engine: EpisodeEngine = {
      start: () => Promise.reject(new Error('not asked')),
      submit: async (_episodeId, _updateId, commands) => {
        calls += 1;
        if (calls === 1) throw new UpdateRefused('invalid', 'too large');
        return commands.map(() => ({ status: 'accepted', seq: 1, repeated: false }));
      },
      has: async () => true,
      isWorking: async () => true,
    };
    const gate = createGate(engine, noRecord, log);
    const [first, second] = await Promise.allSettled([
      gate.submit('e', command('c1')),
      gate.submit('e', command('c2')),
    ]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toMatchObject({ status: 'fulfilled', value: { status: 'accepted' } });
  });
});
