/** The engine's calendar: weeks of an episode in seconds, and the same lives as on the pure core. */
import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommandBody } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import { RULES_VERSION } from '../episode/state.js';
import { Life } from '../episode/testing/life.js';
import { bodyOf, edition, randomLife, startBody } from '../episode/testing/random-life.js';
import { boardOf } from '../episode/views.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import { addDays, beijingDate, beijingInstant, beijingIso, MINUTE } from '../plan/rules/calendar.js';
import type { Binding, Whom } from '../plan/types.js';
import { type House, openHouse } from './support/house.js';
import { meaningOf } from './support/meaning.js';
import { describeWithSkippedTime } from './support/time-skipping.js';

await describeWithSkippedTime('the calendar', (environment) => {
  let house: House;
  const enterHouse = async (binding: Binding): Promise<void> => {
    const { nativeConnection, client } = environment();
    house = await openHouse({ connection: nativeConnection, client, namespace: 'default', binding });
  };
  afterEach(() => house.close(), 300_000);
  const now = () => environment().currentTimeMs();
  const sleepUntil = async (moment: number) => environment().sleep(Math.max(0, moment - (await now())));

  test('§5.1 thirty days of 33 units: every report, one late, one silent, raised and lowered, to the closed review', async () => {
    const binding = { ...bindingOf(loadEditionById('shuimogou-2025')), rulesVersion: RULES_VERSION };
    await enterHouse(binding);
    const units = binding.units.map(({ unitId }) => unitId);
    const [late, silent, ...prompt] = units as [string, string, ...string[]];
    // From noon of the next day, so that the hours below are the same whenever the test runs.
    const firstDay = addDays(beijingDate(await now()), 1);
    await sleepUntil(beijingInstant(firstDay, '12:00'));
    const notice = async (number: string) => {
      const time = beijingIso(await now());
      return { number, issuer: '市环委办', issuedAt: time, effectiveAt: time };
    };
    const level = async (number: string, to: 'yellow' | 'orange' | 'red'): Promise<CommandBody> => ({
      kind: 'adjust',
      notice: await notice(number),
      cityLevel: to,
      level: to,
    });
    const report = (unitId: string, date: string): CommandBody => ({
      kind: 'submitDailyReport',
      unitId,
      date,
      content: { text: '正常', figures: {} },
    });

    expect(
      await house.start('long', {
        kind: 'start',
        notice: await notice('1号'),
        cityLevel: 'yellow',
        level: 'yellow',
        primaryPollutant: 'PM2.5',
      }),
    ).toMatchObject({ status: 'accepted' });
    await house.submit(
      'long',
      [...prompt, late].map((unitId) => ({ kind: 'acknowledge', unitId })),
    );

    for (let day = 0; day < 30; day += 1) {
      const date = addDays(firstDay, day);
      const morning = addDays(date, 1);
      await sleepUntil(beijingInstant(morning, '09:00'));
      await house.submit(
        'long',
        prompt.map((unitId) => report(unitId, date)),
      );
      await sleepUntil(beijingInstant(morning, '11:00'));
      await house.submit('long', [report(late, date)]);
      if (day === 9) await house.submit('long', [await level('2号', 'red')]);
      if (day === 19) await house.submit('long', [await level('3号', 'orange')]);
    }
    const lastDay = addDays(firstDay, 30);
    await sleepUntil(beijingInstant(lastDay, '20:00'));
    await house.submit('long', [{ kind: 'lift', notice: await notice('4号') }]);

    const board = boardOf(await house.state('long'), await now());
    const statuses = (unitId: string) =>
      board.units.find((row) => row.unitId === unitId)!.dailyReports.map(({ status }) => status);
    expect(statuses(prompt[0]!)).toEqual([...Array(30).fill('submitted'), 'pending']);
    expect(statuses(late)).toEqual([...Array(30).fill('late'), 'pending']);
    expect(statuses(silent)).toEqual([...Array(30).fill('missed'), 'pending']);

    await house.submit('long', [
      { kind: 'submitFollowUp', text: '信息报送' },
      { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } },
      { kind: 'publishReview' },
    ]);
    await house.until('long', ({ phase }) => phase === 'closed');
    const entries = await house.entries('long');
    expect(entries.at(-1)!.kind).toBe('episode.closed');
    expect(entries.filter(({ kind }) => kind === 'report.missed')).toHaveLength(60);
    // Each day the office had the day's digest, and the committee was called about the silent unit alone (§6.6).
    expect(entries.filter(({ kind }) => kind === 'digest.compiled')).toHaveLength(30);
    expect(unitsWhoseReport(entries, 'committee')).toEqual(Array(30).fill(silent));
    // Two witnesses: what went through the engine is what stands in the ledger.
    expect(house.appends.flatMap((input) => input.entries).map(({ hash }) => hash)).toEqual(
      entries.map(({ hash }) => hash),
    );
  }, 600_000);

  test('thirty random lives come out as on the pure core, times, hashes and notifications aside', async () => {
    await enterHouse(edition);
    // A life that starts while another is on is refused, so all are drills; at scale 1, in the engine's own time.
    const drawn = fc.sample(randomLife, 30);
    for (const [n, { startLevel, startEffect, steps }] of drawn.entries()) {
      const episodeId = `life-${n}`;
      const pure = new Life(edition);
      const started = startBody(await now(), startLevel, startEffect, 1);
      const outcome = await house.start(episodeId, started);
      const at = async () => Date.parse((await house.entries(episodeId)).at(-1)!.at);
      expect(pure.submit(await at(), [started])).toEqual([outcome]);
      let closed = false;
      for (const [i, { after, ask }] of steps.entries()) {
        if (closed) break;
        // Odd seconds, so that no answer meets a deadline to the millisecond.
        await environment().sleep(after * MINUTE + 17_000);
        const body = bodyOf(ask, i, await now());
        if (body) {
          const before = pure.entries.length;
          const [engine] = await house.submit(episodeId, [body]).catch(() => [undefined]);
          if (!engine) break;
          const moment =
            engine.status === 'accepted' && !engine.repeated
              ? Date.parse(await entryTime(house, episodeId, engine.seq))
              : await now();
          const [core] = pure.submit(moment, [body]);
          expect({ n, i, before, core: withoutSeq(core!) }).toEqual({ n, i, before, core: withoutSeq(engine) });
        }
        closed = pure.state.phase === 'closed';
      }
      pure.pass(await now());
      const expected = meaningOf(pure.entries);
      // The turn of the last due moment may still be under way.
      let lived = meaningOf(await house.entries(episodeId));
      for (const until = Date.now() + 5_000; lived.length < expected.length && Date.now() < until; ) {
        lived = meaningOf(await house.entries(episodeId));
      }
      expect(lived).toEqual(expected);
    }
  }, 600_000);
});

const entryTime = async (house: House, episodeId: string, seq: number): Promise<string> =>
  (await house.entries(episodeId)).find((entry) => entry.seq === seq)!.at;

const withoutSeq = (outcome: object) => ({ ...outcome, seq: undefined });

/** Whose missing reports somebody was told of, each time. */
const unitsWhoseReport = (entries: readonly Entry[], told: Whom) =>
  entries.flatMap(({ kind, unitId, data }) =>
    kind === 'deadline.escalated' && 'deadlines' in data && data.to === told
      ? data.deadlines.flatMap(({ deadline }) => (deadline === 'report' ? [unitId] : []))
      : [],
  );
