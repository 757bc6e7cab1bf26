import { entriesOf } from '../../plan/edition/document.js';
import type { Edition } from '../../plan/edition/edition.js';
import { entryFor } from '../../plan/edition/units.js';
import { route } from '../http/route.js';
import { listOf } from '../http/schemas.js';
import { policyAnswer } from './policy.js';
import { plan, policyValues, unit } from './schemas.js';

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
          ...inWords(edition),
          policy: edition.policy,
          policyNotes: edition.policyNotes,
          holidays: edition.holidays,
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/plan/policy',
    summary: '现行的各项规定：含义、现行的值、随程序提供的值、由谁决定、理由和条款；进行中的过程仍按启动时的',
    access: EVERY_ROLE,
    answers: { 200: policyValues },
    async handle({ context: { edition } }) {
      return { status: 200, body: policyAnswer(edition) };
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

/** The plan with clause and text beside each of its tasks and duties, and the units that their names mean. */
function inWords({ plan, units }: Edition) {
  const entries = new Map(entriesOf(plan.document).map(({ id, clause, text }) => [id, { clause, text }]));
  const written = <T extends { id: string }>(list: readonly T[]) =>
    list.map((one) => ({ ...one, ...entries.get(one.id)! }));
  const { items, repeatedDuties, standingDuties } = plan;
  /** Each unit by its own name before that of its kind. */
  const answering = <T extends { units: string[] }>(one: T, _: number, all: readonly T[]) => ({
    ...one,
    unitIds: units.filter((unit) => entryFor(all, plan, unit) === one).map(({ unitId }) => unitId),
  });
  return {
    ...plan,
    items: written(items).map((item) => ({ ...item, answers: item.answers.map(answering) })),
    repeatedDuties: written(repeatedDuties),
    standingDuties: written(standingDuties).map((duty) => answering(duty, 0, [duty])),
  };
}
