/** A notice to a unit: what is in force from when, and what to do by when. */
import { tasksUnder } from '../../episode/notice-tasks.js';
import { itemsFor } from '../../episode/state.js';
import type { UnitState } from '../../episode/types.js';
import { beijingIso } from '../../plan/calendar.js';
import { responseLevelOf } from '../../plan/levels.js';
import type { WarningLevel } from '../../plan/types.js';
import {
  CHANGES,
  clauseName,
  dayAfter,
  durationInWords,
  levelName,
  numbered,
  responseName,
  timeInWords,
  warningName,
} from '../../plan/words.js';
import type { Announcement, EntryOf, Letter, Story } from './story.js';

type Notified = EntryOf<'unit.notified'>;
type Occasion = Notified['data']['occasion'];

const HEADLINES: Record<Exclude<Occasion, 'lifting'>, string> = {
  start: '启动应急响应',
  adjustment: '调整应急响应',
  joining: '纳入应急响应',
};

export const noticeTopics = (story: Story): Letter[] =>
  story.entries.flatMap((entry) => (entry.kind === 'unit.notified' ? [topicOf(entry, story)] : []));

function topicOf(notified: Notified, story: Story): Letter {
  const { occasion, level, acknowledgementDueAt } = notified.data;
  if (occasion === 'lifting') {
    return { subject: '【预警解除】应急响应终止，请报送工作总结', text: liftingText(notified, story) };
  }
  const deadline = acknowledgementDueAt ? `，请于${timeInWords(acknowledgementDueAt)}前确认` : '';
  return { subject: `【${levelName(level)}】${HEADLINES[occasion]}${deadline}`, text: callText(notified, story) };
}

function callText(notified: Notified, story: Story): string {
  const unit = story.state.units[notified.unitId!];
  const tasks = unit ? [taskList(notified, unit, story)] : [];
  return [inForce(notified, story), numbered('请办理：', duties(notified, unit, story)), ...tasks].join('\n\n');
}

/** Who says what, from when. */
function inForce({ data }: Notified, story: Story): string {
  const announcement = announcementOf(data.noticeNumber, story);
  const lines = [
    citation(data.noticeNumber, announcement),
    `自${timeInWords(data.effectiveAt)}起${verb(data.occasion, announcement)}${levels(data.level)}。`,
  ];
  if (announcement?.kind !== 'warning.lifted' && announcement?.data.expectedEndAt) {
    lines.push(`预计持续到${timeInWords(announcement.data.expectedEndAt)}。`);
  }
  if (announcement?.data.notice.text) lines.push(`通知原文：${announcement.data.notice.text}`);
  return lines.join('\n');
}

const citation = (number: string, announcement: Announcement | undefined): string =>
  `${announcement?.data.notice.issuer ?? ''}通知（${number}）：`;

const levels = (level: WarningLevel): string => `${warningName(level)}、${responseName(responseLevelOf(level))}`;

/** An adjustment may keep the level and change only the expected end. */
function verb(occasion: Occasion, announcement: Announcement | undefined): string {
  if (occasion === 'joining') return '你单位参加';
  if (announcement?.kind !== 'level.adjusted') return '启动';
  const { previousLevel, level } = announcement.data;
  return previousLevel === level ? '继续执行' : `由${levels(previousLevel)}调整为`;
}

/** Acknowledgement (§3.1.3), report of what is in effect (§4.2), daily reports from the day after (§5.1). */
function duties({ data }: Notified, unit: UnitState | undefined, { state }: Story): string[] {
  const acknowledge = data.acknowledgementDueAt
    ? [`${timeInWords(data.acknowledgementDueAt)}前确认收到本通知（${clauseName('3.1.3')}）。`]
    : [];
  const opened = unit?.implementation.find(({ noticeNumber }) => noticeNumber === data.noticeNumber);
  const by = opened
    ? `${timeInWords(beijingIso(opened.dueAt))}前`
    : `响应生效后${durationInWords(state.policy.implementationReportMinutes)}内`;
  const from = data.occasion === 'adjustment' ? '继续' : `自${dayAfter(data.effectiveAt)}起，`;
  return [
    ...acknowledge,
    `${by}报告应急措施落实情况（${clauseName('4.2')}）。`,
    `${from}每日${state.policy.dailyReportTime}前报送前一日应急响应情况（${clauseName('5.1')}）。`,
  ];
}

function taskList({ data }: Notified, unit: UnitState, { state, textOf }: Story): string {
  const items = itemsFor(state, unit);
  const lines = tasksUnder(state, unit, data).map(({ id, change, status }) => {
    const clause = items.find((item) => item.id === id)?.clause ?? '';
    return `［${CHANGES[change]}${status === 'done' ? '·已完成' : ''}］${clauseName(clause)}：${textOf(id)}`;
  });
  return numbered(`${responseName(responseLevelOf(data.level))}期间你单位的任务（共${lines.length}项）：`, lines);
}

function liftingText({ data }: Notified, story: Story): string {
  const ended = `自${timeInWords(data.effectiveAt)}起解除预警，应急响应自动终止（${clauseName('4.4')}）。`;
  const within = durationInWords(story.state.policy.summaryHours * 60);
  const duties = numbered('请办理：', [
    `补齐到解除时止的每日报送（${clauseName('5.1')}）。`,
    `解除后${within}内报送工作总结：工作开展情况、经验、不足和对策建议（${clauseName('5.2')}）。`,
  ]);
  return `${citation(data.noticeNumber, announcementOf(data.noticeNumber, story))}\n${ended}\n\n${duties}`;
}

const announcementOf = (number: string, { announcements }: Story): Announcement | undefined =>
  announcements.find(({ data }) => data.notice.number === number);
