/** Kinds of life that go on in another run. */
import { expect, test } from '@jest/globals';
import type { CommandBody } from '../episode/commands.js';
import { eventually } from '../lib/testing/eventually.js';
import {
  acknowledgeCommand,
  calledAbout,
  callStep,
  describeKindsThatGrow,
  ending,
  expectSound,
  UNITS,
} from './support/kinds.js';

const reports = (n: number) =>
  UNITS.map((unitId): CommandBody => ({ kind: 'reportImplementation', unitId, text: `第${n}次` }));

describeKindsThatGrow('kinds of life that grow', (life) => {
  test('continued: the state goes on in another run while commands come in', async () => {
    await life.start('continued');
    for (let n = 0; n < 40; n += 1) await life.submit(reports(n));
    await life.lift();
    await life.submit(ending);
    await life.closed();
    expect((await life.backend.histories()).length).toBeGreaterThan(1);
    const reported = (await life.entries()).filter((entry) => entry.kind === 'implementation.reported');
    expect(reported).toHaveLength(40 * UNITS.length);
  });

  test('chased on: the state goes on in another run in the middle of a chain', async () => {
    // The committee is called again every two seconds, until there is an answer.
    const acknowledgement = [callStep(0, 'lead'), callStep(480, 'committee', { every: 480, times: 100 })];
    await life.start('chased-on', { policy: { chains: { acknowledgement } } });
    const calls = async () => calledAbout(await life.entries(), 'acknowledgement', UNITS[0]);
    const anotherCall = async () => {
      const before = (await calls()).length;
      await eventually('another call', calls, (made) => made.length > before);
    };
    await anotherCall();
    for (let n = 0; (await life.backend.histories()).length === 1; n += 1) await life.submit(reports(n));
    await anotherCall();
    await life.submit(UNITS.map(acknowledgeCommand));
    await life.lift();
    await life.submit(ending);
    await life.closed();

    const entries = await life.entries();
    expectSound(entries);
    const [first, ...others] = calledAbout(entries, 'acknowledgement', UNITS[0]);
    expect(first).toBe('lead');
    expect(new Set(others)).toEqual(new Set(['committee']));
  });
});
