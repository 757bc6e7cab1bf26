import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../episode/commands.js';
import { adjustOf, Life, liftOf, reportOf, startOf } from '../episode/testing/life.js';
import { followUpText } from './follow-up-text.js';

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
      '2015年11月27日14时00分，按照N1文件发布黄色预警，启动Ⅲ级应急响应；' +
        '2015年11月29日10时00分，按照N2文件将预警升级为橙色预警，Ⅱ级应急响应；' +
        '2015年12月2日00时00分，按照NL文件解除预警，应急响应自动终止。',
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
    expect(under('二、预警持续时间')[0]).toBe('自2015年11月27日14时00分起，至2015年12月2日00时00分止，共106小时。');
  });

  test('各部门响应情况: late and silent units are named', () => {
    const [units, acknowledgements, , reports] = under('三、各部门响应情况');
    expect(units).toBe('本次应急响应责任单位共3个。');
    expect(acknowledgements).toMatch(
      /^预警信息确认：按时1次，逾期1次（甲街道办事处），未报\d+次（[^）]*乙街道办事处[^）]*）。$/,
    );
    expect(reports).toMatch(/^每日报送：按时1次，逾期1次（甲街道办事处），未报\d+次（.*乙街道办事处.*）。$/);
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
