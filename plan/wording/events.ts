/** The events that messages tell of, and the placeholders that each may use. The words are in the edition's `messages.yaml`. */
import { responseLevelOf } from '../rules/levels.js';
import type { WarningLevel } from '../types.js';
import { CAUSES, REMEDIES } from './channel-words.js';
import { list, optional, type Placeholders, textAt, textPlaceholder, type ValuesOf } from './placeholders.js';
import {
  announced,
  channel,
  DESK,
  digestDay,
  digestDayBrief,
  district,
  dueAt,
  dueAtBrief,
  duty,
  firstReportDay,
  item,
  items,
  level,
  levelIfAny,
  notice,
  publications,
  SAMPLE_CLAUSE,
  severalDuties,
  suspension,
  unitName,
  units,
} from './shared-placeholders.js';
import { responseName, warningName } from './words.js';

const severalRevisions = optional('多于一项时的项数', '2');

/** The level from which a sample is adjusted. */
const BEFORE: Record<WarningLevel, WarningLevel> = { yellow: 'orange', orange: 'yellow', red: 'orange' };

/**
 * Recipients of an event's message, for samples. A `notified-unit` has something to acknowledge, and the `desk` is told of
 * the program, not of an episode.
 */
export type Addressee = 'notified-unit' | 'unit' | 'office' | 'desk' | 'city' | 'media';

export const EVENTS = {
  start: {
    about: '启动应急响应，发给责任单位',
    to: 'notified-unit',
    placeholders: { ...notice, firstReportDay },
  },
  adjustment: {
    about: '调整级别，发给责任单位',
    to: 'notified-unit',
    placeholders: {
      ...notice,
      previousWarning: textAt('原预警级别', (at) => warningName(BEFORE[at])),
      previousResponse: textAt('原响应级别', (at) => responseName(responseLevelOf(BEFORE[at]))),
      endedTasks: list(
        '随调整终止的任务',
        { clause: textPlaceholder('依据的条款', ''), text: textPlaceholder('任务原文', '') },
        [{ clause: SAMPLE_CLAUSE, text: '小微涉气企业停止使用国四及以下排放标准重型载货车辆（含燃气）运输。' }],
      ),
    },
  },
  extension: {
    about: '级别不变，延长或改变预计结束时间，发给责任单位',
    to: 'notified-unit',
    placeholders: notice,
  },
  joining: {
    about: '单位在响应期间纳入，发给该单位',
    to: 'notified-unit',
    placeholders: { ...notice, firstReportDay },
  },
  lifting: {
    about: '解除预警，发给责任单位',
    to: 'notified-unit',
    placeholders: {
      ...announced,
      acknowledgeBy: optional('确认期限；不要求确认时没有', '2026年1月13日16时00分'),
      acknowledgeByBrief: optional('确认期限，短信用；不要求确认时没有', '1月13日16:00'),
      resume: textPlaceholder('该单位要通知谁恢复正常', '通知学校恢复正常教学和户外课程，停课的学校复课，并告知家长。'),
      summaryWithin: optional('多久之内报送工作总结；应急响应没有启动时没有', '3天'),
      publications,
    },
  },
  missed: {
    about: '逾期，发给责任单位',
    to: 'unit',
    placeholders: { ...levelIfAny, unitName, duty, several: severalDuties, items: list('逾期的事项', item, items) },
  },
  'missed-digest': {
    about: '逾期汇总，发给办公室',
    to: 'office',
    placeholders: {
      ...levelIfAny,
      duty,
      several: severalDuties,
      unitCount: optional('未完成的单位数；只有本办逾期时没有', '2'),
      items: list(
        '逾期的事项',
        {
          ...item,
          behind: optional('未完成的单位；本办的事项没有', ''),
          behindCount: optional('未完成的单位数；本办的事项没有', ''),
        },
        [
          { ...items[0], behind: '区教育局、七纺街道办事处', behindCount: '2' },
          {
            duty: '解除后的信息报送',
            dueAt: '2026年1月10日18时00分',
            clause: SAMPLE_CLAUSE,
            behind: '',
            behindCount: '',
          },
        ],
      ),
    },
  },
  'follow-up': {
    about: '解除后的信息报送，发给市环委办',
    to: 'city',
    placeholders: {
      ...level,
      district,
      startedAt: textPlaceholder('启动时间', '2026年1月10日14时00分'),
      startedAtBrief: textPlaceholder('启动时间，短信用', '1月10日14:00'),
      liftedAtBrief: textPlaceholder('解除时间，短信用', '1月13日14:00'),
      report: textPlaceholder('办公室所写的报告全文', '现将本次重污染天气应急响应情况报告如下。'),
    },
  },
  reminded: {
    about: '期限将到，发给责任单位或办公室',
    to: 'unit',
    placeholders: {
      ...levelIfAny,
      unitName,
      duty,
      several: severalDuties,
      dueAt,
      dueAtBrief,
      remaining: textPlaceholder('还剩多久', '30分钟'),
      items: list('将到期的事项', item, items),
    },
  },
  escalated: {
    about: '逾期后仍未完成，发给负责人、办公室或区环委会',
    to: 'office',
    placeholders: {
      ...levelIfAny,
      units,
      duty,
      several: severalDuties,
      dueAt,
      dueAtBrief,
      overdue: textPlaceholder('已逾期多久', '2小时'),
      items: list('仍未完成的事项', { ...item, unitName: textPlaceholder('未完成的单位', '') }, [
        { ...items[0], unitName: '区教育局' },
        { ...items[1], unitName: '七纺街道办事处' },
      ]),
    },
  },
  urged: {
    about: '办公室人工催办，发给责任单位',
    to: 'unit',
    placeholders: {
      ...levelIfAny,
      unitName,
      duty,
      several: severalDuties,
      dueAt,
      dueAtBrief,
      overdue: optional('已逾期多久；未逾期时没有', '2小时'),
      words: optional('办公室附的话', '请一小时内回复。'),
      items: list('催办的事项', item, items),
    },
  },
  unreachable: {
    about: '有单位的人员一个也联系不上，发给办公室或区环委会',
    to: 'office',
    placeholders: {
      ...levelIfAny,
      units,
      duty,
      several: severalDuties,
      dueAt,
      dueAtBrief,
      items: list(
        '联系不上的单位和应办事项',
        {
          ...item,
          unitName: textPlaceholder('联系不上的单位', ''),
          toRing: optional('该单位值班人员的姓名和电话；只发给办公室', ''),
        },
        [
          { ...items[0], unitName: '区教育局', toRing: '李值班 0991-4690001' },
          { ...items[1], unitName: '七纺街道办事处', toRing: '' },
        ],
      ),
    },
  },
  referral: {
    about: '办公室移交一个单位的逾期事项，发给区纪委监委或区环委会',
    to: 'office',
    placeholders: {
      ...levelIfAny,
      unitName: textPlaceholder('逾期的单位', '区教育局'),
      referredTo: textPlaceholder('移交给谁', '区生态环境保护委员会'),
      duty,
      several: severalDuties,
      items: list('移交的事项', { ...item, outcome: textPlaceholder('逾期补办或逾期未办', '') }, [
        { ...items[0], outcome: '逾期补办' },
        { ...items[1], outcome: '逾期未办' },
      ]),
      reason: textPlaceholder('办公室移交的理由', '两次电话催办后仍未报告，影响全区汇总。'),
      clause: textPlaceholder('移交所依据的条款', SAMPLE_CLAUSE),
    },
  },
  circular: {
    about: '转发市环委办的通报，或区环委办的通报，发给责任单位',
    to: 'unit',
    placeholders: {
      ...levelIfAny,
      unitName,
      origin: textPlaceholder('转发市环委办通报，或区环委办通报', '区环委办通报'),
      title: textPlaceholder('通报的标题', '关于应急减排措施落实不到位的通报'),
      titleBrief: textPlaceholder('通报的标题，短信用；过长的截短', '关于应急减排措施落实不到位的通报'),
      number: optional('通报的文号', '水环委办〔2026〕5号'),
      circularText: textPlaceholder('通报的正文', '经查，个别工地未按要求停工，请立即整改。'),
      attachments: optional('附件个数', '1'),
      acknowledgeBy: textPlaceholder('确认期限', '2026年1月10日18时00分'),
      acknowledgeByBrief: textPlaceholder('确认期限，短信用', '1月10日18:00'),
      answerBy: optional('答复整改情况的期限；不要求答复的没有', '2026年1月12日18时00分'),
      answerByBrief: optional('答复整改情况的期限，短信用；不要求答复的没有', '1月12日18:00'),
      clause: textPlaceholder('依据的条款', SAMPLE_CLAUSE),
    },
  },
  'end-asked': {
    about: '预计结束时间将到、已到或已过，问办公室值班人员',
    to: 'office',
    placeholders: {
      ...level,
      expectedEnd: textPlaceholder('预计结束时间', '2026年1月13日14时00分'),
      expectedEndBrief: textPlaceholder('预计结束时间，短信用', '1月13日14:00'),
      remaining: optional('还剩多久；已到或已过时没有', '2小时'),
      overdue: optional('已过多久；未到或刚到时没有', ''),
    },
  },
  'daily-digest': {
    about: '每日情况汇总，发给办公室',
    to: 'office',
    placeholders: {
      ...level,
      day: digestDay,
      dayBrief: digestDayBrief,
      unitCount: textPlaceholder('责任单位数', '33'),
      reportsIn: textPlaceholder('已报送当日情况的单位数', '31'),
      reportsMissing: optional('尚未报送的单位数', '2'),
      missingUnits: optional('尚未报送的单位', '区教育局、七纺街道办事处'),
      figures: list(
        '各单位报送数字的合计；没有报送的不列',
        {
          name: textPlaceholder('指标', ''),
          sum: textPlaceholder('合计', ''),
          unit: textPlaceholder('计量单位', ''),
          beside: optional('另一类单位看到的同一事项，不计入合计', ''),
          gap: optional('应做的还差多少', ''),
        },
        [
          { name: '检查工地', sum: '86', unit: '个次', beside: '91', gap: '' },
          { name: '已停产企业', sum: '10', unit: '家', beside: '', gap: '2' },
        ],
      ),
      pausedCount: optional('全天暂停、不需要报送的单位数', '2'),
      paused: optional('全天暂停、不需要报送的单位', '八道湾街道办事处、葛家沟街道办事处'),
      problems: optional('当日日报中的问题数', '3'),
      openProblems: textPlaceholder('其中尚未整改的', '1'),
      unacknowledged: optional('尚未确认通知的单位', '七纺街道办事处'),
      tasksDone: textPlaceholder('已完成的任务项数', '120'),
      taskCount: textPlaceholder('要办理的任务项数', '310'),
      notApplicable: optional('报不涉及的任务项数', '18'),
    },
  },
  'digest-reminded': {
    about: '某日的汇总尚未上报市环委办，提醒办公室值班人员',
    to: 'office',
    placeholders: {
      ...levelIfAny,
      day: digestDay,
      dayBrief: digestDayBrief,
      otherDays: optional('更早的、也尚未上报的日期', '2026年1月9日'),
    },
  },
  'digest-submission': {
    about: '一日的全区情况，发给市环委办',
    to: 'city',
    placeholders: {
      ...level,
      district,
      day: digestDay,
      dayBrief: digestDayBrief,
      correction: optional('更正已上报内容时的“更正”', '更正'),
      report: textPlaceholder('办公室所报的全文', '1月10日本区执行黄色预警、Ⅲ级应急响应。'),
    },
  },
  'task-added': {
    about: '响应期间新增任务，发给责任单位',
    to: 'unit',
    placeholders: {
      ...level,
      unitName,
      task: textPlaceholder('任务内容', '对辖区工地加密巡查，每日不少于两次。'),
      clause: optional('依据的条款', SAMPLE_CLAUSE),
      dueAt: optional('完成期限', '2026年1月11日18时00分'),
      reason: optional('办公室的说明', '区域应急联动补充措施'),
    },
  },
  'task-cancelled': {
    about: '新增的任务被撤销，发给责任单位',
    to: 'unit',
    placeholders: {
      ...level,
      unitName,
      task: textPlaceholder('任务内容', '对辖区工地加密巡查，每日不少于两次。'),
      clause: optional('依据的条款', SAMPLE_CLAUSE),
      reason: optional('撤销的理由', '市里已统一安排巡查'),
    },
  },
  'task-reopened': {
    about: '任务的完成记录被撤销，发给责任单位',
    to: 'unit',
    placeholders: {
      ...level,
      unitName,
      task: textPlaceholder('任务内容', '中小学、幼儿园合理调整教学计划。'),
      clause: optional('依据的条款', SAMPLE_CLAUSE),
      reason: optional('撤销的理由', '现场核查未落实'),
    },
  },
  'task-applicable': {
    about: '不涉及的填报被撤销，发给责任单位',
    to: 'unit',
    placeholders: {
      ...level,
      unitName,
      task: textPlaceholder('任务内容', '砖厂、砂石场停止露天作业；'),
      clause: optional('依据的条款', SAMPLE_CLAUSE),
      reason: optional('撤销的理由', '辖区有一家砂石场'),
    },
  },
  suspended: {
    about: '暂停措施或整个应急响应，发给涉及的责任单位',
    to: 'unit',
    placeholders: {
      ...suspension,
      from: textPlaceholder('暂停开始时间', '2026年1月11日00时00分'),
      fromBrief: textPlaceholder('暂停开始时间，短信用', '1月11日00:00'),
      until: optional('恢复时间；另行通知的没有', '2026年1月12日00时00分'),
      untilBrief: optional('恢复时间，短信用；另行通知的没有', '1月12日00:00'),
      reason: textPlaceholder('暂停的理由', '节日期间保障市民出行'),
    },
  },
  resumed: {
    about: '暂停结束，恢复执行，发给涉及的责任单位',
    to: 'unit',
    placeholders: {
      ...suspension,
      resumedAt: textPlaceholder('恢复时间', '2026年1月12日00时00分'),
      resumedAtBrief: textPlaceholder('恢复时间，短信用', '1月12日00:00'),
      plannedFrom: optional('原定的暂停开始时间；只在暂停开始前取消时有', ''),
      reason: optional('恢复的理由', '节日结束'),
      still: optional('因其他暂停仍不执行的任务', ''),
    },
  },
  'broadcast-ended': {
    about: '预警解除，停止滚动播发，发给公共媒体；解除的公告已经发布的，用公告全文，不用这里的文字',
    to: 'media',
    placeholders: {
      ...level,
      district,
      liftedAt: textPlaceholder('解除时间', '2026年1月13日14时00分'),
    },
  },
  'drill-abandoned': {
    about: '演练长期无人操作、自动结束，发给办公室',
    to: 'office',
    placeholders: {
      noticeNumber: textPlaceholder('演练启动通知的文号', '乌环委办〔2026〕1号'),
      days: textPlaceholder('无人操作的天数', '31'),
      idleSince: textPlaceholder('最后一次有人操作的时间', '2026年1月10日18时00分'),
    },
  },
  revisions: {
    about: '总结评估要求的修订：交办、将到期、到期和逾期，发给责任单位，到期起也发给办公室；与级别无关',
    to: 'unit',
    placeholders: {
      what: textPlaceholder('修订什么；有多项时为第一项', '应急预案'),
      standing: textPlaceholder('办理情况；有多项时为第一项', '即将到期'),
      dueAtBrief: textPlaceholder('完成期限，短信用；有多项时为第一项', '3月20日18:00'),
      several: severalRevisions,
      items: list(
        '要修订的内容',
        {
          what: textPlaceholder('修订什么', ''),
          words: textPlaceholder('修订的要求', ''),
          owner: textPlaceholder('由谁修订', ''),
          dueAt: textPlaceholder('完成期限', ''),
          standing: textPlaceholder('办理情况', ''),
        },
        [
          {
            what: '应急预案',
            words: '更新联络名单，明确节假日值守。',
            owner: '区教育局',
            dueAt: '2026年3月20日18时00分',
            standing: '即将到期',
          },
          {
            what: '“一厂一策”方案',
            words: '核对停产设备清单。',
            owner: '区教育局',
            dueAt: '2026年3月31日18时00分',
            standing: '请办理',
          },
        ],
      ),
    },
  },
  'channel-ill': {
    about: '渠道发不出去，改由其他渠道发给办公室值班人员；与级别无关',
    to: 'desk',
    placeholders: {
      ...channel,
      cause: textPlaceholder('原因', CAUSES.account),
      answer: textPlaceholder('对方的应答', 'robot-refused: 93000'),
      remedy: textPlaceholder('请做什么', REMEDIES.account),
    },
  },
  'channel-well': {
    about: '渠道恢复，发给办公室值班人员；与级别无关',
    to: 'desk',
    placeholders: channel,
  },
  'channel-test': {
    about: '测试渠道，发到办公室填写的号码或邮箱；与级别无关，“测试”的标记由系统加',
    to: 'desk',
    placeholders: { way: channel.way },
  },
  news: { about: '没有专门文字的其他情况', to: 'office', placeholders: levelIfAny },
} as const satisfies Record<string, { about: string; to: Addressee; placeholders: Placeholders }>;

export type MessageEvent = keyof typeof EVENTS;

/** They are of the program: they concern no level and no episode. */
export type ChannelEvent = ChannelAlarm | 'channel-test';
export type ChannelAlarm = 'channel-ill' | 'channel-well';
export const isOfChannel = (event: MessageEvent): event is ChannelEvent => EVENTS[event].to === 'desk';

export const MESSAGE_EVENTS = Object.keys(EVENTS) as MessageEvent[];

/** The placeholders that an event's templates may use. */
export const placeholdersFor = (event: MessageEvent): Placeholders => ({ ...EVENTS[event].placeholders, ...DESK });

/** One event to tell of, at the level it concerns. */
export type Topic = {
  [E in Exclude<MessageEvent, ChannelEvent | 'revisions'>]: {
    event: E;
    level: WarningLevel;
    values: ValuesOf<(typeof EVENTS)[E]['placeholders']>;
  };
}[Exclude<MessageEvent, ChannelEvent | 'revisions'>];

/** The values that an alarm's templates are filled with. */
export type AlarmValues = ValuesOf<(typeof EVENTS)['channel-ill']['placeholders']>;
