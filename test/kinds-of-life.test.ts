/** Lives from a quiet one to one that grows out of its first run. */
import { expect, test } from '@jest/globals';
import type { CommandBody } from '../episode/commands.js';
import { resendOf } from '../episode/resends.js';
import {
  acknowledgeCommand,
  adjustCommand,
  calledAbout,
  describeKinds,
  ending,
  implement,
  noticeAt,
  report,
  UNITS,
} from './support/kinds.js';

await describeKinds('kinds of life', (life) => {
  test('quiet: everyone in time, lifted after a day and a half', async () => {
    await life.start('quiet');
    await life.submit(UNITS.map(acknowledgeCommand));
    await life.submit(UNITS.map(implement));
    await life.hoursIn(11);
    await life.submit(UNITS.map((unitId) => report(unitId, '2015-11-27')));
    await life.hoursIn(30);
    await life.lift(30);
    await life.submit([...UNITS.map((unitId) => report(unitId, '2015-11-28')), ...ending]);
    await life.closed();
    const kinds = (await life.entries()).map((entry) => entry.kind);
    expect(kinds.filter((one) => one.endsWith('.missed'))).toEqual([]);
    expect(kinds.at(-1)).toBe('episode.closed');
  });

  test('adjusted: announced, raised, lowered, a unit joins', async () => {
    await life.start('adjusted', { effectiveIn: 4, policy: { acknowledgementMinutes: 1440 } });
    await life.until(({ phase }) => phase === 'active');
    for (const [n, level] of (['orange', 'red', 'yellow'] as const).entries()) {
      expect(await life.submit([adjustCommand(level, `${n + 2}号`, 4 + n)])).toMatchObject([{ status: 'accepted' }]);
    }
    await life.submit([{ kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' }]);
    await life.lift(20);
    await life.submit(ending);
    expect((await life.closed()).unitCount).toBe(4);
  });

  test('late: silence to every deadline, urged and told again, answers afterwards', async () => {
    await life.start('late', { level: 'orange' });
    await life.hoursIn(21);
    const notified = (await life.entries()).find(({ kind }) => kind === 'unit.notified')!;
    const again = resendOf(await life.until(() => true), `unit:${notified.unitId}:${notified.seq}`, [notified])!;
    const urge = { kind: 'urge' as const, unitIds: UNITS, about: [{ deadline: 'acknowledgement' as const }] };
    expect(await life.submit([urge, again])).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
    await life.submit(UNITS.map(acknowledgeCommand));
    await life.submit(UNITS.map((unitId) => report(unitId, '2015-11-27')));
    await life.lift(22);
    await life.until(({ review }) => review?.status === 'missed');
    await life.submit(ending);
    await life.closed();
    const kinds = new Set((await life.entries()).map((entry) => entry.kind));
    for (const one of ['acknowledgement', 'implementation', 'report', 'follow-up', 'summary', 'review']) {
      expect(kinds).toContain(`${one}.missed`);
    }
  });

  test('suspended: a measure, then the whole response; a problem, a call, a referral, the day sent up', async () => {
    await life.start('suspended');
    await life.submit(UNITS.map(acknowledgeCommand));
    await life.hoursIn(2);
    await life.submit([{ kind: 'suspend', items: ['dust-iii'], reason: '抢修', until: await life.timeIn(3) }]);
    await life.until(({ suspensions }) => suspensions.every(({ status }) => status === 'ended'));
    await life.submit([
      { kind: 'recordCall', unitId: 'street-a', outcome: 'no-answer' },
      { kind: 'suspend', items: 'all', reason: '道路管制', until: await life.timeIn(60) },
    ]);
    await life.until(({ digestedTo }) => digestedTo !== undefined);
    const problems = [{ what: '未停工', where: '某工地' }];
    await life.submit([
      { ...report('street-a', '2015-11-27'), content: { text: '正常', figures: {}, problems } } as CommandBody,
      { kind: 'submitDigest', date: '2015-11-27', text: '今日情况' },
      { kind: 'settleProblem', unitId: 'street-a', problemId: 'p1', note: '已停工' },
      { kind: 'resume', suspensionId: 's2', reason: '管制结束' },
    ]);
    await life.hoursIn(60);
    const about = [{ deadline: 'report' as const, subject: '2015-11-28' }];
    const referral = {
      kind: 'refer' as const,
      unitId: 'education',
      to: 'committee' as const,
      about,
      reason: '仍未报送',
    };
    expect(await life.submit([referral])).toMatchObject([{ status: 'accepted' }]);
    await life.lift(61);
    await life.submit(ending);
    await life.closed();
    const kinds = (await life.entries()).map((entry) => entry.kind);
    for (const one of ['response.suspended', 'response.resumed', 'deadline.reopened', 'problem.settled'] as const)
      expect(kinds).toContain(one);
  });

  test('circulated: acknowledged, missed, answered, closed; what is open outlives the response', async () => {
    await life.start('circulated');
    await life.submit(UNITS.map(acknowledgeCommand));
    const issue: CommandBody = {
      kind: 'issueCircular',
      origin: 'district',
      title: '通报',
      text: '落实不到位',
      unitIds: UNITS,
      answerDueAt: await life.timeIn(30),
    };
    expect(await life.submit([issue])).toMatchObject([{ status: 'accepted' }]);
    const about = (unitId: string) => ({ unitId, circularId: 'c1' });
    await life.submit([{ kind: 'acknowledgeCircular', ...about('education') }]);
    await life.until(({ units }) => units['street-b']!.circulars[0]!.receipt.status === 'missed');
    await life.submit([
      { kind: 'answerCircular', ...about('street-a'), text: '已整改', attachmentIds: [] },
      { kind: 'closeCircular', circularId: 'c1', unitIds: ['street-b'], note: '现场整改' },
    ]);
    await life.lift();
    await life.until(({ units }) => units.education!.circulars[0]!.measures!.status === 'missed');
    await life.submit(ending);
    await life.closed();
    const entries = await life.entries();
    expect(calledAbout(entries, 'circular', 'street-b')).toEqual(['duty', 'lead', 'office']);
    expect(calledAbout(entries, 'measures', 'street-b')).toEqual([]);
    expect(calledAbout(entries, 'measures', 'education')).toEqual(['duty', 'lead', 'office']);
  });

  test('lifted early: before the response took effect', async () => {
    await life.start('lifted-early', { level: 'red', effectiveIn: 6 });
    const { effectiveAt } = noticeAt('', 6);
    await life.submit([{ kind: 'lift', notice: { ...noticeAt('9号', 1), effectiveAt } }]);
    await life.until(({ phase }) => phase === 'reporting');
    await life.submit(ending);
    await life.closed();
    expect((await life.entries()).filter((entry) => entry.kind === 'report.missed')).toEqual([]);
  });
});
