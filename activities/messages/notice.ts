/** A notice to a unit: the level in force and its start, the tasks and their deadlines. */
import { tasksUnder } from '../../episode/notice-tasks.js';
import { isWithoutResponse, itemsFor, noticeOf } from '../../episode/state.js';
import type { UnitState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { Topic } from '../../plan/wording/events.js';
import type { ValuesOf } from '../../plan/wording/placeholders.js';
import type { announced, notice } from '../../plan/wording/shared-placeholders.js';
import {
  BASES,
  CHANGES,
  dayAfter,
  durationInWords,
  forecastInWords,
  noticeInBrackets,
  ownNoticeName,
  responseName,
  timeBriefly,
  timeInWords,
  warningName,
} from '../../plan/wording/words.js';
import { levelValues, unitNameOf } from './common-values.js';
import type { Announcement, EntryOf, MessageInput } from './message-input.js';

type Notified = EntryOf<'unit.notified'>;
type NoticeValues = ValuesOf<typeof notice>;

const NOT_APPLICABLE = '不涉及';

export const noticeTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry) => (entry.kind === 'unit.notified' ? [topicOf(entry, input)] : []));

function topicOf(notified: Notified, input: MessageInput): Topic {
  const { occasion: event, level, effectiveAt } = notified.data;
  switch (event) {
    case 'lifting':
      return {
        event,
        level,
        values: {
          ...announcedValues(notified, input),
          summaryWithin: isWithoutResponse(input.state) ? '' : summaryWithin(input),
        },
      };
    case 'adjustment':
      return {
        event,
        level,
        values: {
          ...noticeValues(notified, input),
          ...previousLevel(notified, input),
          endedTasks: endedTasks(notified, input),
        },
      };
    default:
      return { event, level, values: { ...noticeValues(notified, input), firstReportDay: dayAfter(effectiveAt) } };
  }
}

function noticeValues(notified: Notified, input: MessageInput): NoticeValues {
  const { acknowledgementDueAt: acknowledgeBy } = notified.data;
  const announcement = announcementOf(notified, input);
  const expectedEnd = announcement?.kind === 'warning.lifted' ? undefined : announcement?.data.expectedEndAt;
  const tasks = tasksOf(notified, input);
  return {
    ...announcedValues(notified, input),
    noticeText: announcement?.data.notice.text ?? '',
    expectedEnd: expectedEnd ? timeInWords(expectedEnd) : '',
    acknowledgeBy: acknowledgeBy ? timeInWords(acknowledgeBy) : '',
    acknowledgeByBrief: acknowledgeBy ? timeBriefly(acknowledgeBy) : '',
    implementationBy: implementationBy(notified, input),
    dailyReportTime: input.state.policy.dailyReportTime,
    taskCount: String(tasks.filter(({ done }) => done !== NOT_APPLICABLE).length),
    tasks,
  };
}

/** The issuer, the level and the time of effect. */
function announcedValues(notified: Notified, input: MessageInput): ValuesOf<typeof announced> {
  const { level, noticeId, effectiveAt } = notified.data;
  const { issuer = '', basis = 'city', ownNotice, forecast } = announcementOf(notified, input)?.data.notice ?? {};
  return {
    ...levelValues(level),
    unitName: unitNameOf(notified, input),
    issuer,
    basis: BASES[basis],
    ownNotice: ownNotice ? ownNoticeName(ownNotice) : '',
    forecast: forecast ? forecastInWords(forecast) : '',
    noticeNumber: noticeInBrackets(noticeOf(input.state, noticeId)),
    effectiveAt: timeInWords(effectiveAt),
    effectiveAtBrief: timeBriefly(effectiveAt),
  };
}

/** An adjustment may change only the expected end. */
function previousLevel(notified: Notified, input: MessageInput): { previousWarning: string; previousResponse: string } {
  const announcement = announcementOf(notified, input);
  const changed =
    announcement?.kind === 'level.adjusted' && announcement.data.previousLevel !== announcement.data.level;
  if (!changed) return { previousWarning: '', previousResponse: '' };
  const { previousLevel: before } = announcement.data;
  return { previousWarning: warningName(before), previousResponse: responseName(responseLevelOf(before)) };
}

/** §4.2. A notice that is not yet in effect has no deadline for it. */
function implementationBy({ unitId, data }: Notified, { state }: MessageInput): string {
  const deadlines = state.units[unitId]?.implementation ?? [];
  const opened = deadlines.find(({ noticeId }) => noticeId === data.noticeId);
  return opened
    ? `${timeInWords(beijingIso(opened.dueAt))}前`
    : `响应生效后${durationInWords(state.policy.implementationReportMinutes)}内`;
}

function tasksOf({ unitId, data }: Notified, input: MessageInput): NoticeValues['tasks'] {
  const unit = input.state.units[unitId];
  if (!unit) return [];
  return tasksUnder(input.state, unit, data).tasks.map(({ id, change, status }, index) => ({
    number: String(index + 1),
    change: CHANGES[change],
    done: status === 'done' ? '已完成' : status === 'not-applicable' ? NOT_APPLICABLE : '',
    ...wordsOf(id, unit, input),
  }));
}

function endedTasks({ unitId, data }: Notified, input: MessageInput): Array<{ clause: string; text: string }> {
  const unit = input.state.units[unitId];
  return unit ? tasksUnder(input.state, unit, data).ended.map((id) => wordsOf(id, unit, input)) : [];
}

const wordsOf = (id: string, unit: UnitState, { state, textOf }: MessageInput) => ({
  clause: itemsFor(state, unit).find((item) => item.id === id)?.clause ?? state.binding.rules.stricter,
  text: textOf(id),
});

const summaryWithin = ({ state }: MessageInput): string => durationInWords(state.policy.summaryHours * 60);

const announcementOf = ({ data }: Notified, { announcements }: MessageInput): Announcement | undefined =>
  announcements.find((announcement) => announcement.data.noticeId === data.noticeId);
