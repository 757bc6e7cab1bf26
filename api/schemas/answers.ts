import { z } from 'zod';
import { DEADLINES } from '../../plan/types.js';
import { accountRole, day, instant, responseLevel, unitKind, warningLevel } from './common.js';
import { contact, contactId } from './requests.js';

export const phase = z.enum(['announced', 'active', 'reporting', 'reviewing', 'closed']).meta({ id: 'Phase' });
const count = z.number().int().min(0);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const account = z.object({
  accountId: z.string(),
  role: accountRole,
  unitId: z.string().optional(),
  mustChangePassword: z.boolean(),
});

export const session = z.object({ token: z.string(), expiresAt: instant, account }).meta({ id: 'Session' });
export const accountAnswer = account.meta({ id: 'Account' });

/** The entry a command made; of a repeated command the first. */
const madeEntry = z
  .object({ seq: count, at: instant, episodeTime: instant, kind: z.string(), hash })
  .meta({ id: 'MadeEntry' });

/** A resource as its GET gives it, and the entry that made it so. */
export const withEntry = <T extends z.ZodRawShape>(resource: z.ZodObject<T>) => resource.extend({ entry: madeEntry });

const notice = z.object({
  number: z.string(),
  issuer: z.string(),
  issuedAt: instant,
  effectiveAt: instant,
  basis: z.enum(['city', 'region']).optional(),
  text: z.string().optional(),
});

export const episode = z
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
    closedAt: instant.optional(),
    expectedEndAt: instant.optional(),
    episodeTime: instant,
    unitCount: count,
    notice,
  })
  .meta({ id: 'Episode' });

/** Whom nobody can be told for (§6.6); the office mends it or rings. */
export const contactWarnings = z
  .array(
    z.object({
      unitId: z.string(),
      name: z.string(),
      reason: z.enum(['no-contact', 'no-channel', 'placeholder']),
    }),
  )
  .meta({ description: '没有可用联系渠道的单位；不影响启动' });

const owed = z.enum(['pending', 'submitted', 'late', 'missed', 'withdrawn']);

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

const unitRow = z.object({
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

export const board = z
  .object({ units: z.array(unitRow.extend({ tasks: z.object({ total: count, done: count }) })) })
  .meta({ id: 'Board' });

const task = z.object({
  taskId: z.string(),
  clause: z.string(),
  level: responseLevel,
  category: z.enum(['health', 'advisory', 'mandatory', 'duty', 'added']),
  source: z.enum(['industrial', 'mobile', 'dust', 'combined']).optional(),
  text: z.string(),
  status: z.enum(['open', 'done', 'ended']),
  change: z.enum(['new', 'tightened', 'continued', 'eased']).optional(),
  deadline: z
    .object({ dueAt: instant, status: z.enum(['pending', 'met', 'late', 'missed', 'withdrawn']) })
    .optional()
    .meta({ description: 'Of a task that has a time of its own' }),
});

export const unitPage = unitRow.extend({ episodeId: z.string(), tasks: z.array(task) }).meta({ id: 'UnitPage' });

export const unit = z
  .object({ unitId: z.string(), name: z.string(), kind: unitKind, aliases: z.array(z.string()) })
  .meta({ id: 'Unit' });

export const plan = z
  .looseObject({ policy: z.looseObject({}), policyNotes: z.looseObject({}) })
  .meta({ id: 'Plan', description: 'All of the edition’s plan.yaml, with the office’s policy beside it' });

export const contacts = z
  .object({ contacts: z.array(contact.extend({ contactId }).meta({ id: 'KnownContact' })) })
  .meta({ id: 'ContactList' });

export const historyEntry = z
  .looseObject({
    seq: count,
    at: instant,
    episodeTime: instant,
    kind: z.string(),
    unitId: z.string().optional(),
    actor: z.object({ accountId: z.string(), role: z.string() }),
    clause: z.string().optional(),
    data: z.looseObject({}),
    previousHash: hash,
    hash,
  })
  .meta({ id: 'HistoryEntry', description: '`hash` is the SHA-256 of the canonical entry without `hash` (RFC 8785)' });

export const digest = z
  .object({
    date: day,
    submitted: count,
    figures: z.array(z.object({ id: z.string(), name: z.string(), unit: z.string(), sum: count })),
    outstanding: z.array(z.object({ unitId: z.string(), name: z.string() })),
  })
  .meta({ id: 'Digest', description: 'The units’ daily reports of one day, added up' });

export const verification = z
  .object({
    valid: z.boolean(),
    entries: count,
    head: z.string().optional(),
    firstBadSeq: count.optional(),
    differences: z.array(z.string()),
  })
  .meta({ id: 'Verification' });

export const followUp = z
  .object({
    status: z.enum(['draft', 'submitted']),
    dueAt: instant.optional(),
    submittedAt: instant.optional(),
    late: z.boolean().optional(),
    text: z.string(),
  })
  .meta({ id: 'FollowUpReport' });

const content = {
  summary: z.object({ work: z.string(), lessons: z.string(), shortcomings: z.string(), proposals: z.string() }),
  dailyReport: z.object({
    text: z.string(),
    figures: z.record(z.string(), z.number()),
    attachmentIds: z.array(z.string()).optional(),
  }),
  review: z.looseObject({ conclusions: z.string(), planRevisionNeeded: z.boolean() }),
};

const sent = { unitId: z.string(), dueAt: instant, submittedAt: instant, status: z.enum(['submitted', 'late']) };

export const summary = content.summary.extend(sent).meta({ id: 'SummaryAnswer' });

export const dailyReport = content.dailyReport
  .extend({ ...sent, date: day, correctedAt: instant.optional() })
  .meta({ id: 'DailyReportAnswer' });

export const review = z
  .object({
    status: z.enum(['none', 'draft', 'published']),
    dueAt: instant.optional(),
    publishedAt: instant.optional(),
    content: content.review.optional(),
    missingSummaries: z.array(z.object({ unitId: z.string(), name: z.string() })),
    summaries: z.array(content.summary.extend({ unitId: z.string(), name: z.string(), submittedAt: instant })),
  })
  .meta({ id: 'Review' });

export const attachment = z
  .object({ attachmentId: hash, size: count, mediaType: z.string() })
  .meta({ id: 'Attachment', description: '`attachmentId` is the SHA-256 of the bytes' });

const breaches = {
  late: count,
  missed: count,
  breaches: z.array(
    z.object({
      deadline: z.enum(DEADLINES),
      outcome: z.enum(['late', 'missed']),
      clause: z.string(),
      dueAt: instant,
      noticeNumber: z.string().optional(),
      date: day.optional(),
      taskId: z.string().optional(),
      metAt: instant.optional(),
    }),
  ),
};

export const accountability = z
  .object({
    items: z.array(z.object({ unitId: z.string(), name: z.string(), kind: unitKind, ...breaches })),
    office: z.object(breaches),
  })
  .meta({ id: 'Accountability' });
