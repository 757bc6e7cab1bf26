/** The shape of an edition's files. Unknown keys are refused, so that a misspelt one is found. */
import { z } from 'zod';
import { ENDPOINT } from '../../lib/endpoint-name.js';
import { label } from '../../lib/label.js';
import { mailIn } from '../../lib/normal/mail.js';
import { mobileIn } from '../../lib/normal/telephone.js';
import { clause, RULES, type Rule } from '../rules/clauses.js';
import { NOTICE_BASES, type Policy, RESPONSE_LEVELS, TASK_ROLES, WARNING_LEVELS } from '../types.js';
import { policyShape } from './policy-schema.js';

const text = z.string().min(1);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '应为小写字母、数字和连字符');
const printed = { clause: text, quote: text };
const quoted = z.strictObject({ id: slug, ...printed });
const fact = z.strictObject({ value: text, ...printed });
const facts = z.strictObject({ value: z.array(text).min(1), ...printed });
/** A point that the plan leaves open: the office's choice or reading, with its reason. */
const choice = { by: z.literal('office'), why: text };
const responseLevel = z.enum(RESPONSE_LEVELS);
const wholeNumber = z.int().positive();

const paragraph = z.strictObject({
  id: slug,
  number: text.exactOptional(),
  lead: text.exactOptional(),
  text,
  /** The paragraph's rules one by one; joined they are its text. */
  parts: z.array(z.strictObject({ id: slug, text })).exactOptional(),
});
const section = z.strictObject({
  clause: text,
  /** As printed, where it is not the clause itself. */
  number: z.string().exactOptional(),
  heading: z.string(),
  paragraphs: z.array(paragraph).default([]),
});

/** Names by which a machine knows the body font of official documents. It is not free, so a paper only names it. */
const BODY_FONTS = ['仿宋_GB2312', '仿宋', 'FangSong'] as const;
const font = label(50).exactOptional();

/** For each condition: the AQI compared, and for how many hours where the plan says so. */
const threshold = z.strictObject({
  aqi: z.strictObject({ operator: z.enum(['>', '>=']), value: wholeNumber }),
  lasting: z.strictObject({ operator: z.enum(['>', '>=']), hours: wholeNumber }).exactOptional(),
  printed: text,
});
const warningLevel = z.strictObject({
  level: z.enum(WARNING_LEVELS),
  name: text,
  ...printed,
  anyOf: z.array(z.strictObject({ allOf: z.array(threshold).min(1) })).min(1),
});

const contents = z.strictObject({
  ...printed,
  contents: z.array(z.strictObject({ id: slug, text })).min(1),
});

/** One sentence of the office, told to a person at night. */
const sentence = z.string().regex(/^[^。\n]{4,99}。$/, '应为一句话，不超过100字，以“。”结尾');

const answer = z
  .strictObject({
    units: z.array(slug).min(1, '至少写一个单位'),
    role: z.enum(TASK_ROLES),
    /** The card on which the unit finds it: one of `taskGroups`. */
    group: text,
    /** The unit's own part of the work, in the office's words. */
    do: sentence,
    because: text.exactOptional(),
    by: choice.by.exactOptional(),
    why: choice.why.exactOptional(),
  })
  .refine(({ because, by, why }) => (because ? !by && !why : by && why), {
    error: '请写明依据的条款（because），或注明由办公室决定（by: office）及理由（why），二者取一',
  });

const brief = sentence.max(60, '不超过60字');

const item = z.strictObject({
  id: slug,
  levels: z.array(responseLevel).min(1),
  category: z.enum(['health', 'advisory', 'mandatory', 'duty']),
  source: z.enum(['industrial', 'mobile', 'dust', 'combined']).exactOptional(),
  answers: z.array(answer).min(1, '至少写一个负责的单位'),
  replaces: z.array(z.strictObject({ id: slug, as: z.enum(['tightened', 'continued']), ...choice })).default([]),
  /** Printed before the plan's sentence where that has its subject from an earlier one. */
  antecedent: text.exactOptional(),
  /** Its fate on raising when nothing takes its place. */
  onRaise: z.strictObject({ as: z.enum(['continues', 'ends']), ...choice }).exactOptional(),
});

const citable = text
  .refine((printed) => !/^(§|预案)/.test(printed), '请照印出的写条款号，前面不加“§”或“预案”')
  .transform(clause);
const rules = Object.fromEntries(RULES.map((rule) => [rule, citable])) as Record<Rule, typeof citable>;

export const planSchema = z.strictObject({
  edition: z.strictObject({
    id: slug,
    district: text,
    title: fact,
    number: fact,
    issuer: fact,
    issuedOn: fact,
    adoptedAt: fact,
    inForceFrom: fact,
    replaces: fact,
    aqiStandard: fact,
    airQualityStandard: fact,
    interpretedBy: fact,
    coveringNotice: z.strictObject({ clause: text, text }),
  }),
  /** Fonts that are left out are those of GB/T 9704. */
  papers: z
    .strictObject({
      bodyFont: z.enum(BODY_FONTS),
      titleFont: font,
      headingFont: font,
      subheadingFont: font,
      pageNumberFont: font,
      ...choice,
    })
    .exactOptional(),
  scope: z.strictObject({ covers: fact, excludes: facts }),
  averaging: z.strictObject({ index: text, hours: wholeNumber, mayCrossDays: z.boolean(), ...printed }),
  warningLevels: z.array(warningLevel),
  responseLevels: z.array(
    z.strictObject({ level: responseLevel, name: text, warning: z.enum(WARNING_LEVELS), ...printed }),
  ),
  courses: z.array(quoted),
  cutShares: z.strictObject({
    ...printed,
    pollutants: z.array(text).min(1),
    levels: z.array(z.strictObject({ level: responseLevel, operator: z.literal('>='), percent: wholeNumber })),
  }),
  deadlines: z.strictObject({
    dailyReport: z.strictObject({ firstDaysAfterStart: wholeNumber, coversDaysBefore: wholeNumber, ...printed }),
    followUpReport: z.strictObject({ withinDaysOfLifting: wholeNumber, ...printed }),
    sitePlanFiling: z.strictObject({ beforeMonths: z.array(wholeNumber).min(1), ...printed }),
  }),
  reportContents: z.strictObject({ followUpReport: contents, review: contents }),
  publicInformation: contents.extend({
    channels: facts,
    rolling: z.strictObject({ value: z.boolean(), ...printed }),
    /** The units that publish, and what the office lets them say beside the plan's own measures. */
    published: z.strictObject({
      units: z.array(slug).min(1),
      /** Of alerts for programs (CAP 1.2): an id that is the office's for good. */
      sender: z.string().regex(/^[^\s,<&]+$/u, '是域名或邮箱，不能有空格和逗号'),
      pollutant: text,
      area: text,
      danger: z.strictObject({ III: text, II: text, I: text }),
      /** The measures that are advice to everybody. */
      advice: z.array(slug).min(1),
      /** What takes their place once the warning is lifted. */
      lifted: z.strictObject({ danger: text, advice: z.array(text).min(1) }),
      ...choice,
    }),
  }),
  records: z.array(quoted),
  safeguards: z.array(quoted),
  accountability: z.array(quoted),
  planManagement: z.array(quoted),
  bodies: z.strictObject({
    committee: z.strictObject({ name: text, aliases: z.array(text), clause: text, duty: text }),
    office: z.strictObject({ name: text, aliases: z.array(text), clause: text, duty: text, within: slug }),
    supervisor: z.strictObject({ name: text, clause: text, duty: text, within: slug }),
  }),
  units: z.array(z.strictObject({ unitId: slug, name: text, aliases: z.array(text), clause: text, duty: text })).min(1),
  /** On whose word a notice may be entered. */
  noticeBases: z.strictObject({ value: z.array(z.enum(NOTICE_BASES)).min(1), ...printed }),
  /** The clause of each rule that the program cites. */
  rules: z.strictObject(rules),
  /** A name that means every unit of a kind. */
  unitKinds: z.array(
    z.strictObject({
      named: slug,
      kind: z.enum(['department', 'street']),
      name: text,
      clause: text,
      duty: text.exactOptional(),
    }),
  ),
  /** The cards of tasks, in the order of showing. */
  taskGroups: z.array(text).min(1),
  items: z.array(item).min(1),
  /** Duties that only repeat measures: they are done with them. */
  repeatedDuties: z.array(z.strictObject({ id: slug, doneWith: z.array(slug).min(1), ...choice })),
  /** Duties of the whole year. */
  standingDuties: z.array(z.strictObject({ id: slug, units: z.array(slug).min(1), ...choice })),
  /** The sentence that opens the SMS to a unit: what comes first at this level, and whom it lets resume on lifting. */
  briefs: z.array(z.strictObject({ units: z.array(slug).min(1), III: brief, II: brief, I: brief, lifted: brief })),
  document: z.array(section).min(1),
});
export type Plan = z.infer<typeof planSchema>;
export type PlanDocument = Plan['document'];

const chosen = <T extends z.ZodType>(value: T) => z.strictObject({ value, ...choice, clause: text.exactOptional() });

export const policySchema = z.strictObject({
  noticeAheadHours: chosen(policyShape.noticeAheadHours),
  acknowledgementMinutes: chosen(policyShape.acknowledgementMinutes),
  liftingAcknowledgement: chosen(policyShape.liftingAcknowledgement),
  circularAcknowledgementMinutes: chosen(policyShape.circularAcknowledgementMinutes),
  implementationReportMinutes: chosen(policyShape.implementationReportMinutes),
  dailyReportTime: chosen(policyShape.dailyReportTime),
  followUpReportHours: chosen(policyShape.followUpReportHours),
  summaryHours: chosen(policyShape.summaryHours),
  reviewHours: chosen(policyShape.reviewHours),
  workdayEnd: chosen(policyShape.workdayEnd),
  endQuestionBeforeHours: chosen(policyShape.endQuestionBeforeHours),
  endQuestionAgainHours: chosen(policyShape.endQuestionAgainHours),
  digestTime: chosen(policyShape.digestTime),
  digestSubmissionTime: chosen(policyShape.digestSubmissionTime),
  abandonedDrillDays: chosen(policyShape.abandonedDrillDays),
  urgeAgainMinutes: chosen(policyShape.urgeAgainMinutes),
  broadcastEveryMinutes: chosen(policyShape.broadcastEveryMinutes),
  revisionReminders: chosen(policyShape.revisionReminders),
  carriedOverDays: chosen(policyShape.carriedOverDays),
  quiet: chosen(policyShape.quiet),
  noticeWays: chosen(policyShape.noticeWays),
  leadNoticeWays: chosen(policyShape.leadNoticeWays),
  chains: chosen(policyShape.chains),
  dailyFigures: chosen(policyShape.dailyFigures),
});
export type PolicyNotes = z.infer<typeof policySchema>;

/** The values alone, without who chose them and why. */
export const policyValuesOf = (notes: PolicyNotes): Policy =>
  Object.fromEntries(Object.entries(notes).map(([name, { value }]) => [name, value])) as unknown as Policy;

const endpoint = z.string().regex(ENDPOINT, '应为已配置的机器人或接口的名称，不要写网址或密钥').exactOptional();
const contact = z.strictObject({
  role: z.enum(['liaison', 'lead', 'deputy']),
  name: text,
  email: z
    .string()
    .refine((typed) => mailIn(typed) === typed, '应为电子邮箱，如 zhangsan@example.com')
    .exactOptional(),
  phone: text.exactOptional(),
  sms: z
    .string()
    .refine((typed) => mobileIn(typed) !== undefined, '应为能收短信的手机号码，如 13900000000')
    .exactOptional(),
  wecom: endpoint,
  dingtalk: endpoint,
  webhook: endpoint,
});

export const directorySchema = z.strictObject({
  /** A unit of the plan by its id alone; any other with name and kind. */
  units: z.array(
    z.strictObject({
      unitId: slug,
      name: text.exactOptional(),
      kind: z.enum(['department', 'street']).exactOptional(),
      aliases: z.array(text).exactOptional(),
      note: text.exactOptional(),
    }),
  ),
  contacts: z.record(slug, z.array(contact)),
});
export type Directory = z.infer<typeof directorySchema>;
