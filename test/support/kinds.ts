/**
 * One life of each kind on a real engine, each history replayed afterwards. With QINGKONG_RECORD=1 the histories of a
 * kind that is not stored yet are kept under test/histories/, for test/replay.test.ts.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, jest } from '@jest/globals';
import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { episodeTimeAt } from '../../episode/clock.js';
import type { Actor, CommandBody, DeliveryResult, Outcome } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import type { Delivery, EpisodeState } from '../../episode/state-types.js';
import { binding, taken } from '../../episode/testing/life.js';
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import type { PolicyChanges, WarningLevel } from '../../plan/types.js';
import { dataConverter } from '../../platform/payload-codec.js';
import type { Engine } from '../../platform/temporal/engine.js';
import { ROOT } from './child.js';
import { FIRST_TIME, startTestEngine } from './engine.js';
import { type House, openHouse } from './house.js';

const BEGINNING = Date.parse('2015-11-27T14:00:00+08:00');
/** Drills run in real time: an hour takes a quarter of a second. */
const TIME_SCALE = 3600 * 4;

export const UNITS = binding.units.map(({ unitId }) => unitId);

export const noticeAt = (number: string, hours: number) => {
  const time = beijingIso(BEGINNING + hours * HOUR);
  return { number, issuer: '市环委办', issuedAt: time, effectiveAt: time };
};
export const acknowledgeCommand = (unitId: string): CommandBody => ({ kind: 'acknowledge', unitId });
export const implement = (unitId: string): CommandBody => ({ kind: 'reportImplementation', unitId, text: '已落实' });
export const adjustCommand = (level: WarningLevel, number: string, hours: number): CommandBody => ({
  kind: 'adjust',
  notice: noticeAt(number, hours),
  cityLevel: level,
  level,
});
export const report = (unitId: string, date: string, figures: Record<string, number> = {}): CommandBody => ({
  kind: 'submitDailyReport',
  unitId,
  date,
  content: { text: '正常', figures },
});
export const ending: CommandBody[] = [
  { kind: 'submitFollowUp', text: '信息报送' },
  { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } },
  { kind: 'publishReview' },
];

export interface LifeOfKind {
  house: House;
  /** What becomes of each message. */
  post(delivery: Delivery): DeliveryResult[];
  /** Names the kind, and starts a drill under a policy that leaves those who act at once in time. */
  start(kind: string, how?: { level?: WarningLevel; effectiveIn?: number; policy?: PolicyChanges }): Promise<void>;
  submit(bodies: CommandBody[], actor?: Actor): Promise<Outcome[]>;
  entries(): Promise<Entry[]>;
  until(wish: (state: EpisodeState) => boolean): Promise<EpisodeState>;
  /** Hours of the episode from its beginning. */
  hoursIn(hours: number): Promise<unknown>;
  /** Time of the episode in so many hours from now. */
  timeIn(hours: number): Promise<string>;
  lift(hours: number): Promise<void>;
  closed(): Promise<EpisodeState>;
}

export const describeKinds = (name: string, tests: (life: LifeOfKind) => void): void => {
  jest.setTimeout(150_000);
  let engine: Engine;
  let kind: string;
  const life = {
    start: async (name, { level = 'yellow', effectiveIn = 0, policy } = {}) => {
      kind = name;
      await life.house.start(kind, {
        kind: 'start',
        notice: { ...noticeAt('1号', 0), effectiveAt: beijingIso(BEGINNING + effectiveIn * HOUR) },
        cityLevel: level,
        level,
        primaryPollutant: 'PM2.5',
        drill: {
          timeScale: TIME_SCALE,
          policy: { acknowledgementMinutes: 240, implementationReportMinutes: 480, ...policy },
        },
      });
    },
    submit: (bodies, actor) => life.house.submit(kind, bodies, actor),
    entries: () => life.house.entries(kind),
    until: (wish) => life.house.until(kind, wish),
    hoursIn: (hours) => life.until(({ clock }) => Date.now() >= clock.realAnchor + (hours * HOUR) / clock.timeScale),
    timeIn: async (hours) => {
      const { clock } = await life.house.state(kind);
      return beijingIso(episodeTimeAt(clock, Date.now()) + hours * HOUR);
    },
    lift: async (hours) => {
      await life.submit([{ kind: 'lift', notice: noticeAt('9号', hours) }]);
      await life.until(({ phase }) => phase === 'reporting');
    },
    closed: () => life.until(({ phase }) => phase === 'closed'),
  } as LifeOfKind;

  describe(name, () => {
    beforeAll(async () => {
      // Early enough that a life of seconds grows out of its first run.
      engine = await startTestEngine({ 'limit.historyCount.suggestContinueAsNew': 150 });
    }, FIRST_TIME);
    afterAll(() => engine.close());
    beforeEach(async () => {
      const { connection, namespace } = engine;
      life.post = taken;
      life.house = await openHouse({
        connection,
        namespace,
        client: new Client({ connection, namespace, dataConverter }),
        binding,
        activities: {
          deliver: async ({ deliveries }) =>
            deliveries.map((delivery) => ({ delivery: delivery.key, contacts: life.post(delivery) })),
        },
      });
    });
    afterEach(async () => {
      if (process.env.QINGKONG_RECORD) await record(life.house, kind);
      await life.house.close();
    }, 120_000);
    tests(life);
  });
};

/** A kind is recorded once and whole: how many runs it takes may differ from one time to the next. */
async function record(house: House, kind: string): Promise<void> {
  const folder = path.join(ROOT, 'test/histories');
  mkdirSync(folder, { recursive: true });
  const fileOf = (run: number) => path.join(folder, `${kind}.${run}.pb.gz`);
  if (existsSync(fileOf(1))) return;
  for (const [run, { history }] of (await house.histories()).entries()) {
    writeFileSync(fileOf(run + 1), gzipSync(proto.temporal.api.history.v1.History.encode(history).finish()));
  }
}
