import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { policyAt } from '../rules/policy.js';
import { RESPONSE_LEVELS, WARNING_LEVELS } from '../types.js';
import { entriesOf, textByClause } from './document.js';
import { bindingOf, editionsFolder, loadEdition, loadEditionById } from './edition.js';
import { unitsNamed } from './units.js';

const edition = loadEditionById('shuimogou-2025');
const { plan, units, items, contacts } = edition;
const texts = textByClause(plan.document);
const measures = items.filter((item) => item.category !== 'duty');
const streets = units.filter(({ kind }) => kind === 'street').map(({ unitId }) => unitId);
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

describe('§4.3 the measures and who answers for them', () => {
  test('every numbered entry and every rule of a mandatory paragraph is a task of one level', () => {
    const printed = entriesOf(plan.document).filter(
      ({ id, clause }) => /^4\.3\.[234]\.[123](（|$)/.test(clause) && !id.endsWith('-mandatory-proviso'),
    );
    expect(printed).toHaveLength(102);
    expect(measures.map(({ id }) => id).sort()).toEqual(printed.map(({ id }) => id).sort());
    const levelOf = { 2: 'III', 3: 'II', 4: 'I' } as Record<string, string>;
    for (const { clause, levels } of measures) expect(levels).toEqual([levelOf[clause.charAt(4)]]);
  });

  test('categories and sources are those of the section', () => {
    const category = { 1: 'health', 2: 'advisory', 3: 'mandatory' } as Record<string, string>;
    const lead = { 工业源: 'industrial', 移动源: 'mobile', 扬尘源: 'dust', 综合: 'combined' } as Record<string, string>;
    const paragraphs = plan.document.flatMap((section) => section.paragraphs);
    for (const item of measures) {
      expect(item.category).toBe(category[item.clause.charAt(6)]);
      const paragraph = paragraphs.find(({ parts }) => parts?.some(({ id }) => id === item.id));
      expect(item.source).toBe(lead[paragraph?.lead?.replace('减排措施。', '') ?? '']);
    }
  });

  test('no measure and no duty is without a unit', () => {
    for (const { units: answering } of items) expect(answering.length).toBeGreaterThan(0);
  });

  test.each(units.map(({ unitId, name }) => [name, unitId]))('%s has a task at every level', (_, unitId) => {
    for (const level of RESPONSE_LEVELS)
      expect(items.filter((item) => item.levels.includes(level) && item.units.includes(unitId))).not.toEqual([]);
  });

  test('a unit answers because of its own duty or a clause that prints its name; else the office chose it and says why', () => {
    const duties = new Map(plan.units.map(({ unitId, duty }) => [unitId, duty]));
    const ofStreets = plan.unitKinds[0]!.duty;
    for (const { answers } of plan.items)
      for (const { units: names, because, by, why } of answers)
        for (const unitId of unitsNamed(names, plan, units)) {
          const own = duties.get(unitId) ?? ofStreets;
          const printed = texts.get(because ?? '') ?? '';
          const isGrounded = because === own || printed.includes(nameOf.get(unitId)!) || printed.includes('各责任单位');
          expect({ unitId, because, grounded: isGrounded || (by === 'office' && why !== undefined) }).toMatchObject({
            grounded: true,
          });
        }
  });

  test.each([
    ['人工影响天气', 'ii-combined-6'],
    ['公共交通运力', 'ii-advisory-4'],
    ['景观灯光', 'i-advisory-5'],
    ['大型群众性户外活动', 'iii-health-4'],
    ['室外喷涂', 'iii-combined-5'],
  ])('the plan names nobody for %s: the office’s choice alone', (words, id) => {
    expect(edition.textOf(id)).toContain(words);
    expect(plan.items.find((item) => item.id === id)!.answers.every(({ by }) => by === 'office')).toBe(true);
  });

  test('砖厂、白灰场 beyond the mines of annex 1 are the office’s choice', () => {
    expect(edition.textOf('iii-dust-3')).toContain('白灰场');
    expect(plan.items.find((item) => item.id === 'iii-dust-3')!.answers.map(({ by }) => by)).toContain('office');
  });
});

describe('annex 1, §2.3 and §3.1.4: duties that run during a response', () => {
  test.each([
    ['duty-net-opinion', '附件1三（三）', '舆情', ['cyberspace']],
    ['duty-publicity-guidance', '附件1三（二）', '舆论引导', ['publicity']],
    ['duty-green-channel', '2.3（2）', '绿色通道', ['publicity']],
    ['duty-health-emergency-staff', '附件1三（十四）', '增加急救车辆', ['health']],
    ['duty-emergency-enterprises', '附件1三（十五）', '安全生产', ['emergency']],
    ['duty-education-schools', '附件1三（七）', '通知到辖区内各学校', ['education']],
    ['duty-education-reporting', '附件1三（七）', '汇总上报', ['education']],
    ['duty-finance-enterprises', '附件1三（九）', '监管企业', ['finance']],
    ['duty-public-information', '3.1.4', '发布', ['publicity', 'ecology']],
    ['duty-rolling-broadcast', '3.1.4', '滚动播报', ['publicity', 'ecology']],
    ['duty-reform-green-power', '附件1三（六）', '电力绿色调度', ['development-reform']],
  ])('%s at every level', (id, clause, words, answering) => {
    const item = items.find((one) => one.id === id)!;
    expect(item).toMatchObject({ clause, category: 'duty', levels: ['III', 'II', 'I'] });
    expect(item.units).toEqual(answering);
    expect(edition.textOf(id)).toContain(words);
  });

  test('§6.1 every unit keeps watch round the clock, at every level', () => {
    const item = items.find((one) => one.id === 'duty-all-watch')!;
    expect(item).toMatchObject({ clause: '6.1', levels: ['III', 'II', 'I'] });
    expect(item.units).toEqual(units.map(({ unitId }) => unitId));
  });

  test('streets notify the schools, each for itself; the education bureau leads', () => {
    const item = items.find((one) => one.id === 'duty-streets-schools')!;
    expect(item.units).toEqual(streets);
    const role = (id: string, unitId: string) =>
      edition.taskWordsOf(id, units.find((unit) => unit.unitId === unitId)!)!.role;
    expect([role('duty-streets-schools', streets[0]!), role('duty-education-schools', 'education')]).toEqual([
      'assist',
      'lead',
    ]);
  });

  test('§6.2 the enterprises around the two stations are watched at every level, by the street as well', () => {
    const item = items.find((one) => one.id === 'duty-monitoring-stations')!;
    expect(item).toMatchObject({ clause: '6.2', levels: ['III', 'II', 'I'] });
    expect(item.units).toEqual(['ecology', ...streets]);
  });

  test('the cars stand at red alone, as printed: every unit’s own, and two oversee it', () => {
    const cars = items.filter((item) => edition.textOf(item.id).includes('停驶50%'));
    expect(cars.map(({ id, levels }) => [id, levels])).toEqual([['i-mobile-7', ['I']]]);
    expect(cars[0]!.units).toEqual(units.map(({ unitId }) => unitId));
    const leading = units.filter((unit) => edition.taskWordsOf('i-mobile-7', unit)!.role === 'lead');
    expect(leading.map(({ unitId }) => unitId)).toEqual(['finance', 'government-affairs']);
  });

  test('the duty of guiding traffic goes on as the measure of the higher levels', () => {
    const item = items.find((one) => one.id === 'duty-police-congestion')!;
    expect(item).toMatchObject({ clause: '附件1三（八）', levels: ['III'], units: ['public-security'] });
    expect(items.find(({ id }) => id === 'ii-mobile-3')!.replaces).toEqual([{ id: item.id, as: 'continued' }]);
  });

  test('no duty of the whole year is a task of an episode', () => {
    const standing = plan.standingDuties.map(({ id }) => id);
    expect(standing.filter((id) => id.endsWith('-own-plan'))).toHaveLength(11);
    expect(standing).toEqual(
      expect.arrayContaining(['duty-records', 'duty-finance-funds', 'duty-construction-stopped-sites']),
    );
    expect(items.filter(({ id }) => standing.includes(id))).toEqual([]);
  });

  test('a duty that only repeats measures is done with them, by its own unit', () => {
    const construction = units.find(({ unitId }) => unitId === 'construction')!;
    const joined = { unitId: 'street-new', kind: 'street' } as const;
    expect(edition.alsoDoneBy('ii-dust-2', construction)).toEqual(['附件1三（十一）']);
    expect(edition.alsoDoneBy('ii-dust-2', joined)).toEqual(['附件1三（四）']);
    expect(edition.alsoDoneBy('ii-dust-2', units.find(({ unitId }) => unitId === 'city-management')!)).toEqual([]);
    for (const { doneWith, why } of plan.repeatedDuties)
      expect([doneWith.length > 0, why.length > 3]).toEqual([true, true]);
  });

  test('no duty of annex 1 is dropped: those that are no task say why', () => {
    const duties = entriesOf(plan.document).filter(({ clause }) => clause.startsWith('附件1三（'));
    const placed = [...items, ...plan.repeatedDuties, ...plan.standingDuties].map(({ id }) => id);
    expect(duties.filter(({ id }) => !placed.includes(id))).toEqual([]);
  });
});

describe('what a unit is told to do', () => {
  const told = items.flatMap((item) =>
    units
      .filter(({ unitId }) => item.units.includes(unitId))
      .map((unit) => ({ item, unit, words: edition.taskWordsOf(item.id, unit) })),
  );

  test('every task of a unit has its own sentence, a role and a card', () => {
    expect(told.length).toBeGreaterThan(1_500);
    for (const { words } of told) {
      expect(words?.do).toMatch(/^[^。]+。$/);
      expect(plan.taskGroups).toContain(words?.group);
    }
  });

  test('a sentence is not the clause over again', () => {
    expect(told.filter(({ item, words }) => words!.do === edition.textOf(item.id))).toEqual([]);
  });

  test('a unit that is named is told its own part; the others of its kind theirs', () => {
    const words = (unitId: string) => edition.taskWordsOf('i-mobile-7', units.find((unit) => unit.unitId === unitId)!);
    expect(words('government-affairs')).toMatchObject({ role: 'lead', do: expect.stringContaining('汇总') });
    expect(words('cyberspace')).toMatchObject({ role: 'assist', do: expect.stringContaining('本单位停驶') });
    expect(edition.taskWordsOf('i-mobile-7', { unitId: 'new', kind: 'department' })).toEqual(words('cyberspace'));
    expect(edition.taskWordsOf('iii-dust-2', { unitId: 'new', kind: 'department' })).toBeUndefined();
  });

  test('the sweepers of red stay off the roads, though those are swept more', () => {
    const city = units.find(({ unitId }) => unitId === 'city-management')!;
    expect(edition.taskWordsOf('i-dust-5', city)!.do).toContain('环卫工人不上路');
    expect(edition.taskWordsOf('i-health-2', city)!.do).toContain('机械');
  });

  test.each(RESPONSE_LEVELS)('at %s a street has eleven or twelve cards, no unit more', (level) => {
    const cards = (unitId: string) =>
      new Set(
        told
          .filter(({ item, unit }) => unit.unitId === unitId && item.levels.includes(level))
          .map(({ words }) => words!.group),
      ).size;
    expect(cards(streets[0]!)).toBe(level === 'I' ? 12 : 11);
    for (const { unitId } of units) expect(cards(unitId)).toBeLessThanOrEqual(12);
  });

  test('the SMS to each unit opens with a brief of its own for each level, of at most 60 characters', () => {
    const briefs = units
      .filter(({ kind }) => kind === 'department')
      .flatMap((unit) => RESPONSE_LEVELS.map((level) => ({ unit, level, brief: edition.briefOf(unit, level) })));
    const common = RESPONSE_LEVELS.map((level) => edition.briefOf({ unitId: 'new', kind: 'department' }, level));
    for (const { brief } of briefs) {
      expect([...brief].length).toBeLessThanOrEqual(60);
      expect(common).not.toContain(brief);
    }
    expect(edition.briefOf({ unitId: 'new', kind: 'street' }, 'II')).toBe(
      edition.briefOf({ unitId: streets[0]!, kind: 'street' }, 'II'),
    );
  });
});

describe('the policy', () => {
  test('has the values to begin with, each marked as the office’s', () => {
    expect(edition.policy).toMatchObject({
      noticeAheadHours: 72,
      endQuestionBeforeHours: 2,
      endQuestionAgainHours: 12,
      acknowledgementMinutes: { yellow: 60, orange: 30, red: 15 },
      implementationReportMinutes: 240,
      dailyReportTime: '12:00',
      followUpReportHours: 24,
      summaryHours: 72,
      reviewHours: 168,
      digestTime: '12:30',
      abandonedDrillDays: 31,
    });
    expect(Object.values(edition.policyNotes).map(({ by }) => by)).toEqual(Array(15).fill('office'));
    expect(edition.policyNotes.followUpReportHours.clause).toBe('5.1');
  });

  test('§6.6 every deadline has a chain that reaches those above the one who owes', () => {
    for (const level of WARNING_LEVELS)
      for (const [kind, steps] of Object.entries(policyAt(edition.policy, level).chains)) {
        const after = steps.filter((step) => step.after >= 0 && !step.since).map(({ to }) => to);
        expect({ kind, after }).toEqual({ kind, after: expect.arrayContaining(['office', 'committee']) });
        expect(steps.some((step) => step.after < 0)).toBe(true);
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

describe('the edition as a whole', () => {
  test('binds by content, without texts and contacts', () => {
    const binding = bindingOf(edition, 1);
    expect(binding).toEqual({
      editionId: 'shuimogou-2025',
      editionHash: edition.hash,
      rulesVersion: 1,
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
