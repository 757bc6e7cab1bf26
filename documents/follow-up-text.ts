/** The text of the follow-up report to the city (§5.1), from the record: notices, duration, work of the units. */
import type { Instant } from '../episode/commands.js';
import { beginning, isWithoutResponse, nameOf, unitsOf } from '../episode/state.js';
import type { EpisodeState, HoldableStatus, NoticeState, UnitState } from '../episode/state-types.js';
import { spanOf } from '../episode/suspensions.js';
import { beijingIso, HOUR } from '../plan/rules/calendar.js';
import { compareWarnings, responseLevelOf } from '../plan/rules/levels.js';
import { noticeName, ownNoticeName, responseName, timeInWords, warningName } from '../plan/wording/words.js';
import type { Sender } from './sender.js';

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
    if (!before) return `${when}发布${level}，启动${response}`;
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

/** From when until when, and how many hours. */
export function spanInWords(state: EpisodeState): string {
  const from = beginning(state).effectiveAt;
  const until = state.liftedAt;
  if (isWithoutResponse(state) && until !== undefined)
    return `预警原定自${moment(from)}起生效，已于${moment(until)}在生效前解除，未启动应急响应。`;
  if (until === undefined) return `自${moment(from)}起，预警尚未解除。`;
  const hours = Math.max(0, (until - from) / HOUR);
  return `自${moment(from)}起，至${moment(until)}止，共${Number(hours.toFixed(1))}小时。`;
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
    const whose = unitIds ? `${unitIds.map((unitId) => nameOf(state, unitId)).join('、')}` : '';
    const cited = order?.number ? `，依据${order.number}` : '';
    return `其间自${moment(span.from)}起${until}，${whose}暂停${what}${cited}。理由：${reason.replace(/[。\s]+$/, '')}。`;
  });
}

/** The report names late units and does not wait for them. */
export function responsesInWords(state: EpisodeState): string[] {
  const units = unitsOf(state);
  const per = (statuses: (unit: UnitState) => HoldableStatus[]) =>
    units.map((unit) => ({ name: nameOf(state, unit.unitId), statuses: statuses(unit) }));
  const acknowledged = kept(
    '预警信息确认',
    per((unit) => unit.acknowledgements.map(({ status }) => status)),
  );
  if (isWithoutResponse(state)) return [`预警信息已通知责任单位共${units.length}个。`, acknowledged];
  return [
    `本次应急响应责任单位共${units.length}个。`,
    acknowledged,
    kept(
      '应急措施落实情况报告',
      per((unit) => unit.implementation.map(({ status }) => status)),
    ),
    kept(
      '每日报送',
      per((unit) => Object.values(unit.reports).map(({ status }) => status)),
    ),
  ];
}

function kept(what: string, units: Array<{ name: string; statuses: HoldableStatus[] }>): string {
  const times = (status: HoldableStatus) =>
    units.flatMap(({ statuses }) => statuses).filter((s) => s === status).length;
  const names = (status: HoldableStatus) => {
    const those = units.filter(({ statuses }) => statuses.includes(status)).map(({ name }) => name);
    return those.length === 0 ? '' : `（${those.join('、')}）`;
  };
  return `${what}：按时${times('met')}次，逾期${times('late')}次${names('late')}，未报${times('missed')}次${names('missed')}。`;
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
    if (statuses.includes('open')) open.push(nameOf(state, unit.unitId));
  }
  return [
    `督导落实工业源减排措施${total}项，已完成${done}项${open.length === 0 ? '' : `；尚有措施未完成的单位：${open.join('、')}`}。`,
    ...(sums.length === 0 ? [] : [`各责任单位每日报送累计：${sums.join('，')}。`]),
  ];
}

const moment = (instant: Instant): string => timeInWords(beijingIso(instant));
