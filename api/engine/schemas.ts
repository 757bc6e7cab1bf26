import { z } from 'zod';
import {
  count,
  day,
  givenInstant,
  hash,
  instant,
  prose,
  responseLevel,
  taskRole,
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

const notice = z.object({
  number: z.string(),
  issuer: z.string(),
  issuedAt: instant,
  effectiveAt: instant,
  basis: z.enum(['city', 'region']).optional(),
  text: z.string().optional(),
});

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
    episodeTime: instant,
    unitCount: count,
    notice,
  })
  .meta({ id: 'Episode' });

export const owed = z.enum(['pending', 'submitted', 'late', 'missed', 'withdrawn']);

const acknowledgement = z.object({
  noticeNumber: z.string(),
  notifiedAt: instant,
  dueAt: instant,
  acknowledgedAt: instant.optional(),
  status: z.enum(['pending', 'acknowledged', 'late', 'missed', 'withdrawn']),
});

const implementation = z.object({
  noticeNumber: z.string(),
  dueAt: instant,
  reportedAt: instant.optional(),
  status: owed,
});

export const unitRow = z.object({
  unitId: z.string(),
  name: z.string(),
  kind: unitKind,
  confirmation: z.enum(['confirmed', 'unconfirmed', 'unreachable']),
  unreachable: z.object({ since: instant, reason: z.string() }).optional(),
  messages: z.object({
    sent: count,
    failed: count,
    lastFailure: z.object({ at: instant, channel: z.string(), reason: z.string() }).optional(),
  }),
  waiting: z.array(
    z.object({
      about: count,
      whom: z.enum(['everyone', 'duty', 'lead']),
      attempts: count,
      nextTryAt: instant,
      reason: z.string().optional(),
    }),
  ),
  notifiedAt: instant.optional(),
  acknowledgementDueAt: instant.optional(),
  acknowledgedAt: instant.optional(),
  acknowledgements: z.array(acknowledgement),
  implementation: z.array(implementation),
  dailyReports: z.array(
    z.object({
      date: day,
      dueAt: instant,
      status: z.enum(['pending', 'submitted', 'late', 'missed']),
      submittedAt: instant.optional(),
    }),
  ),
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
  change: z.enum(['new', 'tightened', 'continued', 'eased']).optional(),
  deadline: z
    .object({ dueAt: instant, status: z.enum(['pending', 'met', 'late', 'missed', 'withdrawn']) })
    .optional()
    .meta({ description: 'Of a task that has a time of its own' }),
});

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
  })
  .meta({ id: 'UnitPage' });

/** Ids in a path have no pattern: an unknown one is 404. */
export const episodePaths = {
  episode: z.object({ episodeId: z.string() }),
  episodeUnit: z.object({ episodeId: z.string(), unitId: z.string() }),
};

/** A task that is not in the edition (§4.3). */
export const addedTask = {
  text: prose,
  dueAt: givenInstant.optional().meta({ description: '本任务的完成时限；演练中为演练时间' }),
};
