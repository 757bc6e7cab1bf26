/** The text of the follow-up report to the city (§5.1), from the record: notices, duration, work of the units. */
import type { Instant } from '../episode/commands.js';
import { beginning, isWithoutResponse, unitsOf } from '../episode/state.js';
import type { EpisodeState, HoldableStatus, NoticeState, TaskState, UnitState } from '../episode/state-types.js';
import { spanOf } from '../episode/suspensions.js';
import { beijingIso, HOUR, MINUTE } from '../plan/rules/calendar.js';
import { compareWarnings, responseLevelOf } from '../plan/rules/levels.js';
import type { WarningLevel } from '../plan/types.js';
import { hourInWords, noticeName, ownNoticeName, responseName, warningName } from '../plan/wording/words.js';
import { countOf } from './review-charts.js';
import type { Sender } from './sender.js';
import { unitsInWords } from './units-in-words.js';

/** `sums` are the totals of the units' daily reports, in words; `textOf` a task's. */
export function followUpText(
  state: EpisodeState,
  sums: string[],
  sender: Sender,
  textOf: (taskId: string) => string = (taskId) => taskId,
): string {
  return [
    `${state.drill ? '【演练】' : ''}关于${sender.district}重污染天气应急响应情况的报告`,
    '市生态环境保护委员会办公室：',
    '现将本次重污染天气应急响应情况报告如下。',
    '一、预警发布情况',
    issuedInWords(state),
    '二、预警持续时间',
    spanInWords(state),
    ...suspensions(state, textOf),
    '三、各部门响应情况',
    ...responsesInWords(state),
    '四、企业措施落实情况',
    ...(isWithoutResponse(state) ? ['未启动应急响应，企业未采取减排措施。'] : enterprises(state, sums)),
    sender.office,
  ].join('\n');
}

/** Each notice, when and to what level, in one sentence. */
export function issuedInWords(state: EpisodeState): string {
  const steps = state.notices.map((notice, i) => {
    const when = `${moment(notice.effectiveAt)}，按照${citedNotice(notice)}`;
    const level = warningName(notice.level);
    const response = responseName(responseLevelOf(notice.level));
    const before = state.notices.slice(0, i).findLast(({ effect }) => effect === 'taken');
    if (notice.kind === 'lift')
      return `${when}解除预警，${isWithoutResponse(state) ? '应急响应没有启动' : '应急响应自动终止'}`;
    if (notice.effect === 'overtaken')
      return `按照${citedNotice(notice)}定于${moment(notice.effectiveAt)}执行${level}，生效前被后一通知取代`;
    if (!before) return `${when}发布${level}${isWithoutResponse(state) ? '' : `，启动${response}`}`;
    const change = compareWarnings(notice.level, before.level);
    if (change === 0) return `${when}继续执行${level}，${response}不变`;
    return `${when}将预警${change > 0 ? '升级' : '降级'}为${level}，${response}`;
  });
  return `${steps.join('；')}。`;
}

/** `乌环委办〔2026〕1号文件`; a notice without a number by how it came; the district's own beside it. */
const citedNotice = (notice: NoticeState): string => {
  const city = notice.number === undefined ? noticeName(notice) : `${notice.number}文件`;
  return notice.ownNotice ? `${city}（本区通知：${ownNoticeName(notice.ownNotice)}）` : city;
};

/** From when until when; how long in all, at each level, and paused as a whole. */
export function spanInWords(state: EpisodeState): string {
  const from = beginning(state).effectiveAt;
  const until = state.liftedAt;
  if (isWithoutResponse(state) && until !== undefined)
    return `预警原定自${moment(from)}起生效，已于${moment(until)}在生效前解除，未启动应急响应。`;
  if (until === undefined) return `自${moment(from)}起，预警尚未解除。`;
  const paused = pausedFor(state, { from, until });
  const pause = paused === 0 ? '' : `；其间应急响应整体暂停${lengthInWords(paused)}`;
  return `自${moment(from)}起，至${moment(until)}止，共${lengthInWords(until - from)}${levelsInWords(state, until)}${pause}。`;
}

/** `，其中黄色预警44小时、橙色预警62小时`; nothing where there was one level. */
function levelsInWords({ notices }: EpisodeState, until: Instant): string {
  const taken = notices.filter(({ kind, effect }) => kind !== 'lift' && effect === 'taken');
  const times = new Map<WarningLevel, number>();
  for (const [i, { level, effectiveAt }] of taken.entries()) {
    const end = Math.min(taken[i + 1]?.effectiveAt ?? until, until);
    times.set(level, (times.get(level) ?? 0) + Math.max(0, end - effectiveAt));
  }
  if (times.size < 2) return '';
  return `，其中${[...times].map(([level, time]) => `${warningName(level)}${lengthInWords(time)}`).join('、')}`;
}

/** Milliseconds during which the whole response was suspended for all units; two such suspensions never overlap. */
const pausedFor = ({ suspensions }: EpisodeState, { from, until }: { from: Instant; until: Instant }): number =>
  suspensions
    .filter(({ items, unitIds }) => items === 'all' && unitIds === undefined)
    .map(spanOf)
    .reduce((sum, span) => sum + Math.max(0, Math.min(span.until ?? until, until) - Math.max(span.from, from)), 0);

/** `40分钟`, `106小时`, `1.5小时` */
function lengthInWords(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  return length < HOUR ? `${Math.round(length / MINUTE)}分钟` : `${Number((length / HOUR).toFixed(1))}小时`;
}

/** `其间自…起至…止，暂停…` of each suspension that held anything, with its items and its reason. */
function suspensions(state: EpisodeState, textOf: (taskId: string) => string): string[] {
  const spans = state.suspensions.flatMap((one) => {
    const { from, until } = spanOf(one);
    return until !== undefined && until <= from ? [] : [{ ...one, span: { from, until } }];
  });
  return spans.map(({ items, unitIds, span, reason, order }) => {
    const until = span.until === undefined ? '，尚未恢复' : `，至${moment(span.until)}止`;
    const what =
      items === 'all' ? '应急响应' : items.map((id) => `“${textOf(id).replace(/[。；，]$/, '')}”`).join('、');
    const whose = unitIds ? unitsInWords(state, unitIds) : '';
    const cited = order?.number ? `，依据${order.number}` : '';
    return `其间自${moment(span.from)}起${until}，${whose}暂停${what}${cited}。理由：${reason.replace(/[。\s]+$/, '')}。`;
  });
}

/** The report names late units and does not wait for them. */
export function responsesInWords(state: EpisodeState): string[] {
  const units = unitsOf(state);
  const kept = (what: string, statuses: (unit: UnitState) => HoldableStatus[]) =>
    keptInWords(
      state,
      what,
      units.map((unit) => ({ unitId: unit.unitId, statuses: statuses(unit) })),
    );
  const acknowledged = kept('预警信息确认', (unit) => unit.acknowledgements.map(({ status }) => status));
  if (isWithoutResponse(state)) return [`预警信息已通知责任单位共${units.length}个。`, acknowledged];
  return [
    `本次应急响应责任单位共${units.length}个。`,
    acknowledged,
    kept('应急措施落实情况报告', (unit) => unit.implementation.map(({ status }) => status)),
    kept('每日报送', (unit) => Object.values(unit.reports).map(({ status }) => status)),
    tasksInWords(state),
  ];
}

function keptInWords(
  state: EpisodeState,
  what: string,
  units: Array<{ unitId: string; statuses: HoldableStatus[] }>,
): string {
  const times = (status: HoldableStatus) =>
    units.flatMap(({ statuses }) => statuses).filter((s) => s === status).length;
  const names = (status: HoldableStatus) => {
    const those = units.filter(({ statuses }) => statuses.includes(status)).map(({ unitId }) => unitId);
    return those.length === 0 ? '' : `（${unitsInWords(state, those)}）`;
  };
  if (times('met') + times('late') + times('missed') === 0) return `${what}：没有到期应办的。`;
  return `${what}：按时${times('met')}次，逾期${times('late')}次${names('late')}，未报${times('missed')}次${names('missed')}。`;
}

/** What became of the units' tasks; ended ones were replaced or no longer asked for. */
function tasksInWords(state: EpisodeState): string {
  const tasks = unitsOf(state).map((unit) => ({
    unitId: unit.unitId,
    statuses: Object.values(unit.tasks).map(({ status }) => status),
  }));
  const times = (status: TaskState['status']) =>
    countOf(
      tasks.flatMap(({ statuses }) => statuses),
      status,
    );
  const open = tasks.filter(({ statuses }) => statuses.includes('open')).map(({ unitId }) => unitId);
  const whose = open.length === 0 ? '' : `（${unitsInWords(state, open)}）`;
  return `任务办理：已完成${times('done')}项，未完成${times('open')}项${whose}，本单位不涉及${times('not-applicable')}项。`;
}

/** Industrial measures of §4.3 with the totals of the daily reports. */
function enterprises(state: EpisodeState, sums: string[]): string[] {
  const industrial = new Set(state.binding.items.filter(({ source }) => source === 'industrial').map(({ id }) => id));
  const open: string[] = [];
  let total = 0;
  let done = 0;
  for (const unit of unitsOf(state)) {
    const statuses = Object.entries(unit.tasks)
      .filter(([id, { status }]) => industrial.has(id) && (status === 'open' || status === 'done'))
      .map(([, { status }]) => status);
    total += statuses.length;
    done += statuses.filter((status) => status === 'done').length;
    if (statuses.includes('open')) open.push(unit.unitId);
  }
  const unfinished = open.length === 0 ? '' : `；尚有措施未完成的单位：${unitsInWords(state, open)}`;
  return [
    total === 0 ? '没有督导工业源减排的任务。' : `督导落实工业源减排措施${total}项，已完成${done}项${unfinished}。`,
    ...(sums.length === 0 ? [] : [`各责任单位每日报送累计：${sums.join('，')}。`]),
  ];
}

const moment = (instant: Instant): string => hourInWords(beijingIso(instant));
