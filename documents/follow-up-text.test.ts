import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../episode/commands.js';
import { adjustOf, binding, iso, Life, liftOf, reportOf, startOf } from '../episode/testing/life.js';
import type { UnitKind } from '../plan/types.js';
import { followUpText } from './follow-up-text.js';
import { unitsInWords } from './units-in-words.js';

const sender = { district: '水磨沟区', office: '水磨沟区生态环境保护委员会办公室' };

const acknowledge = (unitId: string): CommandBody => ({ kind: 'acknowledge', unitId });

/** 区教育局 in time, 甲街道 late, 乙街道 silent; yellow, orange, lifted. */
function lived(): Life {
  const life = new Life();
  life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
  life.do('2015-11-27 14:10', acknowledge('education'));
  life.do('2015-11-27 15:00', acknowledge('street-a'));
  life.do('2015-11-28 09:00', reportOf('education', '2015-11-27'));
  life.do('2015-11-28 11:00', reportOf('street-a', '2015-11-27'));
  life.do('2015-11-29 10:00', adjustOf('N2', '2015-11-29 10:00', 'orange'));
  life.do('2015-12-02 00:00', liftOf('2015-12-02 00:00'));
  return life;
}

describe('the follow-up report, §5.1', () => {
  const lines = followUpText(lived().state, ['检查企业12家次'], sender).split('\n');
  const under = (heading: string) => lines.slice(lines.indexOf(heading) + 1);

  test('预警发布情况: each notice, when and to what level, as the plan prints the levels', () => {
    expect(under('一、预警发布情况')[0]).toBe(
      '2015年11月27日14时，按照N1文件发布黄色预警，启动Ⅲ级应急响应；' +
        '2015年11月29日10时，按照N2文件将预警升级为橙色预警，Ⅱ级应急响应；' +
        '2015年12月1日24时（2日0时），按照NL文件解除预警，应急响应自动终止。',
    );
  });

  test('预警发布情况: the change is that from the notice in force, not from one that never came', () => {
    const life = new Life();
    life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    life.do('2015-11-28 09:00', adjustOf('N2', '2015-11-28 09:00', 'red', '2015-11-29 08:00'));
    life.do('2015-11-28 10:00', adjustOf('N3', '2015-11-28 10:00', 'orange'));
    life.do('2015-12-02 00:00', liftOf('2015-12-02 00:00'));
    expect(followUpText(life.state, [], sender)).toContain('按照N3文件将预警升级为橙色预警');
  });

  test('预警持续时间: from the start’s effect to the lifting’s', () => {
    expect(under('二、预警持续时间')[0]).toBe(
      '自2015年11月27日14时起，至2015年12月1日24时（2日0时）止，共106小时，其中黄色预警44小时、橙色预警62小时。',
    );
  });

  test('预警持续时间: lifted within the hour, in minutes', () => {
    const life = new Life();
    life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    life.do('2015-11-27 14:40', liftOf('2015-11-27 14:40'));
    expect(followUpText(life.state, [], sender)).toContain('，共40分钟。\n三、');
  });

  test('预警持续时间: paused as a whole, each pause with its reason', () => {
    const life = new Life();
    const pause = (from: string, until: string, reason: string): CommandBody => ({
      kind: 'suspend',
      items: 'all',
      reason,
      from: iso(from),
      until: iso(until),
    });
    life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    life.do('2015-11-28 10:00', pause('2015-11-28 10:00', '2015-11-29 10:00', '全国性会议'));
    life.do('2015-11-29 11:00', pause('2015-11-29 12:00', '2015-11-29 22:00', '停电'));
    life.do('2015-12-02 00:00', liftOf('2015-12-02 00:00'));
    const [span, first, second] = followUpText(life.state, [], sender).split('\n').slice(6);
    expect(span).toMatch(/共106小时；其间应急响应整体暂停34小时。$/);
    expect([first, second].join('')).toMatch(/至2015年11月29日10时止，暂停应急响应。理由：全国性会议。.*理由：停电。/);
  });

  test('各部门响应情况: late and silent units are named', () => {
    const [units, acknowledgements, , reports] = under('三、各部门响应情况');
    expect(units).toBe('本次应急响应责任单位共3个。');
    expect(acknowledgements).toMatch(
      /^预警信息确认：按时1次，逾期1次（甲街道办事处），未报\d+次（[^）]*乙街道办事处[^）]*）。$/,
    );
    expect(reports).toMatch(/^每日报送：按时1次，逾期1次（甲街道办事处），未报\d+次（.*乙街道办事处.*）。$/);
  });

  test('各部门响应情况: of a response that nobody answered every unit is named, and nothing is made up', () => {
    const life = new Life();
    life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    life.do('2015-11-30 00:00', liftOf('2015-11-30 00:00'));
    life.passTo('2015-12-12 00:00');
    const all = '（区教育局、甲街道办事处、乙街道办事处）';
    const text = followUpText(life.state, [], sender);
    expect(text).toContain(`预警信息确认：按时0次，逾期0次，未报3次${all}。`);
    expect(text).toContain(`每日报送：按时0次，逾期0次，未报9次${all}。`);
    expect(text).toMatch(new RegExp(`任务办理：已完成0项，未完成[1-9]\\d*项${all}，本单位不涉及0项。`));
    expect(text).toContain('没有督导工业源减排的任务。');
  });

  test('各部门响应情况: what nobody had to do yet is not told in zeros', () => {
    const life = new Life();
    life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    life.do('2015-11-27 14:20', liftOf('2015-11-27 14:20'));
    expect(followUpText(life.state, [], sender)).toContain('预警信息确认：没有到期应办的。\n');
  });

  test('企业措施落实情况: a lifting that will be in force no later than the start tells at once that nothing begins', () => {
    const life = new Life();
    life.do('2015-11-27 13:00', startOf('2015-11-27 14:00'));
    expect(followUpText(life.state, [], sender)).not.toContain('未启动应急响应');
    life.do('2015-11-27 13:10', liftOf('2015-11-27 14:00'));
    const text = followUpText(life.state, [], sender);
    expect(text).toContain('未启动应急响应，企业未采取减排措施。');
    // Both are still to come: the paper says in no part that a response starts.
    expect(text).toContain('2015年11月27日14时，按照N1文件发布黄色预警；');
    expect(text).not.toContain('启动Ⅲ级应急响应');
  });

  test('各部门响应情况: of more than ten units it says all, all but a few, or all streets', () => {
    const departments = Array.from({ length: 8 }, (_, i) => `d${i}`);
    const streets = Array.from({ length: 8 }, (_, i) => `s${i}`);
    const unit = (kind: UnitKind) => (unitId: string) => ({ unitId, name: unitId, kind, aliases: [] });
    const units = [...departments.map(unit('department')), ...streets.map(unit('street'))];
    const among = (those: typeof units) => {
      const life = new Life({ ...binding, units: those });
      life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
      return (unitIds: string[]) => unitsInWords(life.state, unitIds);
    };
    const words = among(units);
    const all = [...departments, ...streets];
    expect(words(all)).toBe('全部责任单位');
    expect(words(all.slice(2))).toBe('除d0、d1外的其他责任单位');
    expect(words([...departments.slice(0, 3), ...streets])).toBe('d0、d1、d2、各街道办事处');
    expect(words(all.slice(0, 11))).toBe(all.slice(0, 11).join('、'));
    expect(words(streets)).toBe(streets.join('、'));
    const without = among(all.map(unit('department')));
    expect(without(all.slice(0, 11))).toBe(all.slice(0, 11).join('、'));
  });

  test('企业措施落实情况: the totals of the daily reports', () => {
    expect(under('四、企业措施落实情况').join()).toContain('检查企业12');
  });

  test('says first that it is a drill, and says of an episode not lifted that it goes on', () => {
    const { state } = lived();
    expect(followUpText({ ...state, drill: true }, [], sender)).toMatch(/^【演练】/);
    const life = new Life();
    life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
    expect(followUpText(life.state, [], sender)).toContain('预警尚未解除');
  });
});
