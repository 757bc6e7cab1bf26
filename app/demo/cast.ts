/** The players of the drill: each unit acts by its habit, the office by the timeline. */
import { beijingInstant, endOfDay, HOUR, MINUTE, reportableDays } from '../../plan/rules/calendar.js';
import type { Client } from './client.js';
import type { EpisodeClock } from './episode-clock.js';
import type { Timeline } from './timeline.js';

/** The moment, in episode time, at which a unit does something that is due at `dueAt`. `undefined`: never. */
export type Habit = (dueAt: number) => number | undefined;

export const LATENESS = 4 * HOUR;

export const HABITS = {
  punctual: () => 0,
  late: (dueAt) => dueAt + LATENESS,
  silent: () => undefined,
} satisfies Record<string, Habit>;

export type HabitName = keyof typeof HABITS;

export interface Member {
  unitId: string;
  name: string;
  kind: string;
  habit: HabitName;
}

/** Of the last two street offices the first is late and the second silent. All others act at once. */
export function castOf(units: Array<{ unitId: string; name: string; kind: string }>): Member[] {
  const [late, silent] = units.filter(({ kind }) => kind === 'street').slice(-2);
  const habitOf = (unitId: string): HabitName =>
    unitId === late?.unitId ? 'late' : unitId === silent?.unitId ? 'silent' : 'punctual';
  return units.map(({ unitId, name, kind }) => ({ unitId, name, kind, habit: habitOf(unitId) }));
}

/** The drill under way, as every player sees it. */
export interface Stage {
  /** Path below `/api/v1`. */
  episode: string;
  clock: EpisodeClock;
  timeline: Timeline;
  /** Resolve once the office has entered the notice. */
  adjusted: Promise<void>;
  lifted: Promise<void>;
}

interface UnitPage {
  tasks: Array<{ taskId: string; status: string }>;
}

const sentAt = ({ issuedAt }: { issuedAt: string }): number => Date.parse(issuedAt);

/** Plays a unit from the start notice to its summary. Its duties run side by side. */
export async function playUnit(unit: Client, { unitId, kind, habit }: Member, stage: Stage): Promise<void> {
  const { clock, timeline } = stage;
  const { policy } = timeline.drill;
  const { start, adjustment, lift } = timeline.notices;
  const page = `${stage.episode}/units/${unitId}`;

  const when = async (dueAt: number, act: () => Promise<unknown>) => {
    const moment = HABITS[habit](dueAt);
    if (moment === undefined) return;
    await clock.until(moment);
    await act();
  };
  const acknowledge = (notice: { issuedAt: string }, minutes: number) =>
    when(sentAt(notice) + minutes * MINUTE, () => unit.post(`${page}/acknowledgement`, {}));
  const answer = async (notice: { issuedAt: string }) => {
    const due = (minutes: number) => sentAt(notice) + minutes * MINUTE;
    await acknowledge(notice, policy.acknowledgementMinutes);
    await when(due(policy.implementationReportMinutes), () => carryOut(unit, page));
  };
  const reports = reportableDays({ from: sentAt(start), until: sentAt(lift) }, sentAt(lift)).map(async (date) => {
    await clock.until(endOfDay(date));
    if (endOfDay(date) >= sentAt(lift)) await stage.lifted;
    await when(endOfDay(date) + hourOf(policy.dailyReportTime), () =>
      unit.put(`${page}/daily-reports/${date}`, {
        text: `${date}各项应急措施已落实，未发现违规行为。`,
        figures: figuresOf(kind),
      }),
    );
  });
  await Promise.all([
    answer(start),
    stage.adjusted.then(() => answer(adjustment)),
    ...reports,
    stage.lifted.then(() => acknowledge(lift, policy.liftingAcknowledgement)),
    stage.lifted.then(() =>
      when(sentAt(lift) + policy.summaryHours * HOUR, () => unit.put(`${page}/summary`, SUMMARY)),
    ),
  ]);
}

/** Reports the measures in effect, then ticks off every open task (§4.2). */
async function carryOut(unit: Client, page: string): Promise<void> {
  await unit.post(`${page}/implementation-reports`, { text: '已按响应等级部署各项应急措施，并开展督促检查。' });
  const { tasks } = await unit.get<UnitPage>(page);
  for (const { taskId } of tasks.filter(({ status }) => status === 'open')) {
    await unit.post(`${page}/tasks/${taskId}/completion`, { note: '已落实。', attachmentIds: [] });
  }
}

/** Departments have figures of their own each; the drill tells those of the streets. */
const figuresOf = (kind: string): Record<string, number> =>
  kind === 'street' ? { sitesInspected: 3, enterprisesInspected: 2 } : {};

const SUMMARY = {
  work: '响应期间坚持24小时值班，各项应急措施按等级落实。',
  lessons: '接到通知后立即部署，部门之间衔接顺畅。',
  shortcomings: '夜间巡查力量偏少。',
  proposals: '建议补充夜间值守人员。',
};

const hourOf = (time: string): number => beijingInstant('2015-11-27', time) - beijingInstant('2015-11-27');

/** The request that starts the drill (§3.1.2, §8.2). */
export const drillStartBody = ({ notices: { start }, drill }: Timeline) => ({
  notice: noticeOf(start),
  cityLevel: start.level,
  primaryPollutant: 'PM2.5',
  extent: '全区',
  drill,
});

const noticeOf = ({ number, issuer, issuedAt, text }: Timeline['notices']['lift']) => ({
  number,
  issuer,
  issuedAt,
  text,
});

export async function adjustLevel(office: Client, { episode, clock, timeline }: Stage): Promise<void> {
  const { adjustment } = timeline.notices;
  await clock.until(sentAt(adjustment));
  await office.post(`${episode}/adjustments`, { notice: noticeOf(adjustment), cityLevel: adjustment.level });
}

/** Enters the notice that lifts (§3.1.5). */
export async function liftAtEnd(office: Client, { episode, clock, timeline }: Stage): Promise<void> {
  await clock.until(sentAt(timeline.notices.lift));
  await office.post(`${episode}/lift`, { notice: noticeOf(timeline.notices.lift) });
}

/** Sends the follow-up report as the program drafted it (§5.1). */
export const sendFollowUp = (office: Client, { episode }: Stage): Promise<unknown> =>
  office.post(`${episode}/follow-up-report/submission`, {});

/** Writes and publishes the review (§5.2). */
export async function reviewDrill(office: Client, { episode }: Stage): Promise<void> {
  await office.put(`${episode}/review`, {
    conclusions: '本次过程预警及时、响应有序，个别单位确认和报送不及时。',
    planRevisionNeeded: false,
  });
  await office.post(`${episode}/review/publication`, {});
}
