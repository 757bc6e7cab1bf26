/** Random lives: any commands (random-asks.ts, asked-commands.ts), in any order and at any hour, with silence and outages between. */
import fc from 'fast-check';
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import {
  type Binding,
  type ByLevel,
  type Chain,
  type ChainStep,
  MOVED_DEADLINES,
  type MovedDeadline,
  type Policy,
  type QuietHours,
  type TimeGiven,
  WARNING_LEVELS,
  type WarningLevel,
  type Ways,
  WHOM,
} from '../../plan/types.js';
import { episodeTimeAt } from '../clock.js';
import type { Actor, CommandBody, DeliveryResult, Outcome } from '../commands.js';
import type { Entry, Recipient } from '../entries.js';
import { readKey } from '../message-keys.js';
import { resendOf } from '../resends.js';
import type { EpisodeState } from '../state-types.js';
import { bodyOf, startBody } from './asked-commands.js';
import { of } from './entries-of.js';
import { at, Life, OFFICE } from './life.js';
import {
  type Ask,
  type AskOf,
  DRAWN_TASKS,
  DRAWN_UNITS,
  drawnAsk,
  drawnEffect,
  drawnEnd,
  drawnLevel,
  drawnUnit,
  edition,
} from './random-asks.js';

/** A step of a life: real time passes, then something is asked for. */
export interface LifeStep {
  /** Minutes of episode time since the step before. */
  after: number;
  /** Whether nobody worked meanwhile: no turn was taken until this step. */
  outage: boolean;
  ask: Ask;
}

const step: fc.Arbitrary<LifeStep> = fc.record({
  after: fc.oneof(fc.nat(45), fc.nat(12 * 60), fc.nat(40 * 60)),
  outage: fc.boolean(),
  ask: drawnAsk,
});

const chainStep: fc.Arbitrary<ChainStep> = fc.record(
  {
    after: fc.constantFrom(-20, -5, 0, 0, 10, 45),
    to: fc.constantFrom(...WHOM),
    ways: fc.constant<Ways>([['sms', 'email']]),
    levels: fc.subarray([...WARNING_LEVELS], { minLength: 1 }),
    quiet: fc.constantFrom('hold' as const, 'send' as const),
    atLeast: fc.constantFrom(2, 3),
    at: fc.constantFrom('09:00', '23:30'),
  },
  { requiredKeys: ['after', 'to', 'ways'] },
);

/** The edition with the life's own times and chain. */
export const editionOf = ({ chain, times, profile, overseer }: RandomLife): Binding => {
  const { chains } = edition.policy;
  const own = chain === undefined ? chains : { ...chains, acknowledgement: chain };
  const notApplicable = profile.map(({ unit, task }) => ({
    unitId: DRAWN_UNITS[unit]!,
    taskId: DRAWN_TASKS[task]!,
    reason: '本辖区没有',
    episodeId: 'earlier',
    seq: 9,
  }));
  const overseen = overseer === undefined ? {} : { supervisorUnit: DRAWN_UNITS[overseer]! };
  return { ...edition, ...overseen, notApplicable, policy: { ...edition.policy, ...times, chains: own } };
};

const hourOfDay: fc.Arbitrary<string> = fc
  .integer({ min: 1, max: 24 * 60 - 1 })
  .map((minutes) => beijingIso(at('2026-01-08 00:00') + minutes * MINUTE).slice(11, 16));

/** One value for all levels, or one for each. */
const leveled = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | ByLevel<T>> =>
  fc.oneof(value, fc.record({ yellow: value, orange: value, red: value }));

const quietOf = (moves: MovedDeadline[]): fc.Arbitrary<QuietHours> =>
  fc
    .record({ from: hourOfDay, until: hourOfDay, moves: fc.subarray(moves) })
    .filter(({ from, until }) => from !== until);
const [moved, unmoved] = [quietOf([...MOVED_DEADLINES]), quietOf([])];

const timeGiven = fc.oneof(
  fc.integer({ min: 1, max: 200 }),
  fc.constantFrom<TimeGiven>('1 workdays', '3 workdays', '7 workdays'),
);

/** The policy's times, each the edition's or another, so that nothing takes the edition's for granted. */
const times = fc.record(
  {
    noticeAheadHours: fc.integer({ min: 24, max: 100 }),
    acknowledgementMinutes: leveled(fc.integer({ min: 1, max: 300 })),
    liftingAcknowledgement: leveled(fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: false as const })),
    circularAcknowledgementMinutes: leveled(fc.integer({ min: 1, max: 1_000 })),
    implementationReportMinutes: leveled(fc.integer({ min: 1, max: 1_000 })),
    dailyReportTime: leveled(hourOfDay),
    digestTime: leveled(hourOfDay),
    digestSubmissionTime: leveled(hourOfDay),
    endQuestionBeforeHours: fc.integer({ min: 1, max: 10 }),
    endQuestionAgainHours: fc.integer({ min: 1, max: 30 }),
    followUpReportHours: leveled(fc.integer({ min: 1, max: 24 })),
    summaryHours: leveled(timeGiven),
    reviewHours: leveled(timeGiven),
    workdayEnd: leveled(hourOfDay),
    abandonedDrillDays: fc.integer({ min: 2, max: 6 }),
    urgeAgainMinutes: fc.integer({ min: 1, max: 600 }),
    broadcastEveryMinutes: leveled(fc.integer({ min: 180, max: 1_440 })),
    quiet: fc.record({ yellow: moved, orange: moved, red: unmoved }),
  },
  { requiredKeys: [] },
);

export interface RandomLife {
  startMinute: number;
  startEffect: number;
  startLevel: WarningLevel;
  startByTelephone: boolean;
  startEnd: number | null | undefined;
  timeScale: number | undefined;
  steps: LifeStep[];
  /** How each message ends in turn. */
  post: Fate[];
  /** Whether the person on duty, and whether the lead, can be reached at all. */
  working: { duty: boolean; lead: boolean };
  /** Of acknowledgements, where the edition's is not taken. */
  chain: Chain | undefined;
  times: Partial<Policy>;
  /** What units said in earlier episodes that they need not do. */
  profile: Array<{ unit: number; task: number }>;
  /** The unit that the supervisor is part of. */
  overseer: number | undefined;
}

/**
 * Taken, taken by a gateway whose receipt is to come, refused, the server is away, taken by a group robot alone, refused
 * with a group robot that is ill, or the answer comes only after the next command.
 */
const FATES = [
  ...(['taken', 'taken', 'receipted', 'receipted', 'failed', 'deferred'] as const),
  ...(['robot', 'ill robot', 'under way'] as const),
];
type Fate = (typeof FATES)[number];

export const randomLife: fc.Arbitrary<RandomLife> = fc.record({
  startMinute: fc.nat(3 * 24 * 60),
  startEffect: drawnEffect,
  startLevel: drawnLevel,
  startByTelephone: fc.boolean(),
  startEnd: drawnEnd,
  timeScale: fc.option(fc.constantFrom(1, 60, 1440), { nil: undefined }),
  steps: fc.array(step, { minLength: 3, maxLength: 18 }),
  post: fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 7 }),
  working: fc.record({ duty: fc.boolean(), lead: fc.boolean() }),
  chain: fc.option(fc.array(chainStep, { maxLength: 5 }), { nil: undefined }),
  times,
  profile: fc.uniqueArray(fc.record({ unit: drawnUnit, task: fc.nat(edition.items.length - 1) }), {
    maxLength: 3,
    selector: ({ unit: of, task }) => `${of} ${task}`,
  }),
  overseer: fc.option(drawnUnit, { nil: undefined }),
});

export interface Lived {
  life: Life;
  outcomes: Outcome[];
  /** Episode time at the end. */
  now: number;
}

/** Lives it on the pure core. */
export function live(drawn: RandomLife): Lived {
  const { startMinute, timeScale, steps, post, working } = drawn;
  let messages = 0;
  const life = new Life(editionOf(drawn), ({ to, mailAlone, receipts }, now) => {
    const fate = post[messages++ % post.length]!;
    if (fate === 'under way') return fate;
    const isByRobot = fate === 'robot' || fate === 'ill robot';
    const people = addressees(to, now).map((contact): DeliveryResult => {
      const isMute = (contact.startsWith('duty') && !working.duty) || (contact === 'lead' && !working.lead);
      const outcome = isMute || isByRobot ? 'failed' : fate === 'receipted' ? 'taken' : fate;
      // An SMS that did not arrive is not sent again: the next channel is taken.
      const isMailed = mailAlone || receipts?.[`${contact}/sms`] !== undefined || messages % 2 === 0;
      const channel = isMute ? 'none' : isMailed ? 'email' : 'sms';
      const further = outcome === 'taken' ? {} : { reason: 'x' };
      const awaits = fate === 'receipted' && channel === 'sms' ? { awaitsReceipt: true } : {};
      return { contact, contactHash: 'h', channel, outcome, ...further, ...awaits };
    });
    const group = { contact: 'group', contactHash: 'h', channel: 'wecom' } as const;
    const byRobot: DeliveryResult =
      fate === 'robot'
        ? { ...group, outcome: 'taken' }
        : { ...group, outcome: 'deferred', reason: 'x', fault: 'server', retryAfter: 600 };
    return isByRobot && !mailAlone ? [...people, byRobot] : people;
  });
  let real = at('2026-01-08 00:00') + startMinute * MINUTE;
  const outcomes = life.submit(real, [startOfLife(drawn, real)]);
  for (const [n, { after, outage, ask }] of steps.entries()) {
    const scale = timeScale ?? 1;
    real += Math.ceil((after * MINUTE) / scale);
    const body = bodyAsked(life, ask, n, episodeTimeAt(life.state.clock, real));
    const actor = ask.kind === 'receipt' || ask.kind === 'restored' ? GATEWAY : OFFICE;
    if (outage) outcomes.push(...life.take(real, body ? [life.command(body, actor)] : []));
    else if (body) outcomes.push(...life.submit(real, [body], actor));
    life.pass(real);
  }
  life.comeBack(real);
  life.pass(real);
  return { life, outcomes, now: episodeTimeAt(life.state.clock, real) };
}

const startOfLife = (
  { startLevel, startEffect, timeScale, startByTelephone, startEnd }: RandomLife,
  now: number,
): CommandBody =>
  ({
    ...startBody(now, startLevel, startEffect, timeScale, startByTelephone),
    ...(startEnd ? { expectedEndAt: beijingIso(now + (Math.max(startEffect, 0) + startEnd) * MINUTE) } : {}),
  }) as CommandBody;

function bodyAsked({ state, entries }: Life, ask: Ask, n: number, now: number): CommandBody | undefined {
  if (ask.kind === 'receipt') return receiptOf(state, ask);
  if (ask.kind === 'restored')
    return { kind: 'recordRestoration', how: ask.how, firstSeq: 1, lastSeq: Math.max(1, state.head.seq) };
  return ask.kind === 'resend' ? resendAsked(state, entries, ask) : bodyOf(ask, n, now);
}

/** A program, not a person. */
const GATEWAY: Actor = { accountId: 'gateway', role: 'system' };

/** A receipt of one of those that are awaited. */
function receiptOf({ messages }: EpisodeState, { which, outcome }: AskOf<'receipt'>): CommandBody | undefined {
  const awaited = Object.values(messages).flatMap(({ key, receipts = {} }) =>
    Object.entries(receipts).flatMap(([of, said]) => (said === 'awaited' ? [{ message: key, of }] : [])),
  );
  const one = awaited[which % awaited.length];
  const [contact = ''] = one?.of.split('/') ?? [];
  return one && { kind: 'recordReceipt', message: one.message, contact, channel: 'sms', outcome };
}

/** A message of the record, sent again as the API does: with what its entries say of it. */
function resendAsked(
  state: EpisodeState,
  entries: readonly Entry[],
  { which, how }: AskOf<'resend'>,
): CommandBody | undefined {
  const keys = [...new Set(entries.flatMap(({ data }) => ('message' in data ? [data.message] : [])))];
  const key = keys[which % keys.length];
  if (key === undefined) return undefined;
  const again = of(entries, 'message.resent').find(({ data }) => data.message === key)?.data;
  const first = again?.resends ?? key;
  const made = of(entries, 'deadline.reminded', 'deadline.escalated').filter(({ data }) => data.message === first);
  const body = resendOf(state, first, made.length > 0 ? made : entries.slice(...placeOf(first)));
  if (!body) throw new Error(`no entry makes ${first}`);
  return { ...body, ...(how === 'contact' ? { contact: 'lead' } : how === 'whole' ? {} : { channel: how }) };
}

const placeOf = (key: string): [from: number, until: number] => {
  const [seq = 1] = readKey(key).about;
  return [seq - 1, seq];
};

/** Another person is on duty at night: the recipient is decided at the moment of sending. */
const addressees = (to: Recipient, now: number): string[] => {
  if (to.kind !== 'unit') return [to.kind];
  const duty = new Date(now).getUTCHours() < 12 ? 'duty-day' : 'duty-night';
  return to.whom === undefined ? [duty, 'lead'] : [to.whom === 'duty' ? duty : to.whom];
};
