/** Narrates the life as it passes, from the ledger as a supervisor reads it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WarningLevel } from '../../plan/types.js';
import { levelName, timeInWords } from '../../plan/wording/words.js';
import type { Client } from './client.js';

export interface Told {
  seq: number;
  kind: string;
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

/** The kinds of entries that are worth a line. */
const PHRASES: Record<string, Phrase> = {
  'warning.issued': (entries) => `★ 值班室录入启动通知：${level(entries)}`,
  'response.started': () => '★ 应急响应启动',
  'level.adjusted': (entries) => `★ 值班室录入调整通知：${level(entries)}`,
  'response.suspended': () => '★ 暂停执行',
  'response.resumed': () => '★ 恢复执行',
  'warning.lifted': () => '★ 值班室录入解除通知',
  'response.ended': () => '★ 应急响应终止',
  'follow-up.submitted': () => '★ 向市里报送信息',
  'review.published': () => '★ 总结评估发布',
  'episode.closed': () => '★ 本次过程结束，记录封存',
  'notice.numbered': (entries) => `★ 补录文号：${entries[0]!.data.number as string}`,
  'unit.notified': (entries, names) =>
    entries[0]!.data.occasion === 'lifting' ? `${names}收到解除通知，恢复正常生产生活` : `${names}收到通知`,
  'unit.called': (entries, names) => `值班室打电话给${names}：${callsIn(entries)}`,
  'task.not-applicable': units('说明有任务本辖区不涉及'),
  'unit.acknowledged': units('确认收到'),
  'implementation.reported': units('报告措施落实情况'),
  'report.submitted': (entries, names) => `${names}报送${entries[0]!.data.date as string}的情况`,
  'summary.submitted': units('报送总结'),
  'acknowledgement.missed': units('逾期未确认 ⚠'),
  'lifting.missed': units('逾期未确认解除 ⚠'),
  'implementation.missed': units('逾期未报告落实情况 ⚠'),
  'report.missed': (entries, names) => `${names}逾期未报送${entries[0]!.data.date as string}的情况 ⚠`,
  'summary.missed': units('逾期未报送总结 ⚠'),
  'deadline.reminded': (entries, names) => `提醒${whomIn(entries)}：${names || '本办'}有事项将到期`,
  'deadline.escalated': (entries, names) => `催办到${whomIn(entries)}：${names || '本办'}逾期未办 ⚠`,
  'digest.compiled': (entries) => `每日汇总：${entries.map(sumIn).join('；')}`,
  'notification.failed': (entries) => `${entries.length}封邮件未能送达 ⚠`,
};

/** One line for each kind among these entries, in the order of the kind's first entry. */
export function narrationOf(entries: Told[], nameOf: (unitId: string) => string): string[] {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const same = entries.filter((entry) => entry.kind === kind);
    const phrase = PHRASES[kind];
    return phrase ? [`${timeInWords(same[0]!.episodeTime)}  ${phrase(same, namesOf(same, nameOf))}`] : [];
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
