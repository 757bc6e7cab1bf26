import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { textByClause } from './document.js';
import { bindingOf, editionsFolder, loadEdition, loadEditionById } from './edition.js';
import { holidaysOf } from './holidays-schema.js';

const edition = loadEditionById('shuimogou-2025');
const { plan, units, items, contacts } = edition;
const texts = textByClause(plan.document);
const nameOf = new Map(units.map(({ unitId, name }) => [unitId, name]));

describe('facts of the edition', () => {
  test('number, dates, meeting, what it replaces, the standards it cites', () => {
    const { number, issuedOn, adoptedAt, replaces, aqiStandard } = plan.edition;
    expect([number, issuedOn, adoptedAt, replaces, aqiStandard].map((fact) => [fact.value, fact.clause])).toEqual([
      ['水政办〔2025〕5号', '印发通知'],
      ['2025-02-25', '印发通知'],
      ['区人民政府第57次常务会', '印发通知'],
      ['水磨沟区重污染天气应急预案（2023年修订版）', '8.6'],
      ['HJ 633—2012', '1.2（6）'],
    ]);
  });

  test('§3.1.1 the thresholds with their operators, 或 as any and 且 as all', () => {
    expect(
      plan.warningLevels.map(({ level, anyOf }) => [
        level,
        anyOf.map(({ allOf }) =>
          allOf.map(
            ({ aqi, lasting }) => `${aqi.operator}${aqi.value} ${lasting ? lasting.operator + lasting.hours : 'a day'}`,
          ),
        ),
      ]),
    ).toEqual([
      ['yellow', [['>200 a day'], ['>150 >=48']]],
      ['orange', [['>200 >=48'], ['>150 >=72']]],
      ['red', [['>200 >=72', '>300 >=24']]],
    ]);
    expect(plan.averaging).toMatchObject({ hours: 24, mayCrossDays: true });
  });

  test('§3.1.1 each condition says what its printed words say', () => {
    for (const { anyOf, quote } of plan.warningLevels) {
      const conditions = anyOf.flatMap(({ allOf }) => allOf);
      for (const { aqi, lasting, printed } of conditions) {
        const [, value, hours] = /^日AQI[>＞](\d+)(?:持续(\d+)小时(?:及以上)?)?$/.exec(printed)!;
        expect([aqi.operator, aqi.value, lasting?.hours]).toEqual([
          '>',
          Number(value),
          hours ? Number(hours) : undefined,
        ]);
      }
      const join = anyOf.length > 1 ? '或' : '且';
      expect(quote).toContain(conditions.map(({ printed }) => printed).join(join));
    }
  });

  test('§4.1 and §4.3.1（1）the levels of response and their cut shares', () => {
    expect(plan.responseLevels.map(({ level, warning }) => [level, warning])).toEqual([
      ['III', 'yellow'],
      ['II', 'orange'],
      ['I', 'red'],
    ]);
    expect(plan.cutShares.levels.map(({ level, operator, percent }) => `${level} ${operator}${percent}`)).toEqual([
      'III >=10',
      'II >=20',
      'I >=30',
    ]);
  });

  test('§5.1 and §3.1.4 what a follow-up report and a public warning tell', () => {
    const told = ({ contents }: { contents: Array<{ text: string }> }) => contents.map(({ text }) => text);
    expect(told(plan.reportContents.followUpReport)).toEqual([
      '重污染天气预警发布情况',
      '预警持续时间',
      '各部门响应情况',
      '企业措施落实情况',
    ]);
    expect(told(plan.publicInformation)).toEqual([
      '首要污染物',
      '污染的范围',
      '可能持续的时间',
      '潜在的危险程度',
      '可能受影响的区域',
      '需采取的措施建议',
    ]);
  });
});

describe('§2.2 the responsible units', () => {
  const departments = units.filter(({ kind }) => kind === 'department');

  test('are the eighteen printed, in their order, and fifteen street offices', () => {
    const listed = /单位包括：(.*)、各街道办事处。/.exec(texts.get('2.2')!)![1]!;
    const bare = (text: string) => text.replace(/[、，]/g, '');
    expect(bare(departments.map(({ name }) => name).join('、'))).toBe(bare(listed));
    expect(departments).toHaveLength(18);
    expect(units.slice(18).map(({ kind }) => kind)).toEqual(Array(15).fill('street'));
  });

  test('each has its duty in annex 1, under its name', () => {
    const named = [...plan.units, ...plan.unitKinds].flatMap(({ name, duty }) => (duty ? [{ name, duty }] : []));
    for (const { name, duty } of named) expect(texts.get(duty)).toContain(name);
    expect(new Set(named.map(({ duty }) => duty)).size).toBe(19);
  });

  test('区公安分局 and 区交警大队 are one, 国资办 is within 区财政局', () => {
    const named = (alias: string) => units.filter(({ aliases }) => aliases.includes(alias)).map(({ name }) => name);
    expect([named('区交警大队'), named('国资办'), named('工信局')]).toEqual([
      ['区公安分局'],
      ['区财政局'],
      ['区发改委（工信局、粮食和物资储备局）'],
    ]);
  });

  test('a unit of several houses has a liaison in each of them', () => {
    const houses = (unitId: string) => contacts[unitId]!.slice(2).map(({ role, name }) => `${role} ${name}`);
    expect(['public-security', 'finance', 'development-reform', 'construction'].flatMap(houses)).toEqual([
      'liaison 交警大队联络员（待填写）',
      'liaison 国资办联络员（待填写）',
      'liaison 工信局联络员（待填写）',
      'liaison 交通局联络员（待填写）',
      'liaison 水务局联络员（待填写）',
    ]);
  });

  test('§6.6 each has a liaison and a lead, and so have the bodies that are no units, at addresses that reach nobody yet', () => {
    expect(Object.keys(contacts).sort()).toEqual(
      [...nameOf.keys(), 'office', 'city', 'committee', 'supervisor'].sort(),
    );
    for (const people of Object.values(contacts)) {
      expect(people.slice(0, 2).map(({ role }) => role)).toEqual(['liaison', 'lead']);
      for (const { name, email, phone } of people) {
        expect(name).toContain('待填写');
        expect(email).toMatch(/\.example$/);
        expect(phone).toBeUndefined();
      }
    }
  });
});

describe('the edition as a whole', () => {
  test('binds by content, without texts and contacts', () => {
    const binding = bindingOf(edition, 1);
    expect(binding).toEqual({
      editionId: 'shuimogou-2025',
      editionHash: edition.hash,
      rulesVersion: 1,
      supervisorUnit: 'discipline-inspection',
      holidays: holidaysOf(edition.holidays),
      noticeBases: ['city', 'region'],
      units,
      items,
      notApplicable: [],
      rules: edition.plan.rules,
      policy: edition.policy,
    });
    expect(JSON.parse(JSON.stringify(binding))).toEqual(binding);
    expect(JSON.stringify(binding)).not.toContain('待填写');
    expect(edition.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is found from the source and from the build, where the editions stay in the project', () => {
    const root = join(editionsFolder(), '..', '..');
    expect(existsSync(join(root, 'package.json'))).toBe(true);
    expect(editionsFolder(join(root, 'dist', 'plan'))).toBe(editionsFolder(join(root, 'plan')));
    expect(loadEdition(join(editionsFolder(), 'shuimogou-2025')).hash).toBe(edition.hash);
  });

  test('an edition that is not there is refused with those that are', () => {
    expect(() => loadEditionById('no-such-edition')).toThrow(/no-such-edition.*shuimogou-2025/);
    expect(() => loadEditionById('..')).toThrow(/shuimogou-2025/);
  });
});
