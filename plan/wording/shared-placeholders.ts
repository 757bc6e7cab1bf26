/** Placeholders that several events share: the level, the unit, and the facts of every notice. */
import { responseLevelOf } from '../rules/levels.js';
import { list, optional, optionalAt, textAt, textPlaceholder } from './placeholders.js';
import { levelName, responseName, warningName } from './words.js';

/** Stands for a clause in samples: which one it is, the edition says. */
export const SAMPLE_CLAUSE = '某条';

export const level = {
  levelName: textAt('级别，预警和响应', levelName),
  warning: textAt('预警级别', warningName),
  response: textAt('响应级别', (at) => responseName(responseLevelOf(at))),
};
/** Deadlines outlive the response (§5.1, §5.2). */
export const levelIfAny = {
  levelName: optionalAt('级别，预警和响应；解除后没有', levelName),
};
export const unitName = textPlaceholder('收到通知的单位', '区教育局');
export const announced = {
  ...level,
  unitName,
  issuer: textPlaceholder('发出通知的机关', '乌鲁木齐市生态环境保护委员会办公室'),
  noticeNumber: textPlaceholder('通知文号', '乌环委办〔2026〕1号'),
  basis: textPlaceholder('依据：市级通知、区域预警或本区决定', '市级通知'),
  ownNotice: optional('本区的通知，文号和标题', '水环委办〔2026〕3号《关于启动应急响应的通知》'),
  forecast: optional('预报：指数、时段和会商意见', '2026年1月10日14时00分至2026年1月13日14时00分，AQI 151至200'),
  effectiveAt: textPlaceholder('生效时间', '2026年1月10日14时00分'),
  effectiveAtBrief: textPlaceholder('生效时间，短信用', '1月10日14:00'),
};

export const notice = {
  ...announced,
  noticeText: optional('通知原文', '自1月10日14时起启动应急响应。'),
  expectedEnd: optional('预计结束时间', '2026年1月13日14时00分'),
  acknowledgeBy: textPlaceholder('确认期限', '2026年1月10日14时30分'),
  acknowledgeByBrief: textPlaceholder('确认期限，短信用', '1月10日14:30'),
  implementationBy: textPlaceholder('何时之前报告应急措施落实情况', '2026年1月10日18时00分前'),
  dailyReportTime: textPlaceholder('每日报送的钟点', '10:00'),
  taskCount: textPlaceholder('任务项数', '2'),
  tasks: list(
    '单位的任务',
    {
      number: textPlaceholder('序号', ''),
      change: textPlaceholder('新增、加严、延续或放宽', ''),
      done: optional('已完成的写“已完成”', ''),
      clause: textPlaceholder('依据的条款', ''),
      text: textPlaceholder('任务原文', ''),
    },
    [
      { number: '1', change: '新增', done: '', clause: SAMPLE_CLAUSE, text: '中小学、幼儿园合理调整教学计划。' },
      { number: '2', change: '延续', done: '已完成', clause: SAMPLE_CLAUSE, text: '督促学校落实健康防护措施。' },
    ],
  ),
};
