/** The shape of the policy's values. An edition has all of them, a drill any of them (§8.2). */
import { z } from 'zod';
import { label } from '../../lib/label.js';
import { isMixed, reachesPerson } from '../rules/ways.js';
import {
  CHANNELS,
  DEADLINES,
  type DeadlineKind,
  MOVED_DEADLINES,
  type MovedDeadline,
  WARNING_LEVELS,
  WHOM,
  type Whom,
} from '../types.js';

/** A hundred years, in hours. A longer time would leave the calendar. */
const count = z.int().min(1).max(876_000);
const workdays = z.templateLiteral([z.int().min(1).max(250), ' workdays'], '应为小时数，或工作日数，如 3 workdays');
/** Hours, or a year of working days at most. */
const timeGiven = z.union([workdays, count]);
/** Not midnight: a day may be reported only from then on, and would be missed at once. */
const hourOfDay = z.string().regex(/^(?!00:00)([01]\d|2[0-3]):[0-5]\d$/, '应为晚于 00:00 的 HH:mm，如 10:00');

const ways = z
  .array(
    z
      .array(z.enum(CHANNELS))
      .min(1)
      .max(CHANNELS.length)
      .refine((line) => !isMixed(line), '群机器人和接口不算找到本人，请另写一行'),
  )
  .min(1, '至少写一种方式')
  .max(CHANNELS.length)
  .refine((lines) => new Set(lines.flat()).size === lines.flat().length, '同一渠道只能写一次')
  .refine((lines) => lines.flat().some(reachesPerson), '至少写一种能找到本人的方式：call、sms 或 email');

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为 HH:mm，如 22:00');

/** One value for all levels, or one for each. */
const leveled = <T extends z.ZodType>(value: T) =>
  z.union([value, z.strictObject({ yellow: value, orange: value, red: value })]);

const quietOf = <T extends z.ZodType<MovedDeadline[]>>(moves: T) =>
  z
    .strictObject({ from: timeOfDay, until: timeOfDay, moves })
    .refine(({ from, until }) => from !== until, '起止时间不能相同');
/** At red nothing waits for the morning: hours that move a deadline are given by level. */
const moved = z.array(z.enum(MOVED_DEADLINES));
const unmoved = moved.max(0, '红色预警的期限不因夜间推迟：请按级别写，红色的 moves 留空');
const quiet = z.union([
  quietOf(unmoved),
  z.strictObject({ yellow: quietOf(moved), orange: quietOf(moved), red: quietOf(unmoved) }),
]);

const step = z.strictObject({
  after: z.int().min(-100_000).max(100_000),
  since: z.literal('opening').exactOptional(),
  at: timeOfDay.exactOptional(),
  to: z.enum(WHOM, {
    error: ({ input }) => (input === 'supervisor' ? '移交由办公室决定，不自动报告区纪委监委，请删去这一步' : undefined),
  }),
  ways,
  repeat: z.strictObject({ every: count, times: z.int().min(1).max(100) }).exactOptional(),
  levels: z.array(z.enum(WARNING_LEVELS)).min(1).exactOptional(),
  quiet: z.enum(['hold', 'send']).exactOptional(),
  atLeast: z.int().min(2).max(1_000).exactOptional(),
});
const chainOf = <T extends z.ZodType<z.infer<typeof step>>>(one: T) =>
  z
    .array(
      one.refine(({ after, since }) => !since || after >= 0, {
        path: ['after'],
        error: '从期限开始时算起，应不小于 0，例如 30',
      }),
    )
    .max(20, '最多 20 步');

const chain = chainOf(step);
/** A deadline of the office has no unit whose people could be told. */
const ABOVE: readonly Whom[] = ['office', 'committee'];
const officeChain = chainOf(
  step.refine(({ to }) => ABOVE.includes(to), { path: ['to'], error: '此项由办公室负责，请写 office 或 committee' }),
);

/** A lifting that nobody acknowledged is shown, and leaders and committee are left in peace. */
const liftingChain = chainOf(
  step.refine(({ to }) => to === 'duty' || to === 'office', {
    path: ['to'],
    error: '解除的确认只提醒单位值班人员或办公室，请写 duty 或 office',
  }),
);

const chainFor = (kind: DeadlineKind) => {
  if (kind === 'follow-up' || kind === 'review') return officeChain;
  return kind === 'lifting' ? liftingChain : chain;
};

const chains = Object.fromEntries(DEADLINES.map((kind) => [kind, leveled(chainFor(kind))])) as Record<
  DeadlineKind,
  ReturnType<typeof leveled<typeof chain>>
>;

const figures = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/, '应为字母和数字，小写字母开头'),
      name: label(50),
      unit: label(20),
      countedBy: z.enum(['department', 'street']).exactOptional(),
      outOf: z.string().exactOptional(),
      acrossDays: z.enum(['most']).exactOptional(),
    }),
  )
  .max(50)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, '指标的 id 重复，请改成不同的 id');

/** Of the units together one figure is one thing: it is added up over them. */
const dailyFigures = z
  .object({ department: figures, street: figures })
  .catchall(figures)
  .superRefine((lists, context) => {
    const known = new Map<string, string>();
    for (const [unit, list] of Object.entries(lists))
      for (const [index, figure] of list.entries()) {
        const written = JSON.stringify(figure, Object.keys(figure).sort());
        const path = [unit, index];
        if ((known.get(figure.id) ?? written) !== written)
          context.addIssue({
            code: 'custom',
            path,
            message: `指标“${figure.id}”在各单位处写法不同，请统一或改用不同的 id`,
          });
        known.set(figure.id, known.get(figure.id) ?? written);
      }
    const ids = new Set(known.keys());
    for (const [unit, list] of Object.entries(lists))
      for (const [index, { id, outOf }] of list.entries())
        if (outOf !== undefined && !ids.has(outOf))
          context.addIssue({
            code: 'custom',
            path: [unit, index, 'outOf'],
            message: `“${id}”对应的指标“${outOf}”不存在，请改正`,
          });
  });

export const policyShape = {
  /** A week at most: anything further is a wrong date. */
  noticeAheadHours: z.int().min(1).max(168),
  acknowledgementMinutes: leveled(count),
  liftingAcknowledgement: leveled(z.union([count, z.literal(false)])),
  circularAcknowledgementMinutes: leveled(count),
  implementationReportMinutes: leveled(count),
  dailyReportTime: leveled(hourOfDay),
  followUpReportHours: leveled(count),
  summaryHours: leveled(timeGiven),
  reviewHours: leveled(timeGiven),
  workdayEnd: leveled(hourOfDay),
  endQuestionBeforeHours: count,
  endQuestionAgainHours: count,
  digestTime: leveled(hourOfDay),
  digestSubmissionTime: leveled(hourOfDay),
  /** More than the week by which a notice may be entered ahead. */
  abandonedDrillDays: z.int().min(8).max(36_500),
  /** A day at most: whoever may not urge has to ring. */
  urgeAgainMinutes: z.int().min(1).max(1_440),
  /** Five minutes at least: a screen shows a text until the next comes. */
  broadcastEveryMinutes: leveled(z.int().min(5).max(1_440)),
  revisionReminders: z.strictObject({
    aheadDays: z.int().min(1).max(90),
    againDays: z.int().min(1).max(90),
    quiet: z
      .strictObject({ from: timeOfDay, until: timeOfDay })
      .refine(({ from, until }) => from !== until, '起止时间不能相同'),
  }),
  carriedOverDays: z.strictObject({
    problem: z.int().min(1).max(365),
    circular: z.int().min(1).max(365),
    referral: z.int().min(1).max(365),
  }),
  quiet,
  noticeWays: leveled(ways),
  leadNoticeWays: leveled(ways),
  chains: z.strictObject(chains),
  dailyFigures,
};

/** Any subset of the policy. A chain is replaced as a whole. */
export const policyChanges = z.strictObject({ ...policyShape, chains: policyShape.chains.partial() }).partial();
