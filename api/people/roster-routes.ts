import { z } from 'zod';
import { contactsOf } from '../../ledger/people/contacts.js';
import { cancelOverride, enterOverride, findOverride } from '../../ledger/people/duty-overrides.js';
import { replaceDutyRows, rostersOf } from '../../ledger/people/roster.js';
import { dutyHoldersOf } from '../../plan/people/holders.js';
import { gapsIn } from '../../plan/people/roster.js';
import { beijingDate, beijingIso, HOUR } from '../../plan/rules/calendar.js';
import { timeInWords } from '../../plan/wording/words.js';
import type { Context } from '../engine/context.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { once } from '../http/idempotent.js';
import { Problem } from '../http/problems.js';
import { route } from '../http/route.js';
import { nothing } from '../http/schemas.js';
import { daysAsked } from './days.js';
import { requireOverride, requireRows } from './duty.js';
import { theHolder, theOverride } from './load-holder.js';
import { readinessAnswer } from './readiness.js';
import { overrideAnswer, rosterAnswer, rosterAnswers, spanAnswer } from './roster-answer.js';
import {
  gaps,
  override,
  overrideRequest,
  readiness,
  roster,
  rosterPaths,
  rosterRequest,
  rosters,
  someDays,
  theseDays,
} from './roster-schemas.js';
import { unitPath } from './schemas.js';

const ROSTER = '/api/v1/units/{unitId}/roster';
const DUTY = { office: 'any', unit: 'own' } as const;
const WEEK = 7;
const MONTH = 31;

/** Duty (§6.1, §6.6): rosters, substitutes, gaps, and holders that no message can reach. */
export const rosterRoutes = [
  route({
    method: 'get',
    path: ROSTER,
    summary: '值班表、替班、空班和现在的值班人员；默认自今日起七天',
    access: { ...DUTY, supervisor: 'any' },
    params: unitPath,
    query: someDays,
    answers: { 200: roster },
    find: theHolder,
    async handle({ context, found: holder, query }) {
      return { status: 200, body: await rosterAnswer(context, holder, daysAsked(query, context.clock(), WEEK)) };
    },
  }),
  route({
    method: 'put',
    path: ROSTER,
    summary: '更新 from 至 until（含）各日的值班表',
    access: DUTY,
    params: unitPath,
    query: theseDays,
    body: rosterRequest,
    answers: { 200: roster },
    find: theHolder,
    async handle(call) {
      const { context, found: holder, query, body } = call;
      const days = daysAsked(query, context.clock(), WEEK);
      await once(call, { ...days, ...body }, async () => {
        requireComing(context, days);
        await requireRows(context, holder, days, body.items);
        await replaceDutyRows(context.database, holder, days, body.items);
      });
      return { status: 200, body: await rosterAnswer(context, holder, days) };
    },
  }),
  route({
    method: 'post',
    path: `${ROSTER}/overrides`,
    summary: '替班：在一段时间内由此人值班；不填 from 为立即接班',
    access: DUTY,
    params: unitPath,
    body: overrideRequest,
    answers: { 201: override },
    find: theHolder,
    async handle(call) {
      const { context, found: holder, body, account, action, key } = call;
      const overrideId = commandIdOf(account.accountId, action, key);
      await once(call, body, async () => {
        const now = context.clock();
        const span = await requireOverride(context, holder, body, now);
        const { contactId, reason } = body;
        const by = { enteredBy: account.accountId, enteredAt: now };
        const given = { overrideId, holder, contactId, ...span, ...by, ...(reason === undefined ? {} : { reason }) };
        await enterOverride(context.database, given);
      });
      const entered = await findOverride(context.database, overrideId);
      return { status: 201, body: overrideAnswer(entered!, await contactsOf(context.database, holder)) };
    },
  }),
  route({
    method: 'post',
    path: `${ROSTER}/overrides/{overrideId}/cancellation`,
    summary: '撤销替班；记录保留',
    access: DUTY,
    params: rosterPaths.override,
    body: nothing,
    answers: { 200: override },
    find: theOverride,
    async handle(call) {
      const { context, found, account, body } = call;
      const { overrideId, holder, until, cancelledAt } = found;
      const now = context.clock();
      if (cancelledAt === undefined && until <= now)
        throw new Problem(
          'override-ended',
          `这次替班已于${timeInWords(beijingIso(until))}结束，不需要撤销，请核对值班表。`,
        );
      await once(call, body, () => cancelOverride(context.database, overrideId, account.accountId, now));
      const cancelled = await findOverride(context.database, overrideId);
      return { status: 200, body: overrideAnswer(cancelled!, await contactsOf(context.database, holder)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/roster',
    summary: '办公室和各单位的值班表、替班、空班和现在的值班人员；默认自今日起七天，一次最多 31 天',
    access: { office: 'any', supervisor: 'any' },
    query: someDays,
    answers: { 200: rosters },
    async handle({ context, query }) {
      const days = daysAsked(query, context.clock(), WEEK, MONTH);
      const holders = dutyHoldersOf(context.edition);
      const ids = holders.map(({ unitId }) => unitId);
      const answers = await rosterAnswers(context, ids, days);
      const items = holders.map(({ unitId, name }) => ({ name, ...answers.get(unitId) }));
      return { status: 200, body: { ...days, items } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/roster/gaps',
    summary: '今后几天无人值班的时段，按单位',
    access: { office: 'any', supervisor: 'any', administrator: 'any' },
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(31).default(WEEK) }),
    answers: { 200: gaps },
    async handle({ context: { database, edition, clock }, query }) {
      const span = { from: clock(), until: clock() + query.days * 24 * HOUR };
      const holders = dutyHoldersOf(edition);
      const ids = holders.map(({ unitId }) => unitId);
      const rosters = await rostersOf(database, ids, span);
      const items = holders.map(({ unitId, name }) => ({
        unitId,
        name,
        gaps: gapsIn(rosters.get(unitId)!, span.from, span.until).map(spanAnswer),
      }));
      return {
        status: 200,
        body: {
          from: beijingIso(span.from),
          until: beijingIso(span.until),
          items: items.filter((item) => item.gaps.length > 0),
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/readiness',
    summary: '启用前的检查：无人可以通知的单位，仍为占位的联系人，未修改初始密码的账号，是否开过演练',
    access: { office: 'any', supervisor: 'any', administrator: 'any' },
    answers: { 200: readiness },
    async handle({ context }) {
      return { status: 200, body: await readinessAnswer(context) };
    },
  }),
];

/** Past days cannot be changed: the record of who was on duty stays as it was entered. */
function requireComing({ clock }: Context, { from }: { from: string }): void {
  if (from < beijingDate(clock()))
    throw invalidFields([{ field: 'from', detail: `${from}已经过去，不能更改，请从今日或以后的日期填起` }]);
}
