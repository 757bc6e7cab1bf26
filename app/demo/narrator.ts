/** Narrates the life as it passes, from the ledger as a supervisor reads it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EntryKind } from '../../episode/entries.js';
import type { WarningLevel } from '../../plan/types.js';
import { levelName, timeInWords } from '../../plan/wording/words.js';
import type { Client } from './client.js';

export interface Told {
  seq: number;
  kind: EntryKind;
  episodeTime: string;
  unitId?: string;
  data: Record<string, unknown>;
}

type Phrase = (entries: Told[], names: string) => string;

const units =
  (what: string): Phrase =>
  (_entries, names) =>
    `${names}${what}`;

const level = (entries: Told[]): string => levelName(entries[0]!.data.level as WarningLevel);

const WHOM_IN_WORDS: Record<string, string> = {
  duty: '值班人员',
  lead: '负责人',
  office: '办公室',
  committee: '区环委会',
  supervisor: '区纪委监委',
};

const whomIn = (entries: Told[]): string =>
  [...new Set(entries.map(({ data }) => WHOM_IN_WORDS[data.to as string]))].join('、');

const sumIn = ({ data }: Told): string =>
  `${data.date as string}已报${data.submitted as number}个，未报${(data.outstanding as string[]).length}个`;

const CALLS_IN_WORDS: Record<string, string> = { reached: '已通话', 'no-answer': '无人接听' };

const callsIn = (entries: Told[]): string =>
  entries.map(({ data }) => CALLS_IN_WORDS[data.outcome as string] ?? data.outcome).join('、');

const told = (entries: Told[], field: string): string =>
  [...new Set(entries.map(({ data }) => String(data[field])))].join('、');

const PHRASES: Record<EntryKind, Phrase> = {
  'warning.issued': (entries) => `★ 值班室录入启动通知：${level(entries)}`,
  'response.started': () => '★ 应急响应启动',
  'level.adjusted': (entries) => `★ 值班室录入调整通知：${level(entries)}`,
  'response.adjusted': (entries) => `★ 调整生效：${level(entries)}`,
  'suspension.ordered': () => '★ 值班室录入暂停',
  'response.suspended': () => '★ 暂停执行',
  'response.resumed': () => '★ 恢复执行',
  'warning.lifted': () => '★ 值班室录入解除通知',
  'response.cancelled': () => '★ 生效前解除，应急响应没有启动',
  'response.ended': () => '★ 应急响应终止',
  'follow-up.submitted': () => '★ 向市里报送信息',
  'review.saved': () => '★ 总结评估写好',
  'review.published': () => '★ 总结评估发布',
  'review.handed-over': () => '要求的修订和仍未办结的事项转入跟踪',
  'episode.closed': () => '★ 本次过程结束，记录封存',
  'record.restored': () => '★ 记录在中断后恢复',
  'drill.abandoned': () => '★ 演练长期无人操作，自行结束',
  'notice.numbered': (entries) =>
    entries[0]!.data.number === undefined ? '★ 补录本区的通知' : `★ 补录文号：${told(entries, 'number')}`,
  'end.asked': () => '预计结束时间将到：询问办公室解除、延长还是继续',
  'unit.added': units('纳入责任单位'),
  'unit.notified': (entries, names) =>
    entries[0]!.data.occasion === 'lifting' ? `${names}收到解除通知，恢复正常生产生活` : `${names}收到通知`,
  'unit.suspended': units('收到暂停通知'),
  'unit.resumed': units('收到恢复通知'),
  'unit.called': (entries, names) => `值班室打电话给${names}：${callsIn(entries)}`,
  'unit.urged': units('被值班室催办'),
  'message.resent': (entries) => `值班室重发${entries.length}条消息`,
  'breach.explained': units('说明逾期原因'),
  'unit.referred': (entries) => `办公室把逾期事项移交${whomIn(entries)}`,
  'circular.issued': (entries) => `★ 办公室发出通报：${told(entries, 'title')}`,
  'circular.sent': units('收到通报'),
  'circular.acknowledged': units('确认通报'),
  'circular.answered': units('答复通报的整改情况'),
  'circular.closed': units('的通报办结'),
  'circular.missed': units('逾期未确认通报 ⚠'),
  'measures.missed': units('逾期未答复通报 ⚠'),
  'unit.acknowledged': units('确认收到'),
  'task.assigned': units('领到任务'),
  'task.added': units('增加更严格的任务'),
  'task.cancelled': units('有任务被撤销'),
  'task.progressed': units('报告任务进展'),
  'task.completed': units('完成任务'),
  'task.withdrawn': units('撤回任务的完成'),
  'task.not-applicable': units('说明有任务本辖区不涉及'),
  'task.applicable': units('撤回“不涉及”'),
  'implementation.reported': units('报告措施落实情况'),
  'report.submitted': (entries, names) => `${names}报送${told(entries, 'date')}的情况`,
  'report.corrected': (entries, names) => `${names}更正${told(entries, 'date')}的情况`,
  'problem.settled': units('整改问题'),
  'summary.submitted': units('报送总结'),
  'acknowledgement.missed': units('逾期未确认 ⚠'),
  'lifting.missed': units('逾期未确认解除 ⚠'),
  'implementation.missed': units('逾期未报告落实情况 ⚠'),
  'task.missed': units('逾期未完成任务 ⚠'),
  'report.missed': (entries, names) => `${names}逾期未报送${told(entries, 'date')}的情况 ⚠`,
  'summary.missed': units('逾期未报送总结 ⚠'),
  'follow-up.missed': () => '解除后的信息报送逾期 ⚠',
  'review.missed': () => '总结评估逾期 ⚠',
  'deadline.reminded': (entries, names) => `提醒${whomIn(entries)}：${names || '本办'}有事项将到期`,
  'deadline.escalated': (entries, names) => `催办到${whomIn(entries)}：${names || '本办'}逾期未办 ⚠`,
  'deadline.withdrawn': (_entries, names) => `${names || '本办'}有事项不再要求`,
  'deadline.reopened': units('有事项恢复计时'),
  'digest.compiled': (entries) => `每日汇总：${entries.map(sumIn).join('；')}`,
  'digest.reminded': (entries) => `提醒办公室上报${told(entries, 'date')}的情况`,
  'digest.submitted': (entries) => `★ 向市里上报${told(entries, 'date')}的情况`,
  'text.issued': (entries) =>
    `★ ${entries.map(({ data }) => `${data.audience === 'units' ? '印发' : '发布'}《${data.title as string}》`).join('、')}`,
  'broadcast.repeated': () => '向公共媒体滚动播发',
  'broadcast.ended': () => '告知公共媒体预警已解除，停止播发',
  'statement.issued': (entries) => `★ 回应公众：${told(entries, 'title')}`,
  'appearance.noted': (entries) => `登记发布：${told(entries, 'medium')}`,
  'response.evaluated': () => '★ 评估减排措施的效果',
  'notification.sent': (entries) => `${entries.length}条消息发出`,
  'notification.delivered': (entries) => `${entries.length}条消息送达`,
  'notification.undelivered': (entries) => `${entries.length}条消息没有送达 ⚠`,
  'notification.failed': (entries) => `${entries.length}条消息未能发出 ⚠`,
  'notification.deferred': () => '有消息稍后再发',
  'notification.withdrawn': () => '有消息不必再发',
};

/** One line for each kind among these entries, in the order of the kind's first entry. */
export function narrationOf(entries: Told[], nameOf: (unitId: string) => string): string[] {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const same = entries.filter((entry) => entry.kind === kind);
    return `${timeInWords(same[0]!.episodeTime)}  ${PHRASES[kind](same, namesOf(same, nameOf))}`;
  });
}

function namesOf(entries: Told[], nameOf: (unitId: string) => string): string {
  const unitIds = [...new Set(entries.flatMap(({ unitId }) => unitId ?? []))];
  return unitIds.length > 2 ? `${unitIds.length}个单位` : unitIds.map(nameOf).join('、');
}

/** Prints until the episode is closed. The contract has no stream, so it asks twice a second. */
export async function narrate(
  supervisor: Client,
  episode: string,
  nameOf: (unitId: string) => string,
  print: (line: string) => void,
): Promise<void> {
  let cursor = '';
  let seen = 0;
  for (;;) {
    const query = new URLSearchParams({ limit: '200', ...(cursor ? { cursor } : {}) });
    const page = await supervisor.get<{ items: Told[]; nextCursor?: string }>(`${episode}/history?${query}`);
    const fresh = page.items.filter(({ seq }) => seq > seen);
    for (const line of narrationOf(fresh, nameOf)) print(line);
    seen = fresh.at(-1)?.seq ?? seen;
    if (fresh.some(({ kind }) => kind === 'episode.closed')) return;
    if (page.nextCursor) cursor = page.nextCursor;
    else await pause(500);
  }
}
