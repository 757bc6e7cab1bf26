/** Every refusal of an episode, in words for the caller: the fault and the next step. */
import type { Rule, Rules } from '../../plan/rules/clauses.js';
import type { Refusal, RefusalType } from '../commands.js';
import type { EpisodeState } from '../state-types.js';

interface Words {
  type: RefusalType;
  /** Where the plan is the reason. */
  rule?: Rule;
  detail: string;
}

const REFUSALS = {
  keyReused: { type: 'key-reused', detail: '同一个 Idempotency-Key 已用于另一内容的请求，请换一个后重新提交。' },
  pollutantNotCovered: {
    type: 'pollutant-not-covered',
    rule: 'scope',
    detail: '本预案只适用于细颗粒物（PM2.5）造成的重污染天气，沙尘或臭氧污染不适用，请按相应预案处置。',
  },
  levelBelowCity: {
    type: 'level-below-city',
    rule: 'neverBelow',
    detail: '本区预警级别不得低于乌鲁木齐市预警级别，请改为不低于市级的级别。',
  },
  reasonRequired: {
    type: 'reason-required',
    rule: 'neverBelow',
    detail: '本区级别高于市级时须说明理由，请填写 reason。',
  },
  basisNotAllowed: {
    type: 'basis-not-allowed',
    rule: 'adjusts',
    detail:
      '本预案规定按照市里的通知发布、调整和解除预警，区里不能自行决定。请录入市级通知；区级通知请填在 ownNotice 中。',
  },
  tooFarAhead: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '生效时间最多可在当前时间之后{hours}小时内，请核对通知中的时间。',
  },
  tooFarBack: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '生效时间早于当前时间31天以上，请核对通知中的年月日。',
  },
  beforePrevious: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '生效时间不得早于前一份通知的生效时间，请核对通知的先后顺序。',
  },
  issuedFarOff: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '通知的发布时间与当前时间相差过大（早于31天或晚于{hours}小时），请核对通知上的年月日。',
  },
  endPassed: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '预计结束时间已经过去，请核对；不清楚时请留空。',
  },
  nothingChanged: {
    type: 'nothing-changed',
    rule: 'adjusts',
    detail: '级别和预计结束时间均未变化，无需调整；如确有变化，请核对后重新提交。',
  },
  episodeActive: {
    type: 'episode-active',
    rule: 'starts',
    detail: '已有一个重污染天气过程正在预警或响应中，请在该过程中调整级别；解除后方可启动新的过程。',
  },
  started: { type: 'episode-started', detail: '该过程已经启动，不能再次启动；如需变更级别，请使用“调整”。' },
  notStarted: { type: 'episode-not-started', rule: 'starts', detail: '该过程尚未启动，请先录入市级启动通知。' },
  responseNotStarted: {
    type: 'response-not-started',
    rule: 'implementation',
    detail: '应急响应尚未生效，请在预警生效后再提交。',
  },
  cancelled: {
    type: 'response-cancelled',
    rule: 'lifts',
    detail: '预警在应急响应启动前已经解除，没有应急响应，不需要办理此项。',
  },
  lifted: { type: 'episode-lifted', rule: 'ends', detail: '预警已解除，应急响应已终止，不能再进行此操作。' },
  liftNoticed: {
    type: 'episode-lifted',
    rule: 'lifts',
    detail: '市级解除通知已经录入，预警将按时解除，不能再进行此操作；如市级改变决定，请在解除后启动新的过程。',
  },
  notLifted: {
    type: 'episode-not-lifted',
    rule: 'lifts',
    detail: '预警尚未解除，请在收到市级解除通知并录入后再进行此操作。',
  },
  closed: { type: 'episode-closed', detail: '该过程已办结归档，记录不再变更，请核对是否选对了过程。' },
  abandoned: {
    type: 'episode-closed',
    detail: '该演练长期无人操作，已自动结束归档，记录不再变更；如需继续演练，请启动新的演练。',
  },
  noticeKnown: {
    type: 'notice-known',
    detail:
      '与已录入的通知内容相同：{name}（编号{noticeId}）。如是同一份通知，请为它补录文号，不必再次录入；如是另一份，请核对级别和时间。',
  },
  noticeUnknown: { type: 'notice-unknown', rule: 'adjusts', detail: '本次过程中没有这份通知，请核对通知的编号。' },
  numberTaken: {
    type: 'number-taken',
    rule: 'adjusts',
    detail: '文号“{number}”是本次过程中另一份通知（编号{noticeId}）的，请核对文号。',
  },
  unitUnknown: {
    type: 'unit-unknown',
    rule: 'units',
    detail: '本次过程中没有该责任单位，请核对单位，或先将其增加为责任单位。',
  },
  unitAlreadyAdded: {
    type: 'unit-already-added',
    rule: 'units',
    detail: '该单位已是本次过程的责任单位，无需重复增加，请核对单位。',
  },
  taskUnknown: {
    type: 'task-unknown',
    rule: 'tasks',
    detail: '本单位在本次响应中没有该项任务，请刷新任务清单后再试。',
  },
  taskEnded: { type: 'task-ended', rule: 'tasks', detail: '该项任务已随级别调整而终止，无需完成；请刷新任务清单。' },
  taskNotDone: {
    type: 'task-not-done',
    rule: 'tasks',
    detail: '该项任务尚未完成，没有可以撤回的完成记录；请刷新任务清单。',
  },
  taskDone: {
    type: 'task-done',
    rule: 'tasks',
    detail: '该项任务已经完成；确属本辖区不涉及的，请先撤回完成，再报不涉及。',
  },
  taskAdded: {
    type: 'task-added',
    rule: 'stricter',
    detail: '这是专门加派给本单位的任务，不能报不涉及；如不应由本单位承担，请联系区环委会办公室。',
  },
  taskNotApplicable: {
    type: 'task-not-applicable',
    rule: 'tasks',
    detail: '该项任务已报本辖区不涉及；如需办理，请先撤回不涉及。',
  },
  taskApplicable: {
    type: 'task-applicable',
    rule: 'tasks',
    detail: '该项任务没有报过本辖区不涉及，无需撤回；请刷新任务清单。',
  },
  measureUnknown: {
    type: 'measure-unknown',
    rule: 'suspends',
    detail: '没有编号为“{item}”的措施或任务，请从任务清单中选择。',
  },
  measureNotInForce: {
    type: 'measure-not-in-force',
    rule: 'suspends',
    detail: '措施“{item}”目前没有在所选单位执行，无需暂停，请核对措施和单位。',
  },
  suspensionUnknown: {
    type: 'suspension-unknown',
    rule: 'suspends',
    detail: '本次过程中没有这项暂停，请核对暂停的编号。',
  },
  suspensionEnded: {
    type: 'suspension-ended',
    rule: 'suspends',
    detail: '该项暂停已经结束，无需再次恢复；如需再次暂停，请重新下达。',
  },
  suspensionOverlaps: {
    type: 'suspension-overlaps',
    rule: 'suspends',
    detail:
      '与已有的暂停（编号{suspensionId}）重复：同样的措施在同一单位、同一时段已经暂停。请先恢复原来的，或改选措施、单位、时间。',
  },
  suspensionsTooMany: {
    type: 'suspensions-too-many',
    rule: 'suspends',
    detail:
      '本次过程已登记{most}次暂停，不能再增加。请把要暂停的措施、单位和起止时间写入评估补充措施（evaluations），并通知有关单位。',
  },
  suspendedFarAhead: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '暂停开始时间最多可在当前时间之后{hours}小时内，请核对。',
  },
  suspendedFarBack: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '暂停开始时间早于当前时间31天以上，请核对年月日。',
  },
  suspendedBeforeResponse: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '暂停开始时间不能早于应急响应的启动时间，请核对。',
  },
  resumedBeforeSuspended: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '恢复时间应晚于暂停开始时间，请核对；恢复时间未定的请留空。',
  },
  resumedInThePast: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '恢复时间已经过去，请核对；恢复时间未定的请留空。',
  },
  responseSuspended: {
    type: 'response-suspended',
    rule: 'suspends',
    detail: '该单位的应急响应正在暂停（编号{suspensionId}），请先恢复，再增加任务。',
  },
  dayPaused: {
    type: 'report-day',
    rule: 'daily',
    detail: '该日全天暂停应急响应，不需要报送，请核对日期。',
  },
  dueTime: { type: 'due-time', rule: 'stricter', detail: '完成时限应晚于当前时间，请改填以后的时间。' },
  notBreached: {
    type: 'not-breached',
    rule: 'referral',
    detail: '“{what}”不是该单位逾期补办或逾期未办的事项，不能移交；请按问责清单中该单位的事项填写。',
  },
  referredToItself: {
    type: 'referred-to-itself',
    rule: 'referral',
    detail: '区纪委监委不能移交给其自身；如需移交，请改为移交区生态环境保护委员会。',
  },
  digestMissing: {
    type: 'digest-missing',
    rule: 'daily',
    detail: '{date}的汇总尚未形成，不能上报：只上报响应期间、汇总时间已过的日期，请核对日期或稍后再报。',
  },
  problemUnknown: {
    type: 'problem-unknown',
    rule: 'daily',
    detail: '本单位没有编号为“{problemId}”的问题；新问题不填 problemId，已报过的请照本单位页面所列的编号填写。',
  },
  problemSettled: {
    type: 'problem-settled',
    rule: 'daily',
    detail: '问题“{problemId}”已经登记为整改完成，无需再次登记；如又发生，请在日报中作为新问题填报，不填 problemId。',
  },
  problemTime: {
    type: 'problem-time',
    rule: 'daily',
    detail: '“{what}”的时间{time}还没有到，发现和整改完成的时间都不能晚于现在，请核对。',
  },
  problemsTooMany: {
    type: 'problems-too-many',
    rule: 'daily',
    detail: '一个单位在一次过程中最多登记{most}个问题，各单位合计最多{inAll}个，请把其余的写在文字中。',
  },
  reportDay: {
    type: 'report-day',
    rule: 'daily',
    detail: '该日不在应报送范围：只报送响应期间、且已经过去的日期（解除当日自解除起可报），请核对日期。',
  },
  followUpSubmitted: {
    type: 'follow-up-submitted',
    rule: 'followUp',
    detail: '解除后的信息报送已经上报，内容不再更改，请核对。',
  },
  followUpOutstanding: {
    type: 'follow-up-outstanding',
    rule: 'followUp',
    detail: '请先向市生态环境保护委员会办公室上报解除后的信息报送，再发布总结评估。',
  },
  reviewMissing: { type: 'review-missing', rule: 'review', detail: '总结评估尚未填写，请先保存内容后再发布。' },
  reviewPublished: { type: 'review-published', rule: 'review', detail: '总结评估已发布，内容不再更改，请核对。' },
} as const satisfies Record<string, Words>;

type Reason = keyof typeof REFUSALS;
/** Those that cite no rule: they need no edition. */
type ReasonWithoutRule = { [R in Reason]: (typeof REFUSALS)[R] extends { rule: Rule } ? never : R }[Reason];

export function refuse<R extends Reason>(
  reason: R,
  ...[rules, given = {}]: R extends ReasonWithoutRule
    ? [rules?: undefined, given?: Given]
    : [rules: Rules, given?: Given]
): Refusal {
  const { type, detail, rule }: Words = REFUSALS[reason];
  const filled = detail.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given[name]));
  return { status: 'refused', type, detail: filled, ...(rule && rules ? { clause: rules[rule] } : {}) };
}

/** The values that the words quote, by the name in braces. */
type Given = Record<string, string | number>;

/** The refusal of every command to a record that nothing is added to any more. */
export function whenOver({ phase, abandoned }: Pick<EpisodeState, 'phase' | 'abandoned'>): Refusal | undefined {
  if (abandoned) return refuse('abandoned');
  return phase === 'closed' ? refuse('closed') : undefined;
}
