import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';
import { pdf } from '../testing/files.js';
import { upload } from '../testing/upload.js';

const STREET = 'street-qifang';
const SITE = 'construction';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
});
afterAll(() => app.close());

const issue = (changes: object = {}, as = 'office') =>
  app.ask('POST', `${path}/circulars`, {
    as,
    body: {
      origin: 'district',
      number: '水环委办〔2026〕5号',
      title: '关于落实不到位的通报',
      text: '经查，个别工地未按要求停工，请立即整改。',
      unitIds: [STREET, SITE],
      answerDueAt: '2026-01-12T18:00:00+08:00',
      ...changes,
    },
  });
const of = (unitId: string, rest: string) => `${path}/units/${unitId}/circulars${rest}`;
const uploaded = async (as: string) => String((await upload(app, as, pdf(as))).body.attachmentId);
type Rows = Array<Record<string, unknown>>;

test('§7 a circular is issued to units, and each reads it with its times, not what it goes back to', async () => {
  const { status, headers, body } = await issue();
  expect({ status, location: headers.get('location') }).toEqual({
    status: 201,
    location: `${new URL(path, app.url).pathname}/circulars/c1`,
  });
  expect(body).toMatchObject({
    circularId: 'c1',
    units: 2,
    acknowledged: 0,
    entry: { kind: 'circular.issued' },
    items: [
      { unitId: SITE, measures: { dueAt: '2026-01-12T18:00:00.000+08:00', status: 'pending' } },
      { unitId: STREET, name: '七纺街道办事处', status: 'pending', dueAt: '2026-01-10T18:00:00.000+08:00' },
    ],
  });
  const again = await issue();
  expect({ status: again.status, entry: again.body.entry }).toEqual({ status: 200, entry: body.entry });

  const read = await app.ask('GET', of(STREET, ''), { as: STREET });
  expect(read.body.items).toMatchObject([{ circularId: 'c1', text: expect.stringContaining('未按要求停工') }]);
  expect(read.body.items).not.toMatchObject([{ referrals: expect.anything() }]);
  expect((await app.ask('GET', of('education', ''), { as: 'education' })).body.items).toEqual([]);
  const history = await app.ask('GET', `${path}/history?unitId=${STREET}&kind=circular.issued`, { as: STREET });
  expect(history.body.items).toEqual([]);
});

test('a unit acknowledges, answers with evidence and corrects it; the supervisor reads', async () => {
  const got = await app.ask('POST', of(STREET, '/c1/acknowledgement'), { as: STREET, body: {} });
  expect(got.body.circulars).toMatchObject([{ circularId: 'c1', status: 'acknowledged' }]);
  const photo = await uploaded(STREET);
  const answer = (text: string, as = STREET, more: object = {}) =>
    app.ask('PUT', of(STREET, '/c1/answer'), { as, body: { text, attachmentIds: [photo], ...more } });
  expect((await answer('已停工')).body).toMatchObject({
    entry: { kind: 'circular.answered' },
    circulars: [{ measures: { status: 'submitted' } }],
  });
  await answer('已停工并苫盖');
  const { body } = await app.ask('GET', `${path}/circulars/c1`, { as: 'supervisor' });
  expect(body).toMatchObject({
    acknowledged: 1,
    answered: 1,
    items: [
      { unitId: SITE },
      { unitId: STREET, answer: { text: '已停工并苫盖', attachmentIds: [photo], correctedAt: expect.any(String) } },
    ],
  });
});

test('the office answers for a unit that rings, urges the others, and closes with a word', async () => {
  const urge = { unitIds: [SITE], about: [{ deadline: 'measures', subject: 'c1' }], text: '请今天答复。' };
  expect((await app.ask('POST', `${path}/urges`, { as: 'office', body: urge })).status).toBe(200);
  const rang = { text: '电话答复', onBehalf: { caller: '李工' } };
  expect((await app.ask('PUT', of(SITE, '/c1/answer'), { as: 'office', body: rang })).status).toBe(200);
  const close = (body: object) => app.ask('POST', `${path}/circulars/c1/closing`, { as: 'office', body });
  expect((await close({ note: '复查到位' })).body).toMatchObject({
    closed: 2,
    items: [{ closing: '复查到位' }, { closing: '复查到位', status: 'acknowledged' }],
  });
  expect(await close({ note: '再次' })).toMatchObject({ status: 409, body: { type: '/problems/circular-closed' } });
  const read = await app.ask('GET', of(SITE, ''), { as: SITE });
  expect(read.body.items).toMatchObject([{ closing: '复查到位', closedAt: expect.any(String) }]);
});

test('§5.1 the city’s is forwarded, with its file, to be read by its units alone', async () => {
  const file = await uploaded('office');
  const body = { origin: 'city', number: '乌环委办〔2026〕9号', title: '全市情况通报', answerDueAt: undefined };
  const made = await issue({ ...body, attachmentIds: [file] });
  expect(made.body).toMatchObject({ circularId: 'c2', origin: 'city', attachmentIds: [file] });
  expect((await app.ask('GET', `/api/v1/attachments/${file}`, { as: STREET })).status).toBe(200);
  expect((await app.ask('GET', `/api/v1/attachments/${file}`, { as: 'education' })).status).toBe(404);
  const { body: list } = await app.ask('GET', `${path}/circulars`, { as: 'office' });
  expect((list.items as Rows).map(({ circularId }) => circularId)).toEqual(['c2', 'c1']);
});

test('its file is an official document, the same bytes whenever it is asked for', async () => {
  const download = async (circularId: string) => {
    const headers = { Authorization: `Bearer ${await app.signIn('office')}` };
    const response = await fetch(`${app.url}${path}/circulars/${circularId}.docx`, { headers });
    return Buffer.from(await response.arrayBuffer());
  };
  const first = await download('c1');
  await app.pass(30 * ONE_HOUR);
  expect((await download('c1')).equals(first)).toBe(true);
  const words = (file: Buffer) => strFromU8(unzipSync(file)['word/document.xml']!).replaceAll(/<[^>]+>/g, '');
  for (const told of ['水环委办〔2026〕5号', '七纺街道办事处、', '请于2026年1月12日18时前', '2026年1月10日'])
    expect(words(first)).toContain(told);
  const forwarded = words(await download('c2'));
  for (const told of [
    '关于转发《全市情况通报》的通知',
    '现将市环委办《全市情况通报》（乌环委办〔2026〕9号）转发给你们',
    '附件：1．',
  ])
    expect(forwarded).toContain(told);
});

test('§7 what is not acknowledged by its time is on the accountability page, and may be referred', async () => {
  const { body } = await app.ask('GET', `${path}/accountability`, { as: 'office' });
  const street = (body.items as Rows).find(({ unitId }) => unitId === STREET);
  expect(street!.breaches).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ deadline: 'circular', circularId: 'c2', outcome: 'missed' })]),
  );
  const about = [{ deadline: 'circular', subject: 'c2' }];
  const refer = { unitId: STREET, to: 'committee', about, reason: '通报无人确认' };
  const referred = await app.ask('POST', `${path}/referrals`, { as: 'office', body: refer });
  const seq = (referred.body.entry as { seq: number }).seq;
  const made = await issue({ title: '关于通报无人确认的通报', referrals: [seq], answerDueAt: undefined });
  expect(made.body).toMatchObject({ referrals: [seq], problems: [] });
});

describe('refused', () => {
  test.each<[string, object, number, string]>([
    ['no unit', { unitIds: [] }, 400, 'fields-invalid'],
    ['a unit twice', { unitIds: [SITE, SITE] }, 400, 'fields-invalid'],
    ['an unknown unit', { unitIds: ['nobody'] }, 404, 'unit-unknown'],
    ['without a title', { title: ' ' }, 400, 'fields-invalid'],
    ['an answer that is due already', { answerDueAt: '2026-01-10T10:00:00+08:00' }, 422, 'due-time'],
    ['a referral that there is not', { referrals: [1] }, 422, 'referral-unknown'],
    ['a problem that there is not', { problems: ['p9'] }, 404, 'problem-unknown'],
    ['an attachment that nobody uploaded', { attachmentIds: ['0'.repeat(64)] }, 400, 'fields-invalid'],
  ])('%s, and leaves no file', async (name, changes, status, type) => {
    const papers = () => app.database.db.selectFrom('papers').select('paper_id').execute();
    const before = await papers();
    expect(await issue({ title: name, ...changes })).toMatchObject({ status, body: { type: `/problems/${type}` } });
    expect(await papers()).toEqual(before);
  });

  test('by a unit, and about a circular that it did not get', async () => {
    expect((await issue({}, STREET)).status).toBe(403);
    expect(await app.ask('POST', of('education', '/c1/acknowledgement'), { as: 'education', body: {} })).toMatchObject({
      status: 404,
      body: { type: '/problems/circular-unknown' },
    });
    expect((await app.ask('GET', `${path}/circulars/c9`, { as: 'office' })).status).toBe(404);
  });
});
