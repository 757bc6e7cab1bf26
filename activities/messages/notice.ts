/** A notice to a unit: what is in force from when, and what to do by when. */
import { tasksUnder } from '../../episode/notice-tasks.js';
import { itemsFor } from '../../episode/state.js';
import type { UnitState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { Topic } from '../../plan/wording/events.js';
import type { ValuesOf } from '../../plan/wording/placeholders.js';
import type { announced, notice } from '../../plan/wording/shared-placeholders.js';
import {
  CHANGES,
  dayAfter,
  durationInWords,
  responseName,
  timeBriefly,
  timeInWords,
  warningName,
} from '../../plan/wording/words.js';
import { levelValues, unitNameOf } from './common-values.js';
import type { Announcement, EntryOf, MessageInput } from './message-input.js';

type Notified = EntryOf<'unit.notified'>;
type NoticeValues = ValuesOf<typeof notice>;

export const noticeTopics = (story: MessageInput): Topic[] =>
  story.entries.flatMap((entry) => (entry.kind === 'unit.notified' ? [topicOf(entry, story)] : []));

function topicOf(notified: Notified, story: MessageInput): Topic {
  const { occasion: event, level, effectiveAt } = notified.data;
  switch (event) {
    case 'lifting':
      return { event, level, values: { ...announcedValues(notified, story), summaryWithin: summaryWithin(story) } };
    case 'adjustment':
      return {
        event,
        level,
        values: {
          ...noticeValues(notified, story),
          ...previousLevel(notified, story),
          endedTasks: endedTasks(notified, story),
        },
      };
    default:
      return { event, level, values: { ...noticeValues(notified, story), firstReportDay: dayAfter(effectiveAt) } };
  }
}

function noticeValues(notified: Notified, story: MessageInput): NoticeValues {
  const { acknowledgementDueAt: acknowledgeBy } = notified.data;
  const announcement = announcementOf(notified, story);
  const expectedEnd = announcement?.kind === 'warning.lifted' ? undefined : announcement?.data.expectedEndAt;
  const tasks = tasksOf(notified, story);
  return {
    ...announcedValues(notified, story),
    noticeText: announcement?.data.notice.text ?? '',
    expectedEnd: expectedEnd ? timeInWords(expectedEnd) : '',
    acknowledgeBy: acknowledgeBy ? timeInWords(acknowledgeBy) : '',
    acknowledgeByBrief: acknowledgeBy ? timeBriefly(acknowledgeBy) : '',
    implementationBy: implementationBy(notified, story),
    dailyReportTime: story.state.policy.dailyReportTime,
    taskCount: String(tasks.length),
    tasks,
  };
}

/** Who says what, from when. */
function announcedValues(notified: Notified, story: MessageInput): ValuesOf<typeof announced> {
  const { level, noticeNumber, effectiveAt } = notified.data;
  return {
    ...levelValues(level),
    unitName: unitNameOf(notified, story),
    issuer: announcementOf(notified, story)?.data.notice.issuer ?? '',
    noticeNumber,
    effectiveAt: timeInWords(effectiveAt),
    effectiveAtBrief: timeBriefly(effectiveAt),
  };
}

/** An adjustment may keep the level and change only the expected end. */
function previousLevel(notified: Notified, story: MessageInput): { previousWarning: string; previousResponse: string } {
  const announcement = announcementOf(notified, story);
  const changed =
    announcement?.kind === 'level.adjusted' && announcement.data.previousLevel !== announcement.data.level;
  if (!changed) return { previousWarning: '', previousResponse: '' };
  const { previousLevel: before } = announcement.data;
  return { previousWarning: warningName(before), previousResponse: responseName(responseLevelOf(before)) };
}

/** §4.2; a notice not yet in effect has opened no deadline. */
function implementationBy({ unitId, data }: Notified, { state }: MessageInput): string {
  const deadlines = state.units[unitId]?.implementation ?? [];
  const opened = deadlines.find(({ noticeNumber }) => noticeNumber === data.noticeNumber);
  return opened
    ? `${timeInWords(beijingIso(opened.dueAt))}前`
    : `响应生效后${durationInWords(state.policy.implementationReportMinutes)}内`;
}

function tasksOf({ unitId, data }: Notified, story: MessageInput): NoticeValues['tasks'] {
  const unit = story.state.units[unitId];
  if (!unit) return [];
  return tasksUnder(story.state, unit, data).tasks.map(({ id, change, status }, index) => ({
    number: String(index + 1),
    change: CHANGES[change],
    done: status === 'done' ? '已完成' : '',
    ...wordsOf(id, unit, story),
  }));
}

function endedTasks({ unitId, data }: Notified, story: MessageInput): Array<{ clause: string; text: string }> {
  const unit = story.state.units[unitId];
  return unit ? tasksUnder(story.state, unit, data).ended.map((id) => wordsOf(id, unit, story)) : [];
}

const wordsOf = (id: string, unit: UnitState, { state, textOf }: MessageInput) => ({
  clause: itemsFor(state, unit).find((item) => item.id === id)?.clause ?? state.binding.rules.stricter,
  text: textOf(id),
});

const summaryWithin = ({ state }: MessageInput): string => durationInWords(state.policy.summaryHours * 60);

const announcementOf = ({ data }: Notified, { announcements }: MessageInput): Announcement | undefined =>
  announcements.find((announcement) => announcement.data.notice.number === data.noticeNumber);
