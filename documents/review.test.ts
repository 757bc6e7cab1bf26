import { expect, test } from '@jest/globals';
import { breachesOf } from '../episode/breaches.js';
import { unitsOf } from '../episode/state.js';
import { Life, liftOf, reportOf, startOf } from '../episode/testing/life.js';
import type { PaperChart } from './paper.js';
import { type ReviewInput, reviewPaper } from './review.js';

const sender = { district: '水磨沟区', office: '水磨沟区环委办' };

/** 区教育局 in time, 甲街道 late, 乙街道 silent. */
function lived(lift = '2015-11-30 00:00'): Life {
  const life = new Life();
  life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
  life.do('2015-11-27 14:10', { kind: 'acknowledge', unitId: 'education' });
  life.do('2015-11-28 09:00', reportOf('education', '2015-11-27'));
  life.do('2015-11-28 13:00', reportOf('street-a', '2015-11-27'));
  life.do(lift, liftOf(lift));
  life.passTo('2015-12-20 00:00');
  return life;
}

const paperOf = (life: Life, over: Partial<ReviewInput> = {}) =>
  reviewPaper({
    state: life.state,
    summaries: [],
    sender,
    signedOn: '2015-12-05',
    cards: ['保障', '值守', '其他'],
    cardOf: (_, taskId) => (taskId.startsWith('duty-') ? '值守' : '保障'),
    deliveries: [],
    ...over,
  });

const headings = (paper: ReturnType<typeof reviewPaper>) =>
  paper.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));

const charts = (paper: ReturnType<typeof reviewPaper>) =>
  paper.blocks.filter((block): block is PaperChart => block.kind === 'chart');

test('§5.2 parts that nobody wrote are left out, and the others are numbered on', () => {
  expect(headings(paperOf(lived()))).toEqual(['一、基本情况', '二、工作开展情况', '三、总体结论']);
  const content = { conclusions: '有效', planRevisionNeeded: true, shortcomings: '夜间确认慢\n\n街道人手少' };
  const paper = paperOf(lived(), { content });
  expect(headings(paper).slice(2)).toEqual(['三、总体结论', '四、存在问题', '五、预案修订']);
  expect(paper.blocks).toContainEqual({ kind: 'paragraph', text: '街道人手少' });
  expect(paper.blocks.at(-1)).toEqual({ kind: 'paragraph', text: '经评估，本区应急预案需要修订。' });
});

test('§5.2 its bars have the figures of the record', () => {
  const life = lived();
  const deliveries = [{ channel: 'sms' as const, taken: 12, failed: 3 }];
  const [answers, tasks, cards, days, channels] = charts(paperOf(life, { deliveries }));
  expect(answers!.categories).toEqual(['区教育局', '甲街道办事处', '乙街道办事处']);
  const breaches = unitsOf(life.state).map((unit) => breachesOf(life.state, unit).map(({ outcome }) => outcome));
  const counts = (outcome: string) => breaches.map((all) => all.filter((one) => one === outcome).length);
  expect(answers!.series.slice(1).map(({ values }) => values)).toEqual([counts('late'), counts('missed')]);
  const sums = (chart: PaperChart) => chart.series.map(({ values }) => values.reduce((sum, one) => sum + one, 0));
  expect(sums(cards!)).toEqual(sums(tasks!));
  expect(cards!.categories).not.toContain('其他');
  expect(channels).toMatchObject({ categories: ['短信'], series: [{ values: [12] }, { values: [3] }] });
  expect(days!.categories[0]).toBe('11月27日');
  expect(days!.series.map(({ values }) => values[0])).toEqual([1, 1, 1]);
});

test('§5.2 summaries are gathered, and who sent none is named', () => {
  const summary = { work: '停课', lessons: '快', shortcomings: '无', proposals: '无' };
  const { annexes } = paperOf(lived(), { summaries: [{ unitId: 'education', ...summary }] });
  expect(annexes!.map(({ caption }) => caption)).toEqual([
    '附表1 各单位办理情况',
    '附表2 各单位总结',
    '附表3 未报总结的单位',
  ]);
  expect(annexes![2]!.rows.map((row) => row[1])).toEqual(['甲街道办事处', '乙街道办事处']);
});

test('§5.2 what is to be revised, by whom and by when', () => {
  const dueAt = '2016-01-20T18:00:00+08:00';
  const revisions = [
    { what: 'plan' as const, text: '修订联络名单', unitId: 'education', dueAt },
    { what: 'policy' as const, text: '调整时限', dueAt },
  ];
  const paper = paperOf(lived(), { content: { conclusions: '有效', planRevisionNeeded: true, revisions } });
  expect(paper.blocks.at(-1)).toMatchObject({
    kind: 'table',
    rows: [
      ['应急预案', '修订联络名单', '区教育局', '2016年1月20日18时'],
      ['预案执行细则', '调整时限', '区环委办', '2016年1月20日18时'],
    ],
  });
});
