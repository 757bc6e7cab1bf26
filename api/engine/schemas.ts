import { z } from 'zod';
import {
  CHANNELS,
  CIRCULAR_ORIGINS,
  DEADLINES,
  HOW_RECEIVED,
  NOTICE_BASES,
  REFERRED_TO,
  WHOM,
} from '../../plan/types.js';
import {
  count,
  day,
  givenInstant,
  hash,
  instant,
  prose,
  responseLevel,
  taskRole,
  text,
  unitKind,
  warningLevel,
} from '../http/schemas.js';

export const phase = z.enum(['announced', 'active', 'reporting', 'reviewing', 'closed']).meta({ id: 'Phase' });

/** The entry that a command made. A repeat answers with the first entry. */
const madeEntry = z
  .object({ seq: count, at: instant, episodeTime: instant, kind: z.string(), hash })
  .meta({ id: 'MadeEntry' });

/** A resource as its GET answers it, with the entry of the command that changed it. */
export const withEntry = <T extends z.ZodRawShape>(resource: z.ZodObject<T>) => resource.extend({ entry: madeEntry });

const received = z.object({ by: z.enum(HOW_RECEIVED), at: instant });

const ownNotice = z.object({ number: z.string().optional(), title: z.string().optional() });

/** A notice as its entry has it, with the number it has now. */
const notice = z.object({
  noticeId: z.string(),
  number: z.string().optional(),
  received: received.optional(),
  issuer: z.string(),
  issuedAt: instant,
  effectiveAt: instant,
  basis: z.enum(NOTICE_BASES).optional(),
  text: z.string().optional(),
  ownNotice: ownNotice.optional(),
  forecast: z
    .object({
      aqi: z.array(count).length(2).optional(),
      from: instant.optional(),
      until: instant.optional(),
      text: z.string().optional(),
    })
    .optional(),
  attachmentIds: z.array(z.string()).optional(),
});

export const expectedEnd = z.object({ at: instant, passed: z.boolean(), askedAt: instant.optional() }).meta({
  id: 'ExpectedEnd',
  description: '预计结束时间；askedAt 是最近一次问办公室解除、延长还是继续，录入通知后没有',
});

/** Every notice of the episode, in the order of entry. */
const noticeRow = z.object({
  noticeId: z.string(),
  kind: z.enum(['start', 'adjust', 'lift']),
  number: z.string().optional(),
  ownNotice: ownNotice.optional(),
  name: z.string().meta({ description: '文号，或如“电话通知（2026年1月10日03时00分收到）”' }),
  received: received.optional(),
  enteredAt: instant,
  issuedAt: instant,
  effectiveAt: instant,
  cityLevel: warningLevel,
  level: warningLevel,
  expectedEndAt: instant.optional(),
  effect: z
    .enum(['to-come', 'taken', 'overtaken'])
    .meta({ description: 'to-come 尚未生效；taken 已生效；overtaken 生效前被后一通知取代' }),
});

const cited = z.object({ number: z.string().optional(), issuer: z.string().optional(), text: z.string().optional() });

/** Measures, or the whole response, held for a time; in the order of entry. */
export const suspensionRow = z
  .object({
    suspensionId: z.string(),
    seq: count.meta({ description: '下达暂停的记录' }),
    items: z.union([z.literal('all'), z.array(z.string())]),
    unitIds: z.array(z.string()).optional(),
    from: instant,
    until: instant.optional(),
    reason: z.string(),
    notice: cited.optional(),
    status: z.enum(['to-come', 'in-force', 'ended']),
    ended: z
      .object({
        at: instant,
        by: z.enum(['order', 'time', 'measures-ended', 'lifting']).meta({
          description: 'order 办公室恢复；time 到时自动恢复；measures-ended 措施随级别调整终止；lifting 预警解除',
        }),
        reason: z.string().optional(),
        notice: cited.optional(),
      })
      .optional(),
  })
  .meta({ id: 'Suspension' });

const held = z.object({ suspensionId: z.string(), from: instant, until: instant.optional(), reason: z.string() });

export const episodeBody = z
  .object({
    episodeId: z.string(),
    phase,
    warningLevel,
    responseLevel,
    cityLevel: warningLevel,
    drill: z.boolean(),
    timeScale: count,
    startedAt: instant,
    liftedAt: instant.optional(),
    abandonedAt: instant.optional(),
    closedAt: instant.optional(),
    expectedEndAt: instant.optional(),
    expectedEnd: expectedEnd.optional(),
    withoutResponse: z.literal(true).optional().meta({ description: '在应急响应启动前已经解除' }),
    episodeTime: instant,
    unitCount: count,
    notice,
    notices: z.array(noticeRow),
    suspensions: z.array(suspensionRow),
    lateness: z
      .object({ late: count, missed: count, referrals: count })
      .optional()
      .meta({ description: '只在列表中，且责任单位看不到：各单位和办公室逾期补报、逾期未办的事项数，移交数' }),
  })
  .meta({ id: 'Episode' });

export const owed = z.enum(['pending', 'submitted', 'late', 'missed', 'withdrawn']);

const acknowledgement = z.object({
  noticeId: z.string(),
  noticeNumber: z.string().optional(),
  notifiedAt: instant,
  dueAt: instant,
  acknowledgedAt: instant.optional(),
  status: z.enum(['pending', 'acknowledged', 'late', 'missed', 'withdrawn']),
});

const implementation = z.object({
  noticeId: z.string(),
  noticeNumber: z.string().optional(),
  dueAt: instant,
  reportedAt: instant.optional(),
  status: owed.or(z.literal('suspended')),
});

const deadlineNames = {
  deadline: z.enum(DEADLINES),
  noticeId: z.string().optional(),
  noticeNumber: z.string().optional(),
  date: day.optional(),
  taskId: z.string().optional(),
  circularId: z.string().optional(),
  circularTitle: z.string().optional(),
};

export const namedDeadline = { ...deadlineNames, dueAt: instant };

/** Messages to a unit, each to one contact by one channel. */
export const messageCounts = z.object({
  sent: count.meta({ description: '服务器或网关已收下' }),
  delivered: count.meta({ description: '网关回执：已送达' }),
  undelivered: count.meta({ description: '网关回执：未送达' }),
  failed: count,
  lastFailure: z.object({ at: instant, channel: z.string(), reason: z.string() }).optional(),
});

const circularNamed = {
  circularId: z.string(),
  origin: z.enum(CIRCULAR_ORIGINS).meta({ description: 'city 转发市环委办的通报；district 区环委办的通报' }),
  number: z.string().optional(),
  title: z.string(),
};

/** How a circular stands for a unit. */
export const circularStandingBody = z
  .object({
    ...circularNamed,
    sentAt: instant,
    dueAt: instant.meta({ description: '应于何时前确认' }),
    status: z.enum(['pending', 'acknowledged', 'late', 'missed', 'withdrawn']),
    acknowledgedAt: instant.optional(),
    measures: z
      .object({ dueAt: instant, status: owed })
      .optional()
      .meta({ description: '整改情况的答复；不要求答复的没有' }),
    answeredAt: instant.optional(),
    closedAt: instant.optional().meta({ description: '办公室对该单位办结' }),
  })
  .meta({ id: 'CircularStanding' });

export const circularRow = z
  .object({
    ...circularNamed,
    seq: count.meta({ description: '发出它的记录' }),
    issuedAt: instant,
    answerDueAt: instant.optional(),
    units: count,
    acknowledged: count,
    answered: count,
    closed: count,
  })
  .meta({ id: 'CircularRow', description: '一份通报，以及多少单位已确认、答复、办结' });

const circularTold = {
  text: z.string(),
  attachmentIds: z.array(z.string()),
};
const circularAnswers = {
  answer: z
    .object({ ...circularTold, correctedAt: instant.optional() })
    .optional()
    .meta({ description: '整改情况的答复，以最后一次为准' }),
  closing: z.string().optional().meta({ description: '办公室办结时的话' }),
};

/** A circular as its unit reads it. */
export const circularOfUnit = circularStandingBody
  .extend({ ...circularTold, ...circularAnswers })
  .meta({ id: 'CircularOfUnit' });

export const circularBody = circularRow
  .extend({
    ...circularTold,
    referrals: z.array(count).meta({ description: '有关的移交，按移交的记录号' }),
    problems: z.array(z.string()).meta({ description: '有关的问题编号' }),
    items: z
      .array(circularStandingBody.extend({ unitId: z.string(), name: z.string(), ...circularAnswers }))
      .meta({ description: '各单位的确认、答复和办结' }),
  })
  .meta({ id: 'Circular' });

export const unitRow = z.object({
  unitId: z.string(),
  name: z.string(),
  kind: unitKind,
  confirmation: z.enum(['confirmed', 'unconfirmed', 'unreachable']),
  unreachable: z.object({ since: instant, reason: z.string() }).optional(),
  messages: messageCounts,
  waiting: z.array(
    z.object({
      about: count,
      whom: z.enum(['everyone', 'duty', 'lead']),
      attempts: count,
      nextTryAt: instant,
      reason: z.string().optional(),
    }),
  ),
  urges: z
    .array(
      z.object({
        ...deadlineNames,
        count: count.meta({ description: '催办过几次' }),
        lastAt: instant,
        seq: count.meta({ description: '最近一次催办的记录' }),
        text: z.string().optional().meta({ description: '办公室最近一次附的话；只在单位的页面上有' }),
      }),
    )
    .meta({ description: '办公室对仍未办理的事项的催办' }),
  notifiedAt: instant.optional(),
  acknowledgementDueAt: instant.optional(),
  acknowledgedAt: instant.optional(),
  acknowledgements: z.array(acknowledgement),
  lifting: acknowledgement.optional().meta({ description: '解除通知的确认；没有解除、或时限办法不要求确认的没有' }),
  implementation: z.array(implementation),
  suspended: held.optional().meta({ description: '整个应急响应对本单位暂停' }),
  dailyReports: z.array(
    z.object({
      date: day,
      dueAt: instant,
      status: z.enum(['pending', 'submitted', 'late', 'missed']),
      submittedAt: instant.optional(),
    }),
  ),
  circulars: z.array(circularStandingBody).meta({ description: '发给本单位的通报，先发的在前' }),
  summaryAt: instant.optional(),
  summary: z.object({ dueAt: instant, status: owed }).optional(),
});

const task = z.object({
  taskId: z.string(),
  clause: z.string(),
  level: responseLevel,
  category: z.enum(['health', 'advisory', 'mandatory', 'duty', 'added']),
  source: z.enum(['industrial', 'mobile', 'dust', 'combined']).optional(),
  text: z.string(),
  do: z.string().optional().meta({ description: '办公室的一句话：本单位具体做什么；加派的任务没有' }),
  role: taskRole.optional(),
  group: z.string().optional().meta({ description: '任务卡片；加派的任务没有' }),
  alsoClauses: z.array(z.string()).optional().meta({ description: '只重复本项的职责条款：办完本项即为履行' }),
  status: z.enum(['open', 'done', 'not-applicable', 'ended']),
  notApplicable: z
    .object({ reason: z.string(), episodeId: z.string(), seq: count })
    .optional()
    .meta({ description: '不涉及的理由，以及填报它的记录；可能是以前的过程' }),
  cancelled: z
    .object({ reason: z.string(), seq: count })
    .optional()
    .meta({ description: '加派的任务已经撤销：理由，以及写明理由的记录' }),
  own: z.literal(true).optional().meta({ description: '本单位自己增加的，可以自行撤销' }),
  change: z.enum(['new', 'tightened', 'continued', 'eased']).optional(),
  deadline: z
    .object({ dueAt: instant, status: z.enum(['pending', 'met', 'late', 'missed', 'withdrawn', 'suspended']) })
    .optional()
    .meta({ description: 'Of a task that has a time of its own; suspended: its clock stands still' }),
  suspended: held.optional().meta({ description: '正在暂停，不需要落实' }),
});

const deadlineToCome = z.object(namedDeadline);
const ways = z.array(z.array(z.enum(CHANNELS)));

/** A step of a chain that the program will take. */
export const stepToCome = deadlineToCome
  .extend({
    at: instant.meta({ description: '届时通知；此前办结的不再通知' }),
    to: z.enum(WHOM).meta({ description: 'duty 单位值班人员；lead 单位负责人；office 办公室；committee 区环委会' }),
    ways: ways.meta({ description: '每一行须有一个渠道送到，依次试用' }),
  })
  .meta({ id: 'StepToCome' });

/** What is to come for a unit. */
export const unitOutlook = {
  nextDeadline: deadlineToCome.optional().meta({ description: '最先到期、尚未办结的事项' }),
  nextStep: stepToCome.optional().meta({ description: '程序接下来通知谁、何时' }),
};

export const sharedDeadline = deadlineToCome.extend({
  units: count.meta({ description: '尚未办结的单位数；办公室自己的为 0' }),
});

export const referralView = z
  .object({
    seq: count,
    at: instant.meta({ description: '移交的时间；演练中为演练时间' }),
    unitId: z.string(),
    name: z.string(),
    to: z.enum(REFERRED_TO),
    about: z.array(z.object({ ...namedDeadline, outcome: z.enum(['late', 'missed']) })),
    reason: z.string(),
  })
  .meta({ id: 'Referral', description: '办公室移交区纪委监委或区环委会的逾期事项，以及理由' });

/** A problem as a daily report tells it. */
export const reportedProblem = z
  .object({
    problemId: z.string(),
    what: z.string(),
    where: z.string(),
    foundAt: instant.optional(),
    handedTo: z.string().optional(),
    until: instant.optional(),
    resolvedAt: instant.optional(),
  })
  .meta({ id: 'ReportedProblem' });

/** A figure of a daily report. */
export const figure = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  countedBy: unitKind.optional().meta({ description: '两类单位看到同一事项的，只合计这一类' }),
  outOf: z.string().optional().meta({ description: '应做多少的指标，本项是已做多少' }),
  acrossDays: z.enum(['most']).optional().meta({ description: '每日重新填报存量，多日取最大一日，不相加' }),
});

export const unitPage = unitRow
  .extend({
    episodeId: z.string(),
    tasks: z.array(task),
    figures: z.array(figure).meta({ description: '本单位每日报送的指标' }),
    openProblems: z.array(reportedProblem).meta({ description: '本单位尚未整改的问题；再报时请带 problemId' }),
    publishes: z.literal(true).optional().meta({ description: '本单位是发布单位：见 public-words 和 appearances' }),
    officeDesk: z
      .object({ name: z.string().optional(), phone: z.string().optional() })
      .optional()
      .meta({ description: '区环委办现在的值班人员和电话；办理之后的回答中没有' }),
  })
  .meta({ id: 'UnitPage' });

/** Ids in a path have no pattern: an unknown one is 404. */
export const episodePaths = {
  episode: z.object({ episodeId: z.string() }),
  episodeNotice: z.object({ episodeId: z.string(), noticeId: z.string() }),
  episodeUnit: z.object({ episodeId: z.string(), unitId: z.string() }),
  entry: z.object({ episodeId: z.string(), seq: z.string() }),
};

/** A task that is not in the edition (§4.3). */
export const taskCancellation = {
  reason: text(500).regex(/\S/, { error: '不能为空，请填写' }).meta({ description: '为什么不必再办，最多 500 字' }),
};

export const addedTask = {
  text: prose,
  dueAt: givenInstant.optional().meta({ description: '本任务的完成时限；演练中为演练时间' }),
};
