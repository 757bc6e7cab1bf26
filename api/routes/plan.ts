import { contactsOf, replaceContacts } from '../../ledger/contacts.js';
import { theHolder } from '../find.js';
import { once } from '../once.js';
import { route } from '../route.js';
import { contacts, plan, unit } from '../schemas/answers.js';
import { listOf } from '../schemas/common.js';
import { contactsRequest, paths } from '../schemas/requests.js';

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
    summary: '责任单位名录（§2.2）',
    access: EVERY_ROLE,
    answers: { 200: listOf(unit) },
    async handle({ context: { edition } }) {
      return { status: 200, body: { items: edition.units } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/units/{unitId}/contacts',
    summary:
      '单位的负责人、联络员和副职（§6.6）；office、city、committee、supervisor 为办公室、市环委办、委员会和监督问责',
    access: { administrator: 'any', office: 'any', unit: 'own' },
    params: paths.unit,
    answers: { 200: contacts },
    find: theHolder,
    async handle({ context, found: holder }) {
      return { status: 200, body: { contacts: await contactsOf(context.database, holder) } };
    },
  }),
  route({
    method: 'put',
    path: '/api/v1/units/{unitId}/contacts',
    summary: '更新联系人；带 contactId 的是原有人员，不带的是新增人员',
    access: { administrator: 'any' },
    params: paths.unit,
    body: contactsRequest,
    answers: { 200: contacts },
    find: theHolder,
    async handle(call) {
      const { context, found: holder, body } = call;
      await once(call, body, () => replaceContacts(context.database, holder, body.contacts));
      return { status: 200, body: { contacts: await contactsOf(context.database, holder) } };
    },
  }),
];
