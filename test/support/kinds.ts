/**
 * One life of each kind on an engine, with every history replayed afterwards. With QINGKONG_RECORD=1 histories of new
 * kinds are stored in test/histories/, for test/replay.test.ts.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';
import type { DistrictCommandBody } from '../../district/entries.js';
import { DISTRICT_CHAIN } from '../../district/state.js';
import { episodeTimeAt } from '../../episode/clock.js';
import type { Actor, CommandBody, DeliveryResult, Outcome } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import type { EpisodeState, Message } from '../../episode/state-types.js';
import { lifeFaultsOf } from '../../episode/testing/invariants.js';
import { binding, taken } from '../../episode/testing/life.js';
import { type DistrictRecord, readDistrict } from '../../ledger/chain/district.js';
import { grouped } from '../../lib/grouped.js';
import { eventually } from '../../lib/testing/eventually.js';
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import type { ChainStep, PolicyChanges, WarningLevel } from '../../plan/types.js';
import { dataConverter } from '../../platform/payload-codec.js';
import type { Engine } from '../../platform/temporal/engine.js';
import { chainIdOf } from '../../workflows/contract.js';
import { type Backend, openBackend } from './backend.js';
import { ROOT } from './child.js';
import { FIRST_TIME, startTestEngine } from './engine.js';
import { startAt } from './hours.js';
import { describeWithSkippedTime } from './time-skipping.js';

const BEGINNING = Date.parse('2015-11-27T14:00:00+08:00');
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

export const callStep = (after: number, to: ChainStep['to'], repeat?: ChainStep['repeat']): ChainStep => ({
  after,
  to,
  ways: [['sms', 'email']],
  ...(repeat ? { repeat } : {}),
});

/** Recipients of the steps about one deadline of a unit or of the office, in order. */
export const calledAbout = (entries: readonly Entry[], deadline: string, unitId?: string): string[] =>
  entries.flatMap((entry) =>
    (entry.kind === 'deadline.reminded' || entry.kind === 'deadline.escalated') &&
    entry.unitId === unitId &&
    'deadlines' in entry.data
      ? entry.data.deadlines.flatMap((one) => (one.deadline === deadline ? [entry.data.to] : []))
      : [],
  );

/** The record is sealed and without fault. */
export const expectSound = (entries: readonly Entry[]): void => {
  const last = entries.at(-1)!;
  expect(last.kind).toBe('episode.closed');
  expect(lifeFaultsOf(entries, Date.parse(last.episodeTime))).toEqual([]);
};

export interface LifeOfKind {
  backend: Backend;
  /** Outcome of each message. */
  post(message: Pick<Message, 'key' | 'to'>): DeliveryResult[];
  /** Names the kind, and starts a drill under a policy that leaves enough time for people who act at once. */
  start(kind: string, how?: { level?: WarningLevel; effectiveIn?: number; policy?: PolicyChanges }): Promise<void>;
  /** Names the kind, and starts a real response at yellow, in effect at once: only such a one hands anything over. */
  startInEarnest(kind: string): Promise<void>;
  submit(bodies: CommandBody[], actor?: Actor): Promise<Outcome[]>;
  entries(): Promise<Entry[]>;
  until(wish: (state: EpisodeState) => boolean): Promise<EpisodeState>;
  /** Hours of the episode from its beginning. */
  hoursIn(hours: number): Promise<unknown>;
  /** Moment of the episode so many hours from now. */
  timeIn(hours: number): Promise<string>;
  /** Enters a notice that takes effect at this hour of the episode, or now. */
  lift(hours?: number): Promise<void>;
  closed(): Promise<EpisodeState>;
  pass(hours: number): Promise<unknown>;
  submitToDistrict(bodies: DistrictCommandBody[], actor?: Actor): Promise<Outcome[]>;
  district(wish: (record: DistrictRecord) => boolean): Promise<DistrictRecord>;
}

/** Environment of the lives: the speed of an episode's time, and how to let it pass. */
interface PlaceOfKinds {
  connection: NativeConnection;
  client: Client;
  namespace: string;
  timeScale: number;
  now(): Promise<number>;
  sleepUntil(moment: number): Promise<unknown>;
  /** Pause before the state is read again. */
  letPass(): Promise<unknown>;
}

/** In skipped time, where the speed of the machine decides nothing. */
export const describeKinds = (name: string, tests: (life: LifeOfKind) => void): Promise<void> =>
  describeWithSkippedTime(name, (environment) => {
    const now = () => environment().currentTimeMs();
    livesOfKinds(tests, () => ({
      connection: environment().nativeConnection,
      client: environment().client,
      namespace: 'default',
      timeScale: 1,
      now,
      sleepUntil: async (moment) => environment().sleep(Math.max(0, moment - (await now()))),
      letPass: () => environment().sleep('10 minutes'),
    }));
  });

/** In real time, on an engine that suggests continue-as-new so early that a life of seconds has several runs. */
export const describeKindsThatGrow = (name: string, tests: (life: LifeOfKind) => void): void =>
  describe(name, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await startTestEngine({ 'limit.historyCount.suggestContinueAsNew': 150 });
    }, FIRST_TIME);
    afterAll(() => engine.close());
    livesOfKinds(tests, () => {
      const { connection, namespace } = engine;
      return {
        connection,
        client: new Client({ connection, namespace, dataConverter }),
        namespace,
        // An hour takes a quarter of a second.
        timeScale: 3600 * 4,
        now: async () => Date.now(),
        sleepUntil: (moment) => pause(Math.max(0, moment - Date.now())),
        letPass: async () => undefined,
      };
    });
  });

function livesOfKinds(tests: (life: LifeOfKind) => void, place: () => PlaceOfKinds): void {
  let kind: string;
  const clockOf = async () => (await life.backend.state(kind)).clock;
  const life = {
    start: async (name, { level = 'yellow', effectiveIn = 0, policy } = {}) => {
      kind = name;
      await life.backend.start(kind, {
        kind: 'start',
        notice: { ...noticeAt('1号', 0), effectiveAt: beijingIso(BEGINNING + effectiveIn * HOUR) },
        cityLevel: level,
        level,
        primaryPollutant: 'PM2.5',
        drill: {
          timeScale: place().timeScale,
          policy: { acknowledgementMinutes: 240, implementationReportMinutes: 480, ...policy },
        },
      });
    },
    startInEarnest: async (name) => {
      kind = name;
      await life.backend.start(kind, startAt(await place().now()));
    },
    submit: (bodies, actor) => life.backend.submit(kind, bodies, actor),
    entries: () => life.backend.entries(kind),
    until: async (wish) => {
      const look = async () => {
        await place().letPass();
        return life.backend.state(kind);
      };
      return eventually(`the state of ${kind} as wished`, look, wish);
    },
    hoursIn: async (hours) => {
      const { realAnchor, timeScale } = await clockOf();
      await place().sleepUntil(realAnchor + (hours * HOUR) / timeScale);
    },
    timeIn: async (hours) => beijingIso(episodeTimeAt(await clockOf(), await place().now()) + hours * HOUR),
    lift: async (hours) => {
      const now = await life.timeIn(0);
      const notice = {
        ...noticeAt('9号', hours ?? 0),
        ...(hours === undefined ? { issuedAt: now, effectiveAt: now } : {}),
      };
      await life.submit([{ kind: 'lift', notice }]);
      await life.until(({ phase }) => phase === 'reporting');
    },
    closed: () => life.until(({ phase }) => phase === 'closed'),
    pass: async (hours) => place().sleepUntil((await place().now()) + hours * HOUR),
    submitToDistrict: (bodies, actor) => life.backend.submit(DISTRICT_CHAIN, bodies, actor),
    district: async (wish) => {
      const look = async () => {
        await place().letPass();
        return readDistrict(life.backend.database);
      };
      return eventually('the district’s chain as wished', look, wish);
    },
  } as LifeOfKind;

  beforeEach(async () => {
    const { connection, client, namespace } = place();
    life.post = taken;
    life.backend = await openBackend({
      connection,
      client,
      namespace,
      binding,
      activities: {
        deliver: async ({ episodeId, messages }) => {
          const { messages: waiting } =
            episodeId === DISTRICT_CHAIN
              ? (await readDistrict(life.backend.database)).state
              : await life.backend.state(episodeId);
          return messages.map((key) => {
            const message = waiting[key];
            return { message: key, deliveries: message ? life.post(message) : [] };
          });
        },
      },
    });
  });
  afterEach(async () => {
    if (process.env.QINGKONG_RECORD) await record(life.backend, kind);
    await life.backend.close();
  });
  tests(life);
}

/**
 * A kind is recorded once and as a whole, because the number of its runs may differ from one time to the next. What it handed over
 * is a kind of its own: the district's chain.
 */
async function record(backend: Backend, kind: string): Promise<void> {
  const folder = path.join(ROOT, 'test/histories');
  mkdirSync(folder, { recursive: true });
  for (const [workflowId, runs] of grouped(await backend.histories(), (one) => one.workflowId)) {
    const name = chainIdOf(workflowId) === DISTRICT_CHAIN ? `${kind}-district` : kind;
    const fileOf = (run: number) => path.join(folder, `${name}.${run}.pb.gz`);
    if (existsSync(fileOf(1))) continue;
    for (const [run, { history }] of runs.entries())
      writeFileSync(fileOf(run + 1), gzipSync(proto.temporal.api.history.v1.History.encode(history).finish()));
  }
}
