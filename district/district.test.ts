import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Actor, DeliveryResult } from '../episode/commands.js';
import { GENESIS } from '../episode/hash-chain.js';
import { beijingIso, HOUR } from '../plan/rules/calendar.js';
import { clause } from '../plan/rules/clauses.js';
import type { RevisionReminders } from '../plan/types.js';
import { type DistrictDecision, decideDistrict, districtHappening } from './decide.js';
import { districtDue } from './due.js';
import type { CarriedMatter, DistrictCommandBody, DistrictDraft, DistrictEntry, DistrictState } from './entries.js';
import { evolveDistrict } from './evolve.js';
import { beginDistrict } from './state.js';

const DAY = 24 * HOUR;
const OFFICE: Actor = { accountId: 'office', role: 'office' };
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

/** Lives it on the pure core: what falls due at its moments, and commands. */
class DistrictLife {
  state: DistrictState = beginDistrict();
  readonly entries: DistrictEntry[] = [];

  pass(until: number): void {
    for (let turns = 0; turns < 1_000; turns += 1) {
      const due = districtDue(this.state, this.state.head.at, () => true);
      if (due === undefined || due > until) return;
      const moment = Math.max(due, this.state.head.at);
      this.write(districtHappening(this.state, moment) ?? [], moment);
    }
    throw new Error('time does not pass: something stays due');
  }

  do(now: number, body: DistrictCommandBody): DistrictDecision {
    this.pass(now);
    const decision = decideDistrict(this.state, body, OFFICE, now);
    if (Array.isArray(decision)) this.write(decision, now);
    this.pass(now);
    return decision;
  }

  private write(drafts: DistrictDraft[], now: number): void {
    for (const draft of drafts) {
      const seq = this.state.head.seq + 1;
      const time = { at: beijingIso(now), episodeTime: beijingIso(now) };
      const entry = { ...draft, seq, ...time, previousHash: GENESIS, hash: `h${seq}` } as DistrictEntry;
      this.entries.push(entry);
      this.state = evolveDistrict(this.state, entry);
    }
  }

  get reminders() {
    return this.entries.flatMap(({ kind, data, at: moment }) =>
      kind === 'revision.reminded' ? data.reminders.map(({ stage }) => [stage, moment.slice(0, 16)]) : [],
    );
  }
}

const revision = (changes: Partial<CarriedMatter> = {}): CarriedMatter => ({
  what: 'plan',
  clause: clause('5.2'),
  seq: 900,
  text: '修订联络名单',
  unitId: 'ecology',
  dueAt: beijingIso(at('2026-01-20 18:00')),
  ...changes,
});
const REMINDERS: RevisionReminders = { aheadDays: 3, againDays: 7, quiet: { from: '22:00', until: '09:00' } };
const handOverWith = (reminders: RevisionReminders, ...matters: CarriedMatter[]): DistrictCommandBody => ({
  kind: 'handOver',
  episodeId: 'e1',
  after: 0,
  reminders,
  matters,
});
const handOver = (...matters: CarriedMatter[]) => handOverWith(REMINDERS, ...matters);
const FILED_BEFORE = { at: '2026-01-11T10:00:00+08:00' };
const FILED = { at: '2026-01-19T10:00:00+08:00', number: '水环委办〔2026〕9号' };

test('§5.2 a review hands its revisions over once, each with owner and day', () => {
  const life = new DistrictLife();
  life.do(at('2026-01-10 10:00'), handOver(revision(), revision({ what: 'policy' })));
  expect(life.do(at('2026-01-10 11:00'), handOver(revision()))).toEqual({ repeats: 1 });
  expect(life.entries).toMatchObject([
    { kind: 'revision.opened', unitId: 'ecology', clause: '5.2', data: { revisionId: 'r1' } },
    { kind: 'revision.opened', data: { revisionId: 'r2' } },
    { kind: 'revision.reminded', unitId: 'ecology', data: { reminders: [{ revisionId: 'r1' }, { revisionId: 'r2' }] } },
  ]);
});

test('a part of a hand-over comes once, after those before it', () => {
  const life = new DistrictLife();
  const part = (after: number, ...matters: CarriedMatter[]): DistrictCommandBody =>
    ({ ...handOver(...matters), after }) as DistrictCommandBody;
  const problem = (subject: string) =>
    revision({ what: 'problem', text: '甲工地：未停工', subject, clause: clause('5.1') });
  life.do(at('2026-01-10 10:00'), part(0, revision(), problem('p1')));
  life.do(at('2026-01-10 10:01'), part(2, problem('p2')));
  const before = life.entries.length;
  expect(life.do(at('2026-01-10 10:02'), part(0, revision(), problem('p1')))).toEqual({ repeats: 1 });
  expect(life.do(at('2026-01-10 10:02'), part(2, problem('p2')))).toMatchObject({ repeats: expect.any(Number) });
  expect(life.entries.length).toBe(before);
  expect(life.state.revisions).toMatchObject([
    { revisionId: 'r1', what: 'plan', clause: '5.2' },
    { revisionId: 'r2', what: 'problem', clause: '5.1' },
    { revisionId: 'r3', what: 'problem' },
  ]);
});

test('a unit says of a problem that it is put right; of all else the office says that it is done', () => {
  const unit: Actor = { accountId: 'ecology', role: 'unit' };
  const life = new DistrictLife();
  life.do(at('2026-01-10 10:00'), handOver(revision({ what: 'problem' }), revision({ what: 'circular' })));
  const body = (revisionId: string) => ({ kind: 'completeRevision' as const, revisionId, note: '已整改' });
  const decided = (revisionId: string) => decideDistrict(life.state, body(revisionId), unit, at('2026-01-11 10:00'));
  expect(decided('r1')).toMatchObject([{ kind: 'revision.done', unitId: 'ecology', data: { note: '已整改' } }]);
  expect(decided('r2')).toMatchObject({ type: 'office-completes' });
});

describe('owner and office are reminded', () => {
  test.each<[string, string, string, string[][]]>([
    [
      'at its opening, three days ahead, once it is due, and each week after, by day',
      '2026-01-20 23:00',
      '2026-01-30 10:00',
      [
        ['opened', '2026-01-10T10:00'],
        ['ahead', '2026-01-18T09:00'],
        ['due', '2026-01-21T09:00'],
        ['again', '2026-01-28T09:00'],
      ],
    ],
    [
      'not ahead when it was opened later than that',
      '2026-01-11 18:00',
      '2026-01-12 10:00',
      [
        ['opened', '2026-01-10T10:00'],
        ['due', '2026-01-11T18:00'],
      ],
    ],
  ])('%s', (_name, dueAt, until, told) => {
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOver(revision({ dueAt: beijingIso(at(dueAt)) })));
    life.pass(at(until));
    expect(life.reminders).toEqual(told);
  });

  test('by the times that its episode had', () => {
    const reminders = { aheadDays: 1, againDays: 2, quiet: { from: '00:00', until: '12:00' } };
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOverWith(reminders, revision({ dueAt: beijingIso(at('2026-01-20 13:00')) })));
    life.pass(at('2026-01-23 10:00'));
    expect(life.reminders).toEqual([
      ['opened', '2026-01-10T12:00'],
      ['ahead', '2026-01-19T13:00'],
      ['due', '2026-01-20T13:00'],
      ['again', '2026-01-22T13:00'],
    ]);
  });

  test('no more once it is done, and anew once it is postponed', () => {
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOver(revision(), revision({ unitId: 'education' })));
    life.do(at('2026-01-15 10:00'), {
      kind: 'completeRevision',
      revisionId: 'r1',
      note: '已修订',
      filing: FILED_BEFORE,
    });
    const dueAt = beijingIso(at('2026-02-01 18:00'));
    life.do(at('2026-01-16 10:00'), { kind: 'postponeRevision', revisionId: 'r2', dueAt, reason: '等待专家意见' });
    life.pass(at('2026-02-01 12:00'));
    expect(life.reminders).toEqual([
      ['opened', '2026-01-10T10:00'],
      ['opened', '2026-01-10T10:00'],
      ['opened', '2026-01-16T10:00'],
      ['ahead', '2026-01-29T18:00'],
    ]);
  });
});

describe('done', () => {
  test.each<[CarriedMatter['what'], { at: string } | undefined, string | undefined]>([
    ['plan', FILED_BEFORE, undefined],
    ['site-plan', FILED_BEFORE, undefined],
    ['plan', FILED, 'filing-time'],
    ['policy', undefined, undefined],
    ['problem', undefined, undefined],
    ['circular', undefined, undefined],
    ['referral', undefined, undefined],
    ['plan', undefined, 'filing-required'],
    ['site-plan', undefined, 'filing-required'],
  ])('§5.2 %s, filed %j', (what, filing, refused) => {
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOver(revision({ what })));
    const body = { kind: 'completeRevision' as const, revisionId: 'r1', note: '已修订', ...(filing && { filing }) };
    const decision = life.do(at('2026-01-15 10:00'), body);
    if (refused) expect(decision).toMatchObject({ type: refused, clause: '5.2' });
    else expect(decision).toMatchObject([{ kind: 'revision.done', data: { late: false } }]);
  });

  test('after its day it is late; it is not done again, and not postponed any more', () => {
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOver(revision()));
    const body = { kind: 'completeRevision' as const, revisionId: 'r1', note: '已修订', filing: FILED };
    expect(life.do(at('2026-01-25 10:00'), body)).toMatchObject([{ data: { late: true } }]);
    expect(life.do(at('2026-01-26 10:00'), body)).toMatchObject({ type: 'revision-done', clause: '5.2' });
    const dueAt = beijingIso(at('2026-03-01 10:00'));
    expect(
      life.do(at('2026-01-27 10:00'), { kind: 'postponeRevision', revisionId: 'r1', dueAt, reason: '再议' }),
    ).toMatchObject({
      type: 'revision-done',
    });
  });
});

describe('who is told', () => {
  const told = (life: DistrictLife) =>
    Object.values(life.state.messages).map(({ to, revisionIds }) => [to, revisionIds]);
  const UNIT = { kind: 'unit', unitId: 'ecology' };
  const sent: DeliveryResult = { contact: 'a', contactHash: '', channel: 'email', outcome: 'taken' };
  const deliveries = (message: string, ...results: DeliveryResult[]): DistrictCommandBody => ({
    kind: 'recordDeliveries',
    results: [{ message, deliveries: results }],
  });

  test('the owner of what is opened, and the office too once it is due; one message for all of an owner', () => {
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOver(revision(), revision(), revision({ unitId: 'education' })));
    expect(told(life)).toEqual([
      [UNIT, ['r1', 'r2']],
      [{ kind: 'unit', unitId: 'education' }, ['r3']],
    ]);
    for (const message of Object.keys(life.state.messages)) life.do(at('2026-01-10 10:01'), deliveries(message, sent));
    expect(told(life)).toEqual([]);
    expect(life.state.revisions[0]).toMatchObject({ told: { stage: 'opened', reached: true } });
    life.do(at('2026-01-12 10:00'), {
      kind: 'completeRevision',
      revisionId: 'r3',
      note: '已修订',
      filing: FILED_BEFORE,
    });
    life.pass(at('2026-01-18 10:00'));
    for (const message of Object.keys(life.state.messages)) life.do(at('2026-01-18 10:01'), deliveries(message, sent));
    life.pass(at('2026-01-20 19:00'));
    expect(told(life)).toEqual([
      [UNIT, ['r1', 'r2']],
      [{ kind: 'office' }, ['r1', 'r2']],
    ]);
  });

  test('nobody of what is done meanwhile; the office of its own', () => {
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOver(revision(), revision({ unitId: undefined as never })));
    life.pass(at('2026-01-18 10:00'));
    life.do(at('2026-01-19 11:00'), { kind: 'completeRevision', revisionId: 'r1', note: '已修订', filing: FILED });
    expect(told(life)).toEqual([[{ kind: 'office' }, ['r2']]]);
  });

  test('a server that is away is tried again, for about a day; then the message has failed', () => {
    const life = new DistrictLife();
    let now = at('2026-01-10 10:00');
    life.do(now, handOver(revision()));
    const [message = ''] = Object.keys(life.state.messages);
    const full: DeliveryResult = { ...sent, outcome: 'deferred', reason: '452', fault: 'recipient' };
    let tries = 0;
    while (life.state.messages[message]) {
      now = life.state.messages[message]!.notBefore;
      life.do(now, deliveries(message, full));
      tries += 1;
    }
    expect(tries).toBeGreaterThan(20);
    expect(now - at('2026-01-10 10:00')).toBeLessThan(1.1 * DAY);
    expect(life.entries.at(-1)).toMatchObject({ kind: 'notification.failed', data: { final: true } });
    expect(life.state.revisions[0]!.told!.reached).toBeUndefined();
  });

  test('a receipt says whether it arrived', () => {
    const life = new DistrictLife();
    life.do(at('2026-01-10 10:00'), handOver(revision()));
    const [message = ''] = Object.keys(life.state.messages);
    const sms: DeliveryResult = { ...sent, channel: 'sms', awaitsReceipt: true };
    life.do(at('2026-01-10 10:01'), deliveries(message, sms));
    expect(life.state.revisions[0]!.told!.reached).toBeUndefined();
    const receipt = { kind: 'recordReceipt', message, contact: 'a', channel: 'sms', outcome: 'delivered' } as const;
    life.do(at('2026-01-10 10:02'), receipt);
    expect(life.state.revisions[0]!.told!.reached).toBe(true);
  });
});

test('random lives: nothing is reminded of at night or after it is done, each stage once, and nothing stays due', () => {
  const act = fc.record({
    after: fc.integer({ min: 1, max: 20 * 24 }),
    what: fc.constantFrom('complete' as const, 'postpone' as const, 'silence' as const),
    which: fc.integer({ min: 1, max: 3 }),
    by: fc.integer({ min: -24, max: 40 * 24 }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 30 * 24 }), { minLength: 1, maxLength: 3 }),
      fc.array(act),
      fc.record({
        aheadDays: fc.integer({ min: 1, max: 20 }),
        againDays: fc.integer({ min: 1, max: 20 }),
        quiet: fc.constant({ from: '21:00', until: '08:00' }),
      }),
      (dues, acts, reminders) => {
        const life = new DistrictLife();
        let now = at('2026-01-12 10:00');
        life.do(
          now,
          handOverWith(reminders, ...dues.map((hours) => revision({ dueAt: beijingIso(now + hours * HOUR) }))),
        );
        for (const { after, what, which, by } of acts) {
          now += after * HOUR;
          life.pass(now);
          const revisionId = `r${which}`;
          if (what === 'complete')
            life.do(now, { kind: 'completeRevision', revisionId, note: '完成', filing: FILED_BEFORE });
          if (what === 'postpone')
            life.do(now, { kind: 'postponeRevision', revisionId, dueAt: beijingIso(now + by * HOUR), reason: '改期' });
        }
        const done = new Map<string, number>();
        const last = new Map<string, number>();
        for (const { kind, data, seq, at: moment } of life.entries) {
          if (kind === 'revision.done') done.set(data.revisionId, seq);
          if (kind !== 'revision.reminded') continue;
          const hands = moment.slice(11, 16);
          expect(hands >= reminders.quiet.until && hands < reminders.quiet.from).toBe(true);
          for (const { revisionId, stage, dueAt } of data.reminders) {
            expect(done.has(revisionId)).toBe(false);
            const name = `${revisionId} ${stage} ${dueAt}`;
            const before = last.get(name);
            // A revision that is put off to the same day again is told again.
            if (before !== undefined && stage === 'again')
              expect(Date.parse(moment) - before).toBeGreaterThanOrEqual(reminders.againDays * DAY);
            last.set(name, Date.parse(moment));
          }
        }
        const due = districtDue(life.state, now, () => true);
        if (due !== undefined) expect(due).toBeGreaterThan(now);
      },
    ),
  );
});
