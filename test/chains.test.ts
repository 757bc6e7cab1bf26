/** Reminders and escalations on the engine, in skipped time: as on the pure core, and over for good with the answer. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import type { CommandBody } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import { RULES_VERSION } from '../episode/state.js';
import { binding, Life } from '../episode/testing/life.js';
import { SILENCE, stepsAbout } from '../episode/testing/steps.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import type { Binding } from '../plan/types.js';
import { type Backend, everythingIsTaken, openBackend } from './support/backend.js';
import { fromTomorrowAt, startAt } from './support/hours.js';
import { meaningOf } from './support/meaning.js';
import { describeWithSkippedTime } from './support/time-skipping.js';

const alone = { ...binding, units: binding.units.slice(0, 1) };
const shipped = bindingOf(loadEditionById('shuimogou-2025'), RULES_VERSION);
const answer: CommandBody[] = [
  { kind: 'acknowledge', unitId: 'education' },
  { kind: 'reportImplementation', unitId: 'education', text: '已落实' },
];

await describeWithSkippedTime('chains on the engine', (environment) => {
  let backend: Backend;
  let episode: string;
  /** Messages that were handed out to be sent. */
  let handedOut: string[];
  const startBackend = async (edition: Binding): Promise<void> => {
    const { nativeConnection, client } = environment();
    handedOut = [];
    episode = randomUUID();
    backend = await openBackend({
      connection: nativeConnection,
      client,
      namespace: 'default',
      binding: edition,
      activities: {
        deliver: async (input) => {
          handedOut.push(...input.messages);
          return everythingIsTaken(input);
        },
      },
    });
  };
  afterEach(() => backend.close());

  /** A silent unit from 14:00 on. */
  const startAtTwo = async () => {
    const hours = await fromTomorrowAt(environment(), '14:00');
    const start = startAt(await hours.now());
    expect(await backend.start(episode, start)).toMatchObject({ status: 'accepted' });
    return { ...hours, start };
  };

  test.each([
    ['one unit under short chains', alone],
    ['33 units under the chains as shipped', shipped],
  ])(
    '§3.1.3 full silence goes to the top, each call at its minute and once, as on the pure core: %s',
    async (_, edition) => {
      await startBackend(edition);
      const { sleepUntil, start, now } = await startAtTwo();
      await sleepUntil('19:59');
      const entries = await backend.entries(episode);
      if (edition === alone) expect(stepsAbout(entries, 'acknowledgement')).toEqual(SILENCE);

      const pure = new Life(edition);
      pure.submit(Date.parse(entries[0]!.at), [start]);
      pure.pass(await now());
      expect(meaningOf(entries)).toEqual(meaningOf(pure.entries));
      for (const deadline of ['acknowledgement', 'implementation']) {
        expect(stepsAbout(entries, deadline)).toEqual(stepsAbout(pure.entries, deadline));
      }
      expect(new Set(handedOut).size).toBe(handedOut.length);
      expect(handedOut.toSorted()).toEqual(messagesSent(entries).toSorted());
      expect(messagesSent(entries).toSorted()).toEqual(messagesSent(pure.entries).toSorted());
    },
  );

  test.each([
    ['14:10', 0],
    ['14:25', 1],
    ['14:45', 4],
    ['15:15', 5],
    ['16:00', 6],
    ['17:00', 7],
  ])(
    '§3.1.3 an answer at %s, after %i calls, stops everything: nobody is called or sent anything afterwards',
    async (hour, calls) => {
      await startBackend(alone);
      const { sleepUntil } = await startAtTwo();
      await sleepUntil(hour);
      const outcomes = await backend.submit(episode, answer);
      const answered = outcomes.map((outcome) => ('seq' in outcome ? outcome.seq : undefined));
      const before = handedOut.length;
      await sleepUntil('08:59', 1);
      const entries = await backend.entries(episode);
      expect(stepsAbout(entries, 'acknowledgement')).toEqual(SILENCE.slice(0, calls));
      expect(stepsAbout(entries, 'implementation')).toEqual([]);
      expect(answered).toEqual([entries.length - 1, entries.length]);
      expect(handedOut).toHaveLength(before);
    },
  );
});

const messagesSent = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ kind, data }) => (kind === 'notification.sent' ? [data.message] : []));
