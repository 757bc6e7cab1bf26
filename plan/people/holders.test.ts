import { expect, test } from '@jest/globals';
import { unitsMeant } from '../../lib/normal/unit.js';
import { loadEditionById } from '../edition/edition.js';
import { holdersOf } from './holders.js';

const edition = loadEditionById('shuimogou-2025');
const holders = holdersOf(edition);

/** The names by which people in Ürümqi call them. */
test.each([
  ['宣传部', 'publicity'],
  ['区委宣传部', 'publicity'],
  ['网信办', 'cyberspace'],
  ['区纪委', 'discipline-inspection'],
  ['区生态环境分局', 'ecology'],
  ['生态环境局', 'ecology'],
  ['环保局', 'ecology'],
  ['水磨沟区生态环境分局', 'ecology'],
  ['发改委', 'development-reform'],
  ['区发展改革委', 'development-reform'],
  ['工信局', 'development-reform'],
  ['区教育局', 'education'],
  ['公安局', 'public-security'],
  ['水磨沟公安分局', 'public-security'],
  ['市公安局水磨沟区分局', 'public-security'],
  ['交警大队', 'public-security'],
  ['区财政局（国资办）', 'finance'],
  ['自然资源局', 'natural-resources'],
  ['自然资源分局', 'natural-resources'],
  ['住建局', 'construction'],
  ['区住房和城乡建设局', 'construction'],
  ['城管局', 'city-management'],
  ['卫健委', 'health'],
  ['区卫生健康委', 'health'],
  ['应急局', 'emergency'],
  ['机关事务中心', 'government-affairs'],
  ['园区办', 'industrial-park'],
  ['交通运输行政执法分局', 'traffic-enforcement'],
  ['七道湾街道', 'street-qidaowan'],
  ['七道湾街道办', 'street-qidaowan'],
  ['七道湾办事处', 'street-qidaowan'],
  ['环委办', 'office'],
  ['区环委会办公室', 'office'],
  ['区环委会', 'committee'],
  ['市环委办', 'city'],
])('%s is %s', (name, unitId) => {
  expect(unitsMeant(holders, name, edition.plan.edition.district).map((one) => one.unitId)).toEqual([unitId]);
});

test('no name of one is a name of another', () => {
  for (const { unitId, name, aliases } of holders)
    for (const one of [name, ...aliases])
      expect(unitsMeant(holders, one, edition.plan.edition.district).map((meant) => meant.unitId)).toEqual([unitId]);
});
