/** The engine's calendar: weeks of an episode in seconds, and the same lives as on the pure core. */
import { afterEach, expect, test } from '@jest/globals';
import { WorkflowNotFoundError } from '@temporalio/client';
import fc from 'fast-check';
import type { CommandBody, Outcome } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import { RULES_VERSION } from '../episode/state.js';
import { bodyOf, startBody } from '../episode/testing/asked-commands.js';
import { Life, taken } from '../episode/testing/life.js';
import { edition } from '../episode/testing/random-asks.js';
import { randomLife } from '../episode/testing/random-life.js';
import { boardOf } from '../episode/views.js';
import { atLength } from '../lib/testing/at-length.js';
import { eventually } from '../lib/testing/eventually.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import { addDays, beijingDate, beijingInstant, beijingIso, MINUTE } from '../plan/rules/calendar.js';
import type { Binding, Whom } from '../plan/types.js';
import { type Backend, openBackend } from './support/backend.js';
import { fromTomorrowAt } from './support/hours.js';
import { meaningOf } from './support/meaning.js';
import { describeWithSkippedTime } from './support/time-skipping.js';

/** Both level changes come in either. */
const DAYS = atLength(30, 6);
const LIVES = atLength(30, 6);

await describeWithSkippedTime('the calendar', (environment) => {
  let backend: Backend;
  const startBackend = async (binding: Binding): Promise<void> => {
    const { nativeConnection, client } = environment();
    backend = await openBackend({ connection: nativeConnection, client, namespace: 'default', binding });
  };
  afterEach(() => backend.close());
  const now = () => environment().currentTimeMs();
  const sleepUntil = async (moment: number) => environment().sleep(Math.max(0, moment - (await now())));

  test('§5.1 days on end with 33 units: every report, one late, one silent, raised and lowered, to the closed review', async () => {
    const binding = bindingOf(loadEditionById('shuimogou-2025'), RULES_VERSION);
    await startBackend(binding);
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
      await backend.start('long', {
        kind: 'start',
        notice: await notice('1号'),
        cityLevel: 'yellow',
        level: 'yellow',
        primaryPollutant: 'PM2.5',
      }),
    ).toMatchObject({ status: 'accepted' });
    await backend.submit(
      'long',
      [...prompt, late].map((unitId) => ({ kind: 'acknowledge', unitId })),
    );

    for (let day = 0; day < DAYS; day += 1) {
      const date = addDays(firstDay, day);
      const morning = addDays(date, 1);
      await sleepUntil(beijingInstant(morning, '09:00'));
      await backend.submit(
        'long',
        prompt.map((unitId) => report(unitId, date)),
      );
      await sleepUntil(beijingInstant(morning, '12:30'));
      await backend.submit('long', [report(late, date)]);
      if (day === DAYS / 3 - 1) await backend.submit('long', [await level('2号', 'red')]);
      if (day === (2 * DAYS) / 3 - 1) await backend.submit('long', [await level('3号', 'orange')]);
    }
    const lastDay = addDays(firstDay, DAYS);
    await sleepUntil(beijingInstant(lastDay, '20:00'));
    await backend.submit('long', [{ kind: 'lift', notice: await notice('4号') }]);

    const board = boardOf(await backend.state('long'), await now());
    const statuses = (unitId: string) =>
      board.units.find((row) => row.unitId === unitId)!.dailyReports.map(({ status }) => status);
    expect(statuses(prompt[0]!)).toEqual([...Array(DAYS).fill('submitted'), 'pending']);
    expect(statuses(late)).toEqual([...Array(DAYS).fill('late'), 'pending']);
    expect(statuses(silent)).toEqual([...Array(DAYS).fill('missed'), 'pending']);

    await backend.submit('long', [
      { kind: 'submitFollowUp', text: '信息报送' },
      { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } },
      { kind: 'publishReview' },
    ]);
    await eventually(
      'the record sealed',
      () => backend.state('long'),
      ({ phase }) => phase === 'closed',
    );
    const entries = await backend.entries('long');
    expect(entries.at(-1)!.kind).toBe('episode.closed');
    expect(entries.filter(({ kind }) => kind === 'report.missed')).toHaveLength(2 * DAYS);
    // Each day the office had the day's digest, and the lead was told of the silent unit alone; the committee at red (§6.6).
    expect(entries.filter(({ kind }) => kind === 'digest.compiled')).toHaveLength(DAYS);
    expect(unitsWhoseReport(entries, 'lead')).toEqual(Array(DAYS).fill(silent));
    expect(unitsWhoseReport(entries, 'committee')).toEqual(Array(DAYS / 3).fill(silent));
    // Two witnesses: the entries that went through the engine are those in the ledger.
    expect(backend.appends.flatMap((input) => input.entries).map(({ hash }) => hash)).toEqual(
      entries.map(({ hash }) => hash),
    );
  });

  test('random lives come out as on the pure core, times, hashes and notifications aside', async () => {
    await startBackend(edition);
    // A seed draws the same lives at any hour.
    await fromTomorrowAt(environment(), '12:00');
    let compared = 0;
    // A real life that starts during another is refused, so all are drills, at scale 1 in the engine's own time.
    for (const [n, { startLevel, startEffect, steps }] of fc.sample(randomLife, LIVES).entries()) {
      const episodeId = `life-${n}`;
      const pure = new Life(edition, taken, 5);
      const momentOf = async (outcome: Outcome): Promise<number> =>
        outcome.status === 'accepted' && !outcome.repeated
          ? Date.parse(await entryTime(backend, episodeId, outcome.seq))
          : now();
      const compare = async (step: number, body: CommandBody, engine: Outcome) => {
        const [core] = pure.submit(await momentOf(engine), [body]);
        expect({ n, step, core: meaningOfOutcome(core!) }).toEqual({ n, step, core: meaningOfOutcome(engine) });
        compared += 1;
      };

      const start = startBody(await now(), startLevel, startEffect, 1);
      const started = await backend.start(episodeId, start);
      await compare(-1, start, started);
      if (started.status === 'refused') continue;
      for (const [step, { after, ask }] of steps.entries()) {
        if (pure.state.phase === 'closed') break;
        // Odd seconds, so that no answer meets a deadline to the millisecond.
        await environment().sleep(after * MINUTE + 17_000);
        if (ask.kind === 'receipt' || ask.kind === 'resend' || ask.kind === 'restored') continue;
        const body = bodyOf(ask, step, await now());
        if (body === undefined) continue;
        const outcome = await submitUnlessClosed(backend, episodeId, body);
        if (outcome === undefined) break;
        await compare(step, body, outcome);
      }
      pure.pass(await now());
      const expected = meaningOf(pure.entries);
      // The turn of the last due moment may still be under way.
      const lived = await eventually(
        `${expected.length} entries`,
        async () => meaningOf(await backend.entries(episodeId)),
        ({ length }) => length >= expected.length,
      );
      expect(lived).toEqual(expected);
    }
    expect(compared).toBeGreaterThan(3 * LIVES);
  });
});

/** No outcome after the workflow has ended: the record was sealed meanwhile. */
const submitUnlessClosed = async (
  backend: Backend,
  episodeId: string,
  body: CommandBody,
): Promise<Outcome | undefined> => {
  try {
    const [outcome] = await backend.submit(episodeId, [body]);
    return outcome;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    expect((await backend.state(episodeId)).phase).toBe('closed');
    return undefined;
  }
};

const entryTime = async (backend: Backend, episodeId: string, seq: number): Promise<string> =>
  (await backend.entries(episodeId)).find((entry) => entry.seq === seq)!.at;

/** Its number aside, and the times that it quotes: the core decides a moment after the engine. */
const meaningOfOutcome = (outcome: Outcome) => ({
  ...outcome,
  seq: undefined,
  ...('detail' in outcome && { detail: outcome.detail?.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+/g, '') }),
});

/** The units whose missing reports were told, each time. */
const unitsWhoseReport = (entries: readonly Entry[], told: Whom) =>
  entries.flatMap(({ kind, unitId, data }) =>
    kind === 'deadline.escalated' && 'deadlines' in data && data.to === told
      ? data.deadlines.flatMap(({ deadline }) => (deadline === 'report' ? [unitId] : []))
      : [],
  );
