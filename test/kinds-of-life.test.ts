/** Lives from a quiet one to one that grows out of its first run. */
import { expect, test } from '@jest/globals';
import {
  acknowledgeCommand,
  adjustCommand,
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

  test('late: silence to every deadline, answers afterwards', async () => {
    await life.start('late', { level: 'orange' });
    await life.hoursIn(21);
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
