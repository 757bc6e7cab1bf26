/** A turn has an end, in bytes and in work, whatever is asked of it and however long the pause before it was. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atLength } from '../lib/testing/at-length.js';
import { policyAt } from '../plan/rules/policy.js';
import type { Policy } from '../plan/types.js';
import { type AppendInput, MAX_COMMAND_BYTES } from '../workflows/contract.js';
import { Inbox } from '../workflows/inbox.js';
import { turnOf } from '../workflows/turn-of.js';
import { episodeTimeAt, realTimeOf } from './clock.js';
import type { Command, CommandBody } from './commands.js';
import { due } from './due.js';
import { begin } from './state.js';
import type { EpisodeState } from './state-types.js';
import { adjustOf, at, binding, OFFICE, policy, startOf, taken } from './testing/life.js';
import { ENGINE_TAKES, THOUSAND_IDS, THOUSAND_UNITS } from './testing/thousand-units.js';
import { takeTurn } from './turn.js';

const DAY = 86_400_000;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const { units } = THOUSAND_UNITS;
const [item] = THOUSAND_UNITS.items;
const unitIds = THOUSAND_IDS;

/** Every text as long as it may be, in characters of three bytes. */
const prose = '晴'.repeat(10_000);
const attachmentIds = Array.from({ length: 20 }, (_, n) => `${n}`.padStart(64, 'a'));
const figures = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${n}`.padEnd(200, '晴'), 1e-300]));
const notice = (number: string) => ({
  number,
  issuer: '晴'.repeat(200),
  issuedAt: '2015-11-27T14:00:00+08:00',
  effectiveAt: '2015-11-27T14:00:00+08:00',
  text: prose,
});
const content = { work: prose, lessons: prose, shortcomings: prose, proposals: prose };
const unit = fc.constantFrom(...unitIds);
const largest = fc.oneof(
  fc.record({ kind: fc.constant('adjust'), level: fc.constantFrom('yellow', 'orange', 'red'), n: fc.nat() }).map(
    ({ level, n }): CommandBody => ({
      kind: 'adjust',
      notice: notice(`${n}`.padEnd(200, '晴')),
      cityLevel: level as 'red',
      level: level as 'red',
      reason: prose,
    }),
  ),
  fc.constant<CommandBody>({ kind: 'addTask', unitIds, text: prose, dueAt: '2015-12-27T14:00:00+08:00' }),
  fc.constant<CommandBody>({ kind: 'suspend', items: [item!.id], unitIds, reason: prose }),
  unit.map((unitId): CommandBody => ({ kind: 'suspend', items: 'all', unitIds: [unitId], reason: prose })),
  fc
    .constantFrom('s1', 's2', 's3')
    .map((suspensionId): CommandBody => ({ kind: 'resume', suspensionId, reason: prose })),
  fc.constant<CommandBody>({ kind: 'evaluate', text: prose, supplements: [prose, prose, prose, prose, prose] }),
  fc.constant<CommandBody>({ kind: 'lift', notice: notice('L') }),
  fc.constant<CommandBody>({ kind: 'submitFollowUp', text: prose }),
  fc.constant<CommandBody>({
    kind: 'saveReview',
    content: { ...content, conclusions: prose, planRevisionNeeded: true, publicText: prose },
  }),
  fc.constant<CommandBody>({ kind: 'publishReview' }),
  unit.map((unitId): CommandBody => ({ kind: 'acknowledge', unitId })),
  unit.map((unitId): CommandBody => ({ kind: 'reportImplementation', unitId, text: prose })),
  unit.map(
    (unitId): CommandBody => ({ kind: 'completeTasks', unitId, taskIds: [item!.id], note: prose, attachmentIds }),
  ),
  unit.map(
    (unitId): CommandBody => ({
      kind: 'submitDailyReport',
      unitId,
      date: '2015-11-27',
      content: { text: prose, figures, attachmentIds },
    }),
  ),
  unit.map((unitId): CommandBody => ({ kind: 'submitSummary', unitId, content })),
);

/** Takes turns as the workflow does, until nothing is left to do at this moment; answers what each stores. */
async function turnsAt(before: EpisodeState, now: number, commands: Command[]) {
  const inbox = new Inbox();
  const outcomes: string[] = [];
  for (const one of commands) inbox.put(one, ({ status }) => outcomes.push(status));
  const stored: AppendInput[] = [];
  const append = async (input: AppendInput) => {
    stored.push(input);
    return { status: 'stored' as const };
  };
  let state = before;
  for (let first = true; ; first = false) {
    const moment = due(state, now);
    if (!first && inbox.isEmpty && (moment === undefined || moment > now)) return { state, stored, outcomes };
    ({ state } = await turnOf(state, { inbox, append }, now, []));
    if (!inbox.isEmpty) continue;
    // Every message is taken at once.
    const results = Object.values(state.messages).map((message) => ({ message: message.key, deliveries: taken() }));
    for (let i = 0; i < results.length; i += 100) {
      inbox.put(commandOf({ kind: 'recordDeliveries', results: results.slice(i, i + 100) }), () => undefined);
    }
  }
}
let commands = 0;
const commandOf = (body: CommandBody): Command => {
  commands += 1;
  const isOurs = body.kind === 'recordDeliveries';
  return {
    commandId: `c${commands}`,
    bodyHash: '0'.repeat(64),
    actor: isOurs ? { accountId: 'system', role: 'system' } : OFFICE,
    body,
  };
};

describe('bytes', () => {
  const beginning = at('2015-11-27 14:00');
  let started: Awaited<ReturnType<typeof turnsAt>>;
  beforeAll(async () => {
    started = await turnsAt(begin('e', THOUSAND_UNITS), beginning, [commandOf(startOf('2015-11-27 14:00'))]);
  });

  test('a start of a thousand units, each with its tasks, is stored in messages that the engine takes', () => {
    expect(Object.values(started.state.units).every(({ implementation }) => implementation.length === 1)).toBe(true);
    for (const one of started.stored) expect(bytesOf(one)).toBeLessThan(ENGINE_TAKES);
  });

  test('so is whatever else a person may ask, at its largest and a hundred at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(largest, { minLength: 20, maxLength: 100 }), async (bodies) => {
        const all = bodies.map(commandOf).filter((command) => bytesOf(command) <= MAX_COMMAND_BYTES);
        expect(all).toHaveLength(bodies.length);
        const { stored, outcomes } = await turnsAt(started.state, beginning + 2 * DAY, all);
        expect(outcomes).toHaveLength(all.length);
        for (const one of stored) expect(bytesOf(one)).toBeLessThan(ENGINE_TAKES);
      }),
      { numRuns: atLength(4, 1) },
    );
  });

  test('a thousand units are told of a notice turn by turn, each once, with its whole time from then on', () => {
    const long = adjustOf('晴'.repeat(200), '2015-11-27 14:00', 'red');
    const asked = [commandOf(long), commandOf({ kind: 'acknowledge', unitId: unitIds[999]! })];
    // The caller has an answer with the first turn; the next command waits until every unit has been told.
    const first = takeTurn(started.state, asked, beginning);
    expect(first.outcomes).toMatchObject([{ status: 'accepted', seq: first.entries[0]!.seq }]);
    const told = new Map<string, string>();
    let now = beginning;
    for (let turn = first; ; turn = takeTurn(turn.state, asked.slice(1), now)) {
      expect(bytesOf(turn.entries)).toBeLessThan(ENGINE_TAKES / 2);
      for (const entry of turn.entries) {
        if (entry.kind !== 'unit.notified') continue;
        expect(told.has(entry.unitId)).toBe(false);
        told.set(entry.unitId, entry.data.acknowledgementDueAt!);
        expect(Date.parse(entry.data.acknowledgementDueAt!)).toBe(now + policy.acknowledgementMinutes * 60_000);
      }
      if (turn !== first && turn.outcomes.length > 0) break;
      expect(due(turn.state, now)).toBe(turn.state.head.episodeTime);
      now += 60_000;
    }
    expect([...told.keys()]).toEqual(unitIds);
    expect(new Set(told.values()).size).toBeGreaterThan(1);
  });

  test('the text of an added task enters the record once, for however many units', async () => {
    const { stored } = await turnsAt(started.state, beginning, [
      commandOf({ kind: 'addTask', unitIds, text: '只写一次' }),
    ]);
    expect(JSON.stringify(stored.map((one) => ({ ...one, commands: [] }))).split('只写一次')).toHaveLength(2);
  });
});

/** Counts how often a policy is asked when a day's report is due: for every undecided day, at every look at the state. */
function looksAt(policy: Policy): () => number {
  let looks = 0;
  const values = policyAt(policy, 'yellow');
  const { dailyReportTime } = values;
  Object.defineProperty(values, 'dailyReportTime', {
    get: () => {
      looks += 1;
      return dailyReportTime;
    },
  });
  return () => looks;
}

/** Fifty things that happen in a turn, each after a look at no more than a week of days. */
const MOST_LOOKS = 50 * 10;

describe('work', () => {
  test.each([
    ['two months', 60, 33],
    ['five days, of a thousand units', 5, 1_000],
  ])('a pause of %s without an answer: many turns, each with the work of a week', (_what, days, count) => {
    const beginning = at('2015-11-27 14:00');
    const start = { ...startOf('2015-11-27 14:00'), drill: { timeScale: 86_400 } } as CommandBody;
    const edition = { ...binding, units: units.slice(0, count), policy: { ...policy, abandonedDrillDays: 365 } };
    let { state } = takeTurn(begin('e', edition), [commandOf(start)], beginning);
    const looks = looksAt(state.policy);
    const now = beginning + (days * DAY) / 86_400;
    const perTurn: number[] = [];
    const isPassed = (moment: number | undefined) => moment !== undefined && realTimeOf(state.clock, moment) <= now;
    while (isPassed(due(state, episodeTimeAt(state.clock, now)))) {
      const before = looks();
      // Every message is taken at once.
      state = { ...takeTurn(state, [], now).state, messages: {} };
      perTurn.push(looks() - before);
    }
    expect(Object.values(state.units).every(({ reports }) => Object.keys(reports).length >= days - 1)).toBe(true);
    expect(perTurn.length).toBeGreaterThan(1);
    expect(Math.max(...perTurn)).toBeGreaterThan(0);
    expect(Math.max(...perTurn)).toBeLessThan(MOST_LOOKS);
  });
});
