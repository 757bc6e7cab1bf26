import { expect, test } from '@jest/globals';
import { normalUnit, unitsMeant } from './unit.js';

const units = [
  { unitId: 'education', name: '区教育局', aliases: [] },
  { unitId: 'ecology', name: '市生态环境局水磨沟区分局', aliases: ['区生态环境分局'] },
  { unitId: 'health', name: '区卫生健康委员会', aliases: ['区卫健委'] },
  { unitId: 'finance', name: '区财政局', aliases: ['国资办'] },
  { unitId: 'qifang', name: '七纺街道办事处', aliases: ['七纺街道'] },
  { unitId: 'police', name: '区公安分局', aliases: ['区交警大队'] },
  { unitId: 'huaguangjie', name: '华光街街道办事处', aliases: [] },
];

test.each([
  ['区教育局', ['education']],
  ['教育局', ['education']],
  ['水磨沟区教育局', ['education']],
  ['乌鲁木齐市水磨沟区教育局', ['education']],
  ['区 教 育 局', ['education']],
  ['国资办', ['finance']],
  ['区卫生健康委', ['health']],
  ['卫健委', ['health']],
  ['七纺街道办', ['qifang']],
  ['水磨沟区七纺街道', ['qifang']],
  ['七纺街办', ['qifang']],
  ['七纺街道（片区管委会）', ['qifang']],
  ['七纺街道（片区）管委会', ['qifang']],
  ['水区教育局', ['education']],
  ['华光街街道', ['huaguangjie']],
  ['市生态环境局水磨沟区分局', ['ecology']],
  ['水磨沟公安分局', ['police']],
  ['市公安局水磨沟区分局', ['police']],
  ['乌鲁木齐市公安局水磨沟分局', ['police']],
  ['水磨沟区生态环境分局', ['ecology']],
  ['区财政局（国资办）', ['finance']],
  ['区教育局(体育局)', ['education']],
  ['七纺办事处', ['qifang']],
  ['华光街办事处', ['huaguangjie']],
  ['市公安局天山区分局', []],
  ['水磨沟分局', []],
  ['市教育局', []],
  ['天山区教育局', []],
  ['局', []],
])('%s is %p', (name, ids) => {
  expect(unitsMeant(units, name, '水磨沟区').map(({ unitId }) => unitId)).toEqual(ids);
});

test('two units that share a short name are both meant', () => {
  const both = [...units, { unitId: 'other', name: '教育局', aliases: [] }];
  expect(unitsMeant(both, '水磨沟区教育局', '水磨沟区')).toHaveLength(2);
  expect(unitsMeant(both, '教育局', '水磨沟区')).toHaveLength(1);
});

test('the normal form stays the same taken again', () => {
  for (const { name } of units)
    expect(normalUnit(normalUnit(name, '水磨沟区'), '水磨沟区')).toBe(normalUnit(name, '水磨沟区'));
});
