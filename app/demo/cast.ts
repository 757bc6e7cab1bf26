/** The players of the drill: each unit acts by its habit, the office by the timeline. */
import { setTimeout as pause } from 'node:timers/promises';
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
  /** The street says of a task about mines that it has none (本辖区不涉及). */
  withoutMines?: true;
}

/**
 * Of the last two street offices the first is late and the second silent. All others act at once; the first street has no
 * mines.
 */
export function castOf(units: Array<{ unitId: string; name: string; kind: string }>): Member[] {
  const [late, silent] = units.filter(({ kind }) => kind === 'street').slice(-2);
  const habitOf = (unitId: string): HabitName =>
    unitId === late?.unitId ? 'late' : unitId === silent?.unitId ? 'silent' : 'punctual';
  const first = units.find(({ kind }) => kind === 'street')?.unitId;
  return units.map(({ unitId, name, kind }) => ({
    unitId,
    name,
    kind,
    habit: habitOf(unitId),
    ...(unitId === first ? { withoutMines: true as const } : {}),
  }));
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
  tasks: Array<{ taskId: string; status: string; text: string }>;
}

interface Issued {
  issuedAt: string;
  effectiveAt?: string;
}

const sentAt = ({ issuedAt }: Issued): number => Date.parse(issuedAt);
const effectOf = ({ issuedAt, effectiveAt = issuedAt }: Issued): number => Date.parse(effectiveAt);

/** Plays a unit from the start notice to its summary. Its duties run side by side. */
export async function playUnit(unit: Client, member: Member, stage: Stage): Promise<void> {
  const { unitId, kind, habit } = member;
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
  const acknowledge = (notice: Issued, minutes: number) =>
    when(sentAt(notice) + minutes * MINUTE, () => unit.post(`${page}/acknowledgement`, {}));
  const answer = async (notice: Issued) => {
    await acknowledge(notice, policy.acknowledgementMinutes);
    await clock.until(effectOf(notice));
    await when(effectOf(notice) + policy.implementationReportMinutes * MINUTE, () => carryOut(unit, page, member));
  };
  const reports = reportableDays({ from: effectOf(start), until: sentAt(lift) }, sentAt(lift)).map(async (date) => {
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

/** Reports the measures in effect, then ticks off every open task (§4.2). One street has no mines and says so. */
async function carryOut(unit: Client, page: string, { withoutMines }: Member): Promise<void> {
  await unit.post(`${page}/implementation-reports`, { text: '已按响应等级部署各项应急措施，并开展督促检查。' });
  const open = (await unit.get<UnitPage>(page)).tasks.filter(({ status }) => status === 'open');
  const ofMines = withoutMines ? open.find(({ text }) => text.includes('矿山')) : undefined;
  if (ofMines) await unit.post(`${page}/tasks/${ofMines.taskId}/not-applicable`, { reason: '辖区内没有矿山。' });
  const taskIds = open.filter((task) => task !== ofMines).map(({ taskId }) => taskId);
  if (taskIds.length > 0)
    await unit.post(`${page}/tasks/completions`, { taskIds, note: '已落实。', attachmentIds: [] });
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

/** Of the edition's policy. */
const DIGEST_TIME = '12:30';

const hourOf = (time: string): number => beijingInstant('2015-11-27', time) - beijingInstant('2015-11-27');

/** The request that starts the drill (§3.1.2, §8.2): the city rang, the number comes later. */
export const drillStartBody = ({ notices: { start }, drill }: Timeline) => ({
  notice: {
    issuer: start.issuer,
    issuedAt: start.issuedAt,
    effectiveAt: start.effectiveAt,
    received: { by: 'telephone', from: '市生态环境保护委员会办公室值班室', at: start.issuedAt },
    text: start.text,
  },
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

interface CallingRow {
  unitId: string;
  people: Array<{ contactId: string }>;
}

/** Urges the silent unit and rings whoever has not acknowledged once the time is over (§6.1): the silent one does not answer. */
export async function ringAtNight(office: Client, cast: Member[], { episode, clock, timeline }: Stage): Promise<void> {
  const { notices, drill } = timeline;
  await clock.until(sentAt(notices.start) + (drill.policy.acknowledgementMinutes + 30) * MINUTE);
  // The program may be a second behind: that is an hour of the drill.
  const list = () => office.get<{ items: CallingRow[] }>(`${episode}/calling-list`);
  let { items } = await list();
  for (; items.length === 0; { items } = await list()) await pause(200);
  for (const { unitId, people } of items) {
    const isSilent = cast.some((member) => member.unitId === unitId && member.habit === 'silent');
    const [first] = people;
    // All others answer by themselves, perhaps in this moment.
    if (isSilent)
      await office.post(`${episode}/urges`, { unitIds: [unitId], about: [{ deadline: 'acknowledgement' }] });
    await office.post(`${episode}/units/${unitId}/calls`, {
      ...(first ? { contactId: first.contactId } : {}),
      ...(isSilent ? { outcome: 'no-answer' } : { outcome: 'reached', note: '值班人员已知晓，稍后确认。' }),
    });
  }
}

/** Adds the number of the notice that came by telephone. */
export async function numberStart(office: Client, { episode, clock, timeline }: Stage): Promise<void> {
  const { number, numberedAt } = timeline.notices.start;
  await clock.until(Date.parse(numberedAt));
  await office.post(`${episode}/notices/n1/number`, { number });
}

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

/** Issues what the program drafted of each notice the moment that it is entered (§3.1.3 to §3.1.5): to the units, and to the public. */
export async function issueTexts(office: Client, { episode, adjusted, lifted }: Stage): Promise<void> {
  const entered = [Promise.resolve(), adjusted, lifted];
  for (const [i, notice] of entered.entries()) {
    await notice;
    for (const audience of ['units', 'public']) await office.post(`${episode}/texts/n${i + 1}/${audience}/issues`, {});
  }
}

/** Sends the city each day of the response, as the program drafted it (§5.1), once it is summed up. */
export async function sendDays(office: Client, { episode, clock, timeline, lifted }: Stage): Promise<void> {
  const { start, lift } = timeline.notices;
  for (const date of reportableDays({ from: effectOf(start), until: sentAt(lift) }, sentAt(lift))) {
    if (endOfDay(date) >= sentAt(lift)) await lifted;
    await clock.until(endOfDay(date) + hourOf(DIGEST_TIME));
    const isSummedUp = async () =>
      (await office.get<{ digestsToSubmit: string[] }>(`${episode}/board`)).digestsToSubmit.includes(date);
    while (!(await isSummedUp())) await pause(200);
    await office.post(`${episode}/digests/${date}/submission`, {});
  }
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
