/** A notice to a unit: the level in force and its start, the tasks and their deadlines. */
import { implementationDue } from '../../episode/policy.js';
import { isWithoutResponse, kindOf, noticeOf } from '../../episode/state.js';
import { pauseOf } from '../../episode/suspensions.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import { policyAt } from '../../plan/rules/policy.js';
import type { ResponseLevel } from '../../plan/types.js';
import type { Topic } from '../../plan/wording/events.js';
import type { ValuesOf } from '../../plan/wording/placeholders.js';
import type { announced, notice } from '../../plan/wording/shared-placeholders.js';
import {
  BASES,
  dayAfter,
  forecastInWords,
  noticeInBrackets,
  ownNoticeName,
  responseName,
  timeBriefly,
  timeGivenInWords,
  timeInWords,
  warningName,
} from '../../plan/wording/words.js';
import { levelValues, unitNameOf } from './common-values.js';
import type { Announcement, EntryOf, MessageInput } from './message-input.js';
import { publicationsOf } from './publication.js';
import { endedTasks, NOT_APPLICABLE, tasksOf } from './task-cards.js';

type Notified = EntryOf<'unit.notified'>;
type NoticeValues = ValuesOf<typeof notice>;

export const noticeTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry) => (entry.kind === 'unit.notified' ? [topicOf(entry, input)] : []));

function topicOf(notified: Notified, input: MessageInput): Topic {
  const { occasion: event, level, effectiveAt } = notified.data;
  switch (event) {
    case 'lifting':
      return { event, level, values: liftingValues(notified, input) };
    case 'adjustment': {
      const before = previousLevel(notified, input);
      const values = noticeValues(notified, input);
      if (!before) return { event: 'extension', level, values };
      return { event, level, values: { ...values, ...before, endedTasks: endedTasks(notified, input) } };
    }
    default:
      return { event, level, values: { ...noticeValues(notified, input), firstReportDay: dayAfter(effectiveAt) } };
  }
}

function noticeValues(notified: Notified, input: MessageInput): NoticeValues {
  const announcement = announcementOf(notified, input);
  const expectedEnd = announcement?.kind === 'warning.lifted' ? undefined : announcement?.data.expectedEndAt;
  const tasks = tasksOf(notified, input);
  return {
    ...announcedValues(notified, input),
    brief: isHeld(notified, input) ? REST : briefOf(notified, input, responseLevelOf(notified.data.level)),
    expectedEnd: expectedEnd ? timeInWords(expectedEnd) : '',
    expectedEndBrief: expectedEnd ? timeBriefly(expectedEnd) : '',
    ...acknowledgedBy(notified),
    implementationBy: implementationBy(notified, input),
    dailyReportTime: policyAt(input.state.policy, notified.data.level).dailyReportTime,
    taskCount: String(tasks.filter(({ done }) => done !== NOT_APPLICABLE).length),
    tasks,
    publications: publicationsOf(notified, input),
  };
}

const REST = '应急响应暂停中，恢复后再落实。';

/** The whole response is suspended for the unit, and still will be when the notice takes effect. */
function isHeld({ unitId, data }: Notified, { state }: MessageInput): boolean {
  const pause = pauseOf(state, unitId);
  return pause !== undefined && (pause.until ?? Number.POSITIVE_INFINITY) > Date.parse(data.effectiveAt);
}

const liftingValues = (notified: Notified, input: MessageInput) => ({
  ...announcedValues(notified, input),
  ...acknowledgedBy(notified),
  resume: briefOf(notified, input, 'lifted'),
  summaryWithin: isWithoutResponse(input.state) ? '' : summaryWithin(notified, input),
  publications: publicationsOf(notified, input),
});

const acknowledgedBy = ({ data: { acknowledgementDueAt: by } }: Notified) => ({
  acknowledgeBy: by ? timeInWords(by) : '',
  acknowledgeByBrief: by ? timeBriefly(by) : '',
});

const briefOf = ({ unitId }: Notified, { state, edition }: MessageInput, at: ResponseLevel | 'lifted'): string =>
  edition.briefOf({ unitId, kind: kindOf(state, unitId) }, at);

/** The issuer, the level and the time of effect. */
function announcedValues(notified: Notified, input: MessageInput): ValuesOf<typeof announced> {
  const { level, noticeId, effectiveAt } = notified.data;
  const { issuer = '', text = '', basis = 'city', forecast } = announcementOf(notified, input)?.data.notice ?? {};
  const notice = noticeOf(input.state, noticeId);
  return {
    ...levelValues(level),
    unitName: unitNameOf(notified, input),
    issuer,
    noticeText: text,
    basis: BASES[basis],
    ownNotice: notice.ownNotice ? ownNoticeName(notice.ownNotice) : '',
    forecast: forecast ? forecastInWords(forecast) : '',
    noticeNumber: noticeInBrackets(notice),
    effectiveAt: timeInWords(effectiveAt),
    effectiveAtBrief: timeBriefly(effectiveAt),
  };
}

/** None for an adjustment that changes only the expected end. */
function previousLevel(notified: Notified, input: MessageInput) {
  const announcement = announcementOf(notified, input);
  const changed =
    announcement?.kind === 'level.adjusted' && announcement.data.previousLevel !== announcement.data.level;
  if (!changed) return undefined;
  const { previousLevel: before } = announcement.data;
  return { previousWarning: warningName(before), previousResponse: responseName(responseLevelOf(before)) };
}

/** §4.2. A notice that is not yet in effect opens its deadline then. */
function implementationBy(notified: Notified, input: MessageInput): string {
  if (isHeld(notified, input)) return '恢复执行后';
  const { unitId, data } = notified;
  const { state } = input;
  const deadlines = state.units[unitId]?.implementation ?? [];
  const opened = deadlines.find(({ noticeId }) => noticeId === data.noticeId);
  const dueAt = opened?.dueAt ?? implementationDue(state, data.level, Date.parse(data.effectiveAt));
  return `${timeInWords(beijingIso(dueAt))}前`;
}

const summaryWithin = ({ data }: Notified, { state }: MessageInput): string =>
  timeGivenInWords(policyAt(state.policy, data.level).summaryHours);

const announcementOf = ({ data }: Notified, { announcements }: MessageInput): Announcement | undefined =>
  announcements.find((announcement) => announcement.data.noticeId === data.noticeId);
