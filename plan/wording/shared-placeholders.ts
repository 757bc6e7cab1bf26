/** Placeholders that several events share: the level, the unit, the facts of every notice, what is owed, and channels. */
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
  noticeText: optional('通知原文', '请各单位按照预案执行。'),
};

/** The office's duty desk, which every message may name. */
export const DESK = {
  officeDuty: optional('办公室此刻的值班人员', '王值班'),
  officePhone: optional('办公室此刻的值班电话；没有登记的没有', '0991-4690000'),
};

export const brief = textAt(
  '短信首句：该单位在这一级别先做什么',
  () => '通知中小学、幼儿园停止户外课程和活动，当日抽查，收齐学校回执。',
);

/** §3.1.4: one row for the unit that publishes the warning, none for others. */
const publication = {
  pollutant: textPlaceholder('首要污染物', ''),
  area: textPlaceholder('污染的范围、可能受影响的区域', ''),
  danger: textPlaceholder('潜在的危险程度', ''),
  advice: textPlaceholder('需采取的措施建议', ''),
};
export const publications = list('供发布单位直接发布的内容；其他单位没有', publication, [
  {
    pollutant: '细颗粒物（PM2.5）',
    area: '水磨沟区',
    danger: '空气质量可能达到重度污染，健康人群普遍出现症状。',
    advice: '儿童、孕妇、老年人尽量留在室内，减少户外运动。',
  },
]);

export const notice = {
  ...announced,
  brief,
  expectedEnd: optional('预计结束时间', '2026年1月13日14时00分'),
  expectedEndBrief: optional('预计结束时间，短信用', '1月13日14:00'),
  acknowledgeBy: textPlaceholder('确认期限', '2026年1月10日14时30分'),
  acknowledgeByBrief: textPlaceholder('确认期限，短信用', '1月10日14:30'),
  implementationBy: textPlaceholder('何时之前报告应急措施落实情况；暂停期间是“恢复执行后”', '2026年1月10日18时00分前'),
  dailyReportTime: textPlaceholder('每日报送的钟点', '12:00'),
  taskCount: textPlaceholder('任务项数', '2'),
  tasks: list(
    '单位的任务，同一卡片的在一起',
    {
      card: optional('卡片；每张卡片只在第一项任务前写', ''),
      number: textPlaceholder('序号', ''),
      change: optional('加严、延续、放宽或新增；启动时没有', ''),
      done: optional('已完成的写“已完成”，不涉及的写“不涉及”', ''),
      do: textPlaceholder('该单位做什么', ''),
      assist: optional('配合其他单位的写“配合”', ''),
      clause: textPlaceholder('依据的条款', ''),
      text: optional('任务原文；办公室增加的任务没有', ''),
    },
    [
      {
        card: '学校',
        number: '1',
        change: '加严',
        done: '',
        do: '通知中小学、幼儿园停止户外课程和活动。',
        assist: '',
        clause: SAMPLE_CLAUSE,
        text: '中小学、幼儿园停止户外课程和活动。',
      },
      {
        card: '',
        number: '2',
        change: '延续',
        done: '已完成',
        do: '督促学校落实健康防护措施。',
        assist: '配合',
        clause: SAMPLE_CLAUSE,
        text: '督促学校落实健康防护措施。',
      },
    ],
  ),
  publications,
};

export const duty = textPlaceholder('应办事项；有多项时为第一项', '报告应急措施落实情况（通知乌环委办〔2026〕1号）');
export const severalDuties = optional('事项多于一项时的项数', '2');
export const dueAt = textPlaceholder('期限', '2026年1月10日18时00分');
export const dueAtBrief = textPlaceholder('期限，短信用', '1月10日18:00');
export const item = {
  duty: textPlaceholder('应办事项', ''),
  dueAt: textPlaceholder('期限', ''),
  clause: textPlaceholder('依据的条款', ''),
};
export const items = [
  { duty: '报告应急措施落实情况（通知乌环委办〔2026〕1号）', dueAt: '2026年1月10日18时00分', clause: SAMPLE_CLAUSE },
  { duty: '2026年1月9日的每日报送', dueAt: '2026年1月10日12时00分', clause: SAMPLE_CLAUSE },
] as const;

export const firstReportDay = textPlaceholder('第一次每日报送的日期', '2026年1月11日');
export const units = textPlaceholder('涉及的单位', '区教育局等2个单位');

export const district = textPlaceholder('县区', '水磨沟区');
export const digestDay = textPlaceholder('汇总的日期', '2026年1月10日');
export const digestDayBrief = textPlaceholder('汇总的日期，短信用', '1月10日');
/** Of a suspension, and of its end. */
export const suspension = {
  ...level,
  unitName,
  taskCount: optional('暂停的任务项数；整个应急响应暂停时没有', '1'),
  tasks: list(
    '该单位暂停的任务；整个应急响应暂停时没有',
    { clause: textPlaceholder('依据的条款', ''), task: textPlaceholder('任务内容', '') },
    [{ clause: SAMPLE_CLAUSE, task: '对机动车单双号限行开展路面检查。' }],
  ),
  basis: optional('依据的通知', '乌环委办〔2026〕2号'),
};

export const channel = {
  way: textPlaceholder('渠道', '企业微信群机器人“区级工作群”'),
  since: textPlaceholder('从何时起', '1月10日14:00'),
};
