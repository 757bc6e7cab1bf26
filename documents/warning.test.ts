/** The drafts of what is told of a warning: to the units (§3.1.3, §3.1.5) and to the public (§3.1.4). */

import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../episode/commands.js';
import { RULES_VERSION } from '../episode/state.js';
import { adjustOf, iso, Life, liftOf, startOf } from '../episode/testing/life.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import { type EnteredNotice, occasionOf, type WarningInput } from './warning.js';
import { draftForPublic } from './warning-public.js';
import { draftForUnits, noticePaper } from './warning-units.js';

const DAY = '2026-01-10';
const edition = loadEditionById('shuimogou-2025');
const binding = bindingOf(edition, RULES_VERSION);

type Start = Extract<CommandBody, { kind: 'start' }>;
type NoticeBody = Extract<CommandBody, { notice: object }>;

const withNotice = (body: CommandBody, notice: Partial<NoticeBody['notice']>, more: object = {}): CommandBody =>
  ({ ...body, ...more, notice: { ...(body as NoticeBody).notice, ...notice } }) as CommandBody;

function started(effective = `${DAY} 14:00`, more: Partial<Start> = {}, notice: Partial<Start['notice']> = {}): Life {
  const life = new Life(binding);
  life.do(`${DAY} 14:00`, withNotice(startOf(`${DAY} 14:00`, 'yellow', effective), notice, more));
  return life;
}

const inputOf = (life: Life, noticeId: string): WarningInput => ({
  state: life.state,
  noticeId,
  entered: [...life.of('warning.issued'), ...life.of('level.adjusted'), ...life.of('warning.lifted')],
  edition,
  desk: { officePhone: '0991-4690000' },
});
const forUnits = (life: Life, noticeId = 'n1') => draftForUnits(inputOf(life, noticeId));
const forPublic = (life: Life, noticeId = 'n1') => draftForPublic(inputOf(life, noticeId));
const linesOf = ({ text }: { text: string }) => text.split('\n');
const paperOf = (life: Life, noticeId = 'n1') =>
  noticePaper(inputOf(life, noticeId), forUnits(life, noticeId), { signedOn: DAY, isDraft: true });
const annex = (life: Life, noticeId = 'n1') => paperOf(life, noticeId).annexes?.[0]?.rows ?? [];

/** Yellow at 14:00; orange from midnight, entered at 18:00; a later end; lifted on the 13th at 20:00. */
function lived(): Life {
  const life = started(undefined, { expectedEndAt: iso('2026-01-12 14:00') });
  life.do(`${DAY} 18:00`, withNotice(adjustOf('N2', `${DAY} 18:00`, 'orange', '2026-01-11 00:00'), {}));
  life.do(
    '2026-01-12 10:00',
    withNotice(adjustOf('N3', '2026-01-12 10:00', 'orange'), {}, { expectedEndAt: iso('2026-01-14 00:00') }),
  );
  life.do('2026-01-13 20:00', liftOf('2026-01-13 20:00'));
  return life;
}

describe('§3.1.3 to the units', () => {
  test('a start: the city’s notice, level and time, reports with their hours, the telephone', () => {
    const { title, text, number } = forUnits(lived());
    expect(title).toBe('关于启动重污染天气黄色预警的通知');
    expect(number).toBeUndefined();
    expect(text.split('\n').slice(0, 4)).toEqual([
      '各责任单位：',
      '根据乌鲁木齐市生态环境保护委员会办公室通知（N1），自2026年1月10日14时起，本区发布重污染天气黄色预警，启动Ⅲ级应急响应，' +
        '预计于2026年1月12日14时结束。现将有关事项通知如下。',
      '一、预警情况',
      '首要污染物：细颗粒物（PM2.5）；污染范围：水磨沟区；可能受影响的区域：水磨沟区。',
    ]);
    expect(text).toContain('1. 于2026年1月10日15时前确认收到本通知');
    expect(text).toContain('2. 于2026年1月10日18时前报告应急措施落实情况。');
    expect(text).toContain('3. 自2026年1月11日起，每日12时前报送前一日应急响应情况。');
    expect(text).toContain('本办24小时值班电话：0991-4690000。');
    expect(linesOf({ text }).at(-1)).toBe('水磨沟区生态环境保护委员会办公室');
  });

  test('each card names its units; the annex says what each does, streets that do the same as one', () => {
    const life = lived();
    const { text } = forUnits(life);
    expect(text).toContain('\n值守：各责任单位。\n');
    expect(text).toMatch(/\n学校：[^\n]*区教育局[^\n]*各街道办事处。\n/);
    const rows = annex(life);
    expect(rows.find(([unit, card]) => unit === '区教育局' && card === '学校')![2]).toMatch(
      /^1\. 通知中小学、幼儿园调整教学计划，把体育课和课间活动改到室内。\n2\. .*（配合）。/,
    );
    expect(rows.filter(([unit]) => unit === '各街道办事处').length).toBeGreaterThan(5);
    expect(rows[0]).toEqual(['各责任单位', '值守', expect.stringContaining('24小时值班')]);
    expect(rows.filter(([, card]) => card === '值守')).toHaveLength(1);
    expect(rows.flat().join()).not.toMatch(/七纺街道|新增|加严/);
  });

  test('an adjustment: from what to what, what is new or harder, and midnight for whoever reads either day', () => {
    const life = lived();
    const { title, text } = forUnits(life, 'n2');
    expect(title).toBe('关于升级为重污染天气橙色预警的通知');
    expect(text).toContain('自2026年1月10日24时（11日0时）起，本区重污染天气黄色预警升级为橙色预警，执行Ⅱ级应急响应');
    expect(text).toContain('3. 继续每日12时前报送前一日应急响应情况。');
    const school = annex(life, 'n2').find(([unit, card]) => unit === '区教育局' && card === '学校')!;
    expect(school[2]).toMatch(/停止户外课程和活动.*（加严）/s);
  });

  test('down again: measures that end are named, those that came back are milder', () => {
    const life = lived();
    const down = started();
    down.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red'));
    down.do(`${DAY} 20:00`, adjustOf('N3', `${DAY} 20:00`, 'yellow'));
    expect(forUnits(down, 'n3').title).toBe('关于降级为重污染天气黄色预警的通知');
    expect(forUnits(down, 'n3').text).toContain('不再执行的措施：');
    expect(annex(down, 'n3').flat().join()).toContain('放宽');
    expect(forUnits(life, 'n2').text).not.toContain('降级');
  });

  test('an extension: the same tasks, the new end; no annex', () => {
    const life = lived();
    const { title, text } = forUnits(life, 'n3');
    expect(title).toBe('关于继续执行重污染天气橙色预警的通知');
    expect(text).toContain('预计结束时间延长至2026年1月13日24时（14日0时）');
    expect(text).toContain('任务不变');
    expect(annex(life, 'n3')).toEqual([]);
  });

  test('a lifting: what ends, whom to tell, and what is still owed', () => {
    const life = lived();
    const { title, text } = forUnits(life, 'n4');
    expect(title).toBe('关于解除重污染天气橙色预警的通知');
    expect(text).toContain('自2026年1月13日20时起，本区解除重污染天气橙色预警，Ⅱ级应急响应自动终止');
    expect(text).toMatch(/1\. 于2026年1月14日9时前确认收到本通知/);
    for (const owed of ['补齐到解除时止的每日报送', '3个工作日内报送工作总结', '本办于解除后1天内向市'])
      expect(text).toContain(owed);
    expect(annex(life, 'n4')).toContainEqual(['区委宣传部', expect.stringContaining('停止滚动播报')]);
  });

  test('lifted before it began: nothing starts, no report and no summary is owed', () => {
    const life = started('2026-01-11 08:00');
    life.do(`${DAY} 20:00`, liftOf(`${DAY} 20:00`));
    const { text } = forUnits(life, 'n2');
    expect(text).toContain('尚未生效的重污染天气黄色预警自2026年1月10日20时起解除，Ⅲ级应急响应不再启动');
    expect(text).toContain('不需要每日报送和工作总结');
    expect(text).toContain('立即告知照常');
    expect(text).not.toContain('报送工作总结：');
  });

  test('a notice without a number says how it came; the district’s own gives title and number', () => {
    const life = started('2026-01-11 00:00', {}, {
      number: undefined,
      received: { by: 'telephone', at: iso(`${DAY} 03:05`) },
      ownNotice: OWN,
    } as never);
    const { title, text, number } = forUnits(life);
    expect(text).toContain('通知（电话通知，2026年1月10日03时05分收到，无文号）');
    expect(text).toContain('自2026年1月10日24时（11日0时）起');
    expect(text).toContain('解除时间另行通知');
    expect([title, number]).toEqual([OWN.title, OWN.number]);
    expect(paperOf(life).head).toEqual({ issuer: '水磨沟区生态环境保护委员会办公室', number: OWN.number });
  });
  const OWN = { number: '水环委办〔2026〕3号', title: '关于做好重污染天气应对的通知' };

  test('above the city’s level it says why, and a regional warning is named', () => {
    const life = started(
      undefined,
      { cityLevel: 'yellow', level: 'orange', reason: '辖区静稳。' },
      { basis: 'region' },
    );
    expect(forUnits(life).text).toContain('区域预警通知（N1）');
    expect(forUnits(life).text).toContain('全市为黄色预警，本区执行橙色预警，理由：辖区静稳。');
  });

  test('nobody at the desk has a telephone: none is made up', () => {
    const { text } = draftForUnits({ ...inputOf(lived(), 'n1'), desk: { officePhone: '' } });
    expect(text).toContain('本办24小时值班。');
  });

  test('a later day changes nothing in the draft of a notice: neither work done nor a later notice', () => {
    const life = started();
    const before = [forUnits(life), forPublic(life), annex(life)];
    life.do(`${DAY} 15:00`, {
      kind: 'completeTasks',
      unitId: 'education',
      taskIds: ['iii-health-3'],
      note: '',
      attachmentIds: [],
    });
    life.do(`${DAY} 16:00`, { kind: 'addTask', unitIds: ['education'], text: '加密巡查' });
    life.do(`${DAY} 17:00`, { kind: 'addUnit', unitId: 'street-new', name: '新街道办事处', unitKind: 'street' });
    life.do(`${DAY} 18:00`, adjustOf('N2', `${DAY} 18:00`, 'red'));
    expect([forUnits(life), forPublic(life), annex(life)]).toEqual(before);
  });

  test('the document: what is not issued yet, and a drill, say so', () => {
    const life = started(undefined, { drill: { timeScale: 1 } });
    const paper = paperOf(life);
    expect(paper).toMatchObject({ isDraft: true, isDrill: true, addressee: '各责任单位：' });
    expect(paper.title).toBe('【演练】关于启动重污染天气黄色预警的通知');
    expect(paper.signature).toEqual({ by: '水磨沟区生态环境保护委员会办公室', date: '2026年1月10日' });
  });
});

describe('§3.1.4 to the public', () => {
  const life = lived();
  const early = started('2026-01-11 08:00');
  early.do(`${DAY} 20:00`, liftOf(`${DAY} 20:00`));
  const six = edition.plan.publicInformation.contents.map(({ text }) => text);

  test.each([
    ['a start', life, 'n1'],
    ['an adjustment', life, 'n2'],
    ['an extension', life, 'n3'],
    ['a lifting', life, 'n4'],
    ['a lifting before anything began', early, 'n2'],
  ])('%s has the six contents, each said', (_what, of, noticeId) => {
    const { text } = forPublic(of, noticeId);
    expect(six).toHaveLength(6);
    for (const label of six) expect(text).toMatch(new RegExp(`^${label}：(.{3,}|\\n1\\. .{3,})`, 'm'));
  });

  test('the advice is that of the level, a line each', () => {
    const advice = (noticeId: string) => linesOf(forPublic(life, noticeId)).filter((line) => /^\d+\. /.test(line));
    expect(advice('n1')[0]).toContain('减少户外运动');
    expect(advice('n2')[0]).toContain('避免户外活动');
    expect(advice('n4').join('')).toContain('停止执行');
  });

  test('titles, and when it begins and ends', () => {
    expect(['n1', 'n2', 'n3', 'n4'].map((id) => forPublic(life, id).title)).toEqual([
      '水磨沟区发布重污染天气黄色预警',
      '水磨沟区重污染天气黄色预警升级为橙色预警',
      '水磨沟区继续执行重污染天气橙色预警',
      '水磨沟区解除重污染天气橙色预警',
    ]);
    expect(forPublic(life).text).toContain('可能持续的时间：自2026年1月10日14时起，预计于2026年1月12日14时结束。');
    expect(forPublic(life, 'n4').text).toContain('自2026年1月10日14时起，至2026年1月13日20时止，共78小时，现已结束。');
    expect(forPublic(early, 'n2').text).toContain('原定自2026年1月11日8时起，在生效前已经解除。');
  });

  test('what the office gave with the start goes before the edition’s words', () => {
    const own = started(undefined, { extent: '全区和周边', danger: '能见度很低', advice: '少出门。' });
    const { text } = forPublic(own);
    expect(text).toContain('污染的范围：全区和周边。');
    expect(text).toContain('潜在的危险程度：能见度很低。');
    expect(text).toContain('需采取的措施建议：少出门。');
    own.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red'));
    expect(forPublic(own, 'n2').text).toContain('严重污染');
  });

  test('says first that it is a drill', () => {
    expect(forPublic(started(undefined, { drill: { timeScale: 1 } })).title).toMatch(/^【演练】/);
  });
});

test('the occasion of a notice follows from its entry', () => {
  const life = lived();
  const entered = inputOf(life, 'n1').entered as EnteredNotice[];
  expect(entered.map(occasionOf)).toEqual(['start', 'adjustment', 'extension', 'lifting']);
});
