/** Every refusal of an episode, in words for the caller: the fault and the next step. */
import { quoted } from '../../lib/quoted.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Rule, Rules } from '../../plan/rules/clauses.js';
import { noticeName, timeInWords, warningName } from '../../plan/wording/words.js';
import type { Instant, Notice, Refusal, RefusalType } from '../commands.js';
import { lastNotice, noticeInForce, startNotice } from '../state.js';
import type { EpisodeState } from '../state-types.js';

interface Words {
  type: RefusalType;
  /** Where the plan is the reason. */
  rule?: Rule;
  detail: string;
}

export const REFUSALS = {
  keyReused: { type: 'key-reused', detail: '同一个 Idempotency-Key 已用于另一内容的请求，请换一个后重新提交。' },
  pollutantNotCovered: {
    type: 'pollutant-not-covered',
    rule: 'scope',
    detail:
      '本预案只适用于细颗粒物（PM2.5）造成的重污染天气，首要污染物为“{pollutant}”的不适用，请按沙尘、臭氧等相应预案处置。',
  },
  levelBelowCity: {
    type: 'level-below-city',
    rule: 'neverBelow',
    detail: '本区的{level}低于乌鲁木齐市的{cityLevel}，本区预警级别不得低于市级，请改为不低于市级的级别。',
  },
  reasonRequired: {
    type: 'reason-required',
    rule: 'neverBelow',
    detail: '本区的{level}高于市级的{cityLevel}，须说明理由，请填写 reason。',
  },
  basisNotAllowed: {
    type: 'basis-not-allowed',
    rule: 'adjusts',
    detail:
      '依据不能是“{basis}”：本预案规定按照市里的通知发布、调整和解除预警，区里不能自行决定。请录入市级通知；区级通知请填在 ownNotice 中。',
  },
  tooFarAhead: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '生效时间“{effectiveAt}”过晚，最多可在当前时间之后{hours}小时内，请核对通知中的时间。',
  },
  tooFarBack: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '生效时间“{effectiveAt}”早于当前时间31天以上，请核对通知中的年月日。',
  },
  beforePrevious: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '生效时间“{effectiveAt}”不得早于前一份通知的生效时间{previous}，请核对通知的先后顺序。',
  },
  issuedFarOff: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '通知的发布时间“{issuedAt}”与当前时间相差过大（早于31天或晚于{hours}小时），请核对通知上的年月日。',
  },
  endPassed: {
    type: 'effective-time',
    rule: 'adjusts',
    detail: '预计结束时间“{expectedEndAt}”已经过去，请核对；不清楚时请留空。',
  },
  nothingChanged: {
    type: 'nothing-changed',
    rule: 'adjusts',
    detail:
      '级别（{level}，市级{cityLevel}）和预计结束时间（{expectedEnd}）均未变化，无需调整；如确有变化，请核对后重新提交。',
  },
  episodeActive: {
    type: 'episode-active',
    rule: 'starts',
    detail:
      '已有一个重污染天气过程正在预警或响应中，不能按“{notice}”再启动一个；请在该过程中调整级别，解除后方可启动新的过程，或者以演练方式启动。',
  },
  started: {
    type: 'episode-started',
    detail: '该过程已经启动，不能按“{notice}”再次启动；如需变更级别，请使用“调整”。',
  },
  notStarted: {
    type: 'episode-not-started',
    rule: 'starts',
    detail: '过程“{episodeId}”尚未启动，请先录入市级启动通知。',
  },
  responseNotStarted: {
    type: 'response-not-started',
    rule: 'implementation',
    detail: '应急响应尚未生效（{effectiveAt}生效），请在预警生效后再提交。',
  },
  cancelled: {
    type: 'response-cancelled',
    rule: 'lifts',
    detail: '预警在应急响应启动前已经解除（{endAt}），没有应急响应，不需要办理此项，请核对是否选对了过程。',
  },
  lifted: {
    type: 'episode-lifted',
    rule: 'ends',
    detail: '预警已于{endAt}解除，应急响应已终止，不能再进行此操作，请核对是否选对了过程。',
  },
  liftNoticed: {
    type: 'episode-lifted',
    rule: 'lifts',
    detail: '市级解除通知已经录入，预警将于{endAt}解除，不能再进行此操作；如市级改变决定，请在解除后启动新的过程。',
  },
  notLifted: {
    type: 'episode-not-lifted',
    rule: 'lifts',
    detail: '{level}尚未解除，请在收到市级解除通知并录入后再进行此操作。',
  },
  closed: { type: 'episode-closed', detail: '按“{start}”启动的过程已办结归档，记录不再变更，请核对是否选对了过程。' },
  abandoned: {
    type: 'episode-closed',
    detail: '按“{start}”启动的演练长期无人操作，已自动结束归档，记录不再变更；如需继续演练，请启动新的演练。',
  },
  noticeKnown: {
    type: 'notice-known',
    detail:
      '与已录入的通知内容相同：{name}（编号{noticeId}）。如是同一份通知，请为它补录文号，不必再次录入；如是另一份，请核对级别和时间。',
  },
  noticeUnknown: {
    type: 'notice-unknown',
    rule: 'adjusts',
    detail: '本次过程中没有编号为“{noticeId}”的通知，请按过程中所列的编号填写，例如 n1。',
  },
  numberTaken: {
    type: 'number-taken',
    rule: 'adjusts',
    detail: '文号“{number}”是本次过程中另一份通知（编号{noticeId}）的，请核对文号。',
  },
  unitUnknown: {
    type: 'unit-unknown',
    rule: 'units',
    detail: '“{unitId}”不是本次过程的责任单位，请核对单位编号，例如 education，或先将其增加为责任单位。',
  },
  unitAlreadyAdded: {
    type: 'unit-already-added',
    rule: 'units',
    detail: '“{unitId}”已是本次过程的责任单位，无需重复增加，请核对单位。',
  },
  taskUnknown: {
    type: 'task-unknown',
    rule: 'tasks',
    detail: '本单位在本次响应中没有编号为“{taskId}”的任务，请刷新任务清单，按清单所列的编号填写。',
  },
  taskEnded: {
    type: 'task-ended',
    rule: 'tasks',
    detail: '任务“{taskId}”已随级别调整而终止，无需完成；请刷新任务清单。',
  },
  taskNotDone: {
    type: 'task-not-done',
    rule: 'tasks',
    detail: '任务“{taskId}”尚未完成，没有可以撤回的完成记录；请刷新任务清单。',
  },
  taskDone: {
    type: 'task-done',
    rule: 'tasks',
    detail: '任务“{taskId}”已经完成；确属本辖区不涉及的，请先撤回完成，再报不涉及。',
  },
  taskCancelled: {
    type: 'task-ended',
    rule: 'stricter',
    detail: '任务“{taskId}”已经撤销，无需办理；请刷新任务清单。',
  },
  taskNotAdded: {
    type: 'task-not-added',
    rule: 'tasks',
    detail: '任务“{taskId}”是预案规定的任务，不能撤销；确属不涉及的请报不涉及，需要停一段时间的请暂停措施。',
  },
  taskOfOffice: {
    type: 'task-of-office',
    rule: 'stricter',
    detail: '任务“{taskId}”是区环委会办公室增加的，不能自行撤销；如不应由本单位承担，请联系区环委会办公室。',
  },
  taskDoneByAll: {
    type: 'task-done',
    rule: 'stricter',
    detail: '任务“{taskId}”已经完成，不能撤销；完成有误的，请撤回完成。',
  },
  taskAdded: {
    type: 'task-added',
    rule: 'stricter',
    detail: '“{taskId}”是专门加派给本单位的任务，不能报不涉及；如不应由本单位承担，请联系区环委会办公室。',
  },
  taskNotApplicable: {
    type: 'task-not-applicable',
    rule: 'tasks',
    detail: '任务“{taskId}”已报本辖区不涉及；如需办理，请先撤回不涉及。',
  },
  taskApplicable: {
    type: 'task-applicable',
    rule: 'tasks',
    detail: '任务“{taskId}”没有报过本辖区不涉及，无需撤回；请刷新任务清单。',
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
    detail: '本次过程中没有编号为“{suspensionId}”的暂停，请按过程中所列的编号填写，例如 s1。',
  },
  suspensionEnded: {
    type: 'suspension-ended',
    rule: 'suspends',
    detail: '编号为“{suspensionId}”的暂停已经结束，无需再次恢复；如需再次暂停，请重新下达。',
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
    detail: '暂停开始时间“{from}”过晚，最多可在当前时间之后{hours}小时内，请核对。',
  },
  suspendedFarBack: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '暂停开始时间“{from}”早于当前时间31天以上，请核对年月日。',
  },
  suspendedBeforeResponse: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '暂停开始时间“{from}”不能早于应急响应的启动时间{beganAt}，请核对。',
  },
  resumedBeforeSuspended: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '恢复时间“{until}”应晚于暂停开始时间“{from}”，请核对；恢复时间未定的请留空。',
  },
  resumedInThePast: {
    type: 'suspension-time',
    rule: 'suspends',
    detail: '恢复时间“{until}”已经过去，请核对；恢复时间未定的请留空。',
  },
  responseSuspended: {
    type: 'response-suspended',
    rule: 'suspends',
    detail: '“{unitId}”的应急响应正在暂停（编号{suspensionId}），请先恢复，再增加任务。',
  },
  dayPaused: {
    type: 'report-day',
    rule: 'daily',
    detail: '{date}全天暂停应急响应，不需要报送，请核对日期。',
  },
  dueTime: {
    type: 'due-time',
    rule: 'stricter',
    detail: '完成时限“{dueAt}”已经过去，应晚于当前时间，请改填以后的时间。',
  },
  messageObsolete: {
    type: 'message-obsolete',
    detail: '不能重发“{message}”：{why}。如仍需告知该单位，请打电话或催办。',
  },
  messageUnderWay: {
    type: 'message-under-way',
    detail: '“{message}”正在发送，还没有结果，请稍候再看；急的请打电话。',
  },
  resentTooOften: {
    type: 'resent-too-often',
    detail: '“{message}”已经重发{most}次，不能再发。请打电话，或更正联系人后由后续消息送达。',
  },
  nothingOpen: {
    type: 'nothing-open',
    rule: 'reachable',
    detail: '{name}目前没有待办的“{what}”，无需催办，请核对单位和事项。',
  },
  urgedRecently: {
    type: 'urged-recently',
    rule: 'reachable',
    detail: '{name}的“{what}”刚在{at}催办过，请在{from}以后再催，或打电话。',
  },
  notBreached: {
    type: 'not-breached',
    rule: 'referral',
    detail: '“{what}”不是该单位逾期补办或逾期未办的事项，不能移交；请按问责清单中该单位的事项填写。',
  },
  nothingToExplain: {
    type: 'nothing-to-explain',
    rule: 'referral',
    detail: '“{what}”没有逾期，不需要说明原因；请按本单位记录中逾期的事项填写。',
  },
  referredToItself: {
    type: 'referred-to-itself',
    rule: 'referral',
    detail: '区纪委监委（“{unitId}”）不能移交给其自身；如需移交，请改为移交区生态环境保护委员会。',
  },
  digestMissing: {
    type: 'digest-missing',
    rule: 'daily',
    detail: '{date}的汇总尚未形成，不能上报：只上报响应期间、汇总时间已过的日期，请核对日期或稍后再报。',
  },
  textUnchanged: {
    type: 'text-unchanged',
    rule: 'publishes',
    detail: '与已印发的第{version}版内容相同，不必再次印发；如需更正，请修改后再印发。',
  },
  textUnknown: {
    type: 'text-unknown',
    rule: 'publishes',
    detail: '没有向社会发布过“{textId}”，不能登记；请按已发布的文字所列的编号填写。',
  },
  statementUnknown: {
    type: 'statement-unknown',
    rule: 'statements',
    detail: '没有编号为“{statementId}”的回应，不能更正；请核对编号。',
  },
  statementCorrected: {
    type: 'statement-corrected',
    rule: 'statements',
    detail: '“{statementId}”已由“{by}”更正，请更正“{by}”。',
  },
  appearanceTime: {
    type: 'appearance-time',
    rule: 'publishes',
    detail: '发布时间{at}还没有到，请在发布之后登记，或者核对时间。',
  },
  appearancesTooMany: {
    type: 'appearances-too-many',
    rule: 'publishes',
    detail: '“{textId}”已登记{most}次，不能再登记；请在已登记的媒体中核对。',
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
  circularUnknown: {
    type: 'circular-unknown',
    rule: 'circulars',
    detail: '本次过程没有编号为“{circularId}”的通报，请按通报列表所列的编号填写。',
  },
  circularUnknownToUnit: {
    type: 'circular-unknown',
    rule: 'circulars',
    detail: '{name}没有收到编号为“{circularId}”的通报，请核对单位和通报编号。',
  },
  circularClosed: {
    type: 'circular-closed',
    rule: 'circulars',
    detail: '通报“{title}”对所选单位都已办结，无需再次办结；如又发现问题，请另发通报。',
  },
  circularClosedForUnit: {
    type: 'circular-closed',
    rule: 'circulars',
    detail: '通报“{circularId}”对{name}已经办结，不再确认和答复；如有补充，请联系区环委办值班室。',
  },
  circularsTooMany: {
    type: 'circulars-too-many',
    rule: 'circulars',
    detail:
      '一次过程最多{most}份通报，各份的单位合计最多{units}个，不能再发；请把几件事合写在一份通报中，或只发给有关单位。',
  },
  answerTime: {
    type: 'due-time',
    rule: 'circulars',
    detail: '答复期限“{answerDueAt}”已经过去，应晚于当前时间，请改填以后的时间。',
  },
  referralUnknown: {
    type: 'referral-unknown',
    rule: 'referral',
    detail: '本次过程没有记录号为{seq}的移交，请按问责清单中的移交选择。',
  },
  problemOfEpisodeUnknown: {
    type: 'problem-unknown',
    rule: 'circulars',
    detail: '本次过程没有编号为“{problemId}”的问题，请按问题清单所列的编号填写。',
  },
  revisionTime: {
    type: 'due-time',
    rule: 'review',
    detail: '修订的完成期限“{dueAt}”已经过去，应晚于当前时间，请改填以后的时间。',
  },
  reportDay: {
    type: 'report-day',
    rule: 'daily',
    detail: '{date}不在应报送范围：只报送响应期间、且已经过去的日期（解除当日自解除起可报），请核对日期。',
  },
  followUpSubmitted: {
    type: 'follow-up-submitted',
    rule: 'followUp',
    detail: '解除后的信息报送已经上报，不能再改为“{text}”，请核对。',
  },
  followUpOutstanding: {
    type: 'follow-up-outstanding',
    rule: 'followUp',
    detail: '请先向市生态环境保护委员会办公室上报解除后的信息报送（时限{followUpDue}），再发布总结评估。',
  },
  reviewMissing: {
    type: 'review-missing',
    rule: 'review',
    detail: '总结评估（时限{dueAt}）尚未填写，请先保存内容后再发布。',
  },
  reviewPublished: {
    type: 'review-published',
    rule: 'review',
    detail: '总结评估已发布，不能再改为“{conclusions}”，请核对。',
  },
} as const satisfies Record<string, Words>;

type Reason = keyof typeof REFUSALS;
/** Those that cite no rule: they need no edition. */
type ReasonWithoutRule = { [R in Reason]: (typeof REFUSALS)[R] extends { rule: Rule } ? never : R }[Reason];

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
/** The values that the words of a refusal quote, by the name in braces. */
type Given<R extends Reason> = Record<NamesIn<(typeof REFUSALS)[R]['detail']>, string | number>;

export function refuse<R extends Reason>(
  reason: R,
  rules: R extends ReasonWithoutRule ? undefined : Rules,
  given: Given<R>,
): Refusal {
  const { type, detail, rule }: Words = REFUSALS[reason];
  return { status: 'refused', type, detail: filled(detail, given), ...(rule && rules ? { clause: rules[rule] } : {}) };
}

/** What somebody typed stands between quotation marks, in short. */
const filled = (detail: string, given: Record<string, string | number>): string =>
  detail.replaceAll(/“\{(\w+)\}”|\{(\w+)\}/g, (_, typed: string | undefined, known: string) =>
    typed === undefined ? String(given[known]) : quoted(String(given[typed])),
  );

/** The same key with another request. The episode knows a command by a hash, so the key is quoted where it is known. */
export const refuseKey = (): Refusal => refuse('keyReused', undefined, {});

/** Another episode is announced or active. */
export const refuseStart = (rules: Rules, { notice }: { notice: Pick<Notice, 'number' | 'issuer'> }): Refusal =>
  refuse('episodeActive', rules, { notice: notice.number ?? notice.issuer });

/** Refuses for where the episode stands, and says so. */
export const refuseNow = (
  state: EpisodeState,
  reason: 'lifted' | 'liftNoticed' | 'notLifted' | 'responseNotStarted' | 'cancelled',
): Refusal =>
  refuse(reason, state.binding.rules, {
    level: warningName(noticeInForce(state).level),
    effectiveAt: inWords(noticeInForce(state).effectiveAt),
    endAt: inWords(lastNotice(state).effectiveAt),
  });

const inWords = (moment: Instant): string => timeInWords(beijingIso(moment));

/** The refusal of every command to a record that nothing is added to any more. */
export function whenOver(state: EpisodeState): Refusal | undefined {
  if (state.phase !== 'closed' && !state.abandoned) return undefined;
  return state.abandoned ? refuse('abandoned', undefined, startOfIt(state)) : refuseClosed(state);
}

export const refuseClosed = (state: EpisodeState): Refusal => refuse('closed', undefined, startOfIt(state));

const startOfIt = (state: EpisodeState) => ({ start: noticeName(startNotice(state)) });
