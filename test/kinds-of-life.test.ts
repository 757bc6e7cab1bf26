/**
 * Every kind of life on a real engine, each history replayed afterwards. With QINGKONG_RECORD=1 the history of a kind
 * that is not stored yet is kept under test/histories/, for test/replay.test.ts.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { CommandBody } from '../episode/commands.js';
import { binding } from '../episode/testing/life.js';
import { beijingIso, HOUR } from '../plan/calendar.js';
import type { WarningLevel } from '../plan/types.js';
import { dataConverter } from '../platform/payload-codec.js';
import type { Engine } from '../platform/temporal/engine.js';
import { ROOT } from './support/child.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type House, openHouse } from './support/house.js';

const BEGINNING = Date.parse('2015-11-27T14:00:00+08:00');
const notice = (number: string, hours: number) => {
  const time = beijingIso(BEGINNING + hours * HOUR);
  return { number, issuer: '市环委办', issuedAt: time, effectiveAt: time };
};
const UNITS = binding.units.map(({ unitId }) => unitId);
const acknowledge = (unitId: string): CommandBody => ({ kind: 'acknowledge', unitId });
const report = (unitId: string, date: string): CommandBody => ({
  kind: 'submitDailyReport',
  unitId,
  date,
  content: { text: '正常', figures: { 检查工地: 3 } },
});
const ending: CommandBody[] = [
  { kind: 'submitFollowUp', text: '信息报送' },
  { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } },
  { kind: 'publishReview' },
];

// Drills run in real time: an hour takes a quarter of a second.
jest.setTimeout(150_000);

describe('kinds of life', () => {
  let engine: Engine;
  let house: House;
  let kind: string;

  beforeAll(async () => {
    // Early enough that a life of seconds grows out of its first run.
    engine = await startTestEngine({ 'limit.historyCount.suggestContinueAsNew': 150 });
  }, FIRST_TIME);
  afterAll(() => engine.close());
  beforeEach(async () => {
    const { connection, namespace } = engine;
    house = await openHouse({
      connection,
      namespace,
      client: new Client({ connection, namespace, dataConverter }),
      binding,
    });
  });
  afterEach(async () => {
    if (process.env.QINGKONG_RECORD) await record(house, kind);
    await house.close();
  }, 120_000);

  /** A drill at an hour a second, under a policy that leaves those who act at once in time. */
  const start = (level: WarningLevel = 'yellow') =>
    house.start(kind, {
      kind: 'start',
      notice: notice('1号', 0),
      cityLevel: level,
      level,
      primaryPollutant: 'PM2.5',
      drill: { timeScale: 3600 * 4, policy: { acknowledgementMinutes: 240, implementationReportMinutes: 480 } },
    });
  const lift = async (hours: number) => {
    await house.submit(kind, [{ kind: 'lift', notice: notice('9号', hours) }]);
    await house.until(kind, ({ phase }) => phase === 'reporting');
  };
  const hoursIn = (hours: number) =>
    house.until(kind, ({ clock }) => Date.now() >= clock.realAnchor + (hours * HOUR) / clock.timeScale);
  const closed = () => house.until(kind, ({ phase }) => phase === 'closed');

  test('quiet: everyone in time, lifted after a day and a half', async () => {
    kind = 'quiet';
    await start();
    await house.submit(kind, UNITS.map(acknowledge));
    await house.submit(
      kind,
      UNITS.map((unitId) => ({ kind: 'reportImplementation', unitId, text: '已落实' })),
    );
    await hoursIn(11);
    await house.submit(
      kind,
      UNITS.map((unitId) => report(unitId, '2015-11-27')),
    );
    await hoursIn(30);
    await lift(30);
    await house.submit(kind, [...UNITS.map((unitId) => report(unitId, '2015-11-28')), ...ending]);
    await closed();
    const kinds = (await house.entries(kind)).map((entry) => entry.kind);
    expect(kinds.filter((one) => one.endsWith('.missed'))).toEqual([]);
    expect(kinds.at(-1)).toBe('episode.closed');
  });

  test('adjusted: announced, raised, lowered, a unit joins', async () => {
    kind = 'adjusted';
    await house.start(kind, {
      kind: 'start',
      notice: { ...notice('1号', 0), effectiveAt: beijingIso(BEGINNING + 4 * HOUR) },
      cityLevel: 'yellow',
      level: 'yellow',
      primaryPollutant: 'PM2.5',
      drill: { timeScale: 3600 * 4, policy: { acknowledgementMinutes: 1440 } },
    });
    await house.until(kind, ({ phase }) => phase === 'active');
    for (const [n, level] of (['orange', 'red', 'yellow'] as const).entries()) {
      const adjust: CommandBody = { kind: 'adjust', notice: notice(`${n + 2}号`, 4 + n), cityLevel: level, level };
      expect(await house.submit(kind, [adjust])).toMatchObject([{ status: 'accepted' }]);
    }
    await house.submit(kind, [{ kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' }]);
    await lift(20);
    await house.submit(kind, ending);
    const state = await closed();
    expect(state.unitCount).toBe(4);
  });

  test('late: silence to every deadline, answers afterwards', async () => {
    kind = 'late';
    await start('orange');
    await hoursIn(21);
    await house.submit(kind, UNITS.map(acknowledge));
    await house.submit(
      kind,
      UNITS.map((unitId) => report(unitId, '2015-11-27')),
    );
    await lift(22);
    await house.until(kind, ({ review }) => review?.status === 'missed');
    await house.submit(kind, ending);
    await closed();
    const kinds = new Set((await house.entries(kind)).map((entry) => entry.kind));
    for (const one of ['acknowledgement', 'implementation', 'report', 'follow-up', 'summary', 'review']) {
      expect(kinds).toContain(`${one}.missed`);
    }
  });

  test('lifted early: before the response took effect', async () => {
    kind = 'lifted-early';
    const effectiveAt = beijingIso(BEGINNING + 6 * HOUR);
    await house.start(kind, {
      kind: 'start',
      notice: { ...notice('1号', 0), effectiveAt },
      cityLevel: 'red',
      level: 'red',
      primaryPollutant: 'PM2.5',
      drill: { timeScale: 3600 * 4 },
    });
    await house.submit(kind, [{ kind: 'lift', notice: { ...notice('9号', 1), effectiveAt } }]);
    await house.until(kind, ({ phase }) => phase === 'reporting');
    await house.submit(kind, ending);
    await closed();
    expect((await house.entries(kind)).filter((entry) => entry.kind === 'report.missed')).toEqual([]);
  });

  test('continued: the state goes on in another run while commands come in', async () => {
    kind = 'continued';
    await start();
    for (let n = 0; n < 40; n += 1) {
      const texts = UNITS.map((unitId): CommandBody => ({ kind: 'reportImplementation', unitId, text: `第${n}次` }));
      await house.submit(kind, texts);
    }
    await lift(1);
    await house.submit(kind, ending);
    await closed();
    expect((await house.histories()).length).toBeGreaterThan(1);
    const reported = (await house.entries(kind)).filter((entry) => entry.kind === 'implementation.reported');
    expect(reported).toHaveLength(40 * UNITS.length);
  });
});

async function record(house: House, kind: string): Promise<void> {
  const folder = path.join(ROOT, 'test/histories');
  mkdirSync(folder, { recursive: true });
  for (const [run, { history }] of (await house.histories()).entries()) {
    const file = path.join(folder, `${kind}.${run + 1}.pb.gz`);
    if (!existsSync(file))
      writeFileSync(file, gzipSync(proto.temporal.api.history.v1.History.encode(history).finish()));
  }
}
