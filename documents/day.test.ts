import { expect, test } from '@jest/globals';
import { digestOf } from '../episode/digest.js';
import { Life, reportOf, startOf } from '../episode/testing/life.js';
import { dayPaper, daySpreadsheet } from './day.js';
import type { PaperTable } from './paper.js';

const DAY = '2015-11-28';
const BEFORE = '2015-11-27';

/** 区教育局 reports both days, 甲街道 the second, with a problem; the third unit is silent. */
function lived() {
  const life = new Life();
  life.do(`${BEFORE} 14:00`, startOf(`${BEFORE} 14:00`));
  const report = (unitId: string, date: string, content: object) => {
    const body = reportOf(unitId, date) as ReturnType<typeof reportOf> & { content: object };
    return { ...body, content: { text: '正常', figures: {}, ...content } } as ReturnType<typeof reportOf>;
  };
  life.do(`${DAY} 09:00`, report('education', BEFORE, { figures: { sitesInspected: 3 } }));
  life.do('2015-11-29 09:00', report('education', DAY, { figures: { sitesInspected: 5 } }));
  const problems = [{ what: '未停工', where: '甲路工地', until: '2015-11-29T18:00:00+08:00' }];
  life.do('2015-11-29 09:10', report('street-a', DAY, { figures: { sitesInspected: 2 }, problems }));
  return life;
}

function dayIn(life: Life) {
  const reports = life.of('report.submitted').flatMap(({ unitId, data }) => (unitId ? [{ unitId, ...data }] : []));
  const on = (date: string) => reports.filter((report) => report.date === date);
  return {
    state: life.state,
    digest: digestOf(life.state, DAY, on(DAY)),
    before: digestOf(life.state, BEFORE, on(BEFORE)),
    reports: on(DAY),
    problemEntries: life.entries,
  };
}

const captions = (tables: readonly PaperTable[] | undefined) => tables?.map(({ caption }) => caption);

test('§5.1 the paper of a day: the text, and below it figures beside the day before, who is missing, problems', () => {
  const paper = dayPaper(dayIn(lived()), '水磨沟区情况\n市环委办：\n情况如下。\n区环委办', '2015-11-29');
  expect(paper).toMatchObject({ title: '水磨沟区情况', signature: { by: '区环委办', date: '2015年11月29日' } });
  expect(captions(paper.annexes)).toEqual([
    '附表1 2015年11月28日各项数据',
    '附表2 尚未报送的责任单位',
    '附表3 发现的问题',
  ]);
  const [figures, missing, problems] = paper.annexes!;
  expect(figures!.rows).toEqual([['检查工地', '个次', '7', '3', '+4', '']]);
  expect(missing!.rows).toEqual([['1', '乙街道办事处']]);
  expect(problems!.rows).toEqual([['1', '甲街道办事处', '甲路工地', '未停工', '—', '未整改，限11月29日18:00前']]);
});

test('a problem that a correction does not mention stays among those of its day', () => {
  const life = lived();
  life.do('2015-11-29 11:00', reportOf('street-a', DAY, '更正'));
  const day = dayIn(life);
  const reports = [{ unitId: 'street-a', ...life.of('report.corrected')[0]!.data }];
  expect(day.digest.problems).toEqual({ reported: 1, open: 1 });
  const problems = dayPaper({ ...day, reports }, '情况', '2015-11-29').annexes!.at(-1)!;
  expect(problems.rows).toEqual([['1', '甲街道办事处', '甲路工地', '未停工', '—', '未整改，限11月29日18:00前']]);
});

test('a table without rows is left out, and the others are numbered on', () => {
  const day = dayIn(lived());
  const paper = dayPaper({ ...day, digest: { ...day.digest, outstanding: [] } }, '情况', '2015-11-29');
  expect(captions(paper.annexes)).toEqual(['附表1 2015年11月28日各项数据', '附表2 发现的问题']);
});

test('the sheets: one row for the district with the sums, a row for each unit, a row for each problem', () => {
  const day = dayIn(lived());
  const [district, units, problems] = daySpreadsheet(day).sheets;
  expect(district!.rows).toHaveLength(1);
  const heads = district!.columns.map(({ head }) => head);
  for (const { name, unit, sum } of day.digest.figures)
    expect(district!.rows[0]![heads.indexOf(`${name}（${unit}）`)]).toBe(sum);
  expect(units!.rows.map((row) => row.slice(0, 3))).toEqual([
    ['区教育局', '已报送', '正常'],
    ['甲街道办事处', '已报送', '正常'],
    ['乙街道办事处', '未报送', undefined],
  ]);
  expect(problems!.rows.map((row) => [row[0], row[2], row[6]])).toEqual([['甲街道办事处', '未停工', '未整改']]);
});
