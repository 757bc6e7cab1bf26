import { describe, expect, test } from '@jest/globals';
import { policyAt } from '../rules/policy.js';
import { WARNING_LEVELS } from '../types.js';
import { loadEditionById } from './edition.js';

const edition = loadEditionById('shuimogou-2025');
const { units } = edition;
const _streets = units.filter(({ kind }) => kind === 'street').map(({ unitId }) => unitId);

describe('the policy', () => {
  test('has the values to begin with, each marked as the office’s', () => {
    expect(edition.policy).toMatchObject({
      noticeAheadHours: 72,
      endQuestionBeforeHours: 2,
      endQuestionAgainHours: 12,
      acknowledgementMinutes: { yellow: 60, orange: 30, red: 15 },
      liftingAcknowledgement: 120,
      circularAcknowledgementMinutes: 240,
      implementationReportMinutes: 240,
      dailyReportTime: '12:00',
      followUpReportHours: 24,
      summaryHours: '3 workdays',
      reviewHours: '7 workdays',
      workdayEnd: '19:00',
      digestTime: '12:30',
      digestSubmissionTime: '14:00',
      abandonedDrillDays: 31,
      urgeAgainMinutes: 15,
      broadcastEveryMinutes: { yellow: 240, orange: 120, red: 60 },
      carriedOverDays: { problem: 15, circular: 7, referral: 30 },
      revisionReminders: { aheadDays: 3, againDays: 7, quiet: { from: '22:00', until: '09:00' } },
    });
    expect([...new Set(Object.values(edition.policyNotes).map(({ by }) => by))]).toEqual(['office']);
    expect(edition.policyNotes.followUpReportHours.clause).toBe('5.1');
  });

  test('§6.6 every deadline has a chain that reaches those above the one who owes', () => {
    for (const level of WARNING_LEVELS)
      for (const [kind, steps] of Object.entries(policyAt(edition.policy, level).chains)) {
        if (kind === 'lifting') continue;
        const after = steps.filter((step) => step.after >= 0 && !step.since).map(({ to }) => to);
        // A circular is no alarm: leaders hear of it when the office refers it.
        const above = kind === 'circular' || kind === 'measures' ? ['office'] : ['office', 'committee'];
        expect({ kind, after }).toEqual({ kind, after: expect.arrayContaining(above) });
        expect(steps.some((step) => step.after < 0)).toBe(true);
      }
  });

  test('the receipt of a lifting is reminded of once, by day, and wakes nobody above', () => {
    for (const level of WARNING_LEVELS) {
      const { chains, quiet } = policyAt(edition.policy, level);
      expect(chains.lifting).toMatchObject([{ after: -60, to: 'duty', held: quiet }]);
    }
  });

  test('§6.6 below red no leader is told by night, and the committee only of five units or more', () => {
    for (const level of ['yellow', 'orange'] as const) {
      const { chains } = policyAt(edition.policy, level);
      const units = Object.entries(chains).flatMap(([kind, steps]) =>
        kind === 'follow-up' || kind === 'review' ? [] : steps,
      );
      expect(units.filter(({ to, held }) => (to === 'lead' || to === 'committee') && !held)).toEqual([]);
      expect(units.filter(({ to, atLeast }) => to === 'committee' && atLeast !== 5)).toEqual([]);
    }
  });

  test('§5.1 each unit reports the figures of its own work; three have none', () => {
    const { dailyFigures } = edition.policy;
    const ids = (unitId: string) => dailyFigures[unitId]!.map(({ id }) => id);
    for (const { unitId, kind } of units) expect(dailyFigures[kind === 'street' ? 'street' : unitId]).toBeDefined();
    expect(['discipline-inspection', 'cyberspace', 'finance'].flatMap(ids)).toEqual([]);
    expect(ids('education')).toEqual(['outdoorLessonsStopped', 'schoolsClosed', 'pupilsAtHome']);
    expect(ids('public-security')).not.toContain('sitesStopped');
    expect(ids('street')).toContain('burningsStopped');
  });

  test('§5.1 what departments and streets both see is counted by one of them', () => {
    const { street, ...departments } = edition.policy.dailyFigures;
    const ofDepartments = new Set(
      Object.entries(departments).flatMap(([name, list]) => (name === 'department' ? [] : list.map(({ id }) => id))),
    );
    const ofTheirOwn = ['people', 'violationsFound', 'violationsHandled'];
    const both = street.filter(({ id }) => ofDepartments.has(id) && !ofTheirOwn.includes(id));
    expect(both.map(({ id }) => id)).toContain('sitesStopped');
    for (const { id, countedBy } of both)
      expect({ id, isCounted: countedBy !== undefined }).toEqual({ id, isCounted: true });
  });

  test('§5.1 of 应停、应限、应停业、应停驶 the 已 is told out of it', () => {
    const all = Object.values(edition.policy.dailyFigures).flat();
    const to = new Set(all.filter(({ name }) => name.startsWith('应')).map(({ id }) => id));
    expect(new Set(all.flatMap(({ outOf }) => outOf ?? []))).toEqual(to);
    expect(to.size).toBe(5);
  });
});
