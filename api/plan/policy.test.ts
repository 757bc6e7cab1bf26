import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadEditionById } from '../../plan/edition/edition.js';
import { DEADLINES } from '../../plan/types.js';
import { POLICY_WORDS } from '../../plan/wording/policy-words.js';
import { startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { policyAnswer } from './policy.js';

const edition = loadEditionById('shuimogou-2025');
const changed = ({ items }: ReturnType<typeof policyAnswer>) =>
  items.flatMap((row) => (row.isChanged ? [row.name] : []));

describe('the policy for its readers', () => {
  test('has every value and chain with its meaning, reason and clause; as shipped nothing is changed', () => {
    const answer = policyAnswer(edition);
    const { chains, ...values } = edition.policy;
    expect(answer.items.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(values), ...Object.keys(chains).map((deadline) => `chains.${deadline}`)].sort(),
    );
    for (const row of answer.items) {
      expect(row).toMatchObject({
        by: 'office',
        why: expect.stringMatching(/./),
        clause: expect.stringMatching(/^\d/),
      });
      expect(row.value).toEqual(row.shipped);
    }
    expect(changed(answer)).toEqual([]);
  });

  test('shows what the office has changed beside what was shipped', () => {
    const policy = {
      ...edition.policy,
      dailyReportTime: '11:00',
      chains: { ...edition.policy.chains, report: [] },
    };
    const answer = policyAnswer({ ...edition, policy });
    expect(changed(answer)).toEqual(['dailyReportTime', 'chains.report']);
    expect(answer.items.find(({ name }) => name === 'dailyReportTime')).toMatchObject({
      value: '11:00',
      shipped: '12:00',
    });
  });

  test('of an edition that the office wrote itself, nothing was shipped', () => {
    const { shipped: _, ...own } = edition;
    const answer = policyAnswer(own);
    expect(changed(answer)).toEqual([]);
    expect(answer.items.some((row) => 'shipped' in row)).toBe(false);
  });
});

describe('over HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app.close());

  test('every role reads all of it', async () => {
    const all = Object.keys(POLICY_WORDS).length + DEADLINES.length;
    for (const as of ['office', 'supervisor', 'administrator', 'education'])
      expect((await app.ask('GET', '/api/v1/plan/policy', { as })).body.items).toHaveLength(all);
  });

  test('the plan tells which units each answer and each standing duty is for', async () => {
    const { body } = await app.ask('GET', '/api/v1/plan', { as: 'education' });
    const { items, standingDuties } = body as Record<
      'items' | 'standingDuties',
      Array<{ id: string; unitIds: string[]; answers: Array<{ unitIds: string[] }> }>
    >;
    for (const { id, answers } of items)
      expect(answers.flatMap(({ unitIds }) => unitIds).sort()).toEqual(
        edition.items.find((item) => item.id === id)!.units.toSorted(),
      );
    for (const { unitIds } of standingDuties) expect(unitIds.length).toBeGreaterThan(0);
  });

  test('an episode tells which values a drill has of its own', async () => {
    const changedOf = async (changes: object) => {
      const { body } = await app.ask('POST', '/api/v1/episodes', {
        as: 'office',
        body: startRequestBody(app.now(), changes as Record<string, unknown>),
      });
      return (await app.ask('GET', `/api/v1/episodes/${body.episodeId}/policy`, { as: 'office' })).body.changed;
    };
    expect(await changedOf({})).toEqual([]);
    const policy = { summaryHours: 4, chains: { report: [] } };
    expect(await changedOf({ drill: { timeScale: 60, policy } })).toEqual(['summaryHours', 'chains.report']);
  });
});
