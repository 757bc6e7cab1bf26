import { describe, expect, test } from '@jest/globals';
import { RESPONSE_LEVELS } from '../types.js';
import { entriesOf, textByClause } from './document.js';
import { loadEditionById } from './edition.js';
import { unitsNamed } from './units.js';

const edition = loadEditionById('shuimogou-2025');
const { plan, units, items } = edition;
const texts = textByClause(plan.document);
const measures = items.filter((item) => item.category !== 'duty');
const streets = units.filter(({ kind }) => kind === 'street').map(({ unitId }) => unitId);
const nameOf = new Map(units.map(({ unitId, name }) => [unitId, name]));

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
