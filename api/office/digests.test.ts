import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const STREET = 'street-qifang';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.pass(20 * ONE_HOUR);
  for (const [unitId, figures] of [
    ['construction', { sitesToStop: 5, sitesStopped: 3 }],
    [STREET, { sweepsAdded: 4 }],
  ] as const)
    await app.ask('PUT', `${path}/units/${unitId}/daily-reports/2026-01-10`, {
      as: unitId,
      body: { text: '正常', figures },
    });
});
afterAll(() => app.close());

const digest = async (as = 'office') => (await app.ask('GET', `${path}/digests/2026-01-10`, { as })).body;
const submit = (body: object = {}) => app.ask('POST', `${path}/digests/2026-01-10/submission`, { as: 'office', body });
const listed = async () => (await app.ask('GET', `${path}/digests`, { as: 'supervisor' })).body.items;
const board = async () => (await app.ask('GET', `${path}/board`, { as: 'office' })).body.digestsToSubmit;

test('§5.1 the district’s day goes to the city: drafted from the digest, sent, corrected', async () => {
  expect(await submit()).toMatchObject({ status: 409, body: { type: '/problems/digest-missing', clause: '5.1' } });
  expect(await listed()).toEqual([]);
  await app.pass(3 * ONE_HOUR);
  expect(await board()).toEqual(['2026-01-10']);
  const { submission } = (await digest()) as { submission: { status: string; text: string } };
  expect(submission.status).toBe('draft');
  const lines = submission.text.split('\n');
  expect(lines.slice(0, 3)).toEqual([
    '水磨沟区2026年1月10日重污染天气应急响应情况',
    '市生态环境保护委员会办公室：',
    '2026年1月10日，本区执行黄色预警、Ⅲ级应急响应。',
  ]);
  expect(lines[3]).toBe(
    '33个责任单位中2个已报送当日情况；尚未报送：除区建设局（交通局、水务局）、七纺街道办事处外的其他责任单位。',
  );
  expect(lines.slice(4)).toEqual([
    '各责任单位报送合计：应停工工地5个，已停工工地3个（尚差2个），增加清扫4次。',
    '水磨沟区生态环境保护委员会办公室',
  ]);

  const { status, body } = await submit();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    date: '2026-01-10',
    submission: { status: 'submitted', text: submission.text },
    entry: { kind: 'digest.submitted' },
  });
  expect(await board()).toEqual([]);
  expect(await listed()).toMatchObject([
    { date: '2026-01-10', submitted: 2, outstanding: 31, submission: { status: 'submitted' } },
  ]);

  await app.pass(ONE_HOUR);
  const corrected = await submit({ text: '更正：已停工工地4个。' });
  expect(corrected.body.submission).toMatchObject({
    text: '更正：已停工工地4个。',
    submittedAt: (body.submission as { submittedAt: string }).submittedAt,
    correctedAt: expect.stringContaining('2026-01-11T14:'),
  });
  expect(await digest('supervisor')).toMatchObject({ submission: corrected.body.submission });
  const { body: history } = await app.ask('GET', `${path}/history?kind=digest.submitted`, { as: 'office' });
  const [first, second] = history.items as Array<{ seq: number; data: { text: string; corrects?: number } }>;
  expect(second!.data.corrects).toBe(first!.seq);
  expect(first!.data.text).toBe(submission.text);
});
