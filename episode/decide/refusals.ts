/** Every refusal of an episode, in words for the person who asked: what is wrong and what to do next. */
import type { Refusal, RefusalType } from '../commands.js';

const refusal = (type: RefusalType, detail: string, clause?: string): Refusal => ({
  status: 'refused',
  type,
  detail,
  ...(clause === undefined ? {} : { clause }),
});

export const refusals = {
  keyReused: () => refusal('key-reused', '同一幂等键已用于另一内容的请求，请换用新的键后重新提交。'),
  pollutantNotCovered: () =>
    refusal(
      'pollutant-not-covered',
      '本预案只适用于细颗粒物（PM2.5）造成的重污染天气，沙尘或臭氧污染不适用，请按相应预案处置。',
      '§1.3',
    ),
  levelBelowCity: () =>
    refusal('level-below-city', '本区预警级别不得低于乌鲁木齐市预警级别，请改为不低于市级的级别。', '§3.1.2'),
  reasonRequired: () => refusal('reason-required', '本区级别高于市级时须说明理由，请填写 reason。', '§3.1.2'),
  tooFarAhead: () => refusal('effective-time', '生效时间最多可在当前时间之后24小时内，请核对通知中的时间。', '§3.1.5'),
  tooFarBack: () => refusal('effective-time', '生效时间早于当前时间31天以上，请核对通知中的年月日。', '§3.1.5'),
  beforePrevious: () =>
    refusal('effective-time', '生效时间不得早于前一份通知的生效时间，请核对通知的先后顺序。', '§3.1.5'),
  nothingChanged: () =>
    refusal('nothing-changed', '级别和预计结束时间均未变化，无需调整；如确有变化，请核对后重新提交。', '§3.1.5'),
  episodeActive: () =>
    refusal(
      'episode-active',
      '已有一个重污染天气过程正在预警或响应中，请在该过程中调整级别；解除后方可启动新的过程。',
      '§3.1.2',
    ),
  started: () => refusal('episode-started', '该过程已经启动，不能再次启动；如需变更级别，请使用“调整”。'),
  notStarted: () => refusal('episode-not-started', '该过程尚未启动，请先录入市级启动通知。', '§3.1.2'),
  responseNotStarted: () => refusal('response-not-started', '应急响应尚未生效，请在预警生效后再提交。', '§4.2'),
  lifted: () => refusal('episode-lifted', '预警已解除，应急响应已终止，不能再进行此操作。', '§4.4'),
  liftNoticed: () =>
    refusal(
      'episode-lifted',
      '市级解除通知已经录入，预警将按时解除，不能再进行此操作；如市级改变决定，请在解除后启动新的过程。',
      '§3.1.5',
    ),
  notLifted: () => refusal('episode-not-lifted', '预警尚未解除，请在收到市级解除通知并录入后再进行此操作。', '§5.1'),
  closed: () => refusal('episode-closed', '该过程已办结归档，记录不再变更。'),
  unitUnknown: () => refusal('unit-unknown', '本次过程中没有该责任单位，请核对单位，或先将其增加为责任单位。', '§2.2'),
  unitAlreadyAdded: () => refusal('unit-already-added', '该单位已是本次过程的责任单位，无需重复增加。', '§2.2'),
  taskUnknown: () => refusal('task-unknown', '本单位在本次响应中没有该项任务，请刷新任务清单后再试。', '§4.3'),
  taskEnded: () => refusal('task-ended', '该项任务已随级别调整而终止，无需完成；请刷新任务清单。', '§4.3'),
  taskNotDone: () => refusal('task-not-done', '该项任务尚未完成，没有可以撤回的完成记录；请刷新任务清单。', '§4.3'),
  dueTime: () => refusal('due-time', '完成时限应晚于当前时间，请改填以后的时间。', '§4.3'),
  reportDay: () =>
    refusal(
      'report-day',
      '该日不在应报送范围：只报送响应期间、且已经过去的日期（解除当日自解除起可报），请核对日期。',
      '§5.1',
    ),
  followUpSubmitted: () => refusal('follow-up-submitted', '解除后的信息报送已经上报，内容不再更改。', '§5.1'),
  followUpOutstanding: () =>
    refusal('follow-up-outstanding', '请先向市生态环境保护委员会办公室上报解除后的信息报送，再发布总结评估。', '§5.1'),
  reviewMissing: () => refusal('review-missing', '总结评估尚未填写，请先保存内容后再发布。', '§5.2'),
  reviewPublished: () => refusal('review-published', '总结评估已发布，内容不再更改。', '§5.2'),
};
