/** Figures of open episodes as the ledger has them when they are asked for. Counts alone: nobody is named. */
import { Gauge, type Registry } from 'prom-client';
import { breachesOf, breachesOfOffice } from '../../episode/breaches.js';
import { episodeTimeAt } from '../../episode/clock.js';
import { openDeadlines } from '../../episode/due.js';
import type { EpisodeState, Message } from '../../episode/state-types.js';
import { openEpisodes } from '../../ledger/chain/resume.js';
import { type Illness, illnesses } from '../../ledger/channel-health.js';
import type { Database } from '../../ledger/database.js';
import { interruptedRealEpisodes } from '../../ledger/interruptions.js';
import { readState } from '../../ledger/reading/reading.js';
import { shareUnderWay } from '../../lib/share-under-way.js';
import { DEADLINES } from '../../plan/types.js';
import { partsOfWay } from '../../plan/wording/channel-words.js';

export interface Measured {
  database: Database;
  clock(): number;
}

/** `overdue`: passed, and not yet recorded as missed. That takes a turn, so it is none for longer than moments. */
const DEADLINE_STATES = ['open', 'overdue', 'missed'] as const;

/** A message waits for its first try, for another one, or for the gateway to say whether it arrived. */
const AWAITED = ['first-try', 'another-try', 'receipt'] as const;

const waitsFor = ({ receiptsBy, attempt }: Message): (typeof AWAITED)[number] => {
  if (receiptsBy !== undefined) return 'receipt';
  return attempt > 0 ? 'another-try' : 'first-try';
};

interface Found {
  real: EpisodeState[];
  drills: number;
  interrupted: number;
  ill: Illness[];
}

async function look(database: Database): Promise<Found> {
  const open = await openEpisodes(database);
  const realIds = open.filter(({ drill }) => !drill).map(({ episodeId }) => episodeId);
  const real = await Promise.all(realIds.map((episodeId) => readState(database, episodeId)));
  return {
    real: real.filter((state) => state !== undefined),
    drills: open.length - realIds.length,
    interrupted: (await interruptedRealEpisodes(database)).length,
    ill: await illnesses(database),
  };
}

/** Without the database these are absent, and `qingkong_database_readable` says so; all other figures are still told. */
export function measureRecord(own: Registry, { database, clock }: Measured): void {
  const find = shareUnderWay(() => look(database).catch(() => undefined));
  const gauge = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    tell: (found: Found, set: (value: number, labels?: Partial<Record<L, string>>) => void) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [own],
      async collect() {
        const found = await find();
        this.reset();
        if (found) tell(found, (value, labels = {}) => this.set(labels, value));
        else if (labelNames.length === 0) this.remove();
      },
    });

  new Gauge({
    name: 'qingkong_database_readable',
    help: '1 if the database answers, else 0',
    registers: [own],
    async collect() {
      this.set((await find()) ? 1 : 0);
    },
  });
  gauge('qingkong_episodes_open', 'Episodes whose record is not sealed', ['kind'], ({ real, drills }, set) => {
    set(real.length, { kind: 'real' });
    set(drills, { kind: 'drill' });
  });
  gauge('qingkong_episodes_interrupted', 'Real episodes without a run', [], ({ interrupted }, set) => set(interrupted));
  gauge('qingkong_deadlines', 'Deadlines of open real episodes', ['deadline', 'state'], ({ real }, set) => {
    const counts = real.map((state) => countDeadlines(state, clock()));
    for (const deadline of DEADLINES)
      for (const state of DEADLINE_STATES)
        set(
          counts.reduce((sum, count) => sum + (count.get(`${deadline} ${state}`) ?? 0), 0),
          { deadline, state },
        );
  });
  gauge('qingkong_messages_waiting', 'Messages of open real episodes that wait', ['for'], ({ real }, set) => {
    const waiting = real.flatMap(({ messages }) => Object.values(messages).map(waitsFor));
    for (const what of AWAITED) set(waiting.filter((one) => one === what).length, { for: what });
  });
  gauge('qingkong_units_unreachable', 'Units of open real episodes whom no message reaches', [], ({ real }, set) =>
    set(real.flatMap(({ units }) => Object.values(units)).filter(({ unreachable }) => unreachable).length),
  );
  // Robots of a channel are counted together: their names are the office's own.
  gauge(
    'qingkong_channel_ill_seconds',
    'For how long a channel has taken no message; absent while it is well',
    ['channel', 'fault'],
    ({ ill }, set) => {
      for (const { way, fault, since, wellSince } of ill.toReversed())
        if (wellSince === null) set((clock() - since) / 1000, { channel: partsOfWay(way).channel, fault });
    },
  );
}

function countDeadlines(state: EpisodeState, now: number): Map<string, number> {
  const time = episodeTimeAt(state.clock, now);
  const missed = [...Object.values(state.units).flatMap((unit) => breachesOf(state, unit)), ...breachesOfOffice(state)];
  const found = [
    ...openDeadlines(state)
      .filter(({ isMissed }) => !isMissed)
      .map(({ deadline, dueAt }) => `${deadline} ${dueAt < time ? 'overdue' : 'open'}`),
    ...missed.filter(({ outcome }) => outcome === 'missed').map(({ deadline }) => `${deadline} missed`),
  ];
  const counts = new Map<string, number>();
  for (const one of found) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
