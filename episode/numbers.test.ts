import { describe, expect, test } from '@jest/globals';
import type { CommandBody, Notice } from './commands.js';
import { adjustOf, iso, Life, liftOf, startOf } from './testing/life.js';
import { episodeViewOf, unitPageOf } from './views.js';

const DAY = '2026-01-10';
const RANG: Notice['received'] = { by: 'telephone', at: iso(`${DAY} 03:00`) };

/** The notice as it is given by telephone: without a number. */
const byTelephone = (body: CommandBody): CommandBody => {
  if (!('notice' in body)) throw new Error('no notice');
  const { number: _, ...notice } = body.notice;
  return { ...body, notice: { ...notice, received: RANG! } };
};
const started = () => {
  const life = new Life();
  expect(life.do(`${DAY} 03:05`, byTelephone(startOf(`${DAY} 03:05`)))).toMatchObject({ status: 'accepted' });
  return life;
};
const numberNotice = (noticeId: string, number: string): CommandBody => ({ kind: 'numberNotice', noticeId, number });

describe('a notice without a number', () => {
  test('is named by its id, and in words by how it came', () => {
    const life = started();
    expect(life.of('unit.notified')[0]!.data).toMatchObject({ noticeId: 'n1' });
    expect(life.of('unit.notified')[0]!.data).not.toHaveProperty('noticeNumber');
    expect(episodeViewOf(life.state, 0).notices).toMatchObject([
      { noticeId: 'n1', name: '电话通知（2026年1月10日03时00分收到）', received: { by: 'telephone' } },
    ]);
    life.do(`${DAY} 03:10`, { kind: 'acknowledge', unitId: 'education' });
    expect(life.of('unit.acknowledged')[0]!.data).toEqual({ noticeIds: ['n1'], noticeNumbers: [], lateFor: [] });
  });

  test('that came at a time nobody noted is taken to have come at its entry', () => {
    const life = new Life();
    const start = byTelephone(startOf(`${DAY} 03:05`)) as Extract<CommandBody, { kind: 'start' }>;
    life.do(`${DAY} 03:07`, { ...start, notice: { ...start.notice, received: { by: 'message' } } });
    expect(episodeViewOf(life.state, 0).notices[0]!.name).toBe('消息通知（2026年1月10日03时07分收到）');
  });

  test.each([
    ['again by telephone', (body: CommandBody) => byTelephone(body)],
    ['from paper with its number', (body: CommandBody) => body],
  ])('entered %s: the office is told of the one that it has', (_how, again) => {
    const life = started();
    life.do(`${DAY} 09:00`, byTelephone(adjustOf('N2', `${DAY} 09:00`, 'orange')));
    const before = life.state;
    expect(life.do(`${DAY} 10:00`, again(adjustOf('N2', `${DAY} 09:00`, 'orange')))).toMatchObject({
      type: 'notice-known',
      detail: expect.stringContaining('（编号n2）'),
    });
    expect(life.state.notices).toEqual(before.notices);
    life.do(`${DAY} 20:00`, byTelephone(liftOf(`${DAY} 20:00`)));
    expect(life.do(`${DAY} 21:00`, again(liftOf(`${DAY} 20:00`)))).toMatchObject({ type: 'notice-known' });
  });
});

describe('a number given later', () => {
  test('stands from then on in entries and views; the same again, however typed, repeats', () => {
    const life = started();
    const given = life.do(`${DAY} 09:00`, numberNotice('n1', '乌环委办〔2026〕1号'));
    expect(life.do(`${DAY} 09:01`, numberNotice('n1', '乌环委办[2026] １号'))).toEqual({ ...given, repeated: true });
    expect(life.of('notice.numbered')[0]!.data).toEqual({ noticeId: 'n1', number: '乌环委办〔2026〕1号' });
    life.do(`${DAY} 09:10`, { kind: 'acknowledge', unitId: 'education' });
    expect(life.of('unit.acknowledged')[0]!.data.noticeNumbers).toEqual(['乌环委办〔2026〕1号']);
    expect(unitPageOf(life.state, 'education', 0).acknowledgements).toMatchObject([
      { noticeId: 'n1', noticeNumber: '乌环委办〔2026〕1号' },
    ]);
  });

  test('so does the district’s own notice, alone or beside a number', () => {
    const life = started();
    const ownNotice = { number: '水环委办〔2026〕3号' };
    const own = (more: object = {}): CommandBody => ({ kind: 'numberNotice', noticeId: 'n1', ownNotice, ...more });
    const given = life.do(`${DAY} 09:00`, own());
    expect(life.do(`${DAY} 09:01`, own())).toEqual({ ...given, repeated: true });
    expect(life.do(`${DAY} 09:02`, own({ number: 'N1' }))).toMatchObject({ repeated: false });
    expect(life.do(`${DAY} 09:03`, own({ ownNotice: { ...ownNotice, title: '通知' } }))).toMatchObject({
      repeated: false,
    });
    expect(life.of('notice.numbered').map(({ data }) => data)).toEqual([
      { noticeId: 'n1', ownNotice },
      { noticeId: 'n1', number: 'N1' },
      { noticeId: 'n1', ownNotice: { ...ownNotice, title: '通知' } },
    ]);
    expect(episodeViewOf(life.state, 0).notices).toMatchObject([
      { number: 'N1', ownNotice: { number: '水环委办〔2026〕3号', title: '通知' } },
    ]);
  });

  test('another corrects it; the corrected number is no longer this notice’s', () => {
    const life = started();
    life.do(`${DAY} 09:00`, numberNotice('n1', 'N8'));
    life.do(`${DAY} 09:01`, numberNotice('n1', 'N9'));
    expect(life.of('notice.numbered')[1]!.data).toEqual({ noticeId: 'n1', number: 'N9', corrects: 'N8' });
    expect(life.do(`${DAY} 10:00`, adjustOf('N8', `${DAY} 10:00`, 'red'))).toMatchObject({ repeated: false });
    expect(life.do(`${DAY} 11:00`, numberNotice('n1', 'n8'))).toMatchObject({
      type: 'number-taken',
      detail: expect.stringContaining('编号n2'),
    });
    expect(life.do(`${DAY} 11:00`, numberNotice('n3', 'N3'))).toMatchObject({ type: 'notice-unknown' });
  });
});
