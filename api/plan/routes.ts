import { entriesOf } from '../../plan/edition/document.js';
import type { Plan } from '../../plan/edition/schema.js';
import { route } from '../http/route.js';
import { listOf } from '../http/schemas.js';
import { plan, unit } from './schemas.js';

const EVERY_ROLE = { office: 'any', supervisor: 'any', administrator: 'any', unit: 'any' } as const;

export const planRoutes = [
  route({
    method: 'get',
    path: '/api/v1/plan',
    summary: '现行预案全文（数据），以及办公室的各项规定',
    access: EVERY_ROLE,
    answers: { 200: plan },
    async handle({ context: { edition } }) {
      return {
        status: 200,
        body: {
          ...inWords(edition.plan),
          policy: edition.policy,
          policyNotes: edition.policyNotes,
          holidays: edition.holidays,
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/units',
    summary: '责任单位名录',
    access: EVERY_ROLE,
    answers: { 200: listOf(unit) },
    async handle({ context: { edition } }) {
      return { status: 200, body: { items: edition.units } };
    },
  }),
];

/** The plan with clause and text beside each of its tasks and duties. */
function inWords(plan: Plan) {
  const entries = new Map(entriesOf(plan.document).map(({ id, clause, text }) => [id, { clause, text }]));
  const written = <T extends { id: string }>(list: readonly T[]) =>
    list.map((one) => ({ ...one, ...entries.get(one.id)! }));
  const { items, repeatedDuties, standingDuties } = plan;
  return {
    ...plan,
    items: written(items),
    repeatedDuties: written(repeatedDuties),
    standingDuties: written(standingDuties),
  };
}
