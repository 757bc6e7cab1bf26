/** Lives with chains, added tasks and people who act for others. */
import { expect, test } from '@jest/globals';
import type { CommandBody, DeliveryResult } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import type { UnitState } from '../episode/state-types.js';
import { summaryOf, taken } from '../episode/testing/life.js';
import {
  acknowledgeCommand,
  adjustCommand,
  calledAbout,
  callStep,
  describeKinds,
  ending,
  expectSound,
  implement,
  report,
  UNITS,
} from './support/kinds.js';

const DAY = '2015-11-27';
const APART = 480;
const slowly = [
  callStep(-APART, 'duty'),
  callStep(0, 'lead'),
  callStep(0, 'office'),
  callStep(APART, 'committee', { every: APART, times: 1 }),
  callStep(3 * APART, 'lead'),
];
const unhurried = { acknowledgementMinutes: 2 * APART, chains: { acknowledgement: slowly } };

const countOf = (entries: readonly Entry[], kind: string): number => entries.filter((one) => one.kind === kind).length;

const ASKED = 'acknowledgement/n1';
const isAtItsEnd = ({ acknowledgements: [asked], chases }: UnitState): boolean =>
  asked?.status === 'missed' && chases[ASKED] === undefined;

const isSummaryAtItsEnd = ({ summary, chases }: UnitState): boolean =>
  summary?.status === 'missed' && chases['summary/'] === undefined;

await describeKinds('kinds of life with chains', (life) => {
  test('chased: silence to the top of every chain, late answers (§3.1.3, §4.2, §5.1, §5.2)', async () => {
    await life.start('chased', { policy: { ...unhurried, summaryHours: 30, reviewHours: 40 } });
    await life.until(({ units }) => Object.values(units).every(isAtItsEnd));
    await life.submit(UNITS.flatMap((unitId) => [acknowledgeCommand(unitId), implement(unitId), report(unitId, DAY)]));
    await life.lift(42);
    await life.until(({ review }) => review?.status === 'missed');
    await life.until(({ units }) => Object.values(units).every(isSummaryAtItsEnd));
    await life.submit([...UNITS.map(summaryOf), ...ending]);
    await life.closed();

    const entries = await life.entries();
    expectSound(entries);
    for (const unitId of UNITS) {
      expect(calledAbout(entries, 'acknowledgement', unitId)).toEqual([
        ...['duty', 'lead', 'office', 'committee', 'committee'],
        'lead',
      ]);
      expect(calledAbout(entries, 'implementation', unitId)).toEqual(expect.arrayContaining(['lead', 'office']));
      expect(calledAbout(entries, 'report', unitId)).toEqual(expect.arrayContaining(['duty', 'office', 'lead']));
      expect(calledAbout(entries, 'summary', unitId).at(-1)).toBe('committee');
    }
    expect(calledAbout(entries, 'follow-up')).toEqual(expect.arrayContaining(['office', 'committee']));
    expect(calledAbout(entries, 'review')).toEqual(['office']);
  });

  test('handed through: nobody of one unit can be reached, nor anybody above; another’s server is away (§6.6)', async () => {
    const failed = (reason: string): DeliveryResult[] => [
      { contact: 'liaison', contactHash: '', channel: 'none', outcome: 'failed', reason },
    ];
    const away: DeliveryResult[] = [
      { contact: 'liaison', contactHash: '', channel: 'sms', outcome: 'deferred', reason: 'server-unreachable' },
    ];
    life.post = ({ to }) => {
      if (to.kind !== 'unit' || to.unitId === 'education') return failed('no-channel');
      if (to.unitId === 'street-b') return away;
      return to.whom === 'duty' ? failed('invalid-number') : taken();
    };
    await life.start('handed-through', { policy: unhurried });
    await life.until(({ units }) => units.education?.chases[ASKED]?.early?.length === 2);
    await life.until(({ messages }) => Object.values(messages).some(({ attempt }) => attempt > 0));
    await life.submit([...['education', 'street-b'].map(acknowledgeCommand), ...UNITS.map(implement)]);
    await life.until(({ units }) => isAtItsEnd(units['street-a']!));
    await life.submit([acknowledgeCommand('street-a')]);
    life.post = taken;
    await life.lift(34);
    await life.submit(ending);
    await life.closed();

    const entries = await life.entries();
    expectSound(entries);
    expect(calledAbout(entries, 'acknowledgement', 'education')).toEqual(['office', 'committee']);
    expect(calledAbout(entries, 'acknowledgement', 'street-b')).toEqual([]);
    expect(calledAbout(entries, 'acknowledgement', 'street-a')).toEqual([
      // Early and then in its turn for the person on duty, and likewise for the office and the committee.
      ...['duty', 'lead'],
      ...['lead', 'office', 'committee', 'lead'],
      'committee',
    ]);
    expect(entries.filter(({ data }) => 'fellThrough' in data).length).toBeGreaterThanOrEqual(6);
    expect(entries.flatMap(({ data }) => ('messages' in data && 'reason' in data ? [data.reason] : []))).toContain(
      'answered',
    );
  });

  test('busy: tasks added, missed, taken back; on behalf; figures, corrections, the digest (§4.3, §5.1)', async () => {
    const onBehalf = { onBehalf: { reference: 'p-1', hash: '0'.repeat(64) } };
    const link = { link: { contact: 'liaison:1' } };
    const task = (unitId: string, taskId: string) => ({ unitId, taskId });
    const complete = (unitId: string, taskId: string): CommandBody => ({
      kind: 'completeTasks',
      unitId,
      taskIds: [taskId],
      note: '已完成',
      attachmentIds: [],
    });
    await life.start('busy');
    await life.submit([
      { ...acknowledgeCommand('education'), ...onBehalf } as CommandBody,
      { ...acknowledgeCommand('street-a'), ...link } as CommandBody,
      acknowledgeCommand('street-b'),
      ...UNITS.map(implement),
      { kind: 'addTask', unitIds: ['education', 'street-a'], text: '加密巡查', dueAt: await life.timeIn(6) },
    ]);
    const unit = { accountId: 'street-b', role: 'unit' } as const;
    await life.submit([{ kind: 'addTask', unitIds: ['street-b'], text: '夜间值守' }], unit);
    await life.submit([
      complete('education', 'added-1'),
      { kind: 'withdrawCompletion', ...task('education', 'added-1'), reason: '复查未落实' },
      { kind: 'noteProgress', ...task('street-a', 'added-1'), note: '进行中', attachmentIds: [] },
      complete('street-b', 'added-2'),
    ]);
    await life.until(({ units }) => units['street-a']!.taskDeadlines[0]?.status === 'missed');
    await life.submit([complete('education', 'added-1'), complete('street-a', 'added-1')]);
    await life.submit([adjustCommand('orange', '2号', 8)]);
    await life.submit([...UNITS.map(acknowledgeCommand), ...UNITS.map(implement), complete('street-a', 'dust-ii')]);

    await life.hoursIn(11);
    await life.submit([
      report('education', DAY, { sitesInspected: 3 }),
      { ...report('street-a', DAY, { sweepsAdded: 2 }), ...onBehalf } as CommandBody,
    ]);
    await life.submit([report('street-a', DAY, { sweepsAdded: 4 })]);
    await life.until(({ digestedTo }) => digestedTo === DAY);
    await life.submit([
      { kind: 'evaluate', text: '效果明显', supplements: ['增加巡查'] },
      { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' },
    ]);
    await life.lift(24);
    await life.submit([...UNITS.map(summaryOf), ...ending]);
    await life.closed();

    const entries = await life.entries();
    expectSound(entries);
    for (const kind of ['task.added', 'task.progressed', 'task.completed', 'task.withdrawn', 'task.missed']) {
      expect(countOf(entries, kind)).toBeGreaterThan(0);
    }
    expect(countOf(entries, 'report.corrected')).toBe(1);
    expect(entries.find(({ kind }) => kind === 'digest.compiled')!.data).toEqual({
      date: DAY,
      submitted: 2,
      outstanding: ['street-b'],
    });
  });
});
