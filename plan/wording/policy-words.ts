/** The values of the policy in the office's words: what each decides. */
import type { DeadlineKind, Policy } from '../types.js';

interface PolicyWords {
  label: string;
  meaning: string;
}

export const POLICY_WORDS: Record<Exclude<keyof Policy, 'chains'>, PolicyWords> = {
  noticeAheadHours: { label: '通知提前录入', meaning: '市里的通知最早可以在生效前多少小时录入' },
  acknowledgementMinutes: { label: '确认时限', meaning: '通知发出后多少分钟内，各单位须确认收到' },
  liftingAcknowledgement: { label: '解除的确认时限', meaning: '解除通知发出后多少分钟内须确认收到；false 为不要求' },
  circularAcknowledgementMinutes: {
    label: '通报的确认时限',
    meaning: '通报发出后多少分钟内须确认收到；落在夜间的到早上',
  },
  implementationReportMinutes: { label: '落实报告时限', meaning: '通知生效后多少分钟内，各单位须报告措施落实情况' },
  dailyReportTime: { label: '每日报送时间', meaning: '每日几时前报送前一日的情况' },
  followUpReportHours: { label: '信息报送时限', meaning: '解除后多少小时内，办公室须向市环委办报送信息' },
  summaryHours: { label: '总结时限', meaning: '解除后多长时间内，各单位须报总结；小时数或工作日数' },
  reviewHours: { label: '总结评估时限', meaning: '解除后多长时间内，办公室须发布总结评估；小时数或工作日数' },
  workdayEnd: { label: '下班时间', meaning: '按工作日计的时限，在最后一个工作日的几时到期' },
  endQuestionBeforeHours: { label: '到期前询问', meaning: '预计结束前多少小时，问办公室解除、延长还是继续' },
  endQuestionAgainHours: { label: '到期后询问', meaning: '预计结束后每隔多少小时再问一次，直到录入通知' },
  digestTime: { label: '每日汇总时间', meaning: '每日几时汇总各单位的报送' },
  digestSubmissionTime: { label: '上报提醒时间', meaning: '每日几时提醒办公室把汇总上报市环委办' },
  abandonedDrillDays: { label: '演练自动结束', meaning: '演练按自己的时间连续多少天无人操作，自动结束' },
  urgeAgainMinutes: { label: '催办间隔', meaning: '办公室对同一单位的同一事项，至少隔多少分钟才能再催办' },
  broadcastEveryMinutes: {
    label: '滚动播发间隔',
    meaning: '向公共媒体发布预警信息后，每隔多少分钟再发一次，直到解除；昼夜不停',
  },
  revisionReminders: {
    label: '整改与修订的提醒',
    meaning: '交办、到期时之外，到期前几天提醒责任单位，逾期后每隔几天再提醒；夜间不发',
  },
  carriedOverDays: {
    label: '归档时未办结的',
    meaning: '归档时仍未整改的问题、未办结的通报和移交，总结评估发布后多少天内办结',
  },
  quiet: { label: '夜间', meaning: '夜间起止时间，以及改到早上到期的事项' },
  noticeWays: { label: '通知的渠道', meaning: '发通知的渠道：每一行须有一个渠道送到，依次试用' },
  leadNoticeWays: { label: '通知负责人的渠道', meaning: '不在值班的单位负责人，通知用的渠道' },
  dailyFigures: { label: '每日报送的数字', meaning: '各单位每日报送的指标；没有写明的单位用本类的' },
};

export const DEADLINE_NAMES: Record<DeadlineKind, string> = {
  acknowledgement: '确认通知',
  lifting: '确认解除',
  implementation: '落实报告',
  task: '有时限的任务',
  report: '每日报送',
  summary: '总结',
  circular: '确认通报',
  measures: '答复通报',
  'follow-up': '信息报送',
  review: '总结评估',
};

export const chainWords = (deadline: DeadlineKind): PolicyWords => ({
  label: `提醒和催办：${DEADLINE_NAMES[deadline]}`,
  meaning: '到期前提醒、逾期后逐级催办的各步：何时、通知谁、用什么渠道',
});
