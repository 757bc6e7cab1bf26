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
      return { status: 200, body: { ...edition.plan, policy: edition.policy, policyNotes: edition.policyNotes } };
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
